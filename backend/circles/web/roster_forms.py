"""What is asked about the duty roster of a circle."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.circles.web import words
from backend.people.domain.telephone import read_numbers
from backend.people.models import DutyShift, Person

DAY = {"type": "date"}
NAME_ERRORS = {"required": _("Give a name.")}
DATE_ERRORS = {"required": _("Give a date."), "invalid": _("Give a date.")}


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A local date."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, error_messages=DATE_ERRORS
    )


def numbers_in(text: str) -> list[str]:
    """The numbers in E.164, as understood from what was typed. Raises ValidationError."""
    reading = read_numbers(text)
    if reading.refused:
        raise forms.ValidationError(_("This number may not be rung. Give the person's own number."))
    if not reading.numbers:
        raise forms.ValidationError(_("This is not a telephone number. Type it as 06 0000 0100 or 013 000 1300."))
    return [number.e164 for number in reading.numbers]


class RosterForm(forms.Form):
    """A form about the people of a roster; `people` are those who may be chosen."""

    prefix = ""

    def __init__(self, data: Any = None, *, people: list[Person], today: date) -> None:
        super().__init__(data, auto_id=f"{self.prefix}-%s")
        self.today = today
        if "person" in self.fields:
            field = self.fields["person"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])
            # Six forms on a page name the same people, who have been read once.
            nobody = [("", field.empty_label)]
            field.choices = [*nobody, *((person.pk, person.name) for person in people)]

    def add_prefix(self, field_name: str) -> str:
        return field_name

    def clean_day(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day


def person_field(*, required: bool = True) -> "forms.ModelChoiceField[Person]":
    """Somebody of the roster; without one where that may be: nobody."""
    return forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who"),
        required=required,
        empty_label=_("Choose somebody") if required else _("Nobody"),
        error_messages={"required": _("Choose somebody.")},
    )


RANKS = [(rank.value, words.RANKS[rank.value]) for rank in DutyShift.Rank]


class WeekdayForm(RosterForm):
    """Somebody is on duty on a weekday, every week; nobody: it is free again."""

    prefix = "weekday"
    person = person_field(required=False)
    rank = forms.ChoiceField(label=_("As"), choices=RANKS)
    weekday = forms.TypedChoiceField(label=_("Every"), coerce=int, choices=list(enumerate(words.WEEKDAYS)))


class DateForm(RosterForm):
    """Somebody else is on duty on one date; nobody: the weekday's holds again."""

    prefix = "date"
    person = person_field(required=False)
    rank = forms.ChoiceField(label=_("As"), choices=RANKS)
    day = day_field(_("On"))


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
    rank = forms.ChoiceField(label=_("As"), choices=RANKS)
    day = day_field(_("On"))


class LinkForm(RosterForm):
    """Somebody gets a text with a link to their own duties."""

    prefix = "link"
    person = person_field()


class VolunteerForm(RosterForm):
    """A new volunteer."""

    prefix = "volunteer"
    given_name = forms.CharField(label=_("First name"), max_length=80, error_messages=NAME_ERRORS)
    family_name = forms.CharField(label=_("Family name"), max_length=120, error_messages=NAME_ERRORS)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=60,
        help_text=_("A mobile can receive texts as well."),
        error_messages={"required": _("Give a telephone number.")},
    )

    def clean_phone(self) -> list[str]:
        """The numbers in E.164, as understood from what was typed."""
        return numbers_in(self.cleaned_data["phone"])


FORMS: dict[str, type[RosterForm]] = {
    form.prefix: form for form in (WeekdayForm, DateForm, AwayForm, SwapForm, LinkForm, VolunteerForm)
}
