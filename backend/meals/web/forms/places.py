"""What is asked about restos, rooms, tables and prices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.models import DiningTable, Resto, Room, Tariff
from backend.people.web.fields import CHOOSE_ERRORS, NAME_ERRORS, PlaceForm, coordinate_field, number_field

LARGEST = 500
"""Decimetres."""


class RestoForm(PlaceForm):
    """A place where people eat together."""

    name = forms.CharField(label=_("Name of the resto"), max_length=120, error_messages=NAME_ERRORS)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    place = forms.CharField(label=_("Town"), max_length=80, required=False)
    latitude = coordinate_field(_("Latitude"), 90, help_text=_("For rides with the bus: such as 51.5555."))
    longitude = coordinate_field(_("Longitude"), 180, help_text=_("Such as 5.0913."))
    chairs = number_field(_("Chairs"), 1, 300, help_text=_("For guests, crew and speakers together."))
    welcome = forms.CharField(
        label=_("Text of welcome on the public page"), max_length=2000, required=False, widget=forms.Textarea
    )
    public = forms.BooleanField(label=_("Anybody may see the programme"), required=False, initial=True)
    in_use = forms.BooleanField(label=_("Dinners are held here"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["latitude"].required = self.fields["longitude"].required = False

    @classmethod
    def initial_from(cls, resto: Resto) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(resto, name) for name in cls.base_fields}


class RoomForm(forms.Form):
    """A room, drawn as a rectangle."""

    name = forms.CharField(label=_("Name of the room"), max_length=80, error_messages=NAME_ERRORS)
    width = number_field(_("Width in decimetres"), 20, LARGEST, initial=100)
    depth = number_field(_("Depth in decimetres"), 20, LARGEST, initial=80)

    @classmethod
    def initial_from(cls, room: Room) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(room, name) for name in cls.base_fields}


class TableForm(forms.Form):
    """A table at its place in a room."""

    name = forms.CharField(label=_("Name of the table"), max_length=20, error_messages=NAME_ERRORS)
    chairs = number_field(_("Chairs"), 1, 40, initial=10)
    x = number_field(_("Decimetres from the left wall"), 0, LARGEST, initial=0, help_text=_("Of its middle."))
    y = number_field(_("Decimetres from the back wall"), 0, LARGEST, initial=0, help_text=_("Of its middle."))

    @classmethod
    def initial_from(cls, table: DiningTable) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(table, name) for name in ("name", "chairs", "x", "y")}


class NewTableForm(TableForm):
    """A table, and in which room."""

    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), empty_label=None, error_messages=CHOOSE_ERRORS)
    field_order = ("room",)

    def __init__(self, *args: Any, resto: Resto, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = resto.rooms.order_by("pk")


class TariffForm(forms.Form):
    """A price for a group of guests: which one applies is noted, never why."""

    name = forms.CharField(
        label=_("Name of the price"),
        max_length=80,
        error_messages=NAME_ERRORS,
        help_text=_("Such as: regular, or with a pass of the municipality. Nobody shows an income."),
    )
    euros = forms.DecimalField(
        label=_("Euros"),
        min_value=0,
        max_value=200,
        decimal_places=2,
        localize=True,
        error_messages={
            name: _("Give an amount such as 7,50.")
            for name in ("required", "invalid", "min_value", "max_value", "max_decimal_places")
        },
    )
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    @classmethod
    def initial_from(cls, tariff: Tariff) -> dict[str, Any]:
        """As it is."""
        return {"name": tariff.name, "euros": Decimal(tariff.cents) / 100, "in_use": tariff.in_use}

    @property
    def known(self) -> dict[str, Any]:
        """Only after `is_valid`; the price in cents."""
        cleaned = self.cleaned_data
        return {"name": cleaned["name"], "cents": int(cleaned["euros"] * 100), "in_use": cleaned["in_use"]}
