"""What is asked of a caller: which evening, for how many, with whom, and on whose behalf."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.meals.models import Evening, Reservation
from backend.meals.selectors.door import guests
from backend.people.models import Person
from backend.people.web.callers import themselves_or_somebody
from backend.people.web.friends import FriendsForm

MOST_COVERS = 999

COVERS_ERRORS = {
    "required": _("Say for how many people."),
    "invalid": _("Say for how many people, as a number."),
    "min_value": _("A reservation is for one person at least."),
    "max_value": _("This is more than any room holds. Look at the number."),
}

NOT_THE_KITCHEN = _("The kitchen does not read this. What somebody does not eat belongs with their plate.")


class ReserveForm(FriendsForm):
    """What the caller would like. Plates, the ride and the note change no answer."""

    decisive = ("evening", "covers")

    evening = forms.ModelChoiceField(
        Evening.objects.none(),
        label=_("Which evening?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose an evening."),
            "invalid_choice": _("Nobody can reserve for this evening any more. Choose another one."),
        },
    )
    covers = forms.IntegerField(
        label=_("For how many, the caller among them?"),
        min_value=1,
        max_value=MOST_COVERS,
        error_messages=COVERS_ERRORS,
    )
    wants_ride = forms.BooleanField(label=_("Would like to be fetched by the bus, and brought home"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        person: Person,
        evenings: QuerySet[Evening],
        friends: list[Person],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """`evenings`: for which one can reserve; the page itself lists them, with their chairs."""
        super().__init__(data, person=person, friends=friends, initial=initial)
        self.fields["friends"].label = _("Friends who would like to sit at the same table")
        self.fields["note"].label = _("Note for the host")
        self.fields["note"].help_text = NOT_THE_KITCHEN
        evening = self.fields["evening"]
        assert isinstance(evening, forms.ModelChoiceField)
        evening.queryset = evenings.select_related("resto__organisation")


class HostsForm(ReserveForm):
    """The same for a host, who is shown no more of people than at the door: guests, and not who is near them."""

    def who_may_ring(self) -> list[tuple[str, str | Promise]]:
        """The guest or somebody else."""
        return themselves_or_somebody(self.person)

    def others(self) -> "QuerySet[Person]":
        """Whoever is known as a guest of the same organisation."""
        return super().others().filter(pk__in=guests().values("pk"))


class ChangeForm(forms.Form):
    """A reservation that is to be another one. Another evening is another reservation."""

    covers = forms.IntegerField(
        label=_("For how many?"), min_value=1, max_value=MOST_COVERS, error_messages=COVERS_ERRORS
    )
    wants_ride = forms.BooleanField(label=_("Would like to be fetched by the bus, and brought home"), required=False)
    note = forms.CharField(
        label=_("Note for the host"),
        help_text=NOT_THE_KITCHEN,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, row: Reservation, **more: Any) -> None:
        super().__init__(*args, **more)
        if row.is_for_kitchen:
            self.fields["note"].label = _("Written to the kitchen, which reads it")
            self.fields["note"].help_text = ""
