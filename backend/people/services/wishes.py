"""How somebody wants to be rung and told: language, way, hours. Programmes read it where they ring and tell."""

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.common.languages import VOICES
from backend.events.services import record
from backend.people.models import Person, PhoneNumber
from backend.people.services import presence

WISHES_CHANGED = "people.wishes_changed"
"""The subject is the person. Payload: changed (the names of what is other than before)."""

RING_EARLIEST, RING_LATEST = time(8, 0), time(11, 0)
"""Between these a member of a star may choose to be rung (domain text: circles go round from 8:00 to 10:00, and start
late until 10:30).
"""


@dataclass(frozen=True)
class Wishes:
    """What somebody wants. `preferred_way` is call, text or "" (a text if they have a mobile); `ring_from` local."""

    language: str
    preferred_way: str
    any_hour: bool
    ring_longer: bool
    ring_from: time | None

    @classmethod
    def of(cls, person: Person) -> "Wishes":
        """As they are now."""
        return cls(person.language, person.preferred_way, person.any_hour, person.ring_longer, person.ring_from)


@transaction.atomic
def change_wishes(person: Person, wishes: Wishes, *, actor: Actor) -> tuple[str, ...]:
    """Keep what somebody wants, from the next message and the next morning on; returns what is other than before.

    Raises RondjeError for a language that nobody speaks here, texts without a mobile, and a time out of bounds.
    """
    _check(person, wishes)
    held = presence.locked(person)
    before, after = asdict(Wishes.of(held)), asdict(wishes)
    changed = tuple(name for name in after if after[name] != before[name])
    if not changed:
        return ()
    _keep(held, after, changed)
    record(
        kind=WISHES_CHANGED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"changed": list(changed)},
    )
    return changed


def _check(person: Person, wishes: Wishes) -> None:
    if wishes.language not in VOICES:
        raise RondjeError("This language is not spoken here yet.")
    if wishes.preferred_way == Person.Way.TEXT and not _has_mobile(person):
        raise RondjeError("This person has no mobile number, so no text can be sent. Ring them instead.")
    if wishes.ring_from is not None and not RING_EARLIEST <= wishes.ring_from <= RING_LATEST:
        raise RondjeError("Choose a time between 8:00 and 11:00.")


def _has_mobile(person: Person) -> bool:
    return person.phones.filter(kind=PhoneNumber.Kind.MOBILE).exists()


def _keep(person: Person, values: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        setattr(person, name, values[name])
    person.save(update_fields=list(names))
