"""What is asked about words and money."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.notifications.domain.templates import LONGEST, Template, Unusable, check

NO_AMOUNT = {"invalid": _("Give an amount in euros, such as 0.02."), "min_value": _("An amount cannot be negative.")}


def _price(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=9, decimal_places=5, error_messages=NO_AMOUNT)


class PricesForm(forms.Form):
    """Prices by the contract with the carrier, and what a month may cost. In euros."""

    landline_minute = _price(_("A minute to a landline (euros)"))
    mobile_minute = _price(_("A minute to a mobile (euros)"))
    inbound_minute = _price(_("A minute of somebody who rings us (euros)"))
    text_segment = _price(_("A text message of one segment (euros)"))
    budget = forms.DecimalField(
        label=_("Budget for a month (euros)"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_("The board warns at 80% and at 100%. Calls and alarms are never stopped for it. Empty: no budget."),
        error_messages=NO_AMOUNT,
    )


class WordsForm(forms.Form):
    """A text in the organisation's own words."""

    words = forms.CharField(
        label=_("Own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave it empty to use the usual words."),
    )

    def __init__(self, *args: Any, template: Template, **more: Any) -> None:
        super().__init__(*args, **more)
        self._template = template

    def clean_words(self) -> str:
        """Say which place is unknown or missing, in the words of the page."""
        words: str = self.cleaned_data["words"].strip()
        if not words:
            return ""
        try:
            check(self._template, words)
        except Unusable as error:
            raise forms.ValidationError(_why(error)) from error
        return words


def _why(error: Unusable) -> str:
    if error.unknown:
        return gettext("There is no place called %(name)s.") % {
            "name": ", ".join(f"{{{one}}}" for one in error.unknown)
        }
    if error.missing:
        return gettext("This must occur: %(name)s.") % {"name": ", ".join(f"{{{one}}}" for one in error.missing)}
    return gettext("The braces do not fit: each place is a name between { and }.")
