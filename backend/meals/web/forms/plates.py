"""What each of a party does not eat: a few plates, one after another, of which those left empty are none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.selectors.habits import KnownPlate
from backend.meals.services.wishes import PlateWish
from backend.meals.web.reserved_words import FOODS

SPARE = 2
"""So many empty plates are shown beside those that are known."""

MOST = 20

NOTHING_TICKED = _("Tick what is not eaten. If that is nothing, leave this part empty.")


class PlateForm(forms.Form):
    """One plate. A name is asked only for a plate that is made apart."""

    without = forms.MultipleChoiceField(
        label=_("Does not eat"),
        choices=[(food.value, words) for food, words in FOODS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is not one of the foods that the kitchen knows.")},
    )
    own_plate = forms.BooleanField(label=_("An allergy: a plate of its own, with a name on it"), required=False)
    name = forms.CharField(label=_("Name on the plate"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note for the kitchen"),
        max_length=200,
        required=False,
        help_text=_("Food only, in their own words. Nothing about illness or belief."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """A name alone is about nothing."""
        cleaned = super().clean() or {}
        said = any(cleaned.get(name) for name in ("without", "own_plate", "note"))
        if (cleaned.get("name") or "").strip() and not (said or self.errors):
            self.add_error("without", NOTHING_TICKED)
        return cleaned

    @property
    def wish(self) -> PlateWish | None:
        """What was filled in; None for nothing."""
        given = self.cleaned_data
        if not (given.get("without") or given.get("own_plate") or given.get("note")):
            return None
        return PlateWish(tuple(given["without"]), given["own_plate"], given["name"].strip(), given["note"].strip())


class Plates:
    """The plates of a form. `shown` of them are filled in or may be; what was sent counts, however many were shown."""

    def __init__(self, data: Any, known: Sequence[KnownPlate] = ()) -> None:
        sent = _sent(data) if data is not None else 0
        count = min(max(sent, len(known) + SPARE), MOST)
        self.forms = [
            PlateForm(data, prefix=f"plate{number}", initial=_initial(known[number]) if number < len(known) else None)
            for number in range(count)
        ]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def is_valid(self) -> bool:
        """Whether each of them can be understood."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    @property
    def wishes(self) -> tuple[PlateWish, ...]:
        """Those that say something."""
        return tuple(wish for form in self.forms if (wish := form.wish) is not None)

    @property
    def is_open(self) -> bool:
        """Whether somebody does not eat everything, as far as is known: then all is shown."""
        return any(_says_something(form) for form in self.forms)


def _says_something(form: PlateForm) -> bool:
    return any(form[name].value() for name in ("without", "own_plate", "note")) or bool(form.errors)


def _sent(data: Any) -> int:
    numbers = (_number(name) for name in data)
    return max((number + 1 for number in numbers if number is not None), default=0)


def _number(name: str) -> int | None:
    if not name.startswith("plate"):
        return None
    digits = name.removeprefix("plate").partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 3 else None


def _initial(known: KnownPlate) -> dict[str, Any]:
    return {"without": list(known.without), "own_plate": known.own_plate, "name": known.name, "note": known.note}
