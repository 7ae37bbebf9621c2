"""Who acted, for whom, and by which way: written into every event and every timeline."""

from dataclasses import dataclass
from typing import Literal

Channel = Literal["call", "text", "link", "page", "paper", "command", "api", "system"]


@dataclass(frozen=True)
class Actor:
    """Who did something.

    `who` is a reference such as "person:12", "user:3", "contact:7", "integration:Ab3dE6gH" or "system": never a
    name or a number, because it is kept when names are erased. `on_behalf_of` is a reference of the same form, or
    empty.
    """

    who: str
    channel: Channel
    on_behalf_of: str = ""


SYSTEM = Actor(who="system", channel="system")


def person(person_id: int, channel: Channel) -> Actor:
    """A participant or volunteer who acted themselves."""
    return Actor(who=f"person:{person_id}", channel=channel)


def integration(reference: str, *, on_behalf_of: str = "") -> Actor:
    """Another system that came in with a token of an organisation."""
    return Actor(who=reference, channel="api", on_behalf_of=on_behalf_of)


def contact(contact_id: int, channel: Channel, *, on_behalf_of: str) -> Actor:
    """Somebody near a participant, who acts on their behalf."""
    return Actor(who=f"contact:{contact_id}", channel=channel, on_behalf_of=on_behalf_of)


def user(user_id: int, *, on_behalf_of: str = "") -> Actor:
    """A signed-in member of staff, acting on a page."""
    return Actor(who=f"user:{user_id}", channel="page", on_behalf_of=on_behalf_of)
