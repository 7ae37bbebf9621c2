"""Links in texts to the list of a trip: for one of its crew, on the day itself, kept only as a hash."""

from datetime import datetime, time, timedelta

from django.db import transaction

from backend.common.errors import Conflict
from backend.common.link_rows import address, gone, hash_of, new_token
from backend.events.models import Lane
from backend.notifications.models import Way
from backend.notifications.services import queueing, speaking
from backend.people.models import Person
from backend.people.selectors import mobile_of, zone_of
from backend.transport.models import CrewDuty, ManifestLink, Trip
from backend.transport.selectors.run import day_settings
from backend.transport.services.trips import locked
from backend.transport.words_day import say

TICKS_ARE_TAKEN = timedelta(days=7)
"""A telephone may find signal, or its owner, days later: what it ticked is taken in although the list is not shown."""

TRY_AGAIN = timedelta(minutes=10)


def make(duty: CrewDuty, person: Person, now: datetime) -> str:
    """A new link to the list for whoever has this duty. It opens on the trip's local date and no later."""
    token = new_token()
    ManifestLink.objects.create(
        duty=duty, person=person, token_hash=hash_of(token), made_at=now, expires_at=end_of_day(duty.trip)
    )
    return address("bus/m", token)


def end_of_day(trip: Trip) -> datetime:
    """When nobody needs the list any more (UTC): the trip's local date is over, and so is the trip for two hours."""
    midnight = datetime.combine(trip.date + timedelta(days=1), time(0), tzinfo=zone_of(trip.organisation))
    return max(midnight, trip.ends_at + timedelta(hours=2))


def follow(token: str, now: datetime) -> ManifestLink:
    """The link behind a token. Raises NotFound when there is none, or when somebody else has the duty now."""
    link = _found(token, now)
    if link is None or not has_duty(link):
        raise gone()
    return link


def follow_to_send(token: str, now: datetime) -> ManifestLink:
    """The link by which a telephone sends what was ticked while its owner had the duty, whoever has it now.

    Who has it no more has opened it by its button once. What was ticked is a fact, and perhaps nobody else knows it.
    Raises NotFound.
    """
    link = _found(token, now)
    if link is None or (link.confirmed_at is None and not has_duty(link)):
        raise gone()
    return link


def has_duty(link: ManifestLink) -> bool:
    """Whether whoever was texted the link is the one who has confirmed to do it."""
    return link.duty.person_id == link.person_id and link.duty.state == CrewDuty.State.CONFIRMED


def _found(token: str, now: datetime) -> ManifestLink | None:
    found = ManifestLink.objects.filter(token_hash=hash_of(token), expires_at__gt=now - TICKS_ARE_TAKEN)
    return found.select_related("duty__trip__organisation", "duty__trip__destination", "person").first()


def next_due(trip: Trip, now: datetime) -> datetime | None:
    """When links have to be sent (UTC); None when everybody who has confirmed and can be texted has theirs."""
    if not _is_of_use(trip, now) or not _unsent(trip):
        return None
    return max(_send_at(trip), now + TRY_AGAIN if now >= _send_at(trip) else _send_at(trip))


def send_due(trip: Trip, now: datetime) -> None:
    """Text each of the crew their link, once, when it is time; also who is confirmed late. Under the trip's lock."""
    if not _is_of_use(trip, now) or now < _send_at(trip):
        return
    for duty in _unsent(trip):
        assert duty.person is not None
        mobile = mobile_of(duty.person)
        if duty.state == CrewDuty.State.CONFIRMED and mobile is not None:
            _send(trip, duty, duty.person, mobile, now)


@transaction.atomic
def send_again(*, trip_id: int, now: datetime) -> list[Person]:
    """Text a new link to everybody of the crew who can be texted; returns them. Earlier links go on working.

    Raises Conflict when the trip is over, or when nobody who has confirmed has a mobile.
    """
    trip = locked(trip_id)
    if trip.state not in (Trip.State.PLANNED, Trip.State.UNDERWAY):
        raise Conflict("This trip is over or has been cancelled: nobody needs its list any more.")
    duties = trip.crew.filter(state=CrewDuty.State.CONFIRMED).select_related("person", "trip__organisation")
    told = []
    for duty in duties.order_by("task"):
        mobile = mobile_of(duty.person) if duty.person else None
        if duty.person is not None and mobile is not None:
            _send(trip, duty, duty.person, mobile, now)
            told.append(duty.person)
    if not told:
        raise Conflict("Nobody who has confirmed has a mobile telephone. Print the list, or let them sign in.")
    return told


def _send(trip: Trip, duty: CrewDuty, person: Person, mobile: str, now: datetime) -> None:
    leaves = trip.leaves_at.astimezone(zone_of(trip.organisation))
    queueing.queue(
        organisation=trip.organisation,
        person=person,
        way=Way.TEXT,
        line=mobile,
        lane=Lane.NOTICE,
        host=speaking.HOST,
        subject_id=trip.organisation_id,
        reference={"trip": trip.pk, "duty": duty.pk},
        body=say("manifest_link", person.language, time=f"{leaves:%H:%M}", link=make(duty, person, now)),
        language=person.language,
        expires_at=trip.ends_at,
        any_hour=True,
    )


def _is_of_use(trip: Trip, now: datetime) -> bool:
    return trip.state in (Trip.State.PLANNED, Trip.State.UNDERWAY) and now < trip.ends_at


def _unsent(trip: Trip) -> list[CrewDuty]:
    """Duties of the trip whose holder has no link yet."""
    duties = trip.crew.exclude(person=None).select_related("person", "trip__organisation").order_by("task")
    return [
        duty for duty in duties.prefetch_related("person__phones") if duty.person and _has_no_link(duty, duty.person)
    ]


def _has_no_link(duty: CrewDuty, person: Person) -> bool:
    return mobile_of(person) is not None and not duty.links.filter(person=person).exists()


def _send_at(trip: Trip) -> datetime:
    return trip.leaves_at - timedelta(minutes=day_settings(trip.organisation).link_minutes)
