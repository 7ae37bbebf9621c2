"""What people agree to when they join a circle: the exact words, by language and version. Pure.

A wording is never edited: a new one gets a new version, so that what somebody agreed to can always be read again.
"""

from dataclasses import dataclass

from backend.common.languages import in_language


@dataclass(frozen=True)
class Wording:
    """What is read aloud or shown."""

    version: str
    text: str


CIRCLE = {
    "nl": Wording(
        "2026-1",
        "Ik doe mee met de telefooncirkel van {organisation}. Op de afgesproken dagen belt de cirkel mij. Neem ik niet "
        "op, dan mag {organisation} mij opnieuw bellen, een vrijwilliger waarschuwen, mijn contactpersonen bellen en "
        "iemand laten gaan kijken. Daarvoor bewaart {organisation} mijn naam, adres, telefoonnummers en "
        "contactpersonen, en wat er bij een melding is gedaan. Gesprekken worden niet opgenomen. Ik kan op elk moment "
        "stoppen; dan worden mijn gegevens gewist zodra dat mag.",
    ),
    "en": Wording(
        "2026-1",
        "I take part in the telephone circle of {organisation}. On the agreed days the circle rings me. If I do not "
        "answer, {organisation} may ring me again, alert a volunteer, ring my contacts and send somebody to look. For "
        "this {organisation} keeps my name, address, telephone numbers and contacts, and what was done in a case. "
        "Calls are not recorded. I can stop at any time; my data are then erased as soon as that is allowed.",
    ),
}


def circle_wording(organisation: str, language: str) -> Wording:
    """The words for taking part in a circle of an organisation; in Dutch where there are none in a language."""
    wording = in_language(CIRCLE, language)
    return Wording(wording.version, wording.text.format(organisation=organisation))
