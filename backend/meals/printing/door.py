"""The list at the door as a PDF, with room to write: for an evening without a tablet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from backend.common.languages import in_language
from backend.common.paper import Column, Paper
from backend.meals.domain.diets import foods, simplest
from backend.meals.door_paper_words import WORDS
from backend.meals.food_words import without
from backend.meals.models import Tariff
from backend.meals.selectors.door import DoorList, Party
from backend.people.domain.days import NAMES
from backend.people.selectors import zone_of

BOX = "☐"
EMPTY_ROWS = 6


def as_pdf(found: DoorList, tariffs: Sequence[Tariff], now: datetime) -> bytes:
    """The list to print, by name. `now` is UTC."""
    evening, organisation = found.evening, found.evening.resto.organisation
    language, zone = organisation.language, zone_of(organisation)
    said = in_language(WORDS, language)
    title = said["title"].format(resto=evening.resto.name)
    paper = Paper(title=title, language=language, printed_at=now.astimezone(zone), foot=organisation.name)
    paper.heading(title)
    doors, dinner = evening.doors_at.astimezone(zone), evening.dinner_at.astimezone(zone)
    weekday = in_language(NAMES, language)[0][evening.date.weekday()].capitalize()
    paper.paragraph(
        said["day"].format(
            weekday=weekday,
            day=f"{evening.date:%d-%m-%Y}",
            doors=f"{doors:%H:%M}",
            dinner=f"{dinner:%H:%M}",
            chairs=evening.chairs,
            free=max(found.chairs.free, 0),
        )
    )
    if tariffs:
        prices = ", ".join(f"{one.name} € {one.cents // 100},{one.cents % 100:02}" for one in tariffs)
        paper.paragraph(said["prices"].format(prices=prices))
    parties = sorted((*found.missing, *found.here), key=lambda one: (one.row.person.normalised_name, one.row.pk))
    paper.grid(_columns(said), [_row(one, said, language) for one in parties])
    if found.waiting:
        paper.heading(said["waiting_title"], size=15)
        paper.grid(_columns(said), [_row(one, said, language) for one in found.waiting])
    paper.heading(said["walk_ins"], size=15)
    paper.grid(_columns(said), [[" ", "", "", BOX, "", ""]] * EMPTY_ROWS)
    paper.paragraph(said["end"])
    paper.paragraph(said["rules"])
    return paper.finished()


def _columns(said: dict[str, Any]) -> list[Column]:
    shares = {"who": 30, "people": 16, "known": 32, "came": 16, "table": 12, "paid": 26}
    return [Column(said[code], share) for code, share in shares.items()]


def _row(party: Party, said: dict[str, Any], language: str) -> list[str]:
    row = party.row
    came = str(row.arrived_covers) if party.is_here else BOX
    table = row.table.name if row.table else ""
    return [row.person.name, str(row.covers), " ".join(_to_know(party, said, language)), came, table, ""]


def _to_know(party: Party, said: dict[str, Any], language: str) -> Iterable[str]:
    if party.row.is_new:
        yield said["first"]
    if party.row.wants_ride:
        yield said["ride"]
    for plate in party.plates:
        words = [without(simplest(foods(plate.without)), language), plate.note]
        words.append(said["own_plate"] if plate.own_plate else "")
        if any(words):
            listed = ", ".join(word for word in words if word)
            yield f"{plate.name}: {listed.rstrip('.')}.".removeprefix(": ")
