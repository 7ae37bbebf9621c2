"""What is counted at the end of an evening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import EuroField, number_field

MOST_PORTIONS = 999


class CountForm(forms.Form):
    """Portions of the main course, and the till."""

    cooked = number_field(_("Portions cooked"), 0, MOST_PORTIONS)
    left = number_field(_("Portions left over"), 0, MOST_PORTIONS)
    till = EuroField(label=_("In the till, in euros"), required=False, help_text=_("Without the change of before."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """What is left was cooked."""
        cleaned = super().clean() or {}
        cooked, left = cleaned.get("cooked"), cleaned.get("left")
        if cooked is not None and left is not None and left > cooked:
            self.add_error("left", _("More portions are left than were cooked. Look at the two numbers."))
        return cleaned
