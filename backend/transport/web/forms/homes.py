"""Where somebody's door is."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.transport.domain.places import Place, metres_between
from backend.transport.selectors.homes import Garage

NOWHERE_NEAR_KM = 300
"""So far from the garage no home is: the numbers are exchanged, or those of another country."""

NUMBER = re.compile(r"-?\d{1,3}(?:[.,]\d+)?")


class Degrees(forms.Field):
    """Degrees as people copy them: with a point or a comma."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> float | None:
        text = str(value or "").strip().rstrip("°").strip()
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Give degrees such as 51.5606."))
        degrees = float(text.replace(",", "."))
        if not -self.limit <= degrees <= self.limit:
            raise forms.ValidationError(_("Give degrees between -%(limit)s and %(limit)s.") % {"limit": self.limit})
        return degrees


class HomeForm(forms.Form):
    """Latitude and longitude. Both at once, pasted into the first field, are taken apart."""

    latitude = Degrees(
        limit=90,
        label=gettext_lazy("Latitude (north)"),
        help_text=gettext_lazy("Such as 51.5606. You may paste both numbers here: 51.5606, 5.0919."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give the latitude.")},
    )
    longitude = Degrees(
        limit=180,
        label=gettext_lazy("Longitude (east)"),
        help_text=gettext_lazy("Such as 5.0919."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give the longitude.")},
    )

    def __init__(self, data: Any = None, *, garages: Sequence[Garage] = (), **kwargs: Any) -> None:
        super().__init__(_taken_apart(data) if data is not None else None, **kwargs)
        self.garages = garages

    @property
    def place(self) -> Place:
        """The point, of a form that is valid."""
        return Place(self.cleaned_data["latitude"], self.cleaned_data["longitude"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("latitude") is None or cleaned.get("longitude") is None or not self.garages:
            return cleaned
        km = self._km(self.place)
        if km > NOWHERE_NEAR_KM:
            exchanged = Place(cleaned["longitude"], cleaned["latitude"])
            if abs(exchanged.latitude) <= 90 and self._km(exchanged) <= NOWHERE_NEAR_KM:
                raise forms.ValidationError(
                    _("Latitude and longitude have been exchanged. In the Netherlands latitude is 51 to 53.")
                )
            raise forms.ValidationError(
                _("This is %(km)s km from the garage. Look at both numbers again.") % {"km": round(km)}
            )
        return cleaned

    def _km(self, place: Place) -> float:
        return min(metres_between(garage.place, place) for garage in self.garages) / 1000


def _taken_apart(data: Any) -> dict[str, Any]:
    """Both numbers from the first field, when they were pasted there together."""
    given = {name: data.get(name, "") for name in ("latitude", "longitude")}
    pair = re.fullmatch(
        r"\s*(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*|\s*(-?\d{1,3},\d+)\s*[; ]\s*(-?\d{1,3},\d+)\s*",
        given["latitude"],
    )
    if pair:
        given["latitude"], given["longitude"] = [number for number in pair.groups() if number]
    return given
