"""The card for beside the telephone: which number rings, what to press, whom to ring. Pure.

Older people are taught to distrust calls that ask for a key (domain text): the card says what is ours.
"""

from dataclasses import dataclass

NL = {
    "title": "Telefooncirkel {circle}",
    "rings": "Dit nummer belt u, rond {start}:",
    "rings_own": "Dit nummer hoort bij de cirkel. U begint rond {start}:",
    "press": "Wat drukt u in?",
    "keys": (
        "Druk op 1: alles is goed.",
        "Druk op 2: ik maak mij zorgen.",
        "Druk op 9: ik heb hulp nodig.",
    ),
    "away": "Bent u er niet, of neemt iemand niet op? Bel hetzelfde nummer.",
    "ask": "Vragen, of vertrouwt u een telefoontje niet? Bel:",
    "never": "Wij vragen nooit om geld, een pincode of uw bankpas.",
    "emergency": "Is er direct gevaar? Bel 112.",
}

EN = {
    "title": "Telephone circle {circle}",
    "rings": "This number rings you at about {start}:",
    "rings_own": "This is the number of the circle. You begin at about {start}:",
    "press": "Which key?",
    "keys": ("Press 1: all is well.", "Press 2: I am worried about somebody.", "Press 9: I need help."),
    "away": "Are you away, or does somebody not answer? Ring the same number.",
    "ask": "Questions, or a call that you do not trust? Ring:",
    "never": "We never ask for money, a PIN or your bank card.",
    "emergency": "Immediate danger? Ring 112.",
}

CATALOGUES = {"nl": NL, "en": EN}


@dataclass(frozen=True)
class Card:
    """What stands on it. `rings` and `asks` are numbers as people write them; `start` is a wall time."""

    circle: str
    organisation: str
    rings: str
    asks: str
    start: str
    language: str
    mode: str = "bridged"

    def say(self, code: str) -> str:
        """A sentence in the language of the member."""
        words = CATALOGUES.get(self.language, NL)
        return str(words[code]).format(circle=self.circle, start=self.start)

    @property
    def keys(self) -> tuple[str, ...]:
        """What to press, a line each."""
        return tuple(CATALOGUES.get(self.language, NL)["keys"])
