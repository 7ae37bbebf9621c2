"""What the pages at the door say."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.meals.domain.chairs import Refusal
from backend.meals.models import MealPayment

REFUSALS: dict[Refusal, Promise] = {
    Refusal.CLOSED: _("This evening is over, or was cancelled. Nobody can come in any more."),
    Refusal.TOO_LATE: _("Nobody can reserve any more for this evening."),
    Refusal.ALREADY: _("They are on the list of this evening already. Look for their name there."),
    Refusal.HELPS: _("They help on this evening, and eat with the crew."),
    Refusal.NO_TABLE: _("There is no table for so many people."),
    Refusal.FULL: _("There are not enough chairs: free are %(free)s."),
    Refusal.OFFERED: _("There are not enough chairs: the last ones are kept for somebody who waits for them."),
}

GIVEN_AWAY = _("Their chairs have been given to others, because they were said not to come. Free are %(free)s.")

WAYS: dict[MealPayment.Way, Promise] = {
    MealPayment.Way.CASH: _("in cash"),
    MealPayment.Way.CARD: _("by card"),
    MealPayment.Way.FREE: _("free of charge"),
}
