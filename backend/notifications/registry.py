"""What notifications knows of the programmes: hosts of conversations, registered in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.models import Attempt, Message
from backend.people.models import Organisation


class Host(Protocol):
    """A programme's side of a conversation.

    Every method is called in a transaction, after `lock`, and may use what it locked. Times are UTC on the
    product's clock.
    """

    def lock(self, subject_id: int) -> None:
        """Lock the aggregate that conversations and their ends may change. Taken before any row of ours."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        """Decide what is said next. The decision commits together with what it changes."""

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        """A message has come to its end (`message.outcome`); `attempt` is its last, None when none was made."""

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """Somebody who rang us has hung up."""


InboundMenu = Callable[[Organisation, str], tuple[str, int, int] | None]
"""Knows a caller by number: (host, subject id, person id), or None when this programme does not know them."""


@dataclass(frozen=True)
class Enclosure:
    """What goes with a letter."""

    filename: str
    content: bytes
    mimetype: str = "application/pdf"


EnclosureMaker = Callable[[dict[str, Any], datetime], Enclosure | None]
"""Makes what is enclosed from a letter's reference, at a time (UTC); None when there is nothing to enclose any more."""

enclosures: dict[str, EnclosureMaker] = {}
hosts: dict[str, Host] = {}
inbound_menus: list[InboundMenu] = []


def register_host(name: str, host: Host) -> None:
    """Let `host` lead the conversations of messages that carry its name."""
    hosts[name] = host


def register_inbound_menu(menu: InboundMenu) -> None:
    """Ask `menu` who is calling, after those registered before it."""
    inbound_menus.append(menu)


def register_enclosure(name: str, make: EnclosureMaker) -> None:
    """Let `make` make what is enclosed in letters that carry its name."""
    enclosures[name] = make
