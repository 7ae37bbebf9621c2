"""The codes of the dinners in words, for pages."""

from django.utils.translation import gettext_lazy as _

from backend.meals.models import Course, Evening, Job, KitchenCount, Reservation
from backend.meals.selectors.series import NOT_IN_SERIES

STATES = {
    Evening.State.PLANNED: _("planned"),
    Evening.State.OPEN: _("the doors are open"),
    Evening.State.CLOSED: _("over"),
    Evening.State.CANCELLED: _("cancelled"),
}

LOOKS = {
    Evening.State.PLANNED: "expected",
    Evening.State.OPEN: "ringing",
    Evening.State.CLOSED: "well",
    Evening.State.CANCELLED: "excused",
}
"""Which of the colours of the tokens stands beside the word."""

RESERVATIONS = {
    Reservation.State.UNCONFIRMED: _("number not confirmed yet"),
    Reservation.State.RESERVED: _("reserved"),
    Reservation.State.WAITING: _("on the waiting list"),
    Reservation.State.CANCELLED: _("cancelled"),
}

RESERVATION_LOOKS = {
    Reservation.State.UNCONFIRMED: "ringing",
    Reservation.State.RESERVED: "well",
    Reservation.State.WAITING: "expected",
    Reservation.State.CANCELLED: "excused",
}

COURSES = {
    Course.Kind.STARTER: _("Starter"),
    Course.Kind.MAIN: _("Main course"),
    Course.Kind.DESSERT: _("Dessert"),
}

JOBS = {
    Job.COOK: _("Cook"),
    Job.KITCHEN: _("Kitchen"),
    Job.SERVING: _("Serving"),
    Job.TILL: _("Till"),
    Job.BAR: _("Bar"),
    Job.HOST: _("Host"),
    Job.SHOPPING: _("Shopping"),
}

COUNTS = {
    None: _("The kitchen has had no count yet"),
    KitchenCount.Kind.PROVISIONAL: _("The kitchen has the count for the shopping"),
    KitchenCount.Kind.FINAL: _("The kitchen has the final count"),
    KitchenCount.Kind.LATE: _("The kitchen has the count with late changes"),
}

CANCELLED = {NOT_IN_SERIES: _("The series does not have this day any more.")}


def why_cancelled(evening: Evening) -> str:
    """Why an evening does not take place: the words for a code, else what a manager wrote."""
    return str(CANCELLED.get(evening.cancelled_because, evening.cancelled_because))
