"""What is asked about areas, destinations, and single trips."""

from datetime import date, time
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from backend.common.languages import NAMES
from backend.people.models import Organisation
from backend.people.web.fields import (
    CHOOSE_ERRORS,
    NAME_ERRORS,
    PlaceForm,
    coordinate_field,
    day_field,
    narrow,
    number_field,
    time_field,
)
from backend.transport.domain.programme import Times
from backend.transport.models import Area, Destination, Layout, Vehicle
from backend.transport.models.programme import TripFacts
from backend.transport.services.programme import Facts
from backend.transport.web import words
from backend.transport.web.forms.fields import LayoutField, postcodes_in


class AreaForm(forms.Form):
    """A neighbourhood with a programme of its own."""

    name = forms.CharField(label=_("Name of the area"), max_length=80, error_messages=NAME_ERRORS)
    postcodes = forms.CharField(
        label=_("Postcodes"),
        max_length=300,
        required=False,
        help_text=_("Beginnings of postcodes, such as 5041, 5042. Empty: everywhere."),
    )

    @classmethod
    def of(cls, area: Area) -> "AreaForm":
        """As it is."""
        return cls(initial={"name": area.name, "postcodes": ", ".join(area.postcodes)})

    def clean_postcodes(self) -> list[str]:
        """As a list."""
        return postcodes_in(self.cleaned_data["postcodes"])


class LeafletForm(forms.Form):
    """Which months, and in which language."""

    month = forms.ChoiceField(label=_("From the month"))
    months = forms.ChoiceField(label=_("For"), choices=[("1", _("one month")), ("2", _("two months"))])
    language = forms.ChoiceField(label=_("In"), choices=list(NAMES.items()))

    def __init__(self, area: Area, today: date) -> None:
        super().__init__(auto_id=f"leaflet-{area.pk}-%s", initial={"language": area.organisation.language})
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        months = [today.replace(day=1) + relativedelta(months=number) for number in range(4)]
        field.choices = [(f"{month:%Y-%m}", formats.date_format(month, "F Y")) for month in months]


class DestinationForm(PlaceForm):
    """Where trips go."""

    name = forms.CharField(label=_("Name of the destination"), max_length=120, error_messages=NAME_ERRORS)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, word) for kind, word in words.DESTINATIONS.items()])
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    latitude = coordinate_field(
        _("Latitude of the place where the bus stops"), 90, help_text=_("Such as 51.5555; maps show it.")
    )
    longitude = coordinate_field(_("Longitude"), 180, help_text=_("Such as 5.0913."))
    note = forms.CharField(
        label=_("For the driver"), max_length=200, required=False, help_text=_("Where to stop, and to pick up.")
    )
    in_use = forms.BooleanField(label=_("Trips go there"), required=False, initial=True)

    @classmethod
    def of(cls, found: Destination) -> "DestinationForm":
        """As it is."""
        return cls(initial={name: getattr(found, name) for name in cls.base_fields})


class FactsForm(forms.Form):
    """What a series gives to each of its trips, and a single trip has of its own."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), error_messages=CHOOSE_ERRORS)
    destination = forms.ModelChoiceField(
        Destination.objects.none(), label=_("Destination"), error_messages=CHOOSE_ERRORS
    )
    layout = LayoutField(Layout.objects.none(), label=_("Bus and layout"), error_messages=CHOOSE_ERRORS)
    title = forms.CharField(
        label=_("What the leaflet calls it"),
        max_length=120,
        required=False,
        help_text=_("Empty: the name of the destination."),
    )
    note = forms.CharField(
        label=_("Remark in the leaflet"), max_length=300, required=False, help_text=_("Such as entrance or lunch.")
    )
    shift_minutes = number_field(
        _("Minutes to fetch everybody"),
        15,
        600,
        initial=120,
        help_text=_("For all rounds together, driving and boarding; the same again to bring everybody home."),
    )
    max_rounds = number_field(_("Rounds at most"), 1, 6, initial=2)
    leaves_at = time_field(_("The bus leaves the garage at"))
    returns_at = time_field(_("The first round home leaves at"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("destination"), self.initial.get("layout")
        narrow(
            self,
            area=Area.objects.filter(organisation=organisation).order_by("name"),
            destination=_usable(Destination.objects.filter(organisation=organisation), chosen[0]),
            layout=_layouts(organisation, chosen[1]),
        )

    @staticmethod
    def initial_of(row: TripFacts) -> dict[str, Any]:
        """The facts of a series or a trip, to begin with."""
        names = ("title", "note", "shift_minutes", "max_rounds")
        keys = {"area": row.area_id, "destination": row.destination_id, "layout": row.layout_id}
        return {**{name: getattr(row, name) for name in names}, **keys}

    @property
    def facts(self) -> Facts:
        """Only after `is_valid`."""
        names = ("area", "destination", "layout", "title", "note", "shift_minutes", "max_rounds")
        return Facts(**{name: self.cleaned_data[name] for name in names})

    @property
    def times(self) -> Times:
        """Only after `is_valid`."""
        leaves_at, returns_at = self.cleaned_data["leaves_at"], self.cleaned_data["returns_at"]
        assert isinstance(leaves_at, time)
        return Times(leaves_at, returns_at)


def _usable(known: Any, chosen: Any) -> Any:
    """Those in use, and the one that was chosen before."""
    return (known.filter(in_use=True) | known.filter(pk=chosen or 0)).order_by("name")


def _layouts(organisation: Organisation, chosen: Any) -> Any:
    vehicles = Vehicle.objects.filter(organisation=organisation, in_use=True)
    known = Layout.objects.filter(vehicle__in=vehicles) | Layout.objects.filter(pk=chosen or 0)
    return known.select_related("vehicle").order_by("vehicle__name", "name")


class TripForm(FactsForm):
    """A trip on one day."""

    day = day_field(_("Day"))
    field_order = ("day", "leaves_at", "returns_at", "destination", "area", "layout")


class VehicleChoiceForm(forms.Form):
    """Another bus for a trip."""

    layout = LayoutField(Layout.objects.none(), label=_("Bus and layout"), error_messages=CHOOSE_ERRORS)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, layout=_layouts(organisation, None))


class CancelForm(forms.Form):
    """Why a trip is not driven: passengers are told so."""

    because = forms.CharField(
        label=_("Why is it not driven?"),
        max_length=120,
        help_text=_("This is read to the passengers. Name nobody."),
        error_messages={"required": _("Say why: passengers will ask.")},
    )
