"""A trip's day read from the rows, and what explains that somebody is not home."""

from datetime import datetime

from django.db.models import Q

from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services.of_the_bus import Wrong
from backend.people.models import Organisation
from backend.transport.domain.day_settings import DaySettings
from backend.transport.domain.run import Entry, Reason, RideOfRun, Run, State, Way, What, may_close
from backend.transport.models import Booking, CallTask, DisruptionNotice, ManifestEntry, Ride, Trip

ABOUT_ABSENCE = "not_there_but_away"
"""In the details of a call to make: nobody came to the bus, and an absence says why. Only `not_there` lets it lapse."""

PAPER = "paper"
"""The channel of what was written down and typed in afterwards."""

NOT_TOLD = "not_told"
"""The reason of a case about who may not know that the bus comes otherwise: it says nothing of their being home."""


def day_settings(organisation: Organisation) -> DaySettings:
    """The part of the setting "bus" that concerns the day."""
    found = organisation.settings.get("bus", {})
    return DaySettings.of(found if isinstance(found, dict) else {})


def may_be_on_the_road(trip: Trip, now: datetime) -> bool:
    """Whether a trip that still stands as planned should have left: people wait for it, or sit in it."""
    is_late = trip.state == Trip.State.PLANNED and now >= trip.leaves_at
    return is_late and trip.bookings.filter(state=Booking.State.BOOKED).exists()


def run_of(trip: Trip) -> Run:
    """The trip's rides and all that was ticked."""
    rides = trip.rides.select_related("booking").order_by("way", "round_number", "position", "pk")
    entries = ManifestEntry.objects.filter(trip=trip).order_by("at")
    return Run(tuple(map(ride_of, rides)), frozenset(map(entry_of, entries)))


def ride_of(ride: Ride) -> RideOfRun:
    """A ride as the rules know it. Somebody who had cancelled and came along has a ride, but no place in the plan."""
    return RideOfRun(
        ride=ride.pk,
        person=ride.booking.person_id,
        way=Way(ride.way),
        round_number=ride.round_number,
        position=ride.position,
        is_cancelled=ride.state == Ride.State.CANCELLED or ride.booking.state == Booking.State.CANCELLED,
    )


def entry_of(row: ManifestEntry) -> Entry:
    """A tick as the rules know it."""
    return Entry(
        id=row.pk,
        ride=row.ride_id,
        what=What(row.what),
        at=row.at,
        device_at=row.device_at,
        is_to_the_minute=row.channel == PAPER,
        takes_back=row.takes_back,
    )


def not_home(trip: Trip, run: Run) -> list[Reason]:
    """Why the trip may not be closed: who is not known to be home, and of whom nobody has said why not."""
    return may_close(run, cases=explained_rides(trip, run), settled=settled_people(trip, run))


def explained_rides(trip: Trip, run: Run) -> set[int]:
    """Rides to which nobody came and that a case explains, or a question to who is away that waits or was answered."""
    asked = CallTask.objects.filter(trip=trip, details__about=ABOUT_ABSENCE).exclude(state=CallTask.State.LAPSED)
    cases = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.NOT_AT_DOOR)
    ways_of = {_way_and_person(cause) for cause in cases.values_list("cause", flat=True)}
    return {
        *asked.values_list("details__ride", flat=True),
        *(ride.ride for ride in run.rides if (ride.way.value, ride.person) in ways_of),
    }


def _way_and_person(cause: str) -> tuple[str, int]:
    """Of trip:12:not_at_door:there:7, and of trip:12:not_at_door:there:7:again:1."""
    _trip, _pk, _kind, way, person, *_again = cause.split(":")
    return way, int(person)


def settled_people(trip: Trip, run: Run) -> set[int]:
    """People of whom a person has recorded what became of them, after whatever was ticked last about them.

    Only in a case that asks whether they are home: of a run that is not closed, or of who was left behind. That they
    stood well at their door when the bus was late says nothing about their coming home. Or, when the bus did not drive
    on, how they get home without it: not of who sits in the bus by what was ticked, or was ticked since.
    """
    rows = IncidentMember.objects.filter(incident__source_kind=BUS_SOURCE, incident__source_id=trip.pk)
    rows = rows.filter(
        Q(incident__kind=Incident.Kind.RUN, incident__details__reason=Wrong.NOT_CLOSED)
        | Q(incident__kind=Incident.Kind.STRANDED)
    )
    rows = rows.exclude(outcome="").exclude(outcome=Outcome.ANSWERED_LATE)
    last = _last_ticked(run)
    told = {
        row.person_id for row in rows if row.outcome_at and last.get(row.person_id, row.outcome_at) <= row.outcome_at
    }
    otherwise = DisruptionNotice.objects.filter(disruption__trip=trip, way_home_at__isnull=False)
    aboard = {ride.person for ride in run.rides if run.standing(ride.ride).state is State.ON_BOARD}
    without_it = {
        person
        for person, said_at in otherwise.values_list("person_id", "way_home_at")
        if said_at and person not in aboard and last.get(person, said_at) <= said_at
    }
    return told | without_it


def _last_ticked(run: Run) -> dict[int, datetime]:
    last: dict[int, datetime] = {}
    for entry in run.entries:
        ride = run.meant(entry.ride)
        if ride is not None:
            last[ride.person] = max(entry.at, last.get(ride.person, entry.at))
    return last
