"""What somebody without an account fills in: who comes, with how many, and what they do not eat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.services.online import Asked
from backend.meals.services.wishes import PlateWish
from backend.meals.web.forms.plates import NOTHING_TICKED
from backend.meals.web.public_words import FOODS
from backend.people.domain.names import read_full_name
from backend.people.domain.telephone import read_numbers

MOST = 99
"""More than sit at any table; how many do sit at the largest one is said by the service."""

PLATES = 3
"""Ways of eating that one party can have; more are told in words."""

OFF = {"autocomplete": "off"}


class ReservationForm(forms.Form):
    """Who comes, and how we reach them."""

    covers = forms.IntegerField(
        label=_("With how many people do you come?"),
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text=_("Yourself included, if you come along."),
        error_messages={
            "required": _("Say with how many you come."),
            "invalid": _("Give a whole number, such as 2."),
            "min_value": _("A reservation is for one person at least."),
            "max_value": _("Ring us for so many people."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=_("Name of who comes to eat"),
        max_length=160,
        help_text=_("Given name and family name."),
        error_messages={"required": _("Give a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    booked_by = forms.CharField(
        label=_("Do you reserve for somebody else? Then your own name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=40,
        help_text=_("A mobile gets a text with a code; on a landline we ring you and say it."),
        error_messages={
            "required": _("Give a telephone number: without one we cannot tell you when something changes.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    note = forms.CharField(
        label=_("Anything else that the kitchen should know?"),
        max_length=200,
        required=False,
        help_text=_("A person reads it and rings you if anything is not clear."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    group = forms.CharField(
        label=_("Would you like to sit with friends who have reserved? Their group word"),
        max_length=12,
        required=False,
        help_text=_("Five letters, such as BK3TR. You get one as well, to give to others."),
        widget=forms.TextInput(attrs=OFF),
    )
    wants_ride = forms.BooleanField(
        label=_("I would like to be fetched by the bus"),
        required=False,
        help_text=_("We let you know whether that can be done."),
    )

    def __init__(self, *args: Any, rides: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_wait = False
        """Whether they were told that there are no chairs left, and can wait for some."""
        if not rides:
            del self.fields["wants_ride"]

    def clean_name(self) -> str:
        """A name that can be written down."""
        name = " ".join(self.cleaned_data["name"].split())
        if not read_full_name(name).family:
            raise forms.ValidationError(_("Give a name."))
        return name

    def clean_booked_by(self) -> str:
        """The name without what does not belong to it."""
        return " ".join(self.cleaned_data["booked_by"].split())

    def clean_phone(self) -> str:
        """The one number, in E.164."""
        reading = read_numbers(self.cleaned_data["phone"])
        if reading.refused or not reading.numbers:
            raise forms.ValidationError(
                _("We cannot reach you on this number. Type it as 06 0000 0100 or 013 000 1300.")
            )
        if len(reading.numbers) > 1:
            raise forms.ValidationError(_("Give one telephone number."))
        return reading.numbers[0].e164


class PublicPlateForm(forms.Form):
    """So many of the party do not eat this. A name is asked only for a plate that is made apart."""

    without = forms.MultipleChoiceField(
        label=_("Does not eat"),
        choices=list(FOODS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is not one of the foods that the kitchen knows.")},
    )
    people = forms.IntegerField(
        label=_("For how many people?"),
        min_value=1,
        max_value=MOST,
        initial=1,
        required=False,
        error_messages={
            "invalid": _("Give a whole number, such as 2."),
            "min_value": _("Give a whole number, such as 2."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    own_plate = forms.BooleanField(label=_("It is an allergy: make a plate of its own"), required=False)
    name = forms.CharField(
        label=_("First name, for on that plate"), max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )

    def clean(self) -> dict[str, Any]:
        """A plate of its own is one person's, and has their name. A name or a number alone is about nothing."""
        cleaned = super().clean() or {}
        is_about_somebody = (cleaned.get("name") or "").strip() or (cleaned.get("people") or 1) > 1
        if is_about_somebody and not (cleaned.get("without") or cleaned.get("own_plate") or self.errors):
            self.add_error("without", NOTHING_TICKED)
        if cleaned.get("own_plate"):
            if not cleaned.get("without"):
                self.add_error("without", _("Tick what must not be on this plate."))
            if not (cleaned.get("name") or "").strip():
                self.add_error("name", _("Give a first name, so that the plate finds its way."))
            if (cleaned.get("people") or 1) > 1:
                self.add_error("people", _("A plate of its own is for one person: use the next part for another."))
        return cleaned

    @property
    def wishes(self) -> tuple[PlateWish, ...]:
        """One for each of these people; none where nothing was ticked."""
        given = self.cleaned_data
        if not given.get("without"):
            return ()
        one = PlateWish(tuple(given["without"]), given["own_plate"], given["name"].strip())
        return (one,) * (given["people"] or 1)


PlateForms = forms.formset_factory(PublicPlateForm, extra=PLATES, max_num=PLATES, absolute_max=PLATES)


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("The six digits of the code"),
        max_length=20,
        error_messages={"required": _("Give the six digits.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CoversForm(forms.Form):
    """More or fewer people."""

    covers = forms.IntegerField(
        label=_("With how many people do you come?"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Say with how many you come."),
            "invalid": _("Give a whole number, such as 2."),
            "min_value": _("A reservation is for one person at least. Cancel it if nobody comes."),
            "max_value": _("Ring us for so many people."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def asked(form: ReservationForm, plates: Any, language: str) -> Asked | None:
    """What was filled in; None when something is not right, and the forms then say what."""
    if not (form.is_valid() & plates.is_valid()):
        return None
    wishes = tuple(wish for one in plates for wish in one.wishes)
    given = form.cleaned_data
    if len(wishes) > given["covers"]:
        form.add_error("covers", _("More people do not eat something than come along. Make both the same."))
        return None
    return Asked(
        name=given["name"],
        line=given["phone"],
        covers=given["covers"],
        booked_by=given["booked_by"],
        plates=wishes,
        note=" ".join(given["note"].split()),
        wants_ride=bool(given.get("wants_ride")),
        group=given["group"],
        language=language,
    )
