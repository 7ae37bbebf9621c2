"""The evening before: every passenger is asked whether they come along. Who does not answer is rung by a person.

All of it under the trip's lock. A timer per trip says when to look; a call or text that was answered is looked at where
it came in (`services.asking`, `services.texting`).
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.events.models import Event, Lane
from backend.events.services import cancel_timer, set_timer
from backend.notifications.domain import asking_times
from backend.notifications.domain.asking import Came
from backend.notifications.domain.asking_times import Asked, AskNow, WaitUntil
from backend.notifications.models import Message, Way
from backend.notifications.selectors.hours import hours_of
from backend.notifications.selectors.telling import WayTo, by_call, way_to
from backend.notifications.services import telling
from backend.people.selectors import zone_of
from backend.transport import texts
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors import told
from backend.transport.selectors.journeys import has_place, seated
from backend.transport.selectors.settings import asking_begins, evening_times
from backend.transport.services import asked, call_tasks, planning, trips, without_place
from backend.transport.services import booking as core

log = logging.getLogger(__name__)

TIMER = "transport.evening"
HOST = asked.HOST

WAITING = (Booking.Answer.NOT_ASKED, Booking.Answer.ASKED)

CALL_LASTS = timedelta(minutes=10)
"""A call that is asked for just before the end of the evening may still be made so long."""


def arm(trip_id: int, now: datetime) -> None:
    """See to it that the trip is looked at when its evening has come. Called whenever somebody is booked on it."""
    trip = trips.locked(trip_id)
    if trip.state == Trip.State.PLANNED and now < trip.ends_at:
        set_timer(kind=TIMER, subject_id=trip.pk, due_at=max(begins(trip), now), lane=Lane.NOTICE)


def begins(trip: Trip) -> datetime:
    """When (UTC) the passengers of a trip are asked."""
    return asking_begins(trip)


def look(trip_id: int, now: datetime) -> None:
    """The timer's handler: ask whom it is time to ask, once more whom it did not reach; the silent a person rings."""
    trip = trips.locked(trip_id)
    begin = begins(trip)
    if trip.state in (Trip.State.CANCELLED, Trip.State.CLOSED) or now >= trip.ends_at:
        asked.end(trip, SYSTEM, now)
        cancel_timer(kind=TIMER, subject_id=trip.pk)
        return
    following = begin if now < begin else trip.ends_at
    if begin <= now < trip.leaves_at and trip.state == Trip.State.PLANNED:
        end = asking_times.ends(begin, zone_of(trip.organisation), hours_of(trip.organisation))
        moments = [_go_on_alone(trip, booking, end, now) for booking in _to_ask(trip, begin)]
        without_place.look(trip, now)
        following = min([following, *(moment for moment in moments if moment is not None)])
    set_timer(kind=TIMER, subject_id=trip.pk, due_at=following, lane=Lane.NOTICE)


def _to_ask(trip: Trip, begin: datetime) -> list[Booking]:
    """Who has a place and has not answered. Whoever was booked after the asking began has just been told."""
    rows = seated(trip.bookings.filter(state=Booking.State.BOOKED, answer__in=WAITING, booked_at__lt=begin))
    return list(rows.select_related("person__organisation").prefetch_related("person__phones").order_by("pk"))


def _go_on_alone(trip: Trip, booking: Booking, end: datetime, now: datetime) -> datetime | None:
    """What goes wrong with one passenger keeps nobody else from being asked: a person rings that one."""
    try:
        with transaction.atomic():
            return _go_on(trip, booking, end, now)
    except Exception:
        log.exception("Trip %s: one passenger (booking %s) could not be asked; a person has to.", trip.pk, booking.pk)
        _is_silent(trip, booking, now)
        return None


def _go_on(trip: Trip, booking: Booking, end: datetime, now: datetime) -> datetime | None:
    """Do what is due about one passenger; when (UTC) to look again, None for never."""
    times = evening_times(trip.organisation)
    due = asking_times.following(_tries(trip, booking), end=end, now=now, times=times)
    if isinstance(due, WaitUntil):
        return due.at
    to = _way(booking, due.number) if isinstance(due, AskNow) else None
    if to is None:
        _is_silent(trip, booking, now)
        return None
    _ask(trip, booking, to, end, now)
    return min(now + times.again_after, end)


def _tries(trip: Trip, booking: Booking) -> list[Asked]:
    """How often they were asked since their times were last changed."""
    messages = Message.objects.filter(
        host=HOST, subject_id=trip.pk, reference__booking=booking.pk, reference__asking=_asking(booking)
    ).exclude(state=Message.State.CANCELLED)
    return [Asked(one.created_at, one.state not in Message.OPEN) for one in messages.order_by("created_at", "pk")]


def _asking(booking: Booking) -> str:
    """Which question it is: who said yes to other times than those they have now is asked anew."""
    return booking.answered_at.isoformat() if booking.answered_at else ""


def _way(booking: Booking, number: int) -> WayTo | None:
    """As they chose; the second time by call, so that an unread text is not taken for silence."""
    return way_to(booking.person) if number == 1 else by_call(booking.person)


def _ask(trip: Trip, booking: Booking, to: WayTo, end: datetime, now: datetime) -> None:
    person = booking.person
    call_tasks.are_told(booking)
    times = told.times_of(booking)
    body = ""
    if to.way is Way.TEXT:
        words = told.in_words(trip, times, person.language, now, written=True)
        body = texts.evening(trip, person, "text", times=words)
    telling.reach(
        person,
        to,
        organisation=trip.organisation,
        host=HOST,
        subject_id=trip.pk,
        reference={"booking": booking.pk, "asking": _asking(booking)},
        body=body,
        expires_at=max(end, now + CALL_LASTS),
    )
    if booking.answer != Booking.Answer.ASKED:
        booking.answer = Booking.Answer.ASKED
        booking.save(update_fields=["answer"])


def _is_silent(trip: Trip, booking: Booking, now: datetime) -> None:
    call_tasks.are_told(booking)
    booking.answer = Booking.Answer.SILENT
    booking.save(update_fields=["answer"])
    tries = len(_tries(trip, booking))
    planning.call_to_make(trip, booking, CallTask.Kind.SILENT, now, {"asked": tries}, order=_order(booking))


def _order(booking: Booking) -> int:
    """In the order in which the bus comes to their doors."""
    ride = booking.rides.exclude(state=Ride.State.CANCELLED).order_by("planned_at").first()
    return ride.round_number * 100 + ride.position if ride else 0


def may_answer(trip: Trip, booking: Booking | None, now: datetime) -> bool:
    """Whether a word about this booking still means something: the bus has not left, and they have a place."""
    if booking is None or trip.state != Trip.State.PLANNED or now >= trip.leaves_at:
        return False
    return booking.state == Booking.State.BOOKED and has_place(booking)


def came(trip: Trip, booking: Booking, what: Came, *, actor: Actor, now: datetime) -> None:
    """A passenger has answered. Under the trip's lock; `may_answer` has been asked.

    A no gives the seat up: it is offered onward, or after the cutoff left to a person (`services.offers`).
    """
    if what is not Came.YES:
        call_tasks.answered(trip, booking, what, actor)
    asked.take_back(booking)
    if what is Came.YES:
        call_tasks.says_yes(booking, actor, now)
    elif what is Came.NO:
        core.cancel(booking_id=booking.pk, because="evening_before", actor=actor, now=now)
    else:
        booking.answer, booking.answered_at = Booking.Answer.SPEAK, now
        booking.save(update_fields=["answer", "answered_at"])
        planning.call_to_make(trip, booking, CallTask.Kind.SPEAK, now, {}, order=_order(booking))


def ask_whom_it_concerns(trip_id: int, now: datetime) -> None:
    """After a trip was planned anew: who said yes to times that do not hold any more is asked again."""
    trip = trips.locked(trip_id)
    if trip.state != Trip.State.PLANNED:
        return
    said_yes = trip.bookings.filter(state=Booking.State.BOOKED, answer=Booking.Answer.YES)
    for booking in said_yes:
        if _moved_since(trip, booking):
            booking.answer = Booking.Answer.NOT_ASKED
            booking.save(update_fields=["answer"])
    arm(trip_id, now)


def _moved_since(trip: Trip, booking: Booking) -> bool:
    """Whether the bus now comes outside of what they said yes to."""
    events = Event.objects.filter(
        subject_kind=trips.SUBJECT,
        subject_id=trip.pk,
        kind=f"transport.{call_tasks.ANSWERED}",
        payload__booking=booking.pk,
    )
    last = events.order_by("-pk").first()
    return last is not None and _outside(last.payload["told"], list(booking.rides.exclude(state=Ride.State.CANCELLED)))


def _outside(said: dict[str, list[str]], rides: Sequence[Ride]) -> bool:
    windows = {ride.way: said.get(ride.way) for ride in rides}
    return any(
        window is not None
        and not datetime.fromisoformat(window[0]) <= ride.planned_at <= datetime.fromisoformat(window[1])
        for ride in rides
        for window in [windows[ride.way]]
    )
