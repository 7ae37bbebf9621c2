"""The waiting list: whose turn it is, who was passed over and why, and what is looked at again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.events.models import Event, Timer
from backend.events.registry import event_handlers
from backend.events.services import cancel_timer
from backend.meals.domain.chairs import Refusal
from backend.meals.models import Evening, Reservation, SkippedParty
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import (
    evenings,
    holding,
    reserving,
    restos,
    waiting,
)
from backend.meals.services.wishes import No, Wish
from backend.meals.web.waiting import facts
from backend.people.models import Absence
from backend.people.services import absences, registering
from tests.integration.meals.waiting.a_full_evening import FRIDAY, SOON, gives_up, looks, offered, states, waits
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db


def follows(kind: str, name: str) -> None:
    """What follows from the last event of this kind."""
    _lane, handler = event_handlers[kind][name]
    handler(Event.objects.filter(kind=kind).latest("pk"))


def test_small_parties_are_asked_when_the_first_is_too_large_and_it_reads_why(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=3)
    co = table.reserves(evening, "Co", FRIDAY, covers=3)
    for name, covers in (("Toos", 5), ("Riet", 2), ("Jan", 1), ("Els", 1)):
        waits(table, evening, name, covers)
    gives_up(co)
    assert offered(evening) == [("Riet", "open"), ("Jan", "open")]
    skipped = SkippedParty.objects.get()
    assert (skipped.reservation.person.given_name, skipped.reason) == ("Toos", "too_few_chairs")
    assert skipped.details == {"free": 3}
    assert chairs_of(evening, FRIDAY).free == 0


def test_who_was_silent_is_asked_again_when_other_chairs_come_free(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=3)
    co = table.reserves(evening, "Co", FRIDAY, covers=3)
    waits(table, evening, "Riet")
    gives_up(sjef)
    looks(evening, FRIDAY + timedelta(hours=2))
    assert offered(evening) == [("Riet", "expired")]
    gives_up(co, FRIDAY + timedelta(hours=3))
    assert offered(evening) == [("Riet", "expired"), ("Riet", "open")]


def test_freed_chairs_belong_to_who_waits_also_before_they_could_be_asked(table: Table, evening: Evening) -> None:
    night = at("22:00", date(2026, 11, 20))
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 4)
    gives_up(sjef, night)
    assert offered(evening) == []
    wish = Wish(table.guest("Jan"), 3)
    refused = reserving.reserve(evening_id=evening.pk, wish=wish, actor=MANAGER, now=night + SOON)
    assert refused == No(Refusal.OFFERED, free=2, largest=10)
    assert table.reserves(evening, "Els", night + SOON, covers=2).state == "reserved"
    morning = at("09:00", date(2026, 11, 21))
    assert Timer.objects.get(kind=waiting.TIMER, subject_id=evening.pk).due_at == morning
    looks(evening, morning)
    assert offered(evening) == [("Riet", "open")]


def test_an_unconfirmed_reservation_that_lapses_makes_room(table: Table, evening: Evening) -> None:
    wish, until = Wish(table.guest("Sjef"), 6), FRIDAY + timedelta(minutes=15)
    holding.hold(evening_id=evening.pk, wish=wish, until=until, actor=MANAGER, now=FRIDAY)
    waits(table, evening, "Riet")
    looks(evening, FRIDAY)
    assert offered(evening) == []
    assert Timer.objects.get(kind=waiting.TIMER, subject_id=evening.pk).due_at == until
    looks(evening, until)
    assert offered(evening) == [("Riet", "open")]


def test_a_person_seats_a_party_out_of_turn_or_takes_it_off_the_list(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=4)
    riet = waits(table, evening, "Riet", 4)
    jan = waits(table, evening, "Jan", 3)
    refused = waiting.seat_by_hand(jan.pk, actor=MANAGER, now=FRIDAY)
    assert refused == No(Refusal.FULL, free=2)
    gives_up(sjef)
    assert offered(evening) == [("Riet", "open")]
    assert waiting.seat_by_hand(jan.pk, actor=MANAGER, now=FRIDAY) == No(Refusal.OFFERED, free=2)
    waiting.take_off(riet.pk, actor=MANAGER, now=FRIDAY)
    seated = waiting.seat_by_hand(jan.pk, actor=MANAGER, now=FRIDAY)
    assert isinstance(seated, Reservation)
    assert offered(evening) == [("Riet", "withdrawn")]
    assert states(evening) == {"Sjef": "cancelled", "Riet": "cancelled", "Jan": "reserved"}


def test_who_is_away_is_skipped_and_the_evening_that_is_off_offers_nothing(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    away = waits(table, evening, "Ab")
    waits(table, evening, "Riet")
    Absence.objects.create(
        person=away.person, first_day=evening.date, reported_by="user:1", channel="page", recorded_at=FRIDAY
    )
    gives_up(sjef)
    assert offered(evening) == [("Riet", "open")]
    assert SkippedParty.objects.get().reason == "away"
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=FRIDAY)
    looks(evening, FRIDAY + SOON)
    assert offered(evening) == [("Riet", "withdrawn")]


def test_what_stood_in_the_way_of_a_party_is_looked_at_again_when_it_goes(table: Table, evening: Evening) -> None:
    """Within the hour where nobody tells of it, and at once where somebody is back or the tables are others."""
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    away = Absence.objects.create(
        person=riet.person, first_day=evening.date, reported_by="user:1", channel="page", recorded_at=FRIDAY
    )
    gives_up(sjef)
    timer = Timer.objects.get(kind=waiting.TIMER, subject_id=evening.pk)
    assert (offered(evening), timer.due_at) == ([], FRIDAY + timedelta(hours=1))
    cancel_timer(kind=waiting.TIMER, subject_id=evening.pk)
    absences.withdraw(away, actor=MANAGER)
    follows(absences.ABSENCE_WITHDRAWN, "meals.waiting_person_away")
    assert Timer.objects.filter(kind=waiting.TIMER, subject_id=evening.pk).exists()
    looks(evening, FRIDAY + SOON)
    assert offered(evening) == [("Riet", "open")]


def test_a_party_larger_than_any_table_is_looked_at_when_there_is_a_larger_one(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 2)
    cancel_timer(kind=waiting.TIMER, subject_id=evening.pk)
    room = table.room
    known = {"name": "Lang", "chairs": 12, "x": 10, "y": 10}
    restos.save_table(room, known, pk=None, actor=MANAGER, now=FRIDAY)
    follows(restos.RESTO_SAVED, "meals.waiting_tables")
    assert Timer.objects.filter(kind=waiting.TIMER, subject_id=evening.pk).exists()


def test_who_waits_cannot_become_more_than_sit_at_any_table(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet", 2)
    grown = reserving.change_covers(reservation_id=riet.pk, covers=11, actor=MANAGER, now=FRIDAY)
    assert grown == No(Refusal.NO_TABLE, largest=10)
    riet.refresh_from_db()
    assert riet.covers == 2
    reserving.change_covers(reservation_id=riet.pk, covers=10, actor=MANAGER, now=FRIDAY)
    riet.refresh_from_db()
    assert riet.covers == 10


def test_however_many_wait_who_takes_no_texts_is_looked_up_once(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Sjef", FRIDAY, covers=6)
    for number in range(5):
        name, line = f"Riet{number}", f"+3160000040{number}"
        table.people[name] = registering.register_person(
            organisation=table.organisation, given_name=name, family_name="Linde", phones=(line,)
        )
        waits(table, evening, name)
    with CaptureQueriesContext(connection) as seen:
        facts(evening, FRIDAY)
    assert sum("optout" in query["sql"] for query in seen.captured_queries) == 1
