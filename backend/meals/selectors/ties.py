"""What ties people to the dinners of their organisation, so that they cannot go to another one before it is settled."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from backend.meals.models import CrewPlace, Evening, GuestCall, MealVolunteer, Reservation, Standing
from backend.people.ties import Ties

EATS = _("a place at a dinner, or on its waiting list. Cancel it, or wait until that evening is over.")
REGULAR = _("a standing place at the dinners. End it first.")
HELPS = _("helper at the dinners. Put others in their places, and take their jobs at the dinners away.")
TO_HEAR = _("something to hear about a dinner. Look at the dinners' list of calls first.")


def ties(people: Collection[int], today: date) -> Ties:
    """Whom the dinners of their organisation count on, or owe something, on a local date or later."""
    to_come = Q(evening__state=Evening.State.OPEN) | Q(evening__state=Evening.State.PLANNED, evening__date__gte=today)
    eats = Reservation.objects.filter(to_come, person__in=people).exclude(state=Reservation.State.CANCELLED)
    regular = Standing.objects.filter(Q(last_day=None) | Q(last_day__gte=today), person__in=people)
    helps = CrewPlace.objects.filter(to_come, person__in=people)
    can_help = MealVolunteer.objects.filter(person__in=people, in_use=True)
    calls = GuestCall.objects.filter(person__in=people, state=GuestCall.State.OPEN, evening__date__gte=today)
    return {
        EATS: set(eats.values_list("person__pk", flat=True)),
        REGULAR: set(regular.values_list("person__pk", flat=True)),
        HELPS: {*helps.values_list("person__pk", flat=True), *can_help.values_list("person__pk", flat=True)},
        TO_HEAR: set(calls.values_list("person__pk", flat=True)),
    }
