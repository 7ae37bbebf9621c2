"""What recurs, and what is in the way of a change, in words."""

from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from backend.meals.domain.series import Day, Why
from backend.meals.models import Evening, EveningSeries, Resto
from backend.meals.selectors.series import Outlook
from backend.meals.services.planning import needs_of
from backend.meals.web import words
from backend.people.selectors import local_date
from backend.people.web import recurring


def series_of(resto: Resto, now: datetime) -> list[dict[str, Any]]:
    """What recurs at a resto, with the next evening of each."""
    today = local_date(resto.organisation, now)
    upcoming: dict[int, Evening] = {}
    for evening in resto.evenings.filter(state=Evening.State.PLANNED, doors_at__gt=now).order_by("-date"):
        upcoming[evening.series_id or 0] = evening
    return [
        {
            "series": one,
            "when": recurring.in_words(one.rule),
            "next": upcoming.get(one.pk),
            "is_over": one.last_day is not None and one.last_day < today,
        }
        for one in resto.series.order_by("first_day", "pk")
    ]


def name_of(series: EveningSeries) -> str:
    """Such as "De Lange Tafel, every Tuesday"."""
    return f"{series.resto.name}, {recurring.in_words(series.rule)}"


def needs(series: EveningSeries) -> list[tuple[Any, int]]:
    """How many of each job."""
    known = needs_of(series)
    return [(word, known[job]) for job, word in words.JOBS.items() if known.get(job)]


def day(one: Outlook) -> dict[str, Any]:
    """What becomes of a date of a series."""
    if one.evening is not None:
        state = Evening.State(one.evening.state)
        said = str(words.STATES[state])
        if state == Evening.State.CANCELLED and one.evening.cancelled_because:
            said = f"{said}: {words.why_cancelled(one.evening)}"
        return {"day": one.day.day, "evening": one.evening, "said": said}
    if one.other is not None and one.day.why is None:
        said = _("there is another dinner on this day already")
        return {"day": one.day.day, "evening": one.other, "said": said, "is_lacking": True}
    return {"day": one.day.day, "said": why_left_out(one.day)}


def why_left_out(found: Day) -> str:
    """Why there is no dinner on a date."""
    if found.why is Why.HOLIDAY:
        return _("holiday: %(name)s") % {"name": found.what}
    if found.why is Why.CLOSED:
        return _("closed: %(reason)s") % {"reason": found.what} if found.what else _("closed")
    return _("is made in a moment")


def who_sat_there(seated: list[tuple[Evening, int]]) -> list[str]:
    """What removing a table does, sentence by sentence."""
    if not seated:
        return [_("Nobody is to sit at this table on an evening to come.")]
    told = [
        _("On %(day)s %(n)s people are to sit here.") % {"day": formats.date_format(one.date, "l j F"), "n": people}
        for one, people in seated
    ]
    return [*told, _("They keep their places, and stand on the list of calls until they have another table.")]
