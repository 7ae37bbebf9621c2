"""A circle stays where it is while its organisation counts on a member: nobody is torn off a bus or from a table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of
from backend.circles.services import transfer_offers, transferring
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.incidents.services.ladders import bus_scope
from backend.meals.models import CrewPlace, GuestCall, MealVolunteer, Reservation
from backend.people.models import DutyShift, Organisation, Person, Role
from backend.people.services import duty
from backend.transport.models import Booking, CallTask, CrewDuty, CrewMember, Ride, Trip
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support import buses, restos
from tests.support.buses import MONDAY, TUESDAY

YESTERDAY = MONDAY - timedelta(days=1)
BUS = "een plaats in de bus, of op de wachtlijst ervan. Annuleer die, of wacht tot die rit voorbij is."


@pytest.fixture
def west(organisation: Organisation) -> Organisation:
    """Samen West, which would take the circle over."""
    return mornings.an_organisation("anders", "Samen West")


@pytest.fixture
def theirs(west: Organisation) -> Client:
    """The browser of Kees, who coordinates at Samen West."""
    client = Client()
    client.force_login(mornings.a_user("kees", west, Role.Kind.COORDINATOR))
    return client


@pytest.fixture
def riet(morning: Morning) -> Person:
    """A member of the circle; her home is on the map."""
    riet = morning.person("Riet")
    buses.a_home(riet)
    return riet


def offers(morning: Morning, to: Organisation) -> int:
    """Marijke asks Samen West; the key of the question."""
    asked = transfer_offers.offer(morning.circle.pk, to, agreed="M. Bos, manager", actor=SYSTEM, now=clock.now())
    return asked.pk


def goes(morning: Morning, to: Organisation) -> None:
    agreed = {"agreed_from": "M. Bos, coordinator", "agreed_to": "K. de Wit, manager"}
    transferring.transfer(morning.circle.pk, to, actor=SYSTEM, now=clock.now(), **agreed)


def test_who_sits_in_the_bus_keeps_the_circle_here_until_she_is_home(
    staff: Client, theirs: Client, morning: Morning, west: Organisation, riet: Person
) -> None:
    """Samen West was asked before she booked. The old side reads her name, the new one does not."""
    question = offers(morning, west)
    trip = buses.a_trip(buses.a_bus(morning.organisation), MONDAY, state=Trip.State.UNDERWAY)
    buses.a_booking(trip, riet).rides.filter(way=Ride.Way.THERE).update(state=Ride.State.ON_BOARD)

    page = theirs.get(f"/transfers/{question}/").content.decode()
    assert (
        "Welzijn Oost rekent nog op deelnemers van deze cirkel (1): in de bus, bij een etentje of in een dienst."
        in page
    )
    answer = theirs.post(f"/transfers/{question}/", {"agreed": "K. de Wit, manager"})
    assert answer.status_code == 409
    assert "hun pagina over het overdragen van de cirkel staat wie het zijn" in answer.content.decode()
    assert "Riet" not in page + answer.content.decode()
    own = staff.get(f"/circles/{morning.circle.pk}/transfer/").content.decode()
    assert f"<li><strong>Riet Linde</strong>: {BUS}</li>" in own
    assert Circle.objects.get().organisation == riet.organisation == morning.organisation

    Trip.objects.update(state=Trip.State.CLOSED)
    assert "Riet" not in staff.get(f"/circles/{morning.circle.pk}/transfer/").content.decode()
    assert theirs.post(f"/transfers/{question}/", {"agreed": "K. de Wit, manager"}).status_code == 302
    riet.refresh_from_db()
    assert Circle.objects.get().organisation == riet.organisation == west


def test_asking_is_refused_with_names_and_what_to_do(staff: Client, morning: Morning, west: Organisation) -> None:
    halil, sjef = morning.person("Halil"), morning.person("Sjef")
    trip = buses.a_trip(buses.a_bus(morning.organisation))
    for person in (halil, sjef):
        buses.a_home(person)
        buses.a_booking(trip, person, Booking.State.WAITING)
    fields = {"to": "anders", "agreed": "M. Bos, manager"}
    answer = staff.post(f"/circles/{morning.circle.pk}/transfer/", fields)
    assert answer.status_code == 409
    words = f"Uw organisatie rekent nog op deelnemers van deze cirkel. Halil Linde, Sjef Linde: {BUS}"
    assert words in answer.content.decode()
    assert not morning.circle.transfer_offers.exists()


def rides_tomorrow(riet: Person, state: str = Booking.State.BOOKED) -> None:
    buses.a_booking(buses.a_trip(buses.a_bus(riet.organisation)), riet, state)


def drives_tomorrow(riet: Person) -> None:
    trip = buses.a_trip(buses.a_bus(riet.organisation))
    trip.crew.filter(task="driver").update(person=riet, state=CrewDuty.State.CONFIRMED)


def may_drive(riet: Person) -> None:
    CrewMember.objects.create(organisation=riet.organisation, person=riet, task="driver")


def is_to_be_rung_about_the_bus(riet: Person) -> None:
    CallTask.objects.create(
        organisation=riet.organisation,
        trip=buses.a_trip(buses.a_bus(riet.organisation)),
        person=riet,
        kind=CallTask.Kind.SPEAK,
        created_at=clock.now(),
    )


def eats_tonight(riet: Person, state: str = Reservation.State.RESERVED) -> None:
    evening = restos.a_resto_of(riet.organisation).evening(MONDAY)
    Reservation.objects.create(
        evening=evening, person=riet, state=state, covers=1, way="telephone", reserved_at=clock.now()
    )


def is_a_regular(riet: Person) -> None:
    table = restos.a_resto_of(riet.organisation)
    table.series().standing.create(person=riet, first_day=MONDAY)


def cooks_tomorrow(riet: Person) -> None:
    evening = restos.a_resto_of(riet.organisation).evening(TUESDAY)
    CrewPlace.objects.create(evening=evening, job="cook", person=riet, state=CrewPlace.State.CONFIRMED)


def may_cook(riet: Person) -> None:
    MealVolunteer.objects.create(organisation=riet.organisation, person=riet, job="cook")


def is_to_be_rung_about_a_dinner(riet: Person) -> None:
    evening = restos.a_resto_of(riet.organisation).evening(TUESDAY)
    GuestCall.objects.create(
        organisation=riet.organisation,
        evening=evening,
        person=riet,
        kind=GuestCall.Kind.SPEAK,
        created_at=clock.now(),
    )


def looks_after_the_bus(riet: Person) -> None:
    duty.put_on_duty(person=riet, scope=bus_scope(riet.organisation), rank=DutyShift.Rank.PRIMARY, weekday=0)


@pytest.mark.parametrize(
    "does",
    [
        rides_tomorrow,
        drives_tomorrow,
        may_drive,
        is_to_be_rung_about_the_bus,
        eats_tonight,
        is_a_regular,
        cooks_tomorrow,
        may_cook,
        is_to_be_rung_about_a_dinner,
        looks_after_the_bus,
    ],
)
def test_whatever_counts_on_her_keeps_the_circle_here(
    does: Callable[[Person], None], morning: Morning, west: Organisation, riet: Person
) -> None:
    does(riet)
    with pytest.raises(Conflict, match=r"Welzijn Oost rekent nog op deelnemers van deze cirkel \(1\)"):
        goes(morning, west)
    assert not Person.objects.filter(organisation=west).exists()


def what_is_over(riet: Person) -> None:
    """She rode and ate yesterday, and gave up her places of tomorrow."""
    bus, table = buses.a_bus(riet.organisation), restos.a_resto_of(riet.organisation)
    buses.a_booking(buses.a_trip(bus, YESTERDAY, state=Trip.State.CLOSED), riet)
    buses.a_booking(buses.a_trip(bus), riet, Booking.State.CANCELLED, cancelled_at=clock.now())
    table.ate_before("Karim", day=YESTERDAY)
    Reservation.objects.update(person=riet)
    Reservation.objects.create(
        evening=table.evening(TUESDAY),
        person=riet,
        state=Reservation.State.CANCELLED,
        covers=1,
        way="telephone",
        reserved_at=clock.now(),
        cancelled_at=clock.now(),
    )
    table.series().standing.create(person=riet, first_day=YESTERDAY, last_day=YESTERDAY)


def test_what_is_over_keeps_nobody(morning: Morning, west: Organisation, riet: Person) -> None:
    what_is_over(riet)
    goes(morning, west)
    riet.refresh_from_db()
    assert riet.organisation == west


def test_who_left_the_circle_and_rides_and_a_volunteer_who_drives_stay_with_the_bus(
    morning: Morning, west: Organisation, riet: Person
) -> None:
    Membership.objects.filter(person=riet).update(status=Membership.Status.LEFT)
    rides_tomorrow(riet)
    gijs = buses.a_volunteer(morning.organisation, "Gijs", "+31600000150")
    nel = buses.a_volunteer(morning.organisation, "Nel", "+31600000151", tasks=())
    for person, weekday in ((gijs, 5), (nel, 6)):
        duty.put_on_duty(person=person, scope=scope_of(morning.circle), rank=DutyShift.Rank.PRIMARY, weekday=weekday)
    goes(morning, west)
    moved = {person.given_name: person.organisation == west for person in _fresh(riet, gijs, nel)}
    assert moved == {"Riet": False, "Gijs": False, "Nel": True}
    on_the_roster = DutyShift.objects.filter(scope=scope_of(morning.circle), weekday__in=(5, 6))
    assert list(on_the_roster.values_list("person", flat=True)) == [nel.pk]


def _fresh(*people: Person) -> list[Person]:
    return [Person.objects.select_related("organisation").get(pk=person.pk) for person in people]
