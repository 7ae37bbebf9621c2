"""What is asked when somebody agrees to the words on a page, for whatever purpose."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import day_field

HOW = {"visit": _("face to face"), "call": _("by telephone"), "paper": _("on paper, signed")}
"""How somebody agreed."""


class AgreementForm(forms.Form):
    """That somebody agreed to the wording on the page, when, how, and who spoke for them."""

    agreed = forms.BooleanField(
        label=_("The words above were read out or shown, and agreed to"),
        error_messages={"required": _("Without consent nothing is kept.")},
    )
    how = forms.ChoiceField(label=_("How"), choices=list(HOW.items()))
    day = day_field(_("On"))
    on_behalf_by = forms.CharField(
        label=_("Who agreed on their behalf"),
        max_length=120,
        required=False,
        help_text=_("Name, and as what: daughter, guardian. Leave it empty when they agreed themselves."),
    )

    def given_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Noon of the day (UTC), or now when that lies ahead."""
        noon = datetime.combine(self.cleaned_data["day"], time(12), zone).astimezone(UTC)
        is_today = self.cleaned_data["day"] == now.astimezone(zone).date()
        return min(noon, now) if is_today else noon
