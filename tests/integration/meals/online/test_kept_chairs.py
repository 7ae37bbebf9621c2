"""Chairs that are kept while somebody looks for their code: a quarter of an hour, not too many, and each once."""

from datetime import datetime, timedelta

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import HOLD, Tried
from backend.meals.models import Evening, NumberCheck, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import evenings, online, reservation_rows, reserving
from backend.meals.services.online import Asked
from backend.meals.services.wishes import No
from backend.notifications.models import Message
from backend.people.models import Person
from tests.integration.meals.online.a_visitor import MOBILE, NOW, asks, code_for, tries
from tests.support.races import at_once, meet_in
from tests.support.restos import MANAGER, Table, a_resto


def test_chairs_that_nobody_confirms_are_free_after_a_quarter_of_an_hour(evening: Evening) -> None:
    row = asks(evening, covers=4)
    code = code_for()
    online.look(row.pk, NOW + timedelta(minutes=14))
    assert chairs_of(evening, NOW + timedelta(minutes=14)).held == 4
    late = NOW + HOLD
    assert tries(row, code, late) is Tried.OVER
    online.look(row.pk, late)
    row.refresh_from_db()
    assert (row.state, row.cancelled_because, chairs_of(evening, late).free) == ("cancelled", "too_late", 20)
    assert Event.objects.get(kind="meals.cancelled").payload["was"] == "unconfirmed"
    online.look(row.pk, late)
    assert asks(evening, now=late).state == "unconfirmed"


def test_unconfirmed_numbers_keep_one_chair_in_five_at_most(evening: Evening) -> None:
    asks(evening, covers=2)
    asks(evening, "Wil Berg", "+31600001701", covers=2)
    with pytest.raises(Conflict, match="quarter of an hour"):
        asks(evening, "An Dal", "+31600001702")
    assert Person.objects.count() == 2


def test_one_large_party_may_always_be_kept_while_no_other_is(evening: Evening) -> None:
    assert asks(evening, covers=10).covers == 10


def test_every_refusal_has_its_reason_and_writes_nobody_down(table: Table, evening: Evening) -> None:
    def answer(now: datetime = NOW, covers: int = 1) -> Reservation | No:
        return online.start(evening_id=evening.pk, asked=Asked("Riet Linde", MOBILE, covers=covers), now=now)

    assert answer(covers=11) == No(Refusal.NO_TABLE, largest=10)
    assert answer(now=evening.cutoff_at) == No(Refusal.TOO_LATE)
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=NOW)
    assert answer() == No(Refusal.CLOSED)
    assert (Person.objects.count(), NumberCheck.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_a_refused_change_leaves_what_was_kept(evening: Evening) -> None:
    first = asks(evening, covers=2)
    again = online.start(evening_id=evening.pk, asked=Asked("Riet Linde", MOBILE, covers=11), now=NOW)
    assert again == No(Refusal.NO_TABLE, largest=10)
    assert tries(first, code_for()) is Tried.RIGHT


def test_who_would_wait_proves_their_number_as_well_and_then_waits(table: Table) -> None:
    evening = table.evening(chairs=10)
    table.reserves(evening, "Truus", NOW, covers=10)
    asked = Asked("Riet Linde", MOBILE, covers=2)
    assert online.start(evening_id=evening.pk, asked=asked, now=NOW) == No(Refusal.FULL, free=0, largest=10)
    row = online.start_waiting(evening_id=evening.pk, asked=asked, now=NOW)
    assert isinstance(row, Reservation)
    assert chairs_of(evening, NOW).held == 0
    assert tries(row, code_for()) is Tried.RIGHT
    row.refresh_from_db()
    assert (row.state, row.person.name) == ("waiting", "Riet Linde")
    assert Event.objects.get(kind="meals.waiting").payload == {"reservation": row.pk}


def both_click(evening: Evening) -> list[str]:
    answers: list[str] = []

    def clicks(number: int) -> None:
        asked = Asked(f"Gast {number}", f"+3160000171{number}", covers=2)
        answers.append(type(online.start(evening_id=evening.pk, asked=asked, now=NOW)).__name__)

    assert at_once(lambda: clicks(1), lambda: clicks(2)) == [None, None]
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_click_for_the_last_two_chairs_one_gets_them(settings, monkeypatch) -> None:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    evening = a_resto().evening(chairs=2)
    meet_in(monkeypatch, reserving, "answer")
    assert both_click(evening) == ["No", "Reservation"]
    assert (chairs_of(evening, NOW).free, Person.objects.count()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_get_them(settings, monkeypatch) -> None:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    evening = a_resto().evening(chairs=2)
    monkeypatch.setattr(evenings, "locked", lambda pk: Evening.objects.select_related("resto__organisation").get(pk=pk))
    meet_in(monkeypatch, reservation_rows, "made")
    assert both_click(evening) == ["Reservation", "Reservation"]
    assert chairs_of(evening, NOW).free == -2
