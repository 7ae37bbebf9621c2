"""Somebody is erased while something is being noted for them: one of the two is refused, and nothing is left behind."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from backend.circles.domain.call_list.entries import MemberEntry
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of
from backend.circles.services import membership
from backend.common import actors
from backend.common.errors import Conflict, NotAllowed
from backend.events import clock
from backend.keeping.models import Erasure
from backend.keeping.services import erasing_meals
from backend.keeping.services.erasing import erase
from backend.meals.models import Evening, EveningSeries, Guest, Reservation, SeatingWish, Standing
from backend.meals.services import guests, reserving, standing
from backend.meals.services.guests import Diet
from backend.meals.services.wishes import Wish as Chairs
from backend.people.models import Aid, Consent, DutyShift, Home, Person
from backend.people.services import aids, consents, duty, homes, presence, registering
from backend.people.services.presence import Erased
from backend.transport.models import Booking, CrewDuty, CrewMember, Pass, Trip
from backend.transport.selectors.answering import Wish as Seat
from backend.transport.services import booking, crew, crew_people, money
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import TUESDAY, a_bus, a_home, a_trip, a_volunteer
from tests.support.races import at_once
from tests.support.restos import MANAGER, a_resto_of
from tests.support.waiting import eventually

Work = Callable[[Person], object]
LINE = "+31130001377"

REFUSALS = (Erased, NotAllowed)
"""Whoever looks after the erasing finds no driver of that name any more."""


@pytest.fixture
def odilia(settings: Any, transactional_db: None) -> Person:
    """She takes part in nothing yet. There are a dinner, a bus, and a circle that goes round every day."""
    settings.RONDJE_DEMO = True
    mornings.set_time("10:00")
    organisation = Morning(mornings.an_organisation()).circle.organisation
    table = a_resto_of(organisation)
    table.evening(TUESDAY + timedelta(days=1))
    table.series()
    table.guest("Karim")
    a_trip(a_bus(organisation), TUESDAY)
    odilia = a_volunteer(organisation, "Odilia", LINE)
    a_home(odilia)
    now = clock.now()
    for purpose in (Consent.Purpose.DIET, Consent.Purpose.AIDS, Consent.Purpose.CIRCLE):
        consents.give(person=odilia, purpose=purpose, given_at=now, how="call", actor=MANAGER, now=now)
    return odilia


def reserves(person: Person) -> object:
    return reserving.reserve(evening_id=Evening.objects.get().pk, wish=Chairs(person), actor=MANAGER, now=clock.now())


def books(person: Person) -> object:
    return booking.book(trip_id=Trip.objects.get().pk, wishes=[Seat(person)], actor=MANAGER, now=clock.now())


def drives(person: Person) -> object:
    place = CrewDuty.objects.get(task="driver")
    return crew.confirm(duty_id=place.pk, person=person, actor=MANAGER, now=clock.now())


def is_on_duty(person: Person) -> object:
    scope = scope_of(Circle.objects.get())
    return duty.put_on_duty(person=person, scope=scope, rank=DutyShift.Rank.PRIMARY, day=TUESDAY)


def joins(person: Person) -> object:
    entry = MemberEntry(position=None, given_name="Odilia", family_name="Vrijwilliger")
    return membership.join(Circle.objects.get(), person, entry)


def eats_no_nuts(person: Person) -> object:
    return guests.keep_diet(person, Diet(("nuts",)), actor=MANAGER)


def walks_with_a_rollator(person: Person) -> object:
    return aids.set_aids(person, ["rollator"], actor=MANAGER, now=clock.now())


def lives_elsewhere(person: Person) -> object:
    return homes.confirm(person, latitude=51.56, longitude=5.09, actor=MANAGER, now=clock.now())


def gets_a_number(person: Person) -> object:
    return registering.add_number(person, "+31130001378")


def comes_every_time(person: Person) -> object:
    series = EveningSeries.objects.get()
    return standing.begin(person=person, series=series, covers=1, first_day=TUESDAY, actor=MANAGER, now=clock.now())


def would_sit_with_karim(person: Person) -> object:
    karim = Person.objects.get(given_name="Karim")
    return guests.wish_to_sit(karim, person, SeatingWish.Kind.WITH, actor=MANAGER)


def hosts_in_the_bus(person: Person) -> object:
    organisation = person.organisation
    return crew_people.set_tasks(person, {"host": False}, organisation=organisation, actor=MANAGER, now=clock.now())


def buys_a_pass(person: Person) -> object:
    now = clock.now()
    return money.sell_pass(person, trips=10, valid_from=TUESDAY, valid_until=None, cents=2000, actor=MANAGER, now=now)


WORKS = [
    reserves,
    books,
    drives,
    is_on_duty,
    joins,
    eats_no_nuts,
    walks_with_a_rollator,
    lives_elsewhere,
    gets_a_number,
    comes_every_time,
    would_sit_with_karim,
    hosts_in_the_bus,
    buys_a_pass,
]


def erased(person: Person) -> Erasure:
    return erase(person, asked_by=Erasure.AskedBy.FAMILY, actor=actors.user(3), now=clock.now())


def waiting() -> int:
    """How many connections wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def left_of(person: Person) -> dict[str, int]:
    """What there is of somebody; nothing is left out."""
    found = {
        "reservations": Reservation.objects.filter(person=person),
        "bookings": Booking.objects.filter(person=person),
        "crew": CrewDuty.objects.filter(person=person),
        "duties": DutyShift.objects.filter(person=person),
        "memberships": Membership.objects.filter(person=person).exclude(status=Membership.Status.LEFT),
        "guests": Guest.objects.filter(person=person).exclude(without=[]),
        "aids": Aid.objects.filter(person=person),
        "homes": Home.objects.filter(person=person),
        "numbers": person.phones.all(),
        "standing": Standing.objects.filter(person=person),
        "wishes": SeatingWish.objects.filter(other=person),
        "tasks": CrewMember.objects.filter(person=person),
        "passes": Pass.objects.filter(person=person),
    }
    return {name: rows.count() for name, rows in found.items() if rows.exists()}


def while_being_erased(person: Person, monkeypatch: pytest.MonkeyPatch, *works: Work) -> list[BaseException | None]:
    """The eraser has looked and goes on; then these begin, and wait. How each of them ended."""
    looked = threading.Event()
    blank = erasing_meals.blank_evenings

    def slowly(person: Person, removed: Counter[str]) -> None:
        looked.set()
        eventually(lambda: waiting() == len(works), "the others wait", within=20)
        blank(person, removed)

    monkeypatch.setattr(erasing_meals, "blank_evenings", slowly)

    def other(work: Work) -> Callable[[], None]:
        def begins() -> None:
            assert looked.wait(10)
            with transaction.atomic():
                work(person)

        return begins

    done, *ended = at_once(lambda: erased(person), *map(other, works))
    assert done is None
    return ended


def test_whoever_is_being_erased_is_given_nothing_any_more(odilia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for work, ended in zip(WORKS, while_being_erased(odilia, monkeypatch, *WORKS), strict=True):
        assert isinstance(ended, REFUSALS), (work.__name__, ended)
    assert left_of(odilia) == {}


def test_without_the_hold_somebody_who_is_erased_has_a_chair_and_a_duty(
    odilia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "hold", lambda _person: None)
    assert while_being_erased(odilia, monkeypatch, reserves, is_on_duty) == [None, None]
    assert left_of(odilia) == {"reservations": 1, "duties": 1}


@pytest.mark.parametrize(
    ("works", "refused"),
    [
        ((books,), "has a place on a trip"),
        ((is_on_duty,), "is on the duty roster"),
        ((joins, eats_no_nuts, gets_a_number), None),
    ],
)
def test_what_came_first_is_seen_by_whoever_erases(
    odilia: Person, works: tuple[Work, ...], refused: str | None
) -> None:
    """It refuses, or what has just been noted goes with the rest."""
    noted = threading.Event()

    def other() -> None:
        with transaction.atomic():
            for work in works:
                work(odilia)
            noted.set()
            eventually(lambda: waiting() == 1, "the eraser waits", within=10)

    def eraser() -> None:
        assert noted.wait(10)
        erased(odilia)

    ended, erasing = at_once(other, eraser)
    assert ended is None
    if refused is None:
        assert erasing is None
        assert left_of(odilia) == {}
    else:
        assert isinstance(erasing, Conflict)
        assert refused in erasing.message
        assert Person.objects.get(pk=odilia.pk).erased_at is None


def test_a_page_that_was_open_while_somebody_was_erased_notes_nothing(odilia: Person) -> None:
    erased(odilia)
    for work in WORKS:
        with pytest.raises(REFUSALS), transaction.atomic():
            work(odilia)
    assert left_of(odilia) == {}


def test_two_transactions_hold_the_same_people_in_any_order_and_neither_waits(odilia: Person) -> None:
    """Friends are booked on two trips at once: nobody waits for the other for ever."""
    karim = Person.objects.get(given_name="Karim")
    both = threading.Barrier(2)

    def holds(first: Person, second: Person) -> Callable[[], None]:
        def work() -> None:
            with transaction.atomic():
                presence.hold(first)
                both.wait(10)
                presence.hold(second)
                both.wait(10)

        return work

    assert at_once(holds(odilia, karim), holds(karim, odilia)) == [None, None]
    assert Erased().status == 409
