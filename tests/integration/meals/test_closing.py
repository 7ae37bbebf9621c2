"""The end of an evening: everybody accounted for, and a regular who stayed away rung only if they agreed to it."""

import uuid
from datetime import date, time, timedelta

import pytest

from backend.common.errors import Conflict, NotFound
from backend.events import clock
from backend.events.models import Event, Timer
from backend.meals.domain.series import Times
from backend.meals.models import CrewPlace, Evening, EveningCount, GuestCall, MealPayment, Reservation, Standing, Tariff
from backend.meals.selectors.closing import till_of, unclosed
from backend.meals.services import (
    changing,
    closing,
    crew,
    door,
    door_crew,
    door_links,
    door_money,
    following_up,
    guests,
    standing,
)
from backend.notifications.models import Message
from backend.people.models import Consent, Person, PhoneNumber
from tests.integration.meals.regulars import a_tuesday, begins
from tests.support.deliveries import drain
from tests.support.restos import MANAGER, TUESDAY, Table, a_helper, a_resto, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))
DOORS, OVER = at("17:31"), at("20:31")
MORNING = at("09:00", date(2026, 11, 25))


@pytest.fixture
def table() -> Table:
    return a_resto()


def came(row: Reservation, now=DOORS) -> None:
    door.tick(reservation_id=row.pk, came=row.covers, was=None, key=uuid.uuid4(), actor=MANAGER, now=now)


def closes(evening: Evening, now=OVER) -> Evening:
    evening.refresh_from_db()
    return closing.close(evening_id=evening.pk, version=evening.version, actor=MANAGER, now=now)


def was_there(table: Table, name: str, *days_ago: int) -> None:
    """Somebody ate along so many days before."""
    for days in days_ago:
        day = TUESDAY - timedelta(days=days)
        before = Evening.objects.filter(date=day).first() or table.evening(day)
        Reservation.objects.create(
            evening=before,
            person=table.guest(name),
            state="reserved",
            covers=1,
            way="telephone",
            reserved_at=MONDAY,
            arrived_at=at("17:40", day),
            arrived_covers=1,
        )
        Evening.objects.filter(pk=before.pk).update(state="closed")


def agrees(table: Table, name: str) -> None:
    Consent.objects.create(
        person=table.guest(name),
        purpose=Consent.Purpose.FOLLOW_UP,
        given_at=MONDAY,
        recorded_at=MONDAY,
        version="2026-1",
        channel="call",
    )


def to_ring(evening: Evening, now=MORNING) -> list[str]:
    following_up.look(evening.pk, now)
    calls = GuestCall.objects.filter(evening=evening, kind="stayed_away", state="open").order_by("pk")
    return [call.person.given_name for call in calls]


def test_everybody_is_accounted_for(table: Table) -> None:
    evening = table.evening()
    riet, truus = (table.reserves(evening, name, MONDAY) for name in ("Riet", "Truus"))
    came(riet)
    done = closes(evening)
    assert (done.state, done.closed_at) == (Evening.State.CLOSED, OVER)
    assert Event.objects.get(kind="meals.closed").payload == {"stayed_away": [truus.pk]}
    with pytest.raises(Conflict, match="This evening is closed"):
        came(truus)


def test_an_evening_is_not_closed_before_dinner_nor_over_a_list_that_has_changed(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    with pytest.raises(Conflict, match="Dinner has not begun"):
        closes(evening, now=at("17:59"))
    evening.refresh_from_db()
    came(riet)
    with pytest.raises(Conflict, match="The list has changed"):
        closing.close(evening_id=evening.pk, version=evening.version, actor=MANAGER, now=OVER)


def test_a_regular_who_stayed_away_is_rung_if_they_agreed_and_nobody_else_is(table: Table) -> None:
    evening = table.evening()
    for name in ("Riet", "Truus", "Halil", "Sjef"):
        table.reserves(evening, name, MONDAY)
    for name in ("Riet", "Truus", "Sjef"):
        was_there(table, name, 7, 14, 21)
    was_there(table, "Halil", 7, 14)
    for name in ("Riet", "Halil", "Sjef"):
        agrees(table, name)
    came(evening.reservations.get(person=table.guest("Sjef")))
    closes(evening)
    assert Timer.objects.get(kind=closing.FOLLOW_UP).due_at == MORNING
    assert to_ring(evening) == ["Riet"]
    assert to_ring(evening) == ["Riet"], "looking twice asks nobody twice"


def test_who_comes_every_time_is_a_regular_from_the_first_evening(table: Table) -> None:
    """By their standing place, and where they reserved it themselves; not once that has ended, or before it begins."""
    clock.set_clock(virtual=MONDAY, rate=0)
    begins(table, "Riet")
    begins(table, "Truus")
    ended, paused, later = begins(table, "Sjef"), begins(table, "Halil"), begins(table, "Co")
    evening = a_tuesday(table)
    standing.fill(evening.pk, MANAGER, MONDAY)
    thursday = table.evening(TUESDAY + timedelta(days=2))
    for name in ("Truus", "Sjef", "Halil", "Co", "An"):
        table.reserves(thursday, name, MONDAY)
    Standing.objects.filter(pk=ended.pk).update(last_day=TUESDAY)
    Standing.objects.filter(pk=paused.pk).update(paused_until=thursday.date)
    Standing.objects.filter(pk=later.pk).update(first_day=thursday.date + timedelta(days=1))
    for name in ("Riet", "Truus", "Sjef", "Halil", "Co", "An"):
        agrees(table, name)
    came(evening.reservations.get(person=table.guest("Truus")))
    closes(evening)
    assert to_ring(evening) == ["Riet", "Sjef", "Halil", "Co"]
    closes(thursday, now=at("20:31", thursday.date))
    assert to_ring(thursday, now=at("09:00", thursday.date + timedelta(days=1))) == ["Truus"]


def test_who_takes_back_that_they_may_be_rung_is_not_rung(table: Table) -> None:
    evening = table.evening()
    for name in ("Riet", "Truus"):
        table.reserves(evening, name, MONDAY)
        was_there(table, name, 7, 14, 21)
        agrees(table, name)
        guests.consents_changed(table.guest(name).pk, Consent.Purpose.FOLLOW_UP, MONDAY)
    closes(evening)
    Consent.objects.filter(person=table.guest("Riet")).update(withdrawn_at=OVER)
    assert to_ring(evening) == ["Truus"], "also before their withdrawal has been dealt with"
    Consent.objects.filter(person=table.guest("Truus")).update(withdrawn_at=MORNING)
    guests.consents_changed(table.guest("Truus").pk, Consent.Purpose.FOLLOW_UP, MORNING)
    assert to_ring(evening) == []
    assert GuestCall.objects.get().state == GuestCall.State.LAPSED


def test_nobody_is_rung_about_an_evening_that_was_opened_again(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    was_there(table, "Riet", 7, 14, 21)
    agrees(table, "Riet")
    closes(evening)
    closing.reopen(evening_id=evening.pk, actor=MANAGER)
    assert not Timer.objects.filter(kind=closing.FOLLOW_UP).exists()
    assert to_ring(evening) == []
    closes(evening, now=at("22:00"))
    assert to_ring(evening) == ["Riet"]
    closing.reopen(evening_id=evening.pk, actor=MANAGER)
    came(riet, now=at("22:10"))
    assert GuestCall.objects.get().state == GuestCall.State.LAPSED


def test_an_evening_that_nobody_closed_is_on_the_board_the_next_morning(table: Table) -> None:
    evening = table.evening()
    assert unclosed([table.organisation], at("23:00")) == []
    assert unclosed([table.organisation], MORNING) == [evening]
    assert unclosed([a_resto(slug="west").organisation], MORNING) == []
    closes(evening, now=MORNING)
    assert unclosed([table.organisation], MORNING) == []
    assert Timer.objects.get(kind=closing.FOLLOW_UP).due_at == at("09:00", date(2026, 11, 26))


def test_what_is_counted_is_compared_with_what_was_paid(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY, covers=3)
    tariff = Tariff.objects.create(resto=table.resto, name="gewoon", cents=700)
    came(riet)
    for covers, way in ((2, MealPayment.Way.CASH), (1, MealPayment.Way.CARD)):
        door_money.pay(
            reservation_id=riet.pk, tariff=tariff, covers=covers, way=way, key=uuid.uuid4(), actor=MANAGER, now=DOORS
        )

    def counts(cooked: int, left: int, till: int | None) -> None:
        closing.count(
            evening_id=evening.pk, cooked=cooked, left=left, till_cents=till, note="", actor=MANAGER, now=OVER
        )

    assert (till_of(evening).cash, till_of(evening).card, till_of(evening).difference) == (1400, 700, None)
    counts(20, 3, 1350)
    assert till_of(evening).difference == -50
    counts(20, 4, 1400)
    assert (EveningCount.objects.get().left, till_of(evening).difference) == (4, 0)
    with pytest.raises(Conflict, match="More portions are left"):
        counts(3, 4, None)


@pytest.fixture
def host(table: Table) -> Person:
    """Otto, host of tonight, with a mobile."""
    otto = table.guest("Otto")
    otto.phones.all().delete()
    PhoneNumber.objects.create(person=otto, e164="+31600000777", kind="mobile", position=1)
    return otto


def a_place(evening: Evening, person: Person, job: str = "host") -> CrewPlace:
    return CrewPlace.objects.create(evening=evening, job=job, person=person, state="confirmed")


def test_hours_of_the_crew_are_from_when_they_came_until_they_left_or_all_did(table: Table, host: Person) -> None:
    evening = table.evening()
    otto, anna = a_place(evening, host), a_place(evening, table.guest("Anna"), "kitchen")
    with pytest.raises(Conflict, match="Tick first that they came"):
        door_crew.left(place_id=otto.pk, actor=MANAGER, now=at("20:00"))
    for place, wall in ((otto, "16:30"), (anna, "14:00"), (anna, "14:05")):
        door_crew.came(place_id=place.pk, actor=MANAGER, now=at(wall))
    door_crew.left(place_id=anna.pk, actor=MANAGER, now=at("19:30"))
    closes(evening, now=at("20:15"))
    hours = [(one.came_at, one.left_at) for one in CrewPlace.objects.order_by("pk")]
    assert hours == [(at("16:30"), at("20:15")), (at("14:00"), at("19:30"))]
    with pytest.raises(Conflict, match="This evening is closed"):
        door_crew.was_not_here(place_id=otto.pk, actor=MANAGER)


def test_who_stands_at_the_door_is_texted_the_list_an_hour_before_and_nobody_else(table: Table, host: Person) -> None:
    evening = table.evening()
    a_place(evening, host)
    cook = table.guest("Anna")
    PhoneNumber.objects.create(person=cook, e164="+31600000778", kind="mobile", position=2)
    a_place(evening, cook, "kitchen")
    door_links.keep_watch(MONDAY)
    assert Timer.objects.get(kind=door_links.TIMER).due_at == at("16:30")
    door_links.look(evening.pk, at("16:30"))
    text = Message.objects.get()
    assert (text.line, text.person, "17:30" in text.body) == ("+31600000777", host, True)


def test_who_takes_the_hosts_place_is_texted_at_once_and_nobody_twice(table: Table, host: Person, settings) -> None:
    settings.RONDJE_DEMO = True
    evening = table.evening()
    place = a_place(evening, host)
    for _twice in range(2):
        door_links.look(evening.pk, at("16:30"))
    clock.set_clock(virtual=at("16:45"), rate=0)
    nel = a_helper(table.organisation, "Nel", "+31600000779", jobs=("host",))
    crew.confirm(place_id=place.pk, person=nel, actor=MANAGER, now=at("16:45"))
    drain()
    assert door_texts() == ["+31600000777", "+31600000779"]


def test_doors_that_open_earlier_are_texted_at_once_and_the_new_time_to_who_read_another(
    table: Table, host: Person, settings
) -> None:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=at("15:10"), rate=0)
    evening = table.evening()
    a_place(evening, host)
    door_links.keep_watch(at("15:10"))
    for doors, dinner in ((time(16), time(16, 30)), (time(16, 5), time(16, 30))):
        facts = changing.Facts(Times(time(12, 30), doors, dinner, time(20, 30)), chairs=20)
        changing.change(evening.pk, facts, actor=MANAGER, now=at("15:10"))
        drain()
    first, second = Message.objects.filter(reference__has_key="doors").order_by("pk")
    assert ("16:00" in first.body, "16:05" in second.body) == (True, True)


def test_an_evening_that_is_added_within_the_hour_is_watched_until_it_ends(table: Table, host: Person) -> None:
    evening = table.evening()
    a_place(evening, host)
    door_links.keep_watch(at("17:00"))
    assert Timer.objects.get(kind=door_links.TIMER).due_at == at("16:30")
    Timer.objects.all().delete()
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.OPEN)
    door_links.keep_watch(at("20:29"))
    assert Timer.objects.filter(kind=door_links.TIMER).count() == 1
    Timer.objects.all().delete()
    door_links.keep_watch(at("20:30"))
    assert not Timer.objects.exists()


def door_texts() -> list[str]:
    """The numbers to which the list at the door was texted."""
    return list(Message.objects.filter(reference__has_key="doors").order_by("pk").values_list("line", flat=True))


def test_a_link_opens_the_list_of_that_evening_while_they_help_there(table: Table, host: Person) -> None:
    evening, other = table.evening(), table.evening(TUESDAY + timedelta(days=2))
    place = a_place(evening, host)
    token = door_links.address(evening, host, DOORS).split("/")[-3]
    assert door_links.evening_behind(token, evening.pk, DOORS)[1] == evening
    for pk, now in ((other.pk, DOORS), (evening.pk, at("23:59") + timedelta(hours=1))):
        with pytest.raises(NotFound):
            door_links.evening_behind(token, pk, now)
    CrewPlace.objects.filter(pk=place.pk).update(person=table.guest("Anna"))
    with pytest.raises(NotFound):
        door_links.evening_behind(token, evening.pk, DOORS)
