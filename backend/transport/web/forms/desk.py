"""What is asked of a caller: which trip, with whom, and on whose behalf. And of somebody whom nobody knows yet."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.people.models import Person
from backend.people.web.callers import NewcomerForm
from backend.people.web.friends import FriendsForm
from backend.transport.domain.booking import MOST_COMPANIONS
from backend.transport.models import Trip

BOTH, THERE, HOME = "both", "there", "home"

WAYS = ((BOTH, _("There and home")), (THERE, _("Only there")), (HOME, _("Only home")))

COMPANIONS = ((0, _("Nobody")), *((number, str(number)) for number in range(1, MOST_COMPANIONS + 1)))


class WishForm(FriendsForm):
    """What the caller would like. Who rings and the note change no answer."""

    decisive = ("trip", "ways", "companions")

    trip = forms.ModelChoiceField(
        Trip.objects.none(),
        label=_("Which trip?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a trip."),
            "invalid_choice": _("This trip cannot be booked any more. Choose another one."),
        },
    )
    ways = forms.ChoiceField(label=_("Which way?"), choices=WAYS, initial=BOTH, required=False)
    companions = forms.TypedChoiceField(
        label=_("Who comes along to help? They ride free"),
        choices=COMPANIONS,
        coerce=int,
        empty_value="",
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        person: Person,
        trips: QuerySet[Trip],
        friends: list[Person],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, person=person, friends=friends, initial=initial)
        self.fields["friends"].label = _("Friends who travel together")
        trip = self.fields["trip"]
        assert isinstance(trip, forms.ModelChoiceField)
        trip.queryset = trips.select_related("organisation", "destination")

    def clean_ways(self) -> str:
        """There and home, unless something else was chosen."""
        return self.cleaned_data["ways"] or BOTH

    def clean_companions(self) -> int:
        """Nobody, unless a number was chosen."""
        return self.cleaned_data["companions"] or 0


class NewPersonForm(NewcomerForm):
    """Somebody who rings for the first time, with the door at which the bus stops."""

    address = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        error_messages={"required": _("Give the address: the bus comes to the door.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ChangeForm(WishForm):
    """A booking that is to be another one. Friends keep their own."""

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        for name in ("friends", "friend"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Without friends there is nothing more to look at."""
        return self.cleaned_data
