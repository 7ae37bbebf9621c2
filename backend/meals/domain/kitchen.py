"""What the kitchen cooks: for how many, per course and variant, and whose plate is made apart. Pure.

Covers are guests, crew and speakers (domain text, Resto VanHarte). Each course adds up to the covers: everybody gets
the dish, the variant with the least left out that leaves out all they do not eat, or a plate that is made for them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from backend.meals.domain.diets import Food, simplest

Diet = tuple[Food, ...]
"""What somebody does not eat, as shortly as it can be said, in the order of `Food`."""


class Of(StrEnum):
    """As what somebody eats along."""

    GUEST = "guest"
    CREW = "crew"
    SPEAKER = "speaker"


@dataclass(frozen=True)
class Cover:
    """Somebody who eats. `party` tells a reservation (or a place in the crew) from others; `note` is in their words.

    `only`: fewer of the party come than have a plate, only so many, and nobody knows who: then all of their plates are
    counted. Nought: this one is eaten from.
    """

    of: Of = Of.GUEST
    without: frozenset[Food] = frozenset()
    own_plate: bool = False
    name: str = ""
    note: str = ""
    party: str = ""
    only: int = 0

    @property
    def diet(self) -> Diet:
        """What they do not eat, said shortly."""
        return simplest(self.without)


@dataclass(frozen=True)
class Option:
    """A variant of a course. `key` tells it from the others."""

    key: str
    name: str
    without: frozenset[Food]


@dataclass(frozen=True)
class Dish:
    """A course: what is eaten by everybody whom it suits, and what there is instead. `without`: what it is free of."""

    kind: str
    name: str
    options: tuple[Option, ...] = ()
    without: frozenset[Food] = frozenset()


@dataclass(frozen=True)
class Line:
    """How many eat this. The dish itself has the key ""."""

    key: str
    name: str
    people: int


@dataclass(frozen=True)
class CourseCount:
    """A course, counted. `to_make`: diets for which there is no variant, and how many have each. `own`: made apart.

    `menu`: the dish and its variants by name, with what each leaves out.
    """

    kind: str
    name: str
    lines: tuple[Line, ...]
    to_make: tuple[tuple[Diet, int], ...]
    own: int
    menu: tuple[tuple[str, Diet], ...] = ()

    @property
    def people(self) -> int:
        """For how many this course is made."""
        return sum(line.people for line in self.lines) + sum(count for _diet, count in self.to_make) + self.own


@dataclass(frozen=True)
class Unsure:
    """So many people of a party eat, from some of these plates, which are more: nobody knows from which."""

    people: int
    plates: tuple[Cover, ...]


@dataclass(frozen=True)
class Sheet:
    """What the kitchen cooks. `own`: plates made apart, with names; `asked`: what was said in words and is not own.

    `unsure` plates are among all others, so that whoever comes has theirs: courses add up to `covers` and `spare`.
    What a party wrote as a whole is in `asked`, and in no number: nobody knows yet for how many of them it is.
    """

    guests: int
    crew: int
    speakers: int
    diets: tuple[tuple[Diet, int], ...]
    courses: tuple[CourseCount, ...]
    own: tuple[Cover, ...]
    asked: tuple[Cover, ...]
    unsure: tuple[Unsure, ...] = ()

    @property
    def covers(self) -> int:
        """How many people eat."""
        return self.guests + self.crew + self.speakers

    @property
    def spare(self) -> int:
        """How many plates are made more than people eat, because nobody knows who comes."""
        return sum(len(one.plates) - one.people for one in self.unsure)


def sheet_of(covers: Sequence[Cover], dishes: Iterable[Dish], wrote: Sequence[Cover] = ()) -> Sheet:
    """Count everybody who eats along. `wrote`: what parties wrote as a whole."""
    of = Counter(cover.of for cover in covers if not cover.only)
    unsure = _unsure(covers)
    together = [cover for cover in covers if not cover.own_plate]
    return Sheet(
        guests=of[Of.GUEST] + sum(one.people for one in unsure),
        crew=of[Of.CREW],
        speakers=of[Of.SPEAKER],
        diets=_by_diet(cover.diet for cover in together if cover.diet),
        courses=tuple(_counted(dish, together, own=len(covers) - len(together)) for dish in dishes),
        own=tuple(sorted((cover for cover in covers if cover.own_plate), key=lambda one: (one.name, one.party))),
        asked=(*wrote, *(cover for cover in together if cover.note)),
        unsure=unsure,
    )


def _unsure(covers: Sequence[Cover]) -> tuple[Unsure, ...]:
    parties: dict[str, list[Cover]] = {}
    for cover in covers:
        if cover.only:
            parties.setdefault(cover.party, []).append(cover)
    return tuple(Unsure(plates[0].only, tuple(plates)) for plates in parties.values())


def option_for(cover: Cover, options: Iterable[Option]) -> Option | None:
    """The variant with the least left out that suits somebody; None when there is none."""
    suiting = [option for option in options if cover.without <= option.without]
    return min(suiting, key=lambda option: len(option.without), default=None)


def _counted(dish: Dish, covers: Sequence[Cover], *, own: int) -> CourseCount:
    eaten: Counter[str] = Counter()
    to_make: list[Diet] = []
    for cover in covers:
        option = option_for(cover, dish.options)
        if cover.without <= dish.without and not _has_words_only(cover):
            eaten[""] += 1
        elif cover.without and option is not None:
            eaten[option.key] += 1
        else:
            to_make.append(cover.diet)
    lines = (Line("", dish.name, eaten[""]), *(Line(one.key, one.name, eaten[one.key]) for one in dish.options))
    variants = tuple((one.name, simplest(one.without)) for one in dish.options)
    menu = ((dish.name, simplest(dish.without)), *variants)
    return CourseCount(dish.kind, dish.name, lines, _by_diet(to_make), own, menu)


def _has_words_only(cover: Cover) -> bool:
    """Nothing is guessed from words: who said something that is no code is looked at by a person."""
    return not cover.without and bool(cover.note)


def _by_diet(diets: Iterable[Diet]) -> tuple[tuple[Diet, int], ...]:
    """The most frequent in front."""
    counted = Counter(diets)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], [list(Food).index(food) for food in pair[0]])))


def kept(sheet: Sheet, cooks: Iterable[int] = ()) -> dict[str, Any]:
    """A count as it is kept: numbers, codes and references; names and what people said are read where they stand.

    `cooks`: the keys of those who are told of it.
    """
    return {
        "cooks": sorted(cooks),
        "guests": sheet.guests,
        "crew": sheet.crew,
        "speakers": sheet.speakers,
        "diets": {code(diet): count for diet, count in sheet.diets},
        "own": sorted([_mark(cover), code(cover.diet)] for cover in sheet.own),
        "asked": sorted([_mark(cover), code(cover.diet)] for cover in sheet.asked),
        "courses": [
            {
                "kind": course.kind,
                "name": course.name,
                "lines": [[line.key, line.name, line.people] for line in course.lines],
                "to_make": {code(diet): count for diet, count in course.to_make},
                "own": course.own,
                "menu": [[name, code(without)] for name, without in course.menu],
            }
            for course in sheet.courses
        ],
    }


def code(diet: Diet) -> str:
    """A diet as one code: milk+gluten."""
    return "+".join(food.value for food in diet)


def _mark(cover: Cover) -> str:
    """Tells a plate from another, and from itself with other words on it; holds no name and no words."""
    return f"{cover.party}:{sha256(f'{cover.party} {cover.note}'.encode()).hexdigest()[:8]}"


class What(StrEnum):
    """What is different from what the kitchen was told."""

    COVERS = "covers"
    DIET = "diet"
    OWN = "own"
    ASKED = "asked"
    MENU = "menu"
    COOK = "cook"
    """Somebody else cooks, who has been told nothing yet."""


@dataclass(frozen=True)
class Change:
    """So many more (or fewer, below nought); nought: as many, and others. `diet`: its code, where it is about one."""

    what: What
    by: int
    diet: str = ""


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    """What is different between two counts as they are kept; empty when the kitchen cooks the same for the same."""
    covers = _covers(after) - _covers(before)
    found = [Change(What.COVERS, covers)] if covers else []
    found += _differences(What.DIET, Counter(before["diets"]), Counter(after["diets"]))
    for what in (What.OWN, What.ASKED):
        found += _others(what, _plates(before, what), _plates(after, what))
    if _menu(before) != _menu(after):
        found.append(Change(What.MENU, 0))
    newcomers = new_cooks(before, after)
    return (*found, Change(What.COOK, len(newcomers))) if newcomers else tuple(found)


def concerns_a_plate(found: Iterable[Change]) -> bool:
    """Whether somebody eats what was not to be made for them: told even when the pots are on. Fewer endanger nobody."""
    return any(one.what in (What.DIET, What.OWN, What.ASKED) and one.by >= 0 for one in found)


def new_cooks(before: dict[str, Any], after: dict[str, Any]) -> set[int]:
    """Who cooks now and was told nothing then (keys of people); nobody where it is not kept who cooks."""
    return set(after.get("cooks", ())) - set(before.get("cooks", ()))


def _covers(counts: dict[str, Any]) -> int:
    return int(counts["guests"]) + int(counts["crew"]) + int(counts["speakers"])


def _plates(counts: dict[str, Any], what: What) -> Counter[tuple[str, str]]:
    return Counter((mark, diet) for mark, diet in counts[what.value])


def _others(what: What, before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> list[Change]:
    gone, come = _diets(before - after), _diets(after - before)
    return [Change(what, come[diet] - gone[diet], diet) for diet in sorted({*gone, *come})]


def _diets(plates: Counter[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_mark, diet), count in plates.items():
        found[diet] += count
    return found


def _differences(what: What, before: Counter[str], after: Counter[str]) -> list[Change]:
    keys = sorted({*before, *after})
    return [Change(what, after[key] - before[key], key) for key in keys if after[key] != before[key]]


def _menu(counts: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(course["kind"], course["menu"]) for course in counts["courses"]]
