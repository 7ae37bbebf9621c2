"""What the list at the door and the page of a party show, in words."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backend.common.errors import RondjeError
from backend.common.keys import key_of as whole_number
from backend.meals import food_words
from backend.meals.domain.diets import foods, simplest
from backend.meals.models import MealPayment, Plate, Tariff
from backend.meals.selectors.door import Party
from backend.meals.services.wishes import No
from backend.meals.web import door_words
from backend.meals.web.readers import Reader

MOST_PEOPLE = 99

BUTTONS = ("open", "tick", "undo", "away", "expected", "pay", "take-back", "help", "plates")
END = ("crew-came", "crew-left", "crew-not-here", "crew-had-not-been", "close", "reopen", "link")


class Unreadable(RondjeError):
    """What the page sent is not what it was made to send."""

    status = 422


def key_of(request: HttpRequest, *parts: object) -> uuid.UUID:
    """The key of what a button does: pressed twice on one page it is the same. Raises Unreadable."""
    try:
        page = uuid.UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Unreadable("This button could not be read. Load the page again, and press it once more.") from error
    return uuid.uuid5(page, ":".join(str(part) for part in parts))


def number_of(request: HttpRequest, name: str) -> int | None:
    """A small number that was sent; None where there is none. Raises Unreadable for what is no number."""
    typed = request.POST.get(name, "").strip()
    if not typed:
        return None
    number = whole_number(typed)
    if number is None or number > MOST_PEOPLE:
        raise Unreadable("Type a number of people, such as 2.")
    return number


def frame(reader: Reader) -> dict[str, Any]:
    """What every page of the door has."""
    pages = {"list": "", "walk_in": "walk-in", "end": "end", "paper": "paper", "tables": "tables"}
    return {
        "reader": reader,
        "evening": reader.evening,
        "organisation": reader.organisation,
        "address": {name: reader.address(page) for name, page in pages.items()},
        "act": {what.replace("-", "_"): reader.address("do", what=what) for what in BUTTONS + END},
        "key": uuid.uuid4(),
    }


def ways() -> dict[MealPayment.Way, Any]:
    """How can be paid, in words."""
    return dict(door_words.WAYS)


def no_in_words(no: No) -> str:
    """Why somebody cannot come in."""
    return str(door_words.REFUSALS[no.why]) % {"free": no.free}


def given_away_in_words(no: No) -> str:
    """Why somebody who was said not to come cannot come in after all."""
    return str(door_words.GIVEN_AWAY) % {"free": no.free}


def euros(cents: int) -> str:
    """An amount as it is written in the reader's language: € 7,50."""
    return f"€ {number_format(cents / 100, decimal_pos=2, use_l10n=True)}"


def diets(plates: Iterable[Plate]) -> list[str]:
    """What each of a party does not eat, with a name where a plate is made apart."""
    return [words for plate in plates if (words := plate_in_words(plate))]


def plate_in_words(plate: Plate) -> str:
    """What somebody of a party does not eat; empty when that is nothing."""
    words = food_words.without(simplest(foods(plate.without)), get_language() or "nl")
    parts = [part for part in (words, plate.note) if part]
    if plate.own_plate:
        parts.append(_("a plate of their own"))
    return f"{plate.name}: {', '.join(parts)}".removeprefix(": ") if parts else ""


def whose(party: Party) -> list[tuple[Plate, str, bool]]:
    """The plates of a party of which fewer came, in words; and whether they came, where that was said."""
    if not party.may_say_whose:
        return []
    return [
        (plate, plate_in_words(plate) or _("eats everything"), not (party.is_unsure or plate.away))
        for plate in party.plates
    ]


def shown(party: Party) -> dict[str, Any]:
    """A party with its words."""
    return {
        "of": party,
        "row": party.row,
        "name": party.row.person.name,
        "diets": diets(party.plates),
        "pk": party.row.pk,
    }


def paid(payments: Iterable[MealPayment]) -> list[tuple[MealPayment, str]]:
    """Each payment as a sentence: 2 × ordinary, € 14,00, in cash."""
    return [
        (one, f"{one.covers} × {one.tariff.name}, {euros(one.cents)}, {door_words.WAYS[MealPayment.Way(one.way)]}")
        for one in payments
    ]


def sums(tariffs: Iterable[Tariff], people: int) -> list[tuple[Tariff, str]]:
    """What so many people pay by each price, in words."""
    if people == 1:
        return [(one, f"{one.name}: {euros(one.cents)}") for one in tariffs]
    each = _("%(name)s: %(price)s each, %(sum)s for all %(people)s")
    return [
        (one, each % {"name": one.name, "price": euros(one.cents), "sum": euros(people * one.cents), "people": people})
        for one in tariffs
    ]
