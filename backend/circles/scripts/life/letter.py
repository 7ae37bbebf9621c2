"""The letter to a member: who rings from when, and, after a transfer, what has changed and what has not. Pure."""

from dataclasses import dataclass

NL = {
    "title": "Telefooncirkel {circle}",
    "dear": "Beste {name},",
    "taken_over": "{organisation} heeft telefooncirkel {circle} overgenomen van {former}. De cirkel gaat door. Wat u "
    "over meedoen heeft afgesproken, geldt nu bij {organisation}: uw gegevens en uw toestemming zijn meegegaan.",
    "rings": "Vanaf {day} belt {organisation} u, rond {start}, van dit nummer:",
    "rings_own": "Vanaf {day} hoort dit nummer bij de cirkel. U begint rond {start}:",
    "press": "Als u opneemt, drukt u op 1 als alles goed is.",
    "away": "Bent u er een dag niet? Bel hetzelfde nummer, of zeg het tegen de coördinator.",
    "card": "Leg de kaart die hierbij zit naast uw telefoon. Gooi een oudere kaart weg.",
    "ask": "Heeft u vragen, of wilt u niet (meer) meedoen? Bel:",
    "never": "Wij vragen nooit om geld, een pincode of uw bankpas.",
    "greeting": "Met vriendelijke groet,",
}

EN = {
    "title": "Telephone circle {circle}",
    "dear": "Dear {name},",
    "taken_over": "{organisation} has taken telephone circle {circle} over from {former}. The circle goes on. What you "
    "agreed about taking part holds with {organisation} now: your data and your consent have gone along.",
    "rings": "From {day} on {organisation} rings you at about {start}, from this number:",
    "rings_own": "From {day} on this is the number of the circle. You begin at about {start}:",
    "press": "When you answer, press 1 if all is well.",
    "away": "Are you away for a day? Ring the same number, or tell the coordinator.",
    "card": "Put the enclosed card beside your telephone. Throw an older card away.",
    "ask": "Do you have questions, or do you not want to take part (any more)? Ring:",
    "never": "We never ask for money, a PIN or your bank card.",
    "greeting": "With kind regards,",
}

CATALOGUES = {"nl": NL, "en": EN}


@dataclass(frozen=True)
class Letter:
    """What stands in it. `rings` and `asks` are numbers as people write them, `start` is a wall time, `day` a date in
    words; `former` is the organisation that had the circle before, empty when there was none.
    """

    name: str
    address: tuple[str, ...]
    circle: str
    organisation: str
    former: str
    rings: str
    asks: str
    start: str
    day: str
    language: str
    mode: str = "bridged"

    def say(self, code: str) -> str:
        """A sentence in the language of the member."""
        return CATALOGUES.get(self.language, NL)[code].format(
            name=self.name,
            circle=self.circle,
            organisation=self.organisation,
            former=self.former,
            start=self.start,
            day=self.day,
        )
