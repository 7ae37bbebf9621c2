"""What is noted about a guest: food, company at table, and evenings on which they come every time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.models import EveningSeries, SeatingWish
from backend.meals.web.forms.desk import COVERS_ERRORS, MOST_COVERS
from backend.meals.web.reserved_words import FOODS, series_in_words
from backend.people import finding
from backend.people.models import Person
from backend.people.web.fields import day_field


class DietForm(forms.Form):
    """What somebody does not eat, every time."""

    without = forms.MultipleChoiceField(
        label=_("Does not eat"),
        choices=[(food.value, words) for food, words in FOODS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is not one of the foods that the kitchen knows.")},
    )
    own_plate = forms.BooleanField(label=_("An allergy: a plate of its own, with a name on it"), required=False)
    note = forms.CharField(
        label=_("Note for the kitchen"),
        max_length=200,
        required=False,
        help_text=_("Food only, in their own words. Nothing about illness or belief."),
    )


class HelpForm(forms.Form):
    """Whether they would like to help."""

    may_volunteer = forms.BooleanField(label=_("Would like to help some time"), required=False)


class SeatForm(forms.Form):
    """Beside whom."""

    other = forms.CharField(
        label=_("Who? Name or telephone number"),
        max_length=80,
        error_messages={"required": _("Give a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What would they like?"),
        choices=[
            (SeatingWish.Kind.WITH.value, _("to sit with them")),
            (SeatingWish.Kind.APART.value, _("rather not to sit with them")),
        ],
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean_other(self) -> Person:
        """The one other guest who is called so."""
        others = Person.objects.filter(organisation=self.person.organisation_id).exclude(pk=self.person.pk)
        found = finding.find(others, self.cleaned_data["other"])
        if not found:
            raise forms.ValidationError(_("Nobody is called so. Look at the spelling, or try the telephone number."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several people are called so. Type more of the name, or the number."))
        return found[0]


class SeriesField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the series, in words."""

    def label_from_instance(self, obj: EveningSeries) -> str:
        """Such as "De Lange Tafel, every Tuesday, 18:00"."""
        return series_in_words(obj)


class StandingForm(forms.Form):
    """Every time, from a day on."""

    series = SeriesField(
        EveningSeries.objects.none(),
        label=_("Which evenings?"),
        empty_label=None,
        error_messages={"required": _("Choose an evening."), "invalid_choice": _("Choose an evening.")},
    )
    covers = forms.IntegerField(
        label=_("For how many?"), min_value=1, max_value=MOST_COVERS, initial=1, error_messages=COVERS_ERRORS
    )
    first_day = day_field(_("From"))

    def __init__(self, data: Any = None, *, person: Person, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        series = self.fields["series"]
        assert isinstance(series, SeriesField)
        own = EveningSeries.objects.filter(resto__organisation=person.organisation_id, resto__in_use=True)
        series.queryset = own.select_related("resto").order_by("resto__name", "pk")


class DayForm(forms.Form):
    """Until which day a standing reservation is paused, or holds."""

    day = day_field(_("Until, that day included"))
