"""Refusals carry a sentence and a status; actors are references, never names."""

from __future__ import annotations

import pytest

from backend.common.actors import SYSTEM, Actor, person, user
from backend.common.errors import Conflict, NotAllowed, NotFound, RondjeError


@pytest.mark.parametrize(("error", "status"), [(RondjeError, 400), (NotAllowed, 403), (NotFound, 404), (Conflict, 409)])
def test_a_refusal_says_what_happened(error: type[RondjeError], status: int) -> None:
    refusal = error("This link does not work any more. Ring the number that sent it.")
    assert refusal.status == status
    assert str(refusal) == refusal.message == "This link does not work any more. Ring the number that sent it."


def test_who_acted() -> None:
    assert Actor(who="system", channel="system") == SYSTEM
    assert person(12, "call") == Actor(who="person:12", channel="call")
    assert user(3, on_behalf_of="person:12") == Actor(who="user:3", channel="page", on_behalf_of="person:12")
