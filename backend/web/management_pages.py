"""What is looked after now and then, and not every morning: one page that leads there."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.people import doors
from backend.people.models import Role


@dataclass(frozen=True)
class Entry:
    """A page that is led to: the name of its address, what it is called and for, and whose roles it is made for."""

    url_name: str
    title: str | Promise
    purpose: str | Promise
    roles: tuple[str, ...]


COORDINATORS = (Role.Kind.COORDINATOR,)

ENTRIES = (
    Entry("sent", _("Calls and texts"), _("What went out, what did not, and why."), COORDINATORS),
    Entry("texts", _("Texts"), _("What the text messages say, in your own words if you like."), COORDINATORS),
    Entry("costs", _("Costs"), _("Calls, minutes and text messages by month, with prices and a budget."), COORDINATORS),
    Entry(
        "absences",
        _("Absences"),
        _("See who is away, now and later, and note that somebody is back."),
        doors.STAFF,
    ),
    Entry(
        "people",
        _("People"),
        _("See, take along or erase all that you hold about somebody."),
        COORDINATORS,
    ),
    Entry(
        "transfers",
        _("Transfers"),
        _("Circles that go to another organisation, or come to yours."),
        COORDINATORS,
    ),
    Entry(
        "bus-figures",
        _("Figures of the bus"),
        _("Rides, people, seats, hours and costs by month and area, with small numbers hidden."),
        doors.FIGURES,
    ),
    Entry(
        "bus-money", _("Prices and passes"), _("What a trip with the bus costs, and who has a pass."), doors.PLANNERS
    ),
    Entry(
        "resto-figures",
        _("Figures of the dinners"),
        _("How many people ate, how many chairs stayed empty, and what was left over: counts only."),
        doors.RESTO_FIGURES,
    ),
    Entry(
        "keeping",
        _("What is kept, and what has gone"),
        _("How long things are kept, what was removed when, and the figures that stay."),
        COORDINATORS,
    ),
    Entry(
        "connections",
        _("Connections"),
        _("Let another system of your organisation ask and report by itself."),
        COORDINATORS,
    ),
)
"""In the order in which they are shown."""


def open_to(kinds: set[str]) -> list[dict[str, Any]]:
    """The entries that one of these roles may open."""
    return [vars(entry) for entry in ENTRIES if kinds.intersection(entry.roles)]


def roles() -> set[str]:
    """Whoever has something to look after."""
    return {role for entry in ENTRIES for role in entry.roles}
