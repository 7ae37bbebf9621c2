"""Volunteers who could have a place in a crew, with the reason for each who cannot. A constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from backend.common.offer_rows import OfferRow
from backend.people.domain import crews as rules
from backend.people.domain.crews import CrewTimes, Turn, Volunteer
from backend.people.models import Paper, Person

Row = TypeVar("Row", bound=OfferRow)


@dataclass(frozen=True)
class Choice(Generic[Row]):
    """Somebody who could have a place. `reason` says why the machine does not ask them; `bar` why nobody may."""

    person: Person
    volunteer: Volunteer
    reason: str | None
    bar: str | None
    last: Row | None
    """What they were asked last about it."""


def choices(
    people: Iterable[Person],
    known: Mapping[int, Volunteer],
    last: Mapping[int, Row],
    *,
    task: str,
    day: date,
    policy: CrewTimes,
    turn: Turn,
) -> list[Choice[Row]]:
    """These people for a task on a local date, whose turn is first in front; those who cannot at the end.

    What is known of them, and what they were asked last, is by their keys.
    """
    found = [
        Choice(
            person=person,
            volunteer=known[person.pk],
            reason=rules.unfit(known[person.pk], task, day, policy),
            bar=rules.bars(known[person.pk], task, day, policy),
            last=last.get(person.pk),
        )
        for person in people
    ]
    return sorted(found, key=lambda one: (one.bar is not None, one.reason is not None, turn(one.volunteer)))


def papers_until(person_ids: Iterable[int]) -> dict[int, dict[str, date | None]]:
    """Until when (local date, None: no end) the papers of these people hold, by kind."""
    found: dict[int, dict[str, date | None]] = {}
    rows = Paper.objects.filter(person_id__in=list(person_ids)).values_list("person_id", "kind", "valid_until")
    for person_id, kind, until in rows:
        found.setdefault(person_id, {})[kind] = until
    return found
