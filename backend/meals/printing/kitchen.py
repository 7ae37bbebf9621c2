"""The list of a kitchen as a PDF: black on white and large, to hang over the stove."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.common.paper import LARGE, Column, Paper
from backend.meals.domain.kitchen import CourseCount, Cover
from backend.meals.food_words import names
from backend.meals.kitchen_words import changed, counted, diet, parts, say, unasked, unsure
from backend.meals.models import Evening
from backend.meals.selectors.kitchen import Kitchen, kitchen_of
from backend.notifications.registry import Enclosure
from backend.people.domain.days import NAMES
from backend.people.selectors import zone_of

BOX = "☐"

HUGE = 34
"""Points of the number that is read from the other side of a kitchen."""


def enclosed(reference: dict[str, Any], now: datetime) -> Enclosure | None:
    """The list that goes with a letter, as the evening stands when it is sent."""
    rows = Evening.objects.select_related("resto__organisation")
    evening = rows.filter(pk=int(str(reference["evening"]))).first()
    if evening is None or evening.state == Evening.State.CANCELLED:
        return None
    return Enclosure(filename=f"keuken-{evening.date:%Y-%m-%d}.pdf", content=as_pdf(kitchen_of(evening), now))


def as_pdf(kitchen: Kitchen, now: datetime) -> bytes:
    """The list to print. `now` is UTC."""
    evening, sheet = kitchen.evening, kitchen.sheet
    organisation = evening.resto.organisation
    language, zone = organisation.language, zone_of(organisation)
    title = f"{say('title', language)} · {evening.resto.name}"
    paper = Paper(title=title, language=language, printed_at=now.astimezone(zone), foot=organisation.name)
    paper.heading(title)
    paper.paragraph(_when(evening, language, zone), size=LARGE)
    paper.heading(counted("people", sheet.covers, language), size=HUGE)
    paper.paragraph(parts(sheet, language), size=LARGE)
    _since(paper, kitchen, language, zone)
    if kitchen.unasked:
        paper.paragraph(unasked(kitchen.unasked, language), size=LARGE, bold=True)
    if sheet.own:
        paper.heading(say("own_title", language))
        paper.paragraph(say("own_rule", language), size=LARGE, bold=True)
        _plates(paper, sheet.own, language)
    if sheet.asked:
        paper.heading(say("asked_title", language), size=18)
        paper.steps([_asked(cover, language) for cover in sheet.asked], size=LARGE)
    if sheet.unsure:
        paper.heading(say("unsure_title", language), size=18)
        paper.paragraph(say("unsure_rule", language), size=LARGE, bold=True)
        paper.steps(unsure(sheet, language), size=LARGE)
    for course in sheet.courses:
        heading = f"{say(course.kind, language)}: {course.name}"
        rows = [[words, str(count)] for words, count in lines(course, language)]
        paper.titled_grid(heading, _counts("dish", language), rows, size=LARGE)
    if not sheet.courses:
        paper.paragraph(say("no_menu", language), size=LARGE)
    if sheet.diets:
        rows = [[names(foods, language), str(count)] for foods, count in sheet.diets]
        paper.titled_grid(say("diets_title", language), _counts("not_eaten", language), rows, size=LARGE)
    return paper.finished()


def _counts(what: str, language: str) -> list[Column]:
    return [Column(say(what, language), 70), Column(say("count", language), 18)]


def lines(course: CourseCount, language: str) -> list[tuple[str, int]]:
    """A course as it is cooked, in words: dishes, what has to be made, what is made apart."""
    listed = [(line.name, line.people) for line in course.lines]
    for foods, count in course.to_make:
        words = say("to_make", language, diet=diet(foods, language)) if foods else say("to_make_asked", language)
        listed.append((words, count))
    return [*listed, (say("own_line", language), course.own)] if course.own else listed


def _when(evening: Evening, language: str, zone: ZoneInfo) -> str:
    weekday = NAMES.get(language, NAMES["nl"])[0][evening.date.weekday()].capitalize()
    doors, dinner = (_clock(moment, zone) for moment in (evening.doors_at, evening.dinner_at))
    return say("when", language, day=f"{weekday} {evening.date:%d-%m-%Y}", doors=doors, dinner=dinner)


def _since(paper: Paper, kitchen: Kitchen, language: str, zone: ZoneInfo) -> None:
    if kitchen.final is None:
        cutoff = _clock(kitchen.evening.cutoff_at, zone)
        paper.paragraph(say("provisional_note", language, cutoff=cutoff), size=LARGE, bold=True)
    elif kitchen.since:
        paper.heading(say("since_title", language, time=_clock(kitchen.final.at, zone)), size=18)
        paper.paragraph(changed(kitchen.since, language), size=LARGE)


def _plates(paper: Paper, plates: Iterable[Cover], language: str) -> None:
    columns = [
        Column(say("name", language), 28),
        Column(say("not_eaten", language), 34),
        Column(say("note", language), 34),
        Column(say("ready", language), 12),
    ]
    rows = [[_name(cover, language), names(cover.diet, language), cover.note, BOX] for cover in plates]
    paper.grid(columns, rows, size=LARGE)


def _asked(cover: Cover, language: str) -> str:
    named = f" ({diet(cover.diet, language)})" if cover.diet else ""
    return f"“{cover.note}”{named}{_maybe(cover, language)}"


def _name(cover: Cover, language: str) -> str:
    return f"{cover.name or say('unnamed', language)}{_maybe(cover, language)}"


def _maybe(cover: Cover, language: str) -> str:
    return f" ({say('maybe', language)})" if cover.only else ""


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02}"
