"""The card for beside the telephone, on paper."""

from datetime import datetime

from backend.circles.scripts.life.card import Card
from backend.common.paper import Paper

BIG = 40
"""Points of the numbers: to be read from a chair."""

SENTENCE = 20


def printed(card: Card, *, printed_at: datetime) -> bytes:
    """One page A4 in large letters. `printed_at` is local."""
    paper = Paper(title=card.say("title"), language=card.language, printed_at=printed_at, foot=card.organisation)
    paper.heading(card.say("title"), size=30)
    paper.paragraph(card.say("rings_own" if card.mode == "own_phone" else "rings"), size=SENTENCE)
    paper.paragraph(card.rings, size=BIG, bold=True)
    paper.paragraph(card.say("press"), size=SENTENCE, bold=True)
    for key in card.keys:
        paper.paragraph(key, size=24)
    paper.paragraph(card.say("away"), size=SENTENCE)
    paper.paragraph(card.say("ask"), size=SENTENCE)
    paper.paragraph(card.asks, size=BIG, bold=True)
    paper.paragraph(card.say("never"), size=SENTENCE)
    paper.paragraph(card.say("emergency"), size=SENTENCE, bold=True)
    return paper.finished()
