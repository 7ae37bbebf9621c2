"""What is asked about a duty roster of any programme."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from backend.people.models import Person
from backend.people.web.fields import NAME_ERRORS, day_field, numbers_in


class RosterForm(forms.Form):
    """A form about the people of a roster; `people` are those who may be chosen, `ranks` its ranks in words."""

    prefix = ""

    def __init__(self, data: Any = None, *, people: list[Person], ranks: Mapping[str, Any], today: date) -> None:
        super().__init__(data, auto_id=f"{self.prefix}-%s")
        self.today = today
        if "rank" in self.fields:
            rank = self.fields["rank"]
            assert isinstance(rank, forms.ChoiceField)
            rank.choices = list(ranks.items())
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


def rank_field() -> forms.ChoiceField:
    """As what somebody is on duty; the form fills in the ranks of its roster."""
    return forms.ChoiceField(label=_("As"))


def weekday_field() -> forms.TypedChoiceField:
    """A weekday; 0 is Monday."""
    return forms.TypedChoiceField(label=_("Every"), coerce=int, choices=list(WEEKDAYS.items()))


class WeekdayForm(RosterForm):
    """Somebody is on duty on a weekday, every week; nobody: it is free again."""

    prefix = "weekday"
    person = person_field(required=False)
    rank = rank_field()
    weekday = weekday_field()


class DateForm(RosterForm):
    """Somebody else is on duty on one date; nobody: the weekday's holds again."""

    prefix = "date"
    person = person_field(required=False)
    rank = rank_field()
    day = day_field(_("On"))


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
