"""What the bus holds about people: told to them, erased with them, and gone when its time is over."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from backend.common.errors import Conflict
from backend.events import clock
from backend.incidents.models import Incident
from backend.incidents.services.of_the_bus import open_case
from backend.keeping.models import Purge
from backend.keeping.selectors import traces
from backend.keeping.selectors.dossier import dossier_of
from backend.keeping.services import purging
from backend.keeping.web.reading import in_words
from backend.people.models import Aid, Consent, Engagement, Home, Organisation, Paper, Person
from backend.people.services import aids, consents, engagements, homes, papers
from backend.transport.models import (
    Availability,
    Booking,
    CallTask,
    CashCount,
    CrewDuty,
    CrewMember,
    CrewOffer,
    Disruption,
    DisruptionNotice,
    ManifestEntry,
    ManifestLink,
    MonthlyFigures,
    Pass,
    PassedOver,
    Payment,
    Ride,
    SeatOffer,
    Trip,
    UnmetRequest,
)
from backend.transport.models.crew import Task
from tests.integration.keeping.what_is_left import COORDINATOR, erased, everywhere
from tests.integration.web import mornings
from tests.support import buses

pytestmark = pytest.mark.django_db

LATITUDE = 51.5999
"""Of her door: found nowhere when she is erased."""


@pytest.fixture
def dina(organisation: Organisation) -> Person:
    """She rides with the bus and drives it on other days: whatever can be known of somebody is known of her."""
    dina = buses.a_passenger(organisation, "Dina", family_name="Vosselaar", phones=["+31130001470"])
    now = clock.now()
    homes.confirm(dina, latitude=LATITUDE, longitude=5.0999, actor=COORDINATOR, now=now)
    homes.set_door_note(dina, "Achterom bij Vosselaar", actor=COORDINATOR, now=now)
    consents.give(person=dina, purpose=Consent.Purpose.AIDS, given_at=now, how="call", actor=COORDINATOR, now=now)
    aids.set_aids(dina, ["rollator"], actor=COORDINATOR, now=now)
    today = now.date()
    papers.seen(dina, Paper.Kind.VOG, seen_on=today, valid_until=None, actor=COORDINATOR, today=today)
    dina = Person.objects.get(pk=dina.pk)
    trip = buses.a_trip(buses.a_bus(organisation), state=Trip.State.CLOSED)
    rides_and_what_hangs_on_them(dina, trip)
    works_for_the_bus(dina, trip)
    return dina


def rides_and_what_hangs_on_them(dina: Person, trip: Trip) -> None:
    booking = buses.a_booking(trip, dina, note="Haalt Dina Vosselaar op", on_behalf_of="haar dochter")
    booking.rides.update(state=Ride.State.DONE)
    at = trip.leaves_at
    for ride in booking.rides.all():
        ManifestEntry.objects.create(
            trip=trip,
            ride=ride,
            what="on_board",
            at=at,
            device_at=at,
            received_at=at,
            plan_version=1,
            by="user:7",
            channel="page",
        )
    sold = Pass.objects.create(
        person=dina, trips=10, valid_from=trip.date, valid_until=trip.date, cents=4000, sold_at=at, sold_by="user:3"
    )
    Payment.objects.create(booking=booking, way=Payment.Way.PASS, used_pass=sold, at=at, by="user:7")
    CashCount.objects.create(trip=trip, expected_cents=0, counted_cents=0, at=at, by="user:7")
    offer = SeatOffer.objects.create(
        trip=trip, booking=booking, state="accepted", offered_at=at, deadline_at=at, ended_at=at
    )
    PassedOver.objects.create(offer=offer, booking=booking, reason="no_room", details={"seconds": 3480})
    UnmetRequest.objects.create(
        organisation=trip.organisation, person=dina, trip=trip, area=trip.area, reason="full", at=at
    )
    CallTask.objects.create(
        organisation=trip.organisation, trip=trip, booking=booking, person=dina, kind="moved", created_at=at
    )
    broken = Disruption.objects.create(trip=trip, kind="bus_down", action="shift", at=at, by="user:3")
    DisruptionNotice.objects.create(
        disruption=broken, booking=booking, person=dina, order=1, whereabouts="home", state="superseded"
    )
    engagements.engage(
        dina, programme=Engagement.Programme.BUS, source=f"booking:{booking.pk}", starts_at=at, ends_at=trip.ends_at
    )


def works_for_the_bus(dina: Person, trip: Trip) -> None:
    at = trip.leaves_at
    CrewMember.objects.create(organisation=trip.organisation, person=dina, task=Task.HOST)
    Availability.objects.create(person=dina, date=trip.date, can=True, said_at=at, said_by="user:3", channel="page")
    duty = CrewDuty.objects.get(trip=trip, task=Task.HOST)
    CrewDuty.objects.filter(pk=duty.pk).update(person=dina, state=CrewDuty.State.CONFIRMED)
    CrewOffer.objects.create(duty=duty, person=dina, state="accepted", offered_at=at, deadline_at=at, ended_at=at)
    ManifestLink.objects.create(duty=duty, person=dina, token_hash="x" * 64, made_at=at, expires_at=at)


def hold_something_about(person: Person) -> set[str]:
    """Every table of the bus and what it shares that points to her."""
    shared = {Home, Aid, Paper, Engagement}
    return {
        link.model.__name__
        for link in traces.links_to_people()
        if (link.model in shared or link.model._meta.app_label == "transport")
        and link.model._base_manager.filter(**{link.name: person}).exists()
    }


def test_there_is_a_row_of_every_table_that_knows_people(dina: Person) -> None:
    """When this fails there is a new one: make a row of it above, and look how it is told, erased and purged."""
    known = {link.model.__name__ for link in traces.links_to_people() if link.model._meta.app_label == "transport"}
    assert hold_something_about(dina) == known | {"Home", "Aid", "Paper", "Engagement"}


def test_she_is_told_what_the_bus_holds_about_her(dina: Person) -> None:
    dossier = dossier_of(dina, clock.now())
    headings = {section["heading"] for section in dossier["sections"]}
    assert {"home", "aid", "paper", "engagement", "booking", "rides", "manifest", "payments", "pass"} <= headings
    assert {"seatoffers", "passedover", "crewmember", "crewduty", "availability", "unmetrequest"} <= headings
    words = str(in_words(dossier))
    assert "Achterom bij Vosselaar" in words
    assert "x" * 64 not in json.dumps(dossier)


def test_whoever_has_a_place_ahead_is_not_erased_and_is_told_what_to_do(dina: Person) -> None:
    trip = Trip.objects.get()
    Trip.objects.update(state=Trip.State.PLANNED)
    with pytest.raises(Conflict, match="has a place on a trip of the bus"):
        erased(dina)
    Booking.objects.update(state="cancelled", cancelled_at=clock.now())
    with pytest.raises(Conflict, match="drives or hosts a trip of the bus"):
        erased(dina)
    trip.crew.update(state="open", person=None)
    DisruptionNotice.objects.update(state="open")
    with pytest.raises(Conflict, match="is being told that their trip does not go as planned"):
        erased(dina)
    assert Person.objects.get(pk=dina.pk).family_name == "Vosselaar"


def test_whoever_is_on_the_road_is_not_erased_however_late_the_bus_is(dina: Person) -> None:
    Trip.objects.update(state=Trip.State.UNDERWAY)
    clock.set_clock(virtual=Trip.objects.get().ends_at + timedelta(days=2), rate=0)
    with pytest.raises(Conflict, match="has a place on a trip of the bus"):
        erased(dina)


def test_of_whoever_is_erased_figures_are_left_and_nothing_else(dina: Person) -> None:
    payments = Payment.objects.count()

    erased(dina)

    gone = {"Home", "Aid", "Paper", "Engagement", "CrewMember", "Availability", "CrewOffer", "ManifestLink", "CallTask"}
    assert hold_something_about(dina) == {"Booking", "Pass", "CrewDuty", "DisruptionNotice"}
    assert not hold_something_about(dina) & gone
    booking = Booking.objects.get()
    assert (booking.note, booking.on_behalf_of, booking.person.name) == ("", "", "(gewist)")
    assert (booking.latitude, booking.longitude) == buses.MARKET, "not the door any more"
    assert (Ride.objects.count(), ManifestEntry.objects.count(), Payment.objects.count()) == (2, 2, payments)
    assert UnmetRequest.objects.get().person is None
    assert everywhere("vosselaar", str(LATITUDE), "achterom", "dochter") == []


def after(days: int) -> datetime:
    return datetime(2026, 11, 24, 14, tzinfo=UTC) + timedelta(days=days)


def removed(days: int) -> dict[str, int]:
    """What a purge so many days after the trip removes, by kind."""
    return {done.kind: done.rows for done in purging.purge(after(days))}


def test_where_she_was_goes_after_three_months_and_on_which_days_she_could_after_a_year(dina: Person) -> None:
    assert "engagements" not in removed(89)
    assert removed(91)["engagements"] == 1
    assert removed(366)["bus availability"] == 1
    assert Booking.objects.exists()


def test_home_aids_and_papers_stay_until_a_year_after_she_took_part_for_the_last_time(dina: Person) -> None:
    removed(700)
    assert (Home.objects.count(), Aid.objects.count(), Paper.objects.count()) == (1, 1, 1), "she is still of the crew"
    CrewMember.objects.update(in_use=False)
    removed(364)
    assert Home.objects.exists(), "she rode less than a year ago"
    assert {"homes": 1, "aids": 1, "papers": 1}.items() <= removed(367).items()
    assert Person.objects.get(pk=dina.pk).family_name == "Vosselaar"


def test_a_home_that_somebody_looked_at_lately_stays_and_so_do_aids_agreed_to_lately(dina: Person) -> None:
    CrewMember.objects.all().delete()
    clock.set_clock(virtual=after(300), rate=0)
    homes.confirm(dina, latitude=LATITUDE, longitude=5.1, actor=COORDINATOR, now=clock.now())
    Consent.objects.update(given_at=clock.now())
    removed(400)
    assert (Home.objects.count(), Aid.objects.count()) == (1, 1), "she is about to come back"


def test_whoever_is_in_a_circle_has_not_gone(organisation: Organisation) -> None:
    morning = mornings.Morning(organisation)
    riet = morning.person("Riet")
    homes.confirm(riet, latitude=51.5, longitude=5.1, actor=COORDINATOR, now=clock.now())
    removed(2000)
    assert Home.objects.filter(person=riet).exists()


def test_a_home_that_nobody_has_come_from_yet_is_not_taken_for_an_old_one(organisation: Organisation) -> None:
    new = buses.a_passenger(organisation, "Nieuw")
    Home.objects.filter(person=new).update(confirmed_at=None, confirmed_by="")
    removed(3000)
    assert Home.objects.filter(person=new).exists()
    assert not Purge.objects.filter(kind="homes").exists()


def test_after_two_years_the_trip_goes_with_all_that_hung_on_it_and_its_figures_stay(dina: Person) -> None:
    assert not [kind for kind in removed(729) if kind.startswith("bus p") or kind == "bus trips"]
    assert Trip.objects.exists()

    found = removed(770)

    assert {"bus payments": 1, "bus rides": 2, "bus places": 1, "bus trips": 1, "bus unmet": 1}.items() <= found.items()
    left = [Booking, Ride, ManifestEntry, Payment, SeatOffer, PassedOver, CallTask, CashCount, Disruption, CrewDuty]
    assert [model.__name__ for model in left if model.objects.exists()] == []
    assert not Pass.objects.exists(), "it had run out, and nothing was left of its use"
    counts = MonthlyFigures.objects.get(area=None, month=date(2026, 11, 1)).counts
    assert (counts["trips_driven"], counts["people"]) == (1, 1)
    assert "Vosselaar" not in str(counts)
    assert removed(770) == {}, "a second run finds nothing"


def test_a_trip_goes_with_its_whole_month(dina: Person) -> None:
    """The 24th is two years ago on the 24th; November's figures are kept in December."""
    removed(735)
    assert Trip.objects.exists()


def test_a_trip_with_an_open_case_outlives_everything(dina: Person) -> None:
    trip = Trip.objects.get()
    with transaction.atomic():
        open_case(
            trip.organisation,
            Incident.Kind.RUN,
            [dina],
            cause="run:not_closed",
            trip_id=trip.pk,
            label="De bus",
            day=trip.date,
            now=clock.now(),
        )
    removed(3000)
    assert Ride.objects.count() == 2


def test_as_long_as_a_pass_may_be_used_its_uses_are_counted(dina: Person) -> None:
    """Nine trips are left on it, and it has no end: without the row of the first one, there would be ten."""
    Pass.objects.update(valid_until=None)
    removed(3000)
    assert Payment.objects.count() == 1
    Pass.objects.update(trips=1)
    removed(3000)
    assert not Payment.objects.exists(), "it is used up"
