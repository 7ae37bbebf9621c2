"""The dinners in the one number's menu: what cannot be leaves nothing behind."""

import pytest

from backend.events import clock
from backend.meals.models import Reservation, Resto
from backend.meals.services import menu
from backend.notifications.domain.prompts import Key
from backend.notifications.registry import Caller, MenuCall, Then
from backend.notifications.services import conversation
from tests.support.restos import MONDAY, TUESDAY, a_resto, at

pytestmark = pytest.mark.django_db

NOW = at("10:00", MONDAY)
OTHER_LINE = "+31130001401"


def test_a_dinner_at_the_same_time_is_not_reserved_and_not_proposed() -> None:
    """Riet eats on Tuesday. Another resto cooks at the same hour, and the first one on Thursday again."""
    clock.set_clock(virtual=NOW, rate=0)
    table = a_resto()
    first = table.evening()
    elsewhere = Resto.objects.create(organisation=table.organisation, name="Het Buurthuis", slug="buurthuis", chairs=20)
    same_time = table.evening(resto=elsewhere)
    thursday = table.evening(TUESDAY.replace(day=26))
    table.reserves(first, "Riet", NOW)
    attempt = conversation.begin_inbound(table.organisation, line=OTHER_LINE, sid="CA1", account="first", now=NOW)
    call = MenuCall(attempt, table.organisation, Caller(table.guest("Riet")), NOW)
    turn = menu.converse(call, {"step": "confirm", "evening": same_time.pk, "covers": 1}, Key("1"))
    assert turn.then is Then.HUMAN
    assert [row.evening for row in Reservation.objects.all()] == [first]
    asked = menu.converse(call, {"step": "confirm", "evening": same_time.pk, "covers": 1}, Key("2"))
    assert asked.place is not None
    assert asked.place["evening"] == thursday.pk
