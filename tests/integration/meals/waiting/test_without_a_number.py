"""Who waits for chairs and has no number of their own, such as whoever others reserve for: a person rings."""

from datetime import date, timedelta

import pytest

from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import Tried
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import calling, day_before, online, reserving, waiting
from backend.meals.services.calling import NoChairs, Outcome
from backend.meals.services.online import Asked
from backend.meals.services.wishes import No, Wish
from backend.meals.web import calls
from backend.meals.web.waiting import facts
from backend.notifications.models import Message
from backend.people.models import Absence, Contact
from backend.people.services import registering
from tests.integration.meals.online.a_visitor import MOBILE, code_for, tries
from tests.integration.meals.waiting.a_full_evening import FRIDAY, gives_up, looks, offered
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db

HELD = timedelta(hours=2)


def waits(table: Table, evening: Evening, name: str, covers: int) -> Reservation:
    """Somebody at the desk of whom no number is known."""
    if name not in table.people:
        table.people[name] = registering.register_person(
            organisation=table.organisation, given_name=name, family_name="Berg", phones=()
        )
    return table.waits(evening, name, FRIDAY, covers=covers)


def to_ring(evening: Evening) -> list[tuple[str, str, str]]:
    rows = evening.calls.select_related("person").order_by("pk")
    return [(row.person.given_name, row.kind, row.state) for row in rows]


def test_for_whom_somebody_else_reserved_chairs_are_kept_while_a_person_rings(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    asked = Asked("Oma Berg", MOBILE, covers=4, booked_by="Kim Berg")
    row = online.start_waiting(evening_id=evening.pk, asked=asked, now=FRIDAY)
    assert isinstance(row, Reservation)
    assert tries(row, code_for(), FRIDAY) is Tried.RIGHT
    gives_up(sjef)
    assert offered(evening) == [("Oma", "open")]
    assert Message.objects.filter(host="meals.offer").count() == 0
    call = evening.calls.get()
    shown = calls.row(call)
    assert (shown["kind"], shown["near"]) == ("Wacht, en er zijn nu stoelen", [Contact.objects.get(phone=MOBILE)])
    assert (
        shown["say"] == "Er zijn nu stoelen bij De Lange Tafel op dinsdag 24 november, aantal mensen 4. Wilt u komen?"
    )
    assert shown["kept"] == "De stoelen worden voor hen vrijgehouden tot vrijdag 13:00."
    next_caller = Wish(table.guest("Jan"), 3)
    refused = reserving.reserve(evening_id=evening.pk, wish=next_caller, actor=MANAGER, now=FRIDAY)
    assert refused == No(Refusal.OFFERED, free=2, largest=10)
    calling.finish(call.pk, Outcome.COMES, actor=MANAGER, now=FRIDAY)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("reserved", "yes")
    assert offered(evening) == [("Oma", "accepted")]
    assert to_ring(evening) == [("Oma", "chairs", "done")]


def test_freed_chairs_belong_to_who_has_no_number_also_before_they_could_be_rung(
    table: Table, evening: Evening
) -> None:
    night = at("22:00", date(2026, 11, 20))
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 4)
    gives_up(sjef, night)
    assert to_ring(evening) == []
    refused = reserving.reserve(evening_id=evening.pk, wish=Wish(table.guest("Jan"), 3), actor=MANAGER, now=night)
    assert refused == No(Refusal.OFFERED, free=2, largest=10)
    looks(evening, at("09:00", date(2026, 11, 21)))
    assert to_ring(evening) == [("Mia", "chairs", "open")]


def test_nobody_is_rung_any_more_about_chairs_that_are_offered_to_the_next(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 4)
    table.waits(evening, "Jan", FRIDAY, covers=3)
    gives_up(sjef)
    assert (offered(evening), to_ring(evening)) == ([("Mia", "open")], [("Mia", "chairs", "open")])
    looks(evening, FRIDAY + HELD)
    assert offered(evening) == [("Mia", "expired"), ("Jan", "open")]
    assert to_ring(evening) == [("Mia", "chairs", "lapsed")]


def test_after_the_offer_the_call_stays_while_nobody_else_wants_the_chairs(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    mia = waits(table, evening, "Mia", 4)
    gives_up(sjef)
    looks(evening, FRIDAY + HELD)
    call = evening.calls.get()
    assert (offered(evening), call.state) == ([("Mia", "expired")], "open")
    assert calls.row(call)["kept"] == "Anderen die wachten kunnen deze stoelen intussen krijgen: bel snel."
    calling.finish(call.pk, Outcome.COMES, actor=MANAGER, now=FRIDAY + HELD)
    mia.refresh_from_db()
    assert mia.state == "reserved"


def test_the_call_goes_when_the_chairs_do_and_comes_back_with_other_chairs(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 4)
    gives_up(sjef)
    looks(evening, FRIDAY + HELD)
    jan = table.reserves(evening, "Jan", FRIDAY + HELD, covers=5)
    with pytest.raises(NoChairs):
        calling.finish(evening.calls.get().pk, Outcome.COMES, actor=MANAGER, now=FRIDAY + HELD)
    looks(evening, FRIDAY + HELD)
    assert to_ring(evening) == [("Mia", "chairs", "lapsed")]
    gives_up(jan, FRIDAY + HELD)
    assert offered(evening) == [("Mia", "expired"), ("Mia", "open")]
    assert to_ring(evening) == [("Mia", "chairs", "lapsed"), ("Mia", "chairs", "open")]


def test_at_the_cutoff_a_person_tells_them_that_there_was_no_chair(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 4)
    looks(evening, evening.cutoff_at)
    looks(evening, evening.cutoff_at)
    assert to_ring(evening) == [("Mia", "no_chairs", "open")]
    said = calls.row(evening.calls.get())["say"]
    assert said == "Er is geen stoel vrijgekomen bij De Lange Tafel op dinsdag 24 november. Dat spijt ons."
    day_before.look(evening.pk, evening.doors_at)
    assert to_ring(evening) == [("Mia", "no_chairs", "lapsed")]


def test_whom_nobody_rang_before_the_cutoff_hears_that_it_is_over(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 4)
    gives_up(sjef)
    looks(evening, FRIDAY + HELD)
    looks(evening, evening.cutoff_at)
    assert to_ring(evening) == [("Mia", "chairs", "lapsed"), ("Mia", "no_chairs", "open")]


def test_who_gets_chairs_otherwise_is_not_rung_about_them(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    mia = waits(table, evening, "Mia", 4)
    gives_up(sjef)
    waiting.seat_by_hand(mia.pk, actor=MANAGER, now=FRIDAY)
    assert to_ring(evening) == [("Mia", "chairs", "lapsed")]
    late = table.evening(date(2026, 11, 26))
    table.reserves(late, "Sjef", FRIDAY, covers=3)
    waiting_still = waits(table, late, "Mia", 4)
    looks(late, late.cutoff_at)
    assert to_ring(late) == [("Mia", "no_chairs", "open")]
    reserving.let_in(reservation_id=waiting_still.pk, covers=3, actor=MANAGER, now=late.doors_at)
    assert to_ring(late) == [("Mia", "no_chairs", "lapsed")]


def test_the_page_tells_what_stands_in_the_way_also_when_nothing_was_offered(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Mia", 1)
    away = table.waits(evening, "Ab", FRIDAY)
    Absence.objects.create(
        person=away.person, first_day=evening.date, reported_by="user:1", channel="page", recorded_at=FRIDAY
    )
    table.waits(evening, "Riet", FRIDAY, covers=10)
    evening.resto.rooms.get().tables.filter(name="1").update(in_use=False)
    evening.resto.rooms.get().tables.filter(name="2").update(chairs=8)
    found = [
        (one["reservation"].person.given_name, one["hindrance"], one["is_rung"])
        for one in facts(evening, FRIDAY)["waiting"]
    ]
    assert found == [
        ("Mia", "", True),
        ("Ab", "Het was genoteerd als afwezig op die dag.", False),
        ("Riet", "Het gezelschap is groter dan welke tafel ook.", False),
    ]
    assert chairs_of(evening, FRIDAY).free == 0
    assert GuestCall.objects.count() == 0
