"""What forms of every programme read in the same way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.common.euros import NotAnAmount, cents_of
from backend.people.domain.telephone import read_numbers

NAME_ERRORS = {"required": _("Give a name.")}
GIVE_A_DATE = _("Give a date.")
CHOOSE_ERRORS = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def day_field(label: Any, *, required: bool = True, help_text: Any = "", missing: Any = GIVE_A_DATE) -> forms.DateField:
    """A local date; `missing` is said when it is not given."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": GIVE_A_DATE},
    )


def time_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TimeField:
    """A local wall time."""
    return forms.TimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Give a time, such as 9:30."), "invalid": _("Give a time, such as 9:30.")},
    )


def number_field(label: Any, least: int, most: int, *, initial: int | None = None, help_text: Any = "") -> Any:
    """A whole number."""
    wrong = _("Give a whole number.")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        help_text=help_text,
        error_messages={"required": wrong, "invalid": wrong},
    )


def coordinate_field(label: Any, most: int, *, help_text: Any = "") -> forms.FloatField:
    """Degrees (WGS 84), with a point or a comma."""
    wrong = _("Give degrees such as 51.5555, as a map shows them.")
    return forms.FloatField(
        label=label,
        min_value=-most,
        max_value=most,
        localize=True,
        help_text=help_text,
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


class PlaceForm(forms.Form):
    """What has a place on the map."""

    def clean(self) -> dict[str, Any]:
        """Latitude and longitude are easily exchanged: in the Netherlands that can be seen."""
        cleaned = super().clean() or {}
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and longitude is not None and 3 <= latitude <= 8 and 50 <= longitude <= 54:
            self.add_error("latitude", _("Latitude and longitude seem to be exchanged. Exchange the two numbers."))
        return cleaned


def narrow(form: forms.Form, **querysets: Any) -> None:
    """Let these fields of a form choose from these rows only."""
    for name, queryset in querysets.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset


def one_number(written: str) -> str:
    """One telephone number in E.164, or empty when nothing was written. Raises ValidationError."""
    if not written.strip():
        return ""
    reading = read_numbers(written)
    if reading.refused or len(reading.numbers) != 1:
        raise forms.ValidationError(_("This is not a telephone number. Type it as 06 0000 0100 or 013 000 1300."))
    return reading.numbers[0].e164


def numbers_in(text: str) -> list[str]:
    """The numbers in E.164, as understood from what was typed. Raises ValidationError."""
    reading = read_numbers(text)
    if reading.refused:
        raise forms.ValidationError(_("This number may not be rung. Give the person's own number."))
    if not reading.numbers:
        raise forms.ValidationError(_("This is not a telephone number. Type it as 06 0000 0100 or 013 000 1300."))
    return [number.e164 for number in reading.numbers]


EURO_ERROR = _("Give an amount such as 2,50.")


class EuroField(forms.CharField):
    """An amount in euros as people type it; its value is in cents."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=12,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"required": EURO_ERROR, "max_length": EURO_ERROR},
            **more,
        )

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return cents_of(typed)
        except NotAnAmount as error:
            raise forms.ValidationError(EURO_ERROR) from error
