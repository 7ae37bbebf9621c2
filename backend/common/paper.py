"""Paper: A4 in large letters, with page numbers and the time of printing, for whoever has no screen.

One font family (DejaVu Sans, see fonts/LICENSE.txt) has every letter of the names of people who live in the
Netherlands: Dutch, Turkish, Polish, Czech, Kurdish, Berber, Cyrillic, Greek. The folder of the fonts is part of the
product: paper must come out when nothing else works.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import FontFace

from backend.common.languages import in_language

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"

MARGIN = 15.0
"""Millimetres: every printer reaches so far."""

BODY = 12
LARGE = 14
"""Points. Nothing that people must read is smaller than BODY, but for the foot of the page."""

LINE = 1.35
"""Height of a line in times its letters."""

MILLIMETRES_PER_POINT = 0.3528

WORDS = {
    "nl": {"page": "Pagina {page} van {{nb}}", "printed": "Afgedrukt {when}"},
    "en": {"page": "Page {page} of {{nb}}", "printed": "Printed {when}"},
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and its share of the width."""

    heading: str
    share: int


class Paper(FPDF):
    """A document. `printed_at` is the local time that stands at the foot of every page; `foot` is a name beside it."""

    def __init__(
        self, *, title: str, language: str, printed_at: datetime, foot: str = "", orientation: str = "portrait"
    ) -> None:
        super().__init__(orientation=orientation, unit="mm", format="A4")
        self._words = in_language(WORDS, language)
        self._foot = foot
        self._printed_at = printed_at
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(printed_at)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 6)
        self.add_page()

    def footer(self) -> None:
        """Called by the library at the end of each page."""
        self.set_y(-MARGIN)
        self.set_font(FAMILY, "", 9)
        when = f"{self._printed_at:%d-%m-%Y %H:%M}"
        left = " · ".join(part for part in (self._foot, self._words["printed"].format(when=when)) if part)
        self.cell(self.epw * 0.75, 6, left)
        self.cell(0, 6, self._words["page"].format(page=self.page_no()), align="R")

    def heading(self, text: str, *, size: int = 20) -> None:
        """A heading over the whole width; never the last thing on a page."""
        if self.will_page_break(2 * _line(size) + 4 * _line(BODY)):
            self.add_page()
        self._paragraph(text, style="B", size=size, after=2)

    def paragraph(self, text: str, *, size: int = BODY, bold: bool = False) -> None:
        """Words over the whole width, with a little room after them."""
        self._paragraph(text, style="B" if bold else "", size=size, after=1.5)

    def entry(self, title: str, lines: Sequence[str], *, size: int = BODY) -> None:
        """A title and the lines that belong to it, together on one page."""
        with self.unbreakable() as block:
            for style, text in (("B", title), ("", "\n".join(lines))):
                block.set_font(FAMILY, style, size)
                block.multi_cell(0, _line(size), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def steps(self, sentences: Sequence[str], *, size: int = BODY) -> None:
        """What to do, numbered."""
        for number, sentence in enumerate(sentences, start=1):
            self._keep_together(sentence, size)
            self.set_font(FAMILY, "B", size)
            self.cell(8, _line(size), f"{number}.")
            self.set_font(FAMILY, "", size)
            self.multi_cell(0, _line(size), sentence, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(0.8)
        self.ln(1.5)

    def grid(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: int = BODY) -> None:
        """A table with ruled cells to write in; its heading comes again on every page. A row is never cut in two."""
        self.set_font(FAMILY, "", size)
        self.set_draw_color(90, 90, 90)
        with self.table(
            col_widths=tuple(column.share for column in columns),
            headings_style=FontFace(emphasis="BOLD", fill_color=(232, 232, 232)),
            line_height=_line(size),
            padding=1.2,
            text_align="LEFT",
            width=self.epw,
        ) as table:
            table.row([column.heading for column in columns])
            for row in rows:
                table.row(list(row))
        self.ln(3)

    def titled_grid(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: int = BODY
    ) -> None:
        """A heading with its table, on a new page rather than in two pieces."""
        with self.offset_rendering() as trial:
            trial.heading(title, size=size + 4)
            trial.grid(columns, rows, size=size)
        if trial.page_break_triggered and self.get_y() > self.t_margin:
            self.add_page()
        self.heading(title, size=size + 4)
        self.grid(columns, rows, size=size)

    def finished(self) -> bytes:
        """The PDF."""
        return bytes(self.output())

    def _paragraph(self, text: str, *, style: str, size: int, after: float) -> None:
        self.set_font(FAMILY, style, size)
        self.multi_cell(0, _line(size), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def _keep_together(self, text: str, size: int) -> None:
        """Begin a new page rather than cut a sentence in two."""
        self.set_font(FAMILY, "", size)
        lines = self.multi_cell(self.epw - 8, _line(size), text, dry_run=True, output=MethodReturnValue.LINES)
        assert isinstance(lines, list)
        if self.will_page_break(len(lines) * _line(size)):
            self.add_page()


def _line(size: int) -> float:
    return size * MILLIMETRES_PER_POINT * LINE
