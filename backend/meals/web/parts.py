"""The parts of the dinners that have pages of their own: one line each, in the order of a working day."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A page about one evening, or about an organisation's dinners: the name of its address, and of its link."""

    name: str
    label: Any

    def link(self, pk: int) -> tuple[str, Any]:
        """Where it is, and what it is called."""
        return reverse(self.name, args=[pk]), self.label


OF_AN_EVENING: tuple[Part, ...] = (
    Part("resto-menu", _("Menu")),
    Part("resto-waiting", _("The waiting list")),
    Part("resto-kitchen", _("The kitchen")),
    Part("resto-evening-crew", _("The crew")),
    Part("resto-door", _("At the door")),
    Part("resto-door-tables", _("Table plan")),
)
"""Addresses that take the key of the evening."""

OF_AN_ORGANISATION: tuple[Part, ...] = (
    Part("resto-places", _("Restos")),
    Part("resto-roster", _("Roster")),
    Part("resto-crew", _("Volunteers of the dinners")),
)
"""Addresses that take the key of the organisation."""


def links(parts: tuple[Part, ...], pk: int) -> list[tuple[str, Any]]:
    """The navigation of a page."""
    return [part.link(pk) for part in parts]
