"""What is asked about trips that recur."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import day_field, time_field
from backend.people.web.recurrence_forms import RecurrenceForm, choices_of
from backend.transport.domain.programme import Times
from backend.transport.models import Series
from backend.transport.services.series import Recurrence
from backend.transport.web.forms.programme import FactsForm


class SeriesForm(RecurrenceForm, FactsForm):
    """When, where to, and with what."""

    field_order = (
        *("every", "weekdays", "number", "weekday", "rule", "first_day", "last_day", "leaves_at", "returns_at"),
        *("on_holidays", "destination", "area", "layout"),
    )

    @classmethod
    def initial_from(cls, series: Series) -> dict[str, Any]:
        """As the series is."""
        names = ("first_day", "last_day", "leaves_at", "returns_at", "on_holidays", "rule")
        return {**cls.initial_of(series), **{name: getattr(series, name) for name in names}, **choices_of(series.rule)}

    @property
    def recurrence(self) -> Recurrence:
        """Only after `is_valid`."""
        names = ("rule", "first_day", "last_day", "on_holidays")
        return Recurrence(times=self.times, **{name: self.cleaned_data[name] for name in names})


class ExceptionForm(forms.Form):
    """One date on which a series is not driven, or is driven at other times, or besides its rule."""

    day = day_field(_("Day"))
    what = forms.ChoiceField(
        label=_("What holds on that day"),
        choices=[
            ("not_driven", _("Not driven")),
            ("times", _("Driven, at these times; also on a day that is not one of the series")),
        ],
        widget=forms.RadioSelect,
        initial="not_driven",
    )
    leaves_at = time_field(_("The bus leaves the garage at"), required=False)
    returns_at = time_field(_("The first round home leaves at"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=120, required=False, help_text=_("It stands in the leaflet."))

    def clean(self) -> dict[str, Any]:
        """Times belong to a day that is driven."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == "times":
            for name in ("leaves_at", "returns_at"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Give a time, such as 9:30."))
        return cleaned

    @property
    def times(self) -> Times | None:
        """Only after `is_valid`."""
        if self.cleaned_data["what"] == "not_driven":
            return None
        return Times(self.cleaned_data["leaves_at"], self.cleaned_data["returns_at"])
