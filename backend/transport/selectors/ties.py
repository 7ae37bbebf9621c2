"""What ties people to the bus of their organisation, so that they cannot go to another one before it is settled."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from backend.people.ties import Ties
from backend.transport.models import Booking, CallTask, CrewDuty, CrewMember, DisruptionNotice, Trip
from backend.transport.selectors.disruption import BEGUN

RIDES = _("a place on the bus, or on its waiting list. Cancel it, or wait until that trip is over.")
DRIVES = _("driver or host of the bus. Put others on their trips, and take their tasks for the bus away.")
TO_HEAR = _("something to hear about the bus. Look at the bus's list of calls first.")


def ties(people: Collection[int], today: date) -> Ties:
    """Whom the bus of their organisation counts on, or owes something, on a local date or later."""
    to_come = Q(trip__state=Trip.State.UNDERWAY) | Q(trip__state=Trip.State.PLANNED, trip__date__gte=today)
    rides = Booking.objects.filter(to_come, person__in=people).exclude(state=Booking.State.CANCELLED)
    # Who had cancelled and came along sits in the bus all the same.
    came_along = Booking.objects.filter(trip__state=Trip.State.UNDERWAY, person__in=people).filter(
        rides__state__in=BEGUN
    )
    drives = CrewDuty.objects.filter(to_come, person__in=people)
    can_drive = CrewMember.objects.filter(person__in=people, in_use=True)
    calls = CallTask.objects.filter(person__in=people, state=CallTask.State.OPEN, trip__date__gte=today)
    news = DisruptionNotice.objects.filter(person__in=people, state=DisruptionNotice.State.OPEN)
    return {
        RIDES: {*rides.values_list("person__pk", flat=True), *came_along.values_list("person__pk", flat=True)},
        DRIVES: {*drives.values_list("person__pk", flat=True), *can_drive.values_list("person__pk", flat=True)},
        TO_HEAR: {*calls.values_list("person__pk", flat=True), *news.values_list("person__pk", flat=True)},
    }
