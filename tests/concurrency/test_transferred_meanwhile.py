"""A circle goes to another organisation while something is being noted for a member: one of the two is refused."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from backend.circles.services import transferring
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.services import reserving
from backend.meals.services.wishes import Wish as Chairs
from backend.people.models import Organisation, Person
from backend.people.services import presence
from backend.people.services.presence import Moved
from backend.transport.models import Booking, Trip
from backend.transport.selectors.answering import Wish as Seat
from backend.transport.services import booking
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import TUESDAY, a_bus, a_home, a_trip
from tests.support.races import at_once
from tests.support.restos import MANAGER, a_resto_of
from tests.support.waiting import eventually


@pytest.fixture
def morning(settings: Any, transactional_db: None) -> Morning:
    """The circle De Linde; there are a trip and a dinner on Tuesday, on which nobody has a place."""
    settings.RONDJE_DEMO = True
    mornings.set_time("10:00")
    morning = Morning(mornings.an_organisation())
    a_home(morning.person("Riet"))
    a_trip(a_bus(morning.organisation), TUESDAY)
    a_resto_of(morning.organisation).evening(TUESDAY)
    return morning


def goes(morning: Morning, to: Organisation) -> None:
    agreed = {"agreed_from": "M. Bos, coordinator", "agreed_to": "K. de Wit, manager"}
    transferring.transfer(morning.circle.pk, to, actor=SYSTEM, now=clock.now(), **agreed)


def books(person: Person) -> None:
    booking.book(trip_id=Trip.objects.get().pk, wishes=[Seat(person)], actor=MANAGER, now=clock.now())


def reserves(person: Person) -> None:
    reserving.reserve(evening_id=Evening.objects.get().pk, wish=Chairs(person), actor=MANAGER, now=clock.now())


def waiting() -> int:
    """How many connections wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def test_whoever_goes_at_this_moment_gets_no_place_with_the_old_organisation(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody counted on Riet when it was looked; then two note something for her, and wait."""
    west, riet, looked = mornings.an_organisation("anders", "Samen West"), morning.person("Riet"), threading.Event()
    leave = transferring._leave_the_others_behind

    def slowly(*args: Any, **more: Any) -> None:
        looked.set()
        eventually(lambda: waiting() == 2, "both wait", within=20)
        leave(*args, **more)

    def then(work: Any) -> None:
        assert looked.wait(10)
        with transaction.atomic():
            work(riet)

    monkeypatch.setattr(transferring, "_leave_the_others_behind", slowly)
    moved, *noted = at_once(lambda: goes(morning, west), lambda: then(books), lambda: then(reserves))
    assert moved is None
    assert [type(one) for one in noted] == [Moved, Moved]
    assert Person.objects.get(pk=riet.pk).organisation == west
    assert not Booking.objects.exists() and not Reservation.objects.exists()


def test_while_something_is_noted_for_a_member_the_circle_stays_and_nobody_waits(morning: Morning) -> None:
    west, riet = mornings.an_organisation("anders", "Samen West"), morning.person("Riet")
    held, refused = threading.Event(), threading.Event()

    def notes() -> None:
        with transaction.atomic():
            presence.hold(riet)
            held.set()
            assert refused.wait(10)

    def transfers() -> None:
        assert held.wait(10)
        try:
            goes(morning, west)
        finally:
            refused.set()

    noted, moved = at_once(notes, transfers)
    assert noted is None
    assert isinstance(moved, Conflict)
    assert moved.message == "Something is being noted for one of the members right now. Try again in a minute."
    assert Person.objects.get(pk=riet.pk).organisation == morning.organisation
