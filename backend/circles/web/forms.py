"""What is asked about the members of a circle."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.circles.models import Circle, Membership
from backend.circles.services import practice
from backend.circles.web.words import JOININGS, MODES
from backend.people.models import Absence
from backend.people.web.fields import day_field

REASONS = {
    Absence.Reason.AWAY: _("Away from home"),
    Absence.Reason.HOSPITAL: _("In hospital"),
    Absence.Reason.OTHER: _("Another reason"),
}


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and why. No more is asked."""

    member = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who"),
        empty_label=_("Choose a member"),
        error_messages={"required": _("Choose a member.")},
    )
    first_day = day_field(_("First day away"), missing=_("Give the first day."))
    last_day = day_field(_("Last day away"), required=False, help_text=_("Leave it empty when nobody knows yet."))
    reason = forms.ChoiceField(label=_("Reason"), choices=list(REASONS.items()))

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = circle.memberships.exclude(status=Membership.Status.LEFT).select_related("person")
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members
        field.label_from_instance = lambda member: member.person.name  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", _("The last day lies before the first. Exchange the two dates."))
        return cleaned


NO_PRACTICE_THEN = {
    "past": ("at", _("That moment has passed. Choose a later one.")),
    "sunday": ("day", _("People are not rung for practice on a Sunday. Choose another day.")),
    "hours": ("at", _("A practice morning begins between 9:00 and 18:30.")),
    "morning": ("at", _("The circle goes round that morning. Begin at 11:00 or later, or choose another day.")),
}
"""Why a practice morning cannot begin then, by the code of the rule: the field, and the words."""


class ModeForm(forms.Form):
    """One of the ways in which a circle goes round."""

    mode = forms.ChoiceField(
        choices=[(mode.value, words) for mode, words in MODES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )
    joining = forms.ChoiceField(
        choices=[("", _("As the organisation usually does.")), *JOININGS.items()],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of them.")},
    )


class PracticeForm(forms.Form):
    """The day, and the local wall time."""

    day = day_field(_("Day"), missing=_("Give the day."))
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Give the time."), "invalid": _("Give a time, such as 14:00.")},
    )

    def __init__(self, *args: Any, circle: Circle, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._circle, self._now = circle, now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, at = cleaned.get("day"), cleaned.get("at")
        if (
            isinstance(day, date)
            and isinstance(at, time)
            and (why := practice.why_not(self._circle, day, at, self._now))
        ):
            self.add_error(*NO_PRACTICE_THEN[why])
        return cleaned
