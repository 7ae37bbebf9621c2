"""What a service of the bus refuses, in the reader's language, with what a planner can do about it."""

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from backend.common.errors import RondjeError
from backend.common.recurrence import RuleError
from backend.people.selectors import zone_of
from backend.people.web import recurring
from backend.transport.services.programme import VehicleBusy, VehicleHindered
from backend.transport.services.series import WrongRule
from backend.transport.web import words


def in_words(error: RondjeError) -> str:
    """The refusal, with the trip or the paper that stands in the way."""
    if isinstance(error, VehicleBusy):
        trip, zone = error.trip, zone_of(error.trip.organisation)
        times = [formats.date_format(timezone.localtime(at, zone), "G:i") for at in (trip.leaves_at, trip.ends_at)]
        return _("The bus drives to %(name)s then, from %(first)s to %(last)s. Choose another bus or another time.") % {
            "name": trip.name,
            "first": times[0],
            "last": times[1],
        }
    if isinstance(error, VehicleHindered):
        why = words.why_left_out(error.why)
        return _("On that day %(why)s.") % {"why": why}
    if isinstance(error, WrongRule):
        return recurring.why_not(RuleError(error.code, error.part))
    return _(error.message)
