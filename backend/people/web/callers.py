"""Whoever is on the line, for the desks of every programme: on whose behalf they ring, and who rings first."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.people import finding
from backend.people.domain.names import read_full_name
from backend.people.models import Contact, Organisation, Person
from backend.people.services import registering
from backend.people.web.fields import numbers_in

THEMSELVES, SOMEBODY = "self", "other"


def who_may_ring(person: Person) -> list[tuple[str, str | Promise]]:
    """For a choice: the person, who is near them, or somebody else."""
    return [
        (THEMSELVES, person.name),
        *((f"contact:{one.pk}", _said_by(one)) for one in person.contacts.all()),
        (SOMEBODY, _("Somebody else, on their behalf")),
    ]


def themselves_or_somebody(person: Person) -> list[tuple[str, str | Promise]]:
    """The same without who is near them, for those who need not know them."""
    return [one for one in who_may_ring(person) if one[0] in (THEMSELVES, SOMEBODY)]


def on_behalf_of(asked_by: str, person: Person) -> str:
    """The reference for whom somebody acts: the contact who rings, else the person."""
    return asked_by if asked_by.startswith("contact:") else f"person:{person.pk}"


def typed(asked: str) -> dict[str, str]:
    """What was looked for in vain is not typed twice."""
    digits = sum(sign.isdigit() for sign in asked)
    return {"phone" if digits >= finding.LAST_DIGITS else "name": asked} if asked else {}


def _said_by(contact: Contact) -> str:
    return f"{contact.name} ({contact.relation})" if contact.relation else contact.name


class NewcomerForm(forms.Form):
    """Somebody who rings for the first time: a name and a number to reach."""

    name = forms.CharField(
        label=_("Given name and family name"),
        max_length=160,
        error_messages={"required": _("Give a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=80,
        error_messages={"required": _("Give a telephone number: without one nobody can tell them when it changes.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def clean_name(self) -> str:
        """A name that can be written down: with a family name."""
        name: str = " ".join(self.cleaned_data["name"].split())
        if not read_full_name(name).family:
            raise forms.ValidationError(_("Give a name."))
        return name

    def clean_phone(self) -> list[str]:
        """The numbers, in E.164."""
        return numbers_in(self.cleaned_data["phone"])

    def register(self, organisation: Organisation, *, address: str = "", postcode: str = "", place: str = "") -> Person:
        """Write them down as it was typed; the form is valid."""
        name = read_full_name(self.cleaned_data["name"])
        return registering.register_person(
            organisation=organisation,
            title=name.title or "",
            given_name=name.given,
            family_name=name.family,
            phones=self.cleaned_data["phone"],
            address=address,
            postcode=postcode,
            place=place,
        )
