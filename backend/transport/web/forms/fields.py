"""Fields that several forms of the bus have."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.transport.models import Layout


class LayoutField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A bus and how it is furnished, in one choice."""

    def label_from_instance(self, obj: Any) -> str:
        """Such as "De Plusbus, zomer: 6 seats for guests, 1 wheelchairs, 3 rollators"."""
        assert isinstance(obj, Layout)
        room = _("%(seats)s seats for guests, %(wheelchairs)s wheelchairs, %(rollators)s rollators") % {
            "seats": obj.seats - 1,
            "wheelchairs": obj.wheelchair_places,
            "rollators": obj.rollator_places,
        }
        return f"{obj.vehicle.name}, {obj.name}: {room}"


def postcodes_in(text: str) -> list[str]:
    """Beginnings of postcodes, from what was typed between commas or spaces. Raises ValidationError."""
    found = [part.upper() for part in text.replace(",", " ").split()]
    if not all(_is_postcode(part) for part in found):
        raise forms.ValidationError(_("Give beginnings of postcodes, such as 5041, 5042 AB."))
    return list(dict.fromkeys(_joined(found)))


def _is_postcode(part: str) -> bool:
    digits, letters = part[:4], part[4:]
    if part.isalpha():
        return part.isascii() and len(part) == 2
    return digits.isascii() and digits.isdigit() and len(digits) == 4 and (not letters or letters.isalpha())


def _joined(parts: Iterable[str]) -> list[str]:
    """ "5042 AB" is one postcode, not two."""
    found: list[str] = []
    for part in parts:
        if part.isalpha() and found:
            found[-1] += part
        else:
            found.append(part)
    return found
