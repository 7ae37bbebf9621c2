"""What happened to a reservation, and who did it, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.events.models import Event
from backend.meals.models import Reservation
from backend.meals.services.evenings import SUBJECT
from backend.people.models import Contact, Integration, Person, User

HAPPENED = {
    "meals.reserved": gettext_lazy("reserved"),
    "meals.walked_in": gettext_lazy("came in at the door"),
    "meals.away": gettext_lazy("noted at the door: they do not come"),
    "meals.expected_again": gettext_lazy("expected again"),
    "meals.held": gettext_lazy("chairs kept until the number is confirmed"),
    "meals.waiting": gettext_lazy("put on the waiting list"),
    "meals.covers_changed": gettext_lazy("for more or fewer people"),
    "meals.changed": gettext_lazy("changed"),
    "meals.ride_noted": gettext_lazy("the bus has answered"),
    "meals.cancelled": gettext_lazy("cancelled"),
}


@dataclass(frozen=True)
class Entry:
    """Something that happened at `at` (UTC); `by` is who did it, in words."""

    at: datetime
    said: str
    by: str


def history_of(row: Reservation) -> list[Entry]:
    """All that happened to a reservation, the first in front."""
    events = Event.objects.filter(
        subject_kind=SUBJECT, subject_id=row.evening_id, kind__in=HAPPENED, payload__reservation=row.pk
    ).order_by("occurred_at", "pk")
    return [Entry(event.occurred_at, str(HAPPENED[event.kind]), who(event.actor)) for event in events]


def who(reference: str) -> str:
    """Whoever a reference such as user:3 stands for; what they were when their name is gone."""
    kind, _colon, key = reference.partition(":")
    if kind == "user":
        user = User.objects.filter(pk=key).first()
        return (user.get_full_name() or user.get_username()) if user else _("somebody of the staff")
    if kind == "person":
        person = Person.objects.filter(pk=key).first()
        return person.name if person else _("a guest")
    if kind == "contact":
        contact = Contact.objects.filter(pk=key).first()
        return contact.name if contact else _("somebody near them")
    if kind == "integration":
        found = Integration.objects.filter(prefix=key).first()
        return found.name if found else _("another system")
    return _("the programme itself") if kind == "system" else ""
