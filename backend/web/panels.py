"""The panels of the today board: each programme shows its own, in an order that puts what is urgent first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.people.models import User


@dataclass(frozen=True)
class Panel:
    """A part of the today board.

    `facts` reads what `template` shows, for a user at an instant (UTC), through the doors; an empty mapping means that
    the panel has nothing to say to them and is left out. Lower `order` stands higher.
    """

    name: str
    order: int
    template: str
    facts: Callable[[User, datetime], Mapping[str, Any]]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Put a panel on the board. Called in `AppConfig.ready`; a panel registered again replaces itself."""
    _panels[panel.name] = panel


def shown_to(user: User, now: datetime) -> list[dict[str, Any]]:
    """The panels that have something to say to a user, the urgent first, with what their templates need."""
    panels = sorted(_panels.values(), key=lambda panel: panel.order)
    found = [(panel, panel.facts(user, now)) for panel in panels]
    return [{"name": panel.name, "template": panel.template, **facts} for panel, facts in found if facts]
