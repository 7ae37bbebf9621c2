"""What people agree to: the exact words, by purpose, language and version. Pure.

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


AIDS = {
    "nl": Wording(
        "2026-1",
        "{organisation} mag bewaren welke hulpmiddelen ik gebruik, zoals een rollator of een rolstoel. Alleen wie mij "
        "vervoert of mijn vervoer regelt, ziet dat. Zo weet {organisation} of er in de bus plaats voor is. Ik kan op "
        "elk moment stoppen; dan worden deze gegevens meteen gewist.",
    ),
    "en": Wording(
        "2026-1",
        "{organisation} may keep which aids I use, such as a rollator or a wheelchair. Only those who drive me or "
        "arrange my transport see this. So {organisation} knows whether there is room for it in the bus. I can stop at "
        "any time; these data are then erased at once.",
    ),
}


DIET = {
    "nl": Wording(
        "2026-1",
        "{organisation} mag bewaren wat ik niet eet, zodat ik het niet elke keer hoef te zeggen. Waarom ik het niet "
        "eet, wordt niet gevraagd en niet bewaard. Alleen wie mijn reservering aanneemt, kookt of opdient, ziet het. "
        "Ik kan op elk moment stoppen; dan worden deze gegevens meteen gewist.",
    ),
    "en": Wording(
        "2026-1",
        "{organisation} may keep what I do not eat, so that I need not say it every time. Why I do not eat it is not "
        "asked and not kept. Only those who take my reservation, cook or serve see it. I can stop at any time; these "
        "data are then erased at once.",
    ),
}


FOLLOW_UP = {
    "nl": Wording(
        "2026-1",
        "{organisation} mag mij de volgende dag bellen als ik had gereserveerd en niet ben gekomen, om te vragen of "
        "alles goed is. Ik kan op elk moment stoppen; dan word ik daarvoor niet meer gebeld.",
    ),
    "en": Wording(
        "2026-1",
        "{organisation} may ring me on the next day when I had reserved and did not come, to ask whether all is well. "
        "I can stop at any time; I am then not rung for it any more.",
    ),
}


def diet_wording(organisation: str, language: str) -> Wording:
    """The words for keeping what somebody does not eat; in Dutch where there are none in a language."""
    wording = in_language(DIET, language)
    return Wording(wording.version, wording.text.format(organisation=organisation))


def follow_up_wording(organisation: str, language: str) -> Wording:
    """The words for ringing who stayed away; in Dutch where there are none in a language."""
    wording = in_language(FOLLOW_UP, language)
    return Wording(wording.version, wording.text.format(organisation=organisation))


def aids_wording(organisation: str, language: str) -> Wording:
    """The words for keeping somebody's aids; in Dutch where there are none in a language."""
    wording = in_language(AIDS, language)
    return Wording(wording.version, wording.text.format(organisation=organisation))


def circle_wording(organisation: str, language: str) -> Wording:
    """The words for taking part in a circle of an organisation; in Dutch where there are none in a language."""
    wording = in_language(CIRCLE, language)
    return Wording(wording.version, wording.text.format(organisation=organisation))
