"""Who walks in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.selectors.habits import KnownPlate
from backend.meals.web.door_parts import MOST_PEOPLE
from backend.meals.web.forms.plates import Plates
from backend.people.models import Person
from backend.people.web.fields import number_field, one_number


class WalkInForm(forms.Form):
    """Somebody at the door; of a guest who is known neither name nor number is asked. `known`: what they do not eat."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("A first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type a name: a first name is enough.")},
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        required=False,
        help_text=_("So that we can ring when an evening is off. It may stay empty."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    covers = number_field(_("How many people?"), 1, MOST_PEOPLE, initial=1)

    def __init__(
        self,
        data: Any = None,
        *,
        person: Person | None = None,
        known: Sequence[KnownPlate] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.plates = Plates(data, known)
        if person is not None:
            del self.fields["name"], self.fields["phone"]

    def is_valid(self) -> bool:
        """Whether the plates can be understood as well."""
        return all([super().is_valid(), self.plates.is_valid()])

    def clean_phone(self) -> str:
        """In E.164, or empty."""
        return one_number(self.cleaned_data["phone"])
