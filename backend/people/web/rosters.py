"""Duty rosters of any programme as pages show them: one row a day, one cell a rank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from backend.people.domain.duty import Duty, Lack, Rank
from backend.people.models import DutyShift
from backend.people.selectors import Rosters

LACKS = {
    Lack.NOBODY: _("nobody"),
    Lack.AWAY: _("is away that day"),
    Lack.NO_NUMBER: _("has no usable telephone number"),
}
"""Why a duty is not filled. Each programme says in words of its own that somebody has two duties on one day."""


@dataclass(frozen=True)
class Cell:
    """One rank on one day. `lack` and `swap` are in words, empty where there is nothing to say."""

    rank: str
    name: str
    is_exception: bool
    lack: str
    swap: str
    is_urgent: bool


@dataclass(frozen=True)
class Row:
    """One day of a roster. `day` is a local date."""

    day: date
    cells: tuple[Cell, ...]
    is_today: bool
    has_gap: bool


def cell(duty: Duty, found: Rosters, *, ranks: Mapping[str, Any], lacks: Mapping[Lack, Any], swap: object = "") -> Cell:
    """A duty in the words of a programme."""
    person = found.people.get(duty.person or 0)
    return Cell(
        rank=str(ranks[duty.rank.value]),
        name=person.name if person else "",
        is_exception=duty.is_exception,
        lack=str(lacks[duty.lack]) if duty.lack else "",
        swap=str(swap),
        is_urgent=duty.lack is not None and duty.rank is Rank.PRIMARY,
    )


def week(scope: str, weekdays: Iterable[int], ranks: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The weekday duties of a scope: one row for each of these weekdays (0 is Monday)."""
    shifts = DutyShift.objects.filter(scope=scope, date=None).select_related("person")
    names = {(shift.weekday, shift.rank): shift.person.name for shift in shifts}
    return [
        {
            "day": WEEKDAYS[weekday],
            "cells": [{"rank": word, "name": names.get((weekday, rank), "")} for rank, word in ranks.items()],
        }
        for weekday in weekdays
    ]
