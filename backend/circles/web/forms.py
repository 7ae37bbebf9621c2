"""What is asked about the members of a circle."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.circles.models import Circle, Membership
from backend.people.models import Absence

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
    first_day = forms.DateField(
        label=_("First day away"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the first day."), "invalid": _("Give a date.")},
    )
    last_day = forms.DateField(
        label=_("Last day away"),
        required=False,
        help_text=_("Leave it empty when nobody knows yet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date.")},
    )
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
