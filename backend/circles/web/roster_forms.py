"""What is asked about the duty roster of a circle."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import day_field
from backend.people.web.roster_forms import (
    DateForm,
    RosterForm,
    VolunteerForm,
    WeekdayForm,
    person_field,
    rank_field,
)


class AwayForm(RosterForm):
    """A volunteer is away: their duties become gaps until somebody else takes them."""

    prefix = "away"
    person = person_field()
    day = day_field(_("First day away"))
    last_day = day_field(_("Last day away"), required=False, help_text=_("Leave it empty when nobody knows yet."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", _("The last day lies before the first. Exchange the two dates."))
        return cleaned


class SwapForm(RosterForm):
    """The others are asked to take somebody's duty over, on their behalf."""

    prefix = "swap"
    rank = rank_field()
    day = day_field(_("On"))


class LinkForm(RosterForm):
    """Somebody gets a text with a link to their own duties."""

    prefix = "link"
    person = person_field()


FORMS: dict[str, type[RosterForm]] = {
    form.prefix: form for form in (WeekdayForm, DateForm, AwayForm, SwapForm, LinkForm, VolunteerForm)
}
