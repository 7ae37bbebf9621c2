"""Two coordinators import the same list at the same moment."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from backend.circles.models import Circle, Membership
from backend.circles.services.importing import (
    ImportRequest,
    import_list,
    read_call_list,
    read_start,
    read_volunteer,
    running,
)
from backend.people.models import Organisation, Person
from backend.people.services.registering import register_person
from tests.integration.importing.conftest import ANNEKE, HALIL, HEADER, RIET, Desk


@pytest.fixture
def busy_desk(transactional_db: None, make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both imports read the circle before either stores anything, unless a lock keeps one of them waiting."""
    both = threading.Barrier(2)
    read = running.members_of

    def read_together(circle: Circle) -> Any:
        found = read(circle)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(1)
        return found

    monkeypatch.setattr(running, "members_of", read_together)


def import_twice(desk: Desk) -> list[int]:
    """How many members each of two simultaneous imports stored."""
    call_list = read_call_list(desk.file(HEADER + RIET + HALIL))
    request = ImportRequest("welzijn", "De Linde", start=read_start("08:30"), volunteer=read_volunteer(ANNEKE))
    stored: list[int] = []

    def one() -> None:
        try:
            report = import_list(call_list, request)
            stored.append(sum(1 for row in report.rows if row.fate is running.Fate.NEW))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(stored)


def test_a_new_circle_is_made_once_and_everybody_is_stored_once(busy_desk: Desk, meeting: None) -> None:
    assert import_twice(busy_desk) == [0, 2]
    assert (Circle.objects.count(), Membership.objects.count(), Person.objects.count()) == (1, 2, 3)


def test_without_the_lock_everybody_would_be_stored_twice(
    busy_desk: Desk, meeting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the race is real, and it is the lock that prevents it."""
    busy_desk.imports_new(HEADER + HALIL.replace("Halil", "Emre").replace("0001213", "0001299").replace("1002", "1098"))
    monkeypatch.setattr(running, "lock_organisation", lambda slug: Organisation.objects.get(slug=slug))
    monkeypatch.setattr(running.membership, "next_place", lambda circle: 2)
    assert import_twice(busy_desk) == [2, 2]
    assert Membership.objects.count() == 5


def test_what_refers_to_the_organisation_does_not_wait_for_an_import(busy_desk: Desk) -> None:
    """An incident that opens during a long import names its organisation too."""
    opened = threading.Event()

    def meanwhile() -> None:
        try:
            register_person(organisation=busy_desk.organisation, given_name="Els", family_name="Vos", phones=[])
            opened.set()
        finally:
            connection.close()

    with transaction.atomic():
        running.lock_organisation("welzijn")
        thread = threading.Thread(target=meanwhile, daemon=True)
        thread.start()
        assert opened.wait(10)
    thread.join(10)
