"""The card for beside the telephone, on paper."""

from datetime import datetime

from backend.circles.scripts.life.card import Card
from backend.common.paper import Paper

SCALES = (1.35, 1.2, 1.1, 1.0, 0.9)
"""The largest with which everything stands on one page is taken."""

BIG = 40
"""Points of the numbers: to be read from a chair."""

TITLE, KEY, SENTENCE = 30, 24, 20


def printed(card: Card, *, printed_at: datetime) -> bytes:
    """One page A4 in letters as large as fit. `printed_at` is local."""
    papers = (_with_letters(card, scale, printed_at) for scale in SCALES)
    return next(
        (paper for paper in papers if paper.page_no() == 1), _with_letters(card, SCALES[-1], printed_at)
    ).finished()


def _with_letters(card: Card, scale: float, printed_at: datetime) -> Paper:
    paper = Paper(title=card.say("title"), language=card.language, printed_at=printed_at, foot=card.organisation)
    title, big, key, sentence = (round(size * scale) for size in (TITLE, BIG, KEY, SENTENCE))
    paper.heading(card.say("title"), size=title)
    paper.paragraph(card.say("rings"), size=sentence)
    paper.paragraph(card.rings, size=big, bold=True)
    paper.paragraph(card.say("press"), size=sentence, bold=True)
    for line in card.keys:
        paper.paragraph(line, size=key)
    paper.paragraph(card.say("away"), size=sentence)
    paper.paragraph(card.say("ask"), size=sentence)
    paper.paragraph(card.asks, size=big, bold=True)
    paper.paragraph(card.say("never"), size=sentence)
    paper.paragraph(card.say("emergency"), size=sentence, bold=True)
    return paper
