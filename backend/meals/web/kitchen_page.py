"""What the kitchen's page shows, in the words of the reader's language."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from backend.meals.domain.kitchen import CourseCount, Cover
from backend.meals.food_words import names
from backend.meals.kitchen_words import changed, counted, diet, parts, read, say, unasked, unsure
from backend.meals.models import Evening, KitchenCount
from backend.meals.printing.kitchen import lines
from backend.meals.selectors.kitchen import Kitchen, kitchen_of, runs_it, works_in
from backend.meals.web.readers import Reader


def shown(reader: Reader, now: datetime) -> dict[str, Any]:
    """The kitchen of the reader's evening at `now` (UTC)."""
    kitchen, language = kitchen_of(reader.evening), get_language() or "nl"
    evening, sheet = reader.evening, kitchen.sheet
    is_live = evening.state in (Evening.State.PLANNED, Evening.State.OPEN) and now < evening.ends_at
    return {
        "organisation": reader.organisation,
        "evening": evening,
        "kitchen": kitchen,
        "is_live": is_live,
        "covers": sheet.covers,
        "parts": parts(sheet, language),
        "courses": [_course(course, language) for course in sheet.courses],
        "own": [_plate(cover, language) for cover in sheet.own],
        "asked": [_plate(cover, language) for cover in sheet.asked],
        "unsure": unsure(sheet, language),
        "unasked": unasked(kitchen.unasked, language),
        "diets": [(diet(foods, language), count) for foods, count in sheet.diets],
        "since": changed(kitchen.since, language) if kitchen.since else "",
        "news": [_news(count, language) for count in kitchen.unseen],
        "late": [_news(count, language) for count in reversed(kitchen.late)],
        "address": {page or "show": reader.address(page) for page in ("", "pdf")},
        "acts": {
            what.replace("-", "_"): reader.address("do", what=what) for what in ("seen", "told", "pots-on", "pots-off")
        },
        **_buttons(reader, kitchen, is_live=is_live),
    }


def _buttons(reader: Reader, kitchen: Kitchen, *, is_live: bool) -> dict[str, bool]:
    """Who works in the kitchen says what they saw; who runs the dinners, that they told the cook."""
    has_final, are_on = kitchen.final is not None, reader.evening.pots_on_at is not None
    works, has_news = works_in(reader.evening, reader.actor), bool(kitchen.unseen) and is_live
    runs = not works and runs_it(reader.evening, reader.actor)
    return {
        "may_say_seen": has_news and works,
        "may_say_told": has_news and runs,
        "may_say_on": is_live and has_final and not are_on and (works or (runs and not has_news)),
        "may_say_off": is_live and are_on,
    }


def _course(course: CourseCount, language: str) -> dict[str, Any]:
    return {"kind": say(course.kind, language), "name": course.name, "lines": lines(course, language)}


def _plate(cover: Cover, language: str) -> dict[str, str]:
    return {
        "name": cover.name or say("unnamed", language),
        "diet": names(cover.diet, language),
        "note": cover.note,
        "maybe": say("maybe", language) if cover.only else "",
    }


def _news(count: KitchenCount, language: str) -> dict[str, Any]:
    """What the kitchen was told, and when."""
    is_late = count.kind == KitchenCount.Kind.LATE
    words = changed(read(count.changes), language) if is_late else counted("people", count.covers, language)
    return {"at": count.at, "seen_at": count.seen_at, "words": words}
