"""How somebody is told something that can wait: in the way that they chose."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from backend.notifications.models import OptOut, Way
from backend.people.models import Person
from backend.people.selectors import mobile_of, usable_lines


class WayTo(NamedTuple):
    """A way and the line (E.164) on which somebody is reached by it."""

    way: Way
    line: str


def way_to(person: Person) -> WayTo | None:
    """A text to whoever has a mobile, unless they want calls or no texts; else a call; None without any number."""
    return ways_to([person])[person.pk]


def ways_to(people: Collection[Person]) -> dict[int, WayTo | None]:
    """The way to each of these people (`way_to`), by their keys, with one look at who takes no texts."""
    mobiles = {person.pk: mobile_of(person) for person in people if person.preferred_way != Person.Way.CALL}
    without_texts = _without_texts(mobile for mobile in mobiles.values() if mobile is not None)
    found: dict[int, WayTo | None] = {}
    for person in people:
        mobile = mobiles.get(person.pk)
        takes_texts = mobile is not None and (person.organisation_id, mobile) not in without_texts
        found[person.pk] = WayTo(Way.TEXT, mobile) if mobile is not None and takes_texts else by_call(person)
    return found


def by_call(person: Person) -> WayTo | None:
    """A call on their first line; None without any."""
    lines = usable_lines(person)
    return WayTo(Way.CALL, lines[0]) if lines else None


def _without_texts(lines: Iterable[str]) -> set[tuple[int, str]]:
    """Which of these lines take no texts, each with its organisation."""
    wanted = set(lines)
    rows = OptOut.objects.filter(line__in=wanted) if wanted else OptOut.objects.none()
    return set(rows.values_list("organisation_id", "line"))
