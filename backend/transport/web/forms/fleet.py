"""What is asked about a vehicle."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.web.fields import NAME_ERRORS, PlaceForm, coordinate_field, day_field, number_field, one_number
from backend.transport.models import Layout, Vehicle
from backend.transport.web import words


class VehicleForm(PlaceForm):
    """A vehicle and its garage, where its rounds begin and end."""

    name = forms.CharField(label=_("Name of the bus"), max_length=80, error_messages=NAME_ERRORS)
    plate = forms.CharField(label=_("Number plate"), max_length=12, required=False)
    garage = forms.CharField(label=_("Address of the garage"), max_length=200, required=False)
    latitude = coordinate_field(_("Latitude of the garage"), 90, help_text=_("Such as 51.5555; maps show it."))
    longitude = coordinate_field(_("Longitude of the garage"), 180, help_text=_("Such as 5.0913."))
    phone = forms.CharField(label=_("Telephone in the bus"), max_length=40, required=False)
    in_use = forms.BooleanField(label=_("The bus is used"), required=False, initial=True)

    @classmethod
    def of(cls, vehicle: Vehicle) -> "VehicleForm":
        """As it is."""
        return cls(initial={name: getattr(vehicle, name) for name in cls.base_fields})

    def clean_phone(self) -> str:
        """The number in E.164, or empty."""
        return one_number(self.cleaned_data["phone"])


class LayoutForm(forms.Form):
    """One way of furnishing a vehicle."""

    prefix = "layout"
    name = forms.CharField(
        label=_("Name of the layout"),
        max_length=80,
        help_text=_("Such as: with wheelchair."),
        error_messages=NAME_ERRORS,
    )
    seats = number_field(_("Seats besides the driver's, the host's included"), 0, 20)
    wheelchair_places = number_field(_("Places for a wheelchair"), 0, 8, initial=0)
    rollator_places = number_field(_("Places for a rollator"), 0, 20, initial=0)

    def add_prefix(self, field_name: str) -> str:
        return field_name

    @classmethod
    def of(cls, layout: Layout) -> "LayoutForm":
        """As it is."""
        initial = {name: getattr(layout, name) for name in cls.base_fields}
        return cls(initial=initial, auto_id=f"layout-{layout.pk}-%s")


class PaperForm(forms.Form):
    """A paper and its last day."""

    prefix = "paper"
    kind = forms.ChoiceField(label=_("Paper"), choices=[(kind.value, word) for kind, word in words.PAPERS.items()])
    valid_until = day_field(_("Holds up to and including"), help_text=_("After that day the bus stays in the garage."))

    def add_prefix(self, field_name: str) -> str:
        return field_name


class OutForm(forms.Form):
    """Days in the garage."""

    prefix = "out"
    first_day = day_field(_("First day in the garage"))
    last_day = day_field(_("Last day in the garage"))
    reason = forms.CharField(label=_("Why"), max_length=120, required=False)

    def add_prefix(self, field_name: str) -> str:
        return field_name


FORMS: dict[str, tuple[type[forms.Form], Any, Any]] = {
    "layout": (LayoutForm, _("Add a layout"), _("Save the layout")),
    "paper": (PaperForm, _("Enter a paper or a service"), _("Save the paper")),
    "out": (OutForm, _("Keep the bus in the garage"), _("Save the days")),
}
"""The forms on a vehicle's page: title, and the button."""
