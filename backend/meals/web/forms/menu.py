"""What is asked about the menu of an evening: three courses, and what there is instead."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backend.meals import food_words
from backend.meals.domain.diets import Food
from backend.meals.models import Course, Evening
from backend.meals.services.menus import Dish
from backend.meals.web import words

VARIANTS = 3
"""Of each course."""


class MenuForm(forms.Form):
    """Each course with its name, and up to three variants with what they are without."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, word in words.COURSES.items():
            self.fields[kind.value] = forms.CharField(label=word, max_length=120, required=False)
            self.fields[f"{kind.value}_without"] = _without(
                _("%(course)s: there is none of this in it") % {"course": word}
            )
            for number in range(1, VARIANTS + 1):
                told = {"course": word, "n": number}
                self.fields[f"{kind.value}_{number}"] = forms.CharField(
                    label=_("%(course)s, instead of it (%(n)s)") % told, max_length=120, required=False
                )
                label = _("%(course)s, instead of it (%(n)s): without") % told
                self.fields[f"{kind.value}_{number}_without"] = _without(label)

    @classmethod
    def initial_from(cls, evening: Evening) -> dict[str, Any]:
        """As it was written down."""
        found: dict[str, Any] = {}
        for course in evening.courses.prefetch_related("variants"):
            found[course.kind], found[f"{course.kind}_without"] = course.name, course.without
            for number, variant in enumerate(sorted(course.variants.all(), key=lambda one: one.pk)[:VARIANTS], start=1):
                found[f"{course.kind}_{number}"] = variant.name
                found[f"{course.kind}_{number}_without"] = variant.without
        return found

    def clean(self) -> dict[str, Any]:
        """A variant belongs to a course, says what it is without, and has a name of its own."""
        cleaned = super().clean() or {}
        for kind in Course.Kind.values:
            if cleaned.get(f"{kind}_without") and not cleaned.get(kind):
                self.add_error(kind, _("Give the course a name as well."))
            names = []
            for number in range(1, VARIANTS + 1):
                name, without = cleaned.get(f"{kind}_{number}"), cleaned.get(f"{kind}_{number}_without")
                if name and not without:
                    self.add_error(f"{kind}_{number}_without", _("Choose what it is without."))
                if without and not name:
                    self.add_error(f"{kind}_{number}", _("Give it a name."))
                if name and not cleaned.get(kind):
                    self.add_error(kind, _("Give the course a name as well."))
                if name in names:
                    self.add_error(f"{kind}_{number}", _("There is a dish of this name already. Give it another name."))
                names += [name] if name else []
        return cleaned

    @property
    def dishes(self) -> dict[str, Dish]:
        """By kind of course. Only after `is_valid`."""
        return {kind: self._dish(kind) for kind in Course.Kind.values if self.cleaned_data[kind]}

    def _dish(self, kind: str) -> Dish:
        numbers = range(1, VARIANTS + 1)
        variants = [
            (self.cleaned_data[f"{kind}_{number}"], self.cleaned_data[f"{kind}_{number}_without"]) for number in numbers
        ]
        return Dish(self.cleaned_data[kind], [one for one in variants if one[0]], self.cleaned_data[f"{kind}_without"])

    @property
    def courses(self) -> list[dict[str, Any]]:
        """The fields course by course."""
        return [
            {
                "word": word,
                "name": self[kind.value],
                "without": self[f"{kind.value}_without"],
                "variants": [
                    (self[f"{kind.value}_{number}"], self[f"{kind.value}_{number}_without"])
                    for number in range(1, VARIANTS + 1)
                ],
            }
            for kind, word in words.COURSES.items()
        ]


def _without(label: str) -> forms.MultipleChoiceField:
    language = get_language() or "nl"
    return forms.MultipleChoiceField(
        label=label,
        choices=[(food.value, food_words.say(food.value, language)) for food in Food],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
