"""Letters to the members of a circle, a page each."""

from collections.abc import Sequence
from datetime import datetime

from backend.circles.scripts.life.letter import Letter
from backend.common.paper import LARGE, Paper

BIG = 28
"""Points of the numbers."""


class Letters(Paper):
    """Each page goes to somebody else: what page of the pile it is would only confuse them."""

    def footer(self) -> None:
        """Nothing."""


def as_pdf(letters: Sequence[Letter], *, title: str, language: str, printed_at: datetime) -> bytes:
    """All letters in one document, to print at once. `printed_at` is local; `language` is that of the document."""
    paper = Letters(title=title, language=language, printed_at=printed_at)
    for number, letter in enumerate(letters):
        if number:
            paper.add_page()
        _write(paper, letter)
    return paper.finished()


def _write(paper: Paper, letter: Letter) -> None:
    paper.paragraph("\n".join((letter.name, *letter.address)), size=LARGE)
    paper.heading(letter.say("title"))
    paper.paragraph(letter.say("dear"), size=LARGE)
    if letter.former:
        paper.paragraph(letter.say("taken_over"), size=LARGE)
    paper.paragraph(letter.say("rings_own" if letter.mode == "own_phone" else "rings"), size=LARGE)
    paper.paragraph(letter.rings, size=BIG, bold=True)
    for code in ("press", "away", "card", "ask"):
        paper.paragraph(letter.say(code), size=LARGE)
    paper.paragraph(letter.asks, size=BIG, bold=True)
    paper.paragraph(letter.say("never"), size=LARGE)
    paper.paragraph(f"{letter.say('greeting')}\n{letter.organisation}", size=LARGE)
