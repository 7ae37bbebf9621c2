"""Circles that go from one organisation to another, as the pages show them."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.circles.models import Circle, Membership, Transfer, TransferOffer
from backend.circles.selectors import transfers as selectors
from backend.circles.selectors.life import with_consent
from backend.circles.web import words
from backend.people import doors
from backend.people.models import Organisation, Role, User

AGREED_ERRORS = {"required": _("Say who decided this for your organisation, and as what.")}


def agreed_field() -> forms.CharField:
    """Who decided it: a name, and as what."""
    return forms.CharField(
        label=_("Who decided this for your organisation"),
        max_length=160,
        help_text=_("Name, and as what: M. Bos, manager."),
        error_messages=AGREED_ERRORS,
    )


class OfferForm(forms.Form):
    """To whom a circle is offered. Organisations see nothing of one another: they ask for a short name by telephone."""

    to = forms.CharField(
        label=_("Short name of the other organisation"),
        max_length=50,
        help_text=_("Ask them for it: it stands on their page Transfers."),
        error_messages={"required": _("Give the short name of the other organisation.")},
    )
    agreed = agreed_field()

    def clean_to(self) -> Organisation:
        """The organisation of that name."""
        found = Organisation.objects.filter(slug=self.cleaned_data["to"].strip().lower()).first()
        if found is None:
            raise forms.ValidationError(_("No organisation has this short name. Ask them to read it out once more."))
        return found


class AcceptForm(forms.Form):
    """Who takes the circle over."""

    agreed = agreed_field()


def offers_to(user: User) -> "QuerySet[TransferOffer]":
    """What a user's organisations are asked to take over, and have not answered."""
    waiting = TransferOffer.objects.filter(state=TransferOffer.State.OPEN)
    found = doors.visible(user, waiting, Role.Kind.COORDINATOR, path="to_organisation")
    return found.select_related("circle", "from_organisation", "to_organisation").order_by("asked_at")


def offers_from(user: User) -> "QuerySet[TransferOffer]":
    """What a user's organisations offer, without an answer so far."""
    waiting = TransferOffer.objects.filter(state=TransferOffer.State.OPEN)
    found = doors.visible(user, waiting, Role.Kind.COORDINATOR, path="from_organisation")
    return found.select_related("circle", "from_organisation", "to_organisation").order_by("asked_at")


def made(user: User) -> "QuerySet[Transfer]":
    """Transfers from or to a user's organisations, the latest first."""
    own = doors.organisations_of(user, Role.Kind.COORDINATOR)
    found = Transfer.objects.filter(Q(from_organisation__in=own) | Q(to_organisation__in=own))
    return found.select_related("from_organisation", "to_organisation").order_by("-at", "-pk")[:50]


def open_offers(user: User, _now: datetime) -> dict[str, Any]:
    """The board's panel: circles that the user's organisation is asked to take over."""
    found = list(offers_to(user))
    return {"offers": found} if found else {}


def counted_on(circle: Circle, now: datetime) -> list[tuple[str, str]]:
    """Members on whom their organisation still counts, by name, and what to do first: for their own coordinators."""
    return [(", ".join(one.names), gettext(one.why)) for one in selectors.bound(circle, now)]


def described(circle: Circle, now: datetime) -> dict[str, Any]:
    """What the other organisation is told before it says yes: counts and times, nobody's name."""
    members = circle.memberships.exclude(status__in=[Membership.Status.WAITING, Membership.Status.LEFT])
    return {
        "start": circle.starts_at,
        "weekdays": ", ".join(str(words.WEEKDAYS[day]) for day in circle.weekdays),
        "state": words.LIFE[circle.status],
        "members": members.count(),
        "counted_on": selectors.number_bound(circle, now),
        "waiting": circle.memberships.filter(status=Membership.Status.WAITING).count(),
        "agreed": sum(bool(getattr(row, "agreed", False)) for row in with_consent(members)),
    }
