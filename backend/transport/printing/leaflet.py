"""The leaflet of a month or two, to hang on a door or a fridge: large, and plain when copied in black and white."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from fpdf.enums import MethodReturnValue, XPos, YPos

from backend.common.languages import in_language
from backend.common.paper import FAMILY, MARGIN, MILLIMETRES_PER_POINT, Paper
from backend.people.domain.days import NAMES, spoken
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import zone_of
from backend.transport.printing.words import WORDS, because
from backend.transport.selectors.leaflet import Leaflet, NotDriven, Outing
from backend.transport.selectors.settings import programme_settings

TEXT, NAME, LARGE = 16, 20, 30
"""Points. Nothing that people must read is smaller than 16 (large print)."""

INK, PAPER, RULE, TINT = (14, 58, 54), (255, 255, 255), (150, 150, 150), (226, 239, 236)
DATE_WIDTH, GAP, LINE = 44.0, 4.0, 1.25


def as_pdf(told: Leaflet, *, language: str, now: datetime) -> bytes:
    """The leaflet. `now` is UTC; the time of printing at its foot is local."""
    said = in_language(WORDS, language)
    months = _months(told, language)
    paper = _LeafletPaper(
        title=f"{said['title']}, {months}",
        language=language,
        printed_at=now.astimezone(zone_of(told.organisation)),
        foot=told.organisation.name,
    )
    paper.banner(said["title"], said["for"].format(area=told.area.name, months=months))
    paper.telephone(said["book"], format_for_people(told.phone))
    paper.words(said["how"])
    for outing in told.outings:
        paper.outing(outing, _times(outing, said, language), language)
    if not told.outings:
        paper.words(said["nothing"])
    if told.not_driven:
        paper.block(said["not_driven"], [_not_driven(one, language) for one in told.not_driven])
    if told.prices:
        prices = [f"{name}: {_euros(cents, language)}" for name, cents in told.prices]
        paper.block(said["price"], [*prices, said["companion"]])
    cutoff = programme_settings(told.organisation).cutoff
    paper.words(said["cutoff"].format(time=_wall(cutoff, language)))
    return paper.finished()


class _LeafletPaper(Paper):
    """A4 with a banner, a telephone number that cannot be missed, and a block for each trip."""

    def banner(self, title: str, below: str) -> None:
        """White on dark, over the whole width of the paper."""
        self.set_fill_color(*INK)
        self.rect(0, 0, self.w, 42, style="F")
        self.set_text_color(*PAPER)
        self.set_y(9)
        self._written(title, size=LARGE, style="B")
        self._written(below, size=NAME)
        self.set_text_color(0, 0, 0)
        self.set_y(47)

    def telephone(self, words: str, number: str) -> None:
        """Whom to ring."""
        top, height = self.get_y(), 20.0
        self.set_fill_color(*TINT)
        self.set_draw_color(*INK)
        self.set_line_width(0.8)
        self.rect(MARGIN, top, self.epw, height, style="FD")
        self.set_xy(MARGIN + GAP, top)
        self.set_font(FAMILY, "", NAME)
        self.cell(self.get_string_width(words) + GAP, height, words)
        self.set_font(FAMILY, "B", LARGE)
        self.cell(0, height, number)
        self.set_y(top + height + GAP)

    def outing(self, outing: Outing, times: str, language: str) -> None:
        """A day as a calendar shows it, and beside it where the bus goes, when, and what to know; on one page."""
        weekdays, months = in_language(NAMES, language)
        rest = [("B", NAME, outing.name)]
        rest += [("", TEXT, part) for part in (times, outing.address, outing.note) if part]
        height = max(self._height_of(rest, self.epw - DATE_WIDTH - GAP), 2 * _line(TEXT) + _line(LARGE)) + 2 * GAP
        if self.will_page_break(height):
            self.add_page()
        top = self.get_y()
        self.set_fill_color(*TINT)
        self.rect(MARGIN, top, DATE_WIDTH, height - GAP, style="F")
        lines = [("", TEXT, weekdays[outing.day.weekday()]), ("B", LARGE, str(outing.day.day))]
        lines += [("", TEXT, months[outing.day.month - 1])]
        self._lines(lines, MARGIN, top + GAP / 2, DATE_WIDTH, align="C")
        self._lines(rest, MARGIN + DATE_WIDTH + GAP, top + GAP / 2, self.epw - DATE_WIDTH - GAP, align="L")
        self.set_y(top + height)

    def block(self, title: str, lines: Sequence[str]) -> None:
        """A title with the lines that belong to it, on one page where they fit."""
        found = [("B", NAME, title), *(("", TEXT, line) for line in lines)]
        if self.will_page_break(self._height_of(found, self.epw) + GAP):
            self.add_page()
        self.ln(GAP / 2)
        self._lines(found, MARGIN, self.get_y(), self.epw, align="L")
        self.ln(GAP)

    def words(self, text: str) -> None:
        """A paragraph, never cut in two."""
        if self.will_page_break(self._height_of([("", TEXT, text)], self.epw)):
            self.add_page()
        self._written(text, size=TEXT)
        self.ln(GAP)

    def _lines(
        self, lines: Iterable[tuple[str, int, str]], left: float, top: float, width: float, *, align: str
    ) -> None:
        self.set_y(top)
        for style, size, text in lines:
            self.set_x(left)
            self.set_font(FAMILY, style, size)
            self.multi_cell(width, _line(size), text, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def _height_of(self, lines: Iterable[tuple[str, int, str]], width: float) -> float:
        total = 0.0
        for style, size, text in lines:
            self.set_font(FAMILY, style, size)
            found = self.multi_cell(width, _line(size), text, dry_run=True, output=MethodReturnValue.LINES)
            assert isinstance(found, list)
            total += len(found) * _line(size)
        return total

    def _written(self, text: str, *, size: int, style: str = "") -> None:
        self.set_font(FAMILY, style, size)
        self.multi_cell(0, _line(size), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _line(size: int) -> float:
    return size * MILLIMETRES_PER_POINT * LINE


def _times(outing: Outing, said: dict[str, Any], language: str) -> str:
    leaves, returns = (_wall(wall, language) for wall in (outing.times.leaves_at, outing.times.returns_at))
    return str(said["times"].format(leaves=leaves, returns=returns))


def _months(told: Leaflet, language: str) -> str:
    """Such as "december 2026", or "december 2026 en januari 2027"."""
    names, joined = in_language(NAMES, language)[1], in_language(WORDS, language)["and"]
    numbers = range(_number(told.first), _number(told.last) + 1)
    by_year = [
        f" {joined} ".join(names[number % 12] for number in group) + f" {year}"
        for year, group in groupby(numbers, lambda number: number // 12)
    ]
    return f" {joined} ".join(by_year)


def _number(day: date) -> int:
    """Months counted through the years."""
    return day.year * 12 + day.month - 1


def _not_driven(one: NotDriven, language: str) -> str:
    why = because(one.reason, language)
    reason = f" ({why})" if why else ""
    return f"{spoken(one.day, language)}: {one.name}{reason}"


def _wall(wall: time, language: str) -> str:
    """9.30 as a Dutch clock is read, 9:30 as an English one."""
    return f"{wall.hour}{'.' if language == 'nl' else ':'}{wall.minute:02}"


def _euros(cents: int, language: str) -> str:
    whole, rest = divmod(cents, 100)
    return f"€ {whole},{rest:02}" if language == "nl" else f"€{whole}.{rest:02}"
