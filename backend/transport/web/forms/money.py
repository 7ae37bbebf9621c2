"""Prices, passes, payments, the cash box and costs."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import EuroField, day_field
from backend.transport.models import Payment, Tariff
from backend.transport.selectors.money import Due
from backend.transport.services.money import MOST_TRIPS


class TariffForm(forms.Form):
    """A price by its name."""

    name = forms.CharField(
        label=_("Name of the price"),
        max_length=80,
        help_text=_("For example: ordinary, or with a city pass. Nobody has to prove anything, and no proof is kept."),
        error_messages={"required": _("Give the price a name.")},
    )
    cents = EuroField(label=_("Price of a trip, there and back, in euros"))


class PassForm(forms.Form):
    """A pass that is sold."""

    trips = forms.IntegerField(
        label=_("Number of trips"),
        required=False,
        min_value=1,
        max_value=MOST_TRIPS,
        help_text=_("Leave it empty for all trips until a date."),
        error_messages={
            "invalid": _("Give a number of trips."),
            "min_value": _("A pass is for 1 to 500 trips."),
            "max_value": _("A pass is for 1 to 500 trips."),
        },
    )
    valid_from = day_field(_("Holds from"), missing=_("Give the first day."))
    valid_until = day_field(_("Holds up to and including"), required=False)
    cents = EuroField(label=_("Paid for it, in euros"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("valid_until", _("The last day lies before the first. Exchange the two dates."))
        if not self.errors and cleaned.get("trips") is None and last is None:
            self.add_error("trips", _("A pass is for a number of trips, or until a date. Give one of them."))
        return cleaned


class PaymentForm(forms.Form):
    """How one passenger pays. The choices are those that this passenger has."""

    how = forms.ChoiceField(
        label=_("How it is paid"),
        show_hidden_initial=True,
        error_messages={"required": _("Choose how it is paid."), "invalid_choice": _("Choose how it is paid.")},
    )

    def __init__(self, data: Any = None, *, due: Due, tariffs: list[Tariff]) -> None:
        super().__init__(data, prefix=f"b{due.booking.pk}")
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not paid yet")), *choices(due, tariffs)]
        self.initial.setdefault("how", proposed(due))

    @property
    def was(self) -> str:
        """What stood there on the page that was sent; somebody else may have chosen meanwhile."""
        return str(self.data.get(self["how"].html_initial_name, self.initial["how"]))


def choices(due: Due, tariffs: list[Tariff]) -> list[tuple[str, str]]:
    """Pass, prices (what they had last time in front), free.

    A price or pass that is not in use any more stays where it was paid with.
    """
    cards = [(f"pass:{card.row.pk}", pass_words(card.facts.left)) for card in due.cards]
    tariffs = sorted(tariffs, key=lambda tariff: tariff.pk != due.usual_tariff)
    prices = [
        (f"cash:{tariff.pk}", f"{tariff.name}, € {tariff.cents / 100:.2f}".replace(".", ",")) for tariff in tariffs
    ]
    offered = [*cards, *prices, ("free", str(_("free")))]
    paid = due.payment
    if paid is not None and paid_how(paid) not in dict(offered):
        words = pass_words(None) if paid.used_pass_id else str(paid.tariff.name if paid.tariff else "")
        offered.insert(0, (paid_how(paid), words))
    return offered


def pass_words(left: int | None) -> str:
    """A pass by what is left of it."""
    return str(_("pass")) if left is None else str(_("pass, %(left)s trips left") % {"left": left})


def paid_how(paid: Payment) -> str:
    """A payment as a choice."""
    if paid.way == Payment.Way.PASS:
        return f"pass:{paid.used_pass_id}"
    return f"cash:{paid.tariff_id}" if paid.way == Payment.Way.CASH else "free"


def proposed(due: Due) -> str:
    """How it was paid; else nothing: what was not paid is never taken for paid."""
    return paid_how(due.payment) if due.payment is not None else ""


class CashForm(forms.Form):
    """What is in the box."""

    counted = EuroField(label=_("Counted in the box, in euros"))
    note = forms.CharField(
        label=_("If it differs: why"),
        max_length=200,
        required=False,
        help_text=_("A few words, or that nobody knows."),
    )


class CostsForm(forms.Form):
    """What a month cost."""

    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"required": _("Give the month."), "invalid": _("Give the month, such as 2026-11.")},
    )
    cents = EuroField(label=_("Costs of the bus in that month, in euros"))
