"""Volunteers of a crew as pages show them: how their papers stand, and whether they could have a place."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from backend.people.crews import Choice
from backend.people.models import Paper
from backend.people.selectors import usable_lines
from backend.people.web.crew_words import OFFERS, PAPERS, why_not


def paper_facts(kind: Paper.Kind, paper: Paper | None, today: date, soon: date) -> dict[str, Any]:
    """One paper in words. Dates are local; what ends before `soon` is said to end soon."""
    if paper is None:
        state, look = _("not seen yet"), "incident"
    elif paper.valid_until is not None and paper.valid_until < today:
        state, look = _("is over"), "incident"
    elif paper.valid_until is not None and paper.valid_until <= soon:
        state, look = _("ends soon"), "missed"
    else:
        state, look = _("in order"), "well"
    return {"name": PAPERS[kind], "paper": paper, "state": state, "look": look}


def choice_facts(choice: Choice[Any], *, has_it: bool, is_open: bool) -> dict[str, Any]:
    """Somebody who could have a place, in words. `is_open`: the crew can be changed still."""
    last = choice.last
    return {
        "person": choice.person,
        "is_standby": choice.volunteer.is_standby,
        "times": choice.volunteer.times,
        "why_not": why_not(choice.reason) if choice.reason else "",
        "last": OFFERS[last.state] if last is not None else "",
        "until": last.deadline_at if last is not None and last.state == "open" else None,
        "lines": usable_lines(choice.person),
        "has_it": has_it,
        "may": is_open and choice.bar is None,
    }
