"""The card for beside the telephone: which number rings, what to press, whom to ring. Pure.

Older people are taught to distrust calls that ask for a key (domain text): the card says what is ours.
"""

from dataclasses import dataclass

NL: dict[str, str | tuple[str, ...]] = {
    "title": "Telefooncirkel {circle}",
    "rings": "Dit nummer belt u, rond {start}:",
    "rings_own_phone": "De cirkel begint rond {start}. Dit is het nummer van de cirkel:",
    "press": "Wat drukt u in?",
    "press_own_phone": "Belt u dit nummer? Wat drukt u in:",
    "keys": (
        "Druk op 1: alles is goed.",
        "Druk op 2: ik maak mij zorgen.",
        "Druk op 9: ik heb hulp nodig.",
    ),
    "keys_own_phone": (
        "Druk op 1: alles is goed. Of: de cirkel is rond.",
        "Druk op 3: ik ben gebeld, maar de volgende neemt niet op.",
        "Druk op 4: niemand heeft mij gebeld.",
        "Druk op 9: ik heb hulp nodig.",
    ),
    "keys_star": (
        "Druk op 1: alles is goed.",
        "Druk op 2: ik wil dat de vrijwilliger mij belt.",
        "Druk op 9: ik heb hulp nodig.",
    ),
    "keys_star_volunteer": (
        "Druk op 1: ik wil de vrijwilliger spreken.",
        "Druk op 9: ik heb hulp nodig.",
    ),
    "away": "Bent u er niet, of neemt iemand niet op? Bel hetzelfde nummer.",
    "away_own_phone": "Bent u er een dag niet? Bel hetzelfde nummer.",
    "away_star": "Bent u er een dag niet? Bel hetzelfde nummer.",
    "ask": "Vragen, of vertrouwt u een telefoontje niet? Bel:",
    "never": "Wij vragen nooit om geld, een pincode of uw bankpas.",
    "emergency": "Is er direct gevaar? Bel 112.",
}

EN: dict[str, str | tuple[str, ...]] = {
    "title": "Telephone circle {circle}",
    "rings": "This number rings you at about {start}:",
    "rings_own_phone": "The circle begins at about {start}. This is the number of the circle:",
    "press": "Which key?",
    "press_own_phone": "You ring this number? Which key:",
    "keys": ("Press 1: all is well.", "Press 2: I am worried about somebody.", "Press 9: I need help."),
    "keys_own_phone": (
        "Press 1: all is well. Or: the circle is round.",
        "Press 3: I was rung, but the next one does not answer.",
        "Press 4: nobody has rung me.",
        "Press 9: I need help.",
    ),
    "keys_star": (
        "Press 1: all is well.",
        "Press 2: I would like the volunteer to ring me.",
        "Press 9: I need help.",
    ),
    "keys_star_volunteer": ("Press 1: I would like to speak to the volunteer.", "Press 9: I need help."),
    "away": "Are you away, or does somebody not answer? Ring the same number.",
    "away_own_phone": "Are you away for a day? Ring the same number.",
    "away_star": "Are you away for a day? Ring the same number.",
    "ask": "Questions, or a call that you do not trust? Ring:",
    "never": "We never ask for money, a PIN or your bank card.",
    "emergency": "Immediate danger? Ring 112.",
}

CATALOGUES: dict[str, dict[str, str | tuple[str, ...]]] = {"nl": NL, "en": EN}


@dataclass(frozen=True)
class Card:
    """What stands on it. `rings` and `asks` are numbers as people write them; `start` is a wall time.

    `star_by` is who rings the members of a star: the platform, or the volunteer.
    """

    circle: str
    organisation: str
    rings: str
    asks: str
    start: str
    language: str
    mode: str = "bridged"
    star_by: str = "platform"

    def say(self, code: str) -> str:
        """A sentence in the language of the member, as it is said in a circle of this mode."""
        return str(self._words(code)).format(circle=self.circle, start=self.start)

    @property
    def keys(self) -> tuple[str, ...]:
        """What to press, a line each."""
        if self.mode == "star" and self.star_by == "volunteer":
            return tuple(self._words("keys_star_volunteer"))
        return tuple(self._words("keys"))

    def _words(self, code: str) -> str | tuple[str, ...]:
        words = CATALOGUES.get(self.language, NL)
        return words.get(f"{code}_{self.mode}", words[code])
