"""Figures as a page and a spreadsheet show them: the same rows, in words. What they count, each programme says."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from backend.common.errors import NotFound
from backend.common.figures import Row, safe_cell

Value = int | float | None
Line = list[str | int | float]

HIDDEN = gettext_lazy("hidden")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MONTHS_AT_ONCE = 36
"""Three years in one file."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Figures(Generic[R]):
    """How rows are shown. `values`: a row by column, worked out; `is_hidden`: hidden, and not merely without meaning.

    `places`: decimals by column; none elsewhere.
    """

    columns: Mapping[str, str | Promise]
    values: Callable[[R], Mapping[str, Value]]
    is_hidden: Callable[[R, str], bool]
    places: Mapping[str, int] = field(default_factory=dict)

    def table(self, rows: Iterable[R], names: Mapping[str, str], all_of_them: str) -> list[dict[str, Any]]:
        """For the page: a line for each column, with a cell for each part and for all."""
        shown = [(row, self.values(row)) for row in rows]
        return [
            {
                "title": title,
                "cells": [
                    {
                        "area": names.get(row.key, all_of_them),
                        "words": str(HIDDEN)
                        if self.is_hidden(row, column)
                        else number(cells.get(column), self.places.get(column, 0)),
                        "is_hidden": self.is_hidden(row, column),
                    }
                    for row, cells in shown
                ],
            }
            for column, title in self.columns.items()
        ]

    def headings(self, part: str) -> Line:
        """The first line of a spreadsheet; `part` is what a part is called."""
        return [_("Month"), part, *(str(title) for title in self.columns.values())]

    def lines(self, first: date, rows: Iterable[R], names: Mapping[str, str], all_of_them: str) -> Iterable[Line]:
        """For a spreadsheet: a line for each part in a month; what is hidden says so."""
        for row in rows:
            cells = self.values(row)
            shown = [
                str(HIDDEN) if self.is_hidden(row, column) else "" if cells.get(column) is None else cells[column] or 0
                for column in self.columns
            ]
            yield [f"{first:%Y-%m}", safe_cell(names.get(row.key, all_of_them)), *shown]


def number(value: Value, places: int = 0) -> str:
    """A number as it is written in the reader's language; a dash for none."""
    if value is None:
        return "–"
    return formats.number_format(value, decimal_pos=places, use_l10n=True)


def month_asked(months: list[date], asked: str, today: date) -> date | None:
    """The month that is asked for (2026-11), else the latest that is over, else the latest."""
    over = [first for first in months if first < today.replace(day=1)]
    return next((first for first in months if f"{first:%Y-%m}" == asked), next(iter(over or months), None))


def addresses(show: str, download: str) -> dict[str, str]:
    """Where the page and its files are, by the names of their addresses."""
    files = {kind: reverse(download, args=[kind]) for kind in ("xlsx", "csv")}
    return {"show": reverse(show), **files}


def download(lines: Iterable[Line], kind: str, name: str) -> HttpResponse:
    """A file for a spreadsheet. Raises NotFound for a kind that there is not."""
    if kind == "xlsx":
        answer = HttpResponse(as_xlsx(lines, _("Figures")), content_type=XLSX)
    elif kind == "csv":
        answer = HttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8")
    else:
        raise NotFound("There is no such file. Choose CSV or XLSX.")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def as_csv(table_lines: Iterable[Line]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(table_lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table_lines: Iterable[Line], title: str) -> bytes:
    """A workbook of one sheet; texts are texts, whatever they begin with."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title[:31]
    for at, line in enumerate(table_lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(row=at, column=column, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
    page.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
