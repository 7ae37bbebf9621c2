"""Behind every number of a scenario lives somebody, whether or not the file describes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from simulator.residents.model import Answer, Habit, Resident

ANSWERS = Answer(pick_up=5, press="1", talk=45)
"""Members and volunteers of whom the file says nothing: they answer after 5 s, press 1 and talk for 45 s."""

RINGS: Literal["no_answer"] = "no_answer"
"""Contacts and the duty number, unless the file says otherwise."""


@dataclass(frozen=True)
class Somebody:
    """Whom the product knows: a member, passenger, guest, contact, volunteer or organisation. `phones` are E.164."""

    part: str
    name: str
    given_name: str
    phones: tuple[str, ...]


def with_everybody(described: Iterable[Resident], people: Iterable[Somebody]) -> list[Resident]:
    """The residents of the file, and a default one for everybody whose number is nobody's yet.

    Default residents are called by their given name in small letters, or in full where that is taken.
    """
    residents = list(described)
    taken = {phone for resident in residents for phone in resident.phones}
    for person in people:
        phones = [phone for phone in dict.fromkeys(person.phones) if phone not in taken]
        if not phones:
            continue
        taken.update(phones)
        habit: Habit = ANSWERS if person.part in ("member", "volunteer", "passenger", "guest") else RINGS
        name = _free_name(person, {resident.name for resident in residents})
        residents.append(Resident(name=name, display=person.name, phones=phones, calls=[habit]))
    return residents


def _free_name(person: Somebody, used: set[str]) -> str:
    for name in (person.given_name.casefold(), person.name.casefold()):
        if name not in used:
            return name
    return f"{person.name.casefold()} {person.phones[0]}"
