"""Reading a trip that goes wrong: where everybody is, which bus could take over, what each person is told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from backend.notifications.models import OptOut
from backend.people.domain.short_days import with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import Person
from backend.people.selectors import mobile_of, usable_lines, zone_of
from backend.transport.domain.disruption import (
    FROM_HOME,
    Load,
    NoRoom,
    Part,
    Passenger,
    RideFacts,
    Room,
    Where,
    in_order,
    where_is,
    who_does_not_fit,
)
from backend.transport.domain.money import ELSEWHERE
from backend.transport.models import Booking, Disruption, DisruptionNotice, Layout, Ride, Trip
from backend.transport.words_disruption import say

STOPPED = "stopped"
"""Why a booking ended: we stopped the trip. Never the passenger's doing: nothing is charged for it."""

BEGUN = (Ride.State.ON_BOARD, Ride.State.DONE)
TO_COME = (Ride.State.PLANNED, Ride.State.ON_BOARD)


@dataclass(frozen=True)
class Standing:
    """A booking of a trip, and where its people are."""

    booking: Booking
    passenger: Passenger
    where: Where

    @property
    def is_from_home(self) -> bool:
        """Whether they need another way home when the bus stops."""
        return self.where in FROM_HOME


def standings(trip: Trip, now: datetime) -> list[Standing]:
    """Everybody for whom something is still to come, in the order in which they are to be rung.

    Also who had cancelled and came along: they have to get home as well.
    """
    came_along = trip.rides.filter(state__in=BEGUN).values("booking")
    bookings = {
        booking.pk: booking
        for booking in trip.bookings.filter(Q(state=Booking.State.BOOKED) | Q(pk__in=came_along))
        .select_related("person", "person__organisation")
        .prefetch_related("person__phones")
    }
    rides: dict[int, dict[str, RideFacts]] = defaultdict(dict)
    for ride in trip.rides.filter(booking__in=bookings).order_by("pk"):
        state = ride.state
        if state == Ride.State.CANCELLED:
            if bookings[ride.booking_id].state == Booking.State.BOOKED or ride.way == Ride.Way.THERE:
                continue
            state = Ride.State.PLANNED
        rides[ride.booking_id][ride.way] = RideFacts(
            state, ride.round_number, ride.position, ride.planned_at, ride.promised_from
        )
    left_at = trip.started_at or trip.leaves_at
    passengers = [Passenger(pk, rides[pk].get("there"), rides[pk].get("home")) for pk in bookings]
    ordered = in_order((one, where_is(one, now, left_at=left_at)) for one in passengers)
    return [Standing(bookings[one.key], one, where) for one, where in ordered]


@dataclass(frozen=True)
class Candidate:
    """A layout of another vehicle that is free; `no_room` says who does not fit, and why."""

    layout: Layout
    no_room: tuple[tuple[Booking, NoRoom], ...]


def other_buses(trip: Trip) -> list[Candidate]:
    """Which other vehicles of the organisation are free for this trip, each with who would not fit."""
    layouts = free_layouts(trip).exclude(vehicle=trip.vehicle_id)
    rounds = _rounds(trip)
    bookings = {booking.pk: booking for booking in trip.bookings.select_related("person")}
    found = []
    for layout in layouts:
        room = Room(layout.seats, layout.wheelchair_places, layout.rollator_places)
        lacking = who_does_not_fit(room, rounds)
        found.append(Candidate(layout, tuple((bookings[one.key], one) for one in lacking)))
    return sorted(found, key=lambda one: (len(one.no_room), one.layout.vehicle.name, one.layout.name))


def free_layouts(trip: Trip) -> "QuerySet[Layout]":
    """Layouts of the organisation's vehicles that may be used on that date and are on no trip at that time."""
    taken = Trip.objects.filter(
        organisation=trip.organisation_id, leaves_at__lt=trip.ends_at, ends_at__gt=trip.leaves_at
    )
    busy = taken.exclude(state=Trip.State.CANCELLED).exclude(pk=trip.pk).values("vehicle_id")
    found = Layout.objects.filter(vehicle__organisation=trip.organisation_id, vehicle__in_use=True)
    found = found.exclude(vehicle__in=busy).exclude(
        vehicle__out_of_service__first_day__lte=trip.date, vehicle__out_of_service__last_day__gte=trip.date
    )
    expired = found.filter(vehicle__papers__valid_until__lt=trip.date).values("pk")
    return found.exclude(pk__in=expired).select_related("vehicle")


def _rounds(trip: Trip) -> list[list[Load]]:
    rounds: dict[tuple[str, int], list[Load]] = defaultdict(list)
    rides = trip.rides.filter(state__in=TO_COME).select_related("booking").order_by("way", "round_number", "position")
    for ride in rides:
        one = ride.booking
        load = Load(one.pk, one.seats, one.wheelchair_places, one.rollator_places)
        rounds[(ride.way, ride.round_number)].append(load)
    return list(rounds.values())


@dataclass(frozen=True)
class Lines:
    """On which numbers (E.164) somebody is texted and rung where they are now; empty: on none."""

    text: str
    call: str


def lines_of(person: Person, where: Where) -> Lines:
    """Who is away from home is reached on a mobile only: their own telephone rings in an empty house."""
    mobile, lines = mobile_of(person) or "", usable_lines(person)
    takes_texts = (
        bool(mobile) and not OptOut.objects.filter(organisation_id=person.organisation_id, line=mobile).exists()
    )
    text = mobile if takes_texts and person.preferred_way == Person.Way.TEXT else ""
    if where in FROM_HOME:
        return Lines(text, mobile)
    return Lines(text, lines[0] if lines else "")


def told_to(notice: DisruptionNotice, now: datetime) -> str:
    """What somebody is told, in their language: who rings, about which trip, and the news."""
    trip, language = notice.disruption.trip, notice.person.language
    return f"{opening(trip, language, now)} {_news(notice, language)}"


def text_to(notice: DisruptionNotice, now: datetime) -> str:
    """The same as a text, with how to answer it."""
    trip, language = notice.disruption.trip, notice.person.language
    return say(
        "text",
        language,
        opening=opening(trip, language, now),
        news=_news(notice, language),
        phone=format_for_people(trip.organisation.duty_phone),
    )


def opening(trip: Trip, language: str, now: datetime) -> str:
    """Who rings, and about which trip."""
    today = now.astimezone(zone_of(trip.organisation)).date()
    if trip.date in (today, today + timedelta(days=1)):
        day = say("today" if trip.date == today else "tomorrow", language)
    else:
        day = with_weekday(trip.date, language)
    return say("opening", language, organisation=trip.organisation.name, trip=trip.name, day=day)


def _news(notice: DisruptionNotice, language: str) -> str:
    disruption = notice.disruption
    why = say(f"why_{disruption.kind}", language)
    if notice.booking_id is None:
        return say(f"{_what(disruption)}_crew", language, why=why, minutes=disruption.shift_minutes)
    if disruption.action == Disruption.Action.RESTORE:
        return _of_a_restored_trip(notice)
    if disruption.action == Disruption.Action.STOP:
        if notice.way_home:
            return say("stop_way_home", language, why=why, way_home=say(f"home_{notice.way_home}", language))
        if notice.whereabouts == Where.WAITING:
            return say("stop_waiting", language, why=why)
        return say("stop_away" if notice.whereabouts in FROM_HOME else "stop", language, why=why)
    return " ".join(_times(notice, why)) or why


def standing_of(was: Booking | None) -> str:
    """How somebody stands on a trip that is driven after all, as it is now: place, waits, elsewhere or no_place; crew.

    `was` is the booking with which they came on the list; they may have been booked anew since.
    """
    if was is None:
        return "crew"
    rows = Booking.objects.filter(trip=was.trip_id, person=was.person_id).exclude(state=Booking.State.CANCELLED)
    now = rows.first()
    if now is None:
        return "elsewhere" if was.cancelled_because == ELSEWHERE else "no_place"
    if now.state == Booking.State.WAITING:
        return "waits"
    return "place" if now.rides.exclude(state=Ride.State.CANCELLED).exists() else "no_place"


def _of_a_restored_trip(notice: DisruptionNotice) -> str:
    standing, language = standing_of(notice.booking), notice.person.language
    rides = _rides(notice) if standing == "place" else ()
    times = [say(f"times_{ride.way}", language, **window) for ride, window in rides]
    return " ".join([say(f"restored_{standing}", language), *times])


def _what(disruption: Disruption) -> str:
    if disruption.action == Disruption.Action.STOP:
        return "stop"
    return "shift_home" if disruption.part == Part.HOME else "shift"


def _times(notice: DisruptionNotice, why: str) -> Iterator[str]:
    """The times of every ride to come: they may not have heard yet of what an earlier decision had shifted."""
    part, language = Part(notice.disruption.part), notice.person.language
    is_said = False
    for ride, window in _rides(notice):
        if not is_said and part.value in (Part.BOTH, ride.way):
            is_said = True
            yield say(f"shift_{ride.way}", language, why=why, **window)
        else:
            yield say(f"times_{ride.way}", language, **window)


def _rides(notice: DisruptionNotice) -> Iterator[tuple[Ride, dict[str, str]]]:
    """Every ride of theirs on this trip that is to come, with its window in local wall times."""
    trip = notice.disruption.trip
    zone = zone_of(trip.organisation)
    rides = trip.rides.filter(booking__person=notice.person_id, state=Ride.State.PLANNED).order_by("planned_at")
    for ride in rides:
        yield (
            ride,
            {
                "from_": f"{timezone.localtime(ride.promised_from, zone):%-H:%M}",
                "until": f"{timezone.localtime(ride.promised_until, zone):%-H:%M}",
            },
        )


def notices_of(trip: Trip) -> "QuerySet[DisruptionNotice]":
    """Who is to be told now, in order; what a later decision has replaced is left out."""
    return (
        DisruptionNotice.objects.filter(disruption__trip=trip)
        .exclude(state=DisruptionNotice.State.SUPERSEDED)
        .select_related("person", "booking", "disruption__trip__organisation", "disruption__trip__destination")
        .prefetch_related("person__phones")
        .order_by("order", "pk")
    )


def standing_stops() -> "QuerySet[Disruption]":
    """Decisions to stop a trip that hold: it was not put back since."""
    later = Disruption.objects.filter(trip=OuterRef("trip"), action=Disruption.Action.RESTORE, pk__gt=OuterRef("pk"))
    return Disruption.objects.filter(~Exists(later), action=Disruption.Action.STOP)


def stopped_at(trip: Trip) -> datetime | None:
    """When it was decided that a trip is not driven (any further), in UTC; None while it is to be driven."""
    return standing_stops().filter(trip=trip).order_by("pk").values_list("at", flat=True).last()


def last_of(trip: Trip) -> int:
    """The key of what was last done about this trip; 0 when nothing was."""
    return trip.disruptions.order_by("pk").values_list("pk", flat=True).last() or 0
