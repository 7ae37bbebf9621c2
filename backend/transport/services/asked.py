"""What the evening before leaves open about a trip: questions that have not gone out, and calls that a person makes."""

from datetime import datetime

from backend.common.actors import Actor
from backend.notifications.services import queueing
from backend.people import calls_to_make
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.selectors.run import ABOUT_ABSENCE

HOST = "transport.evening"
"""The subject is the trip; a message's reference has the booking."""

OF_THE_EVENING = (
    CallTask.Kind.SILENT,
    CallTask.Kind.MOVED,
    CallTask.Kind.SPEAK,
    CallTask.Kind.SEAT,
    CallTask.Kind.NO_SEAT,
)
"""What has to be rung about before a trip, and not after it."""


def take_back(booking: Booking) -> None:
    """They need not be asked any more. Under the trip's lock."""
    queueing.cancel_queued(host=HOST, subject_id=booking.trip_id, about={"booking": booking.pk})


def end(trip: Trip, actor: Actor, now: datetime) -> None:
    """The trip is over or off: nobody is asked, and nobody has to be rung about it. Under the trip's lock.

    Whether all is well with somebody who was not at the door stays a question until a person has asked it.
    """
    queueing.cancel_queued(host=HOST, subject_id=trip.pk)
    about_absence = trip.call_tasks.filter(details__about=ABOUT_ABSENCE).values("pk")
    tasks = trip.call_tasks.filter(kind__in=OF_THE_EVENING).exclude(pk__in=about_absence)
    calls_to_make.lapse(tasks, actor.who, now)
