"""Telephone numbers as the carrier judges them. Every number in the simulator is E.164."""

from __future__ import annotations

import re

WITHHELD = {
    "anonymous": "+266696687",
    "restricted": "+7378742833",
    "unknown": "+8656696",
    "unavailable": "+86282452253",
}
"""What the carrier gives as `From` of a caller who withholds their number: the word, typed on a telephone's keys."""
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_telephone_number(number: str) -> bool:
    """True for something that could be a number; whether anybody is behind it is another question."""
    return E164.fullmatch(number) is not None


def shown_instead(withheld: str | None) -> str | None:
    """What is shown instead of a number that is withheld in this way; None when it is not withheld."""
    return None if withheld is None else WITHHELD[withheld]


def is_dutch_landline(number: str) -> bool:
    """True for +31 followed by anything but 6: the carrier refuses texts to these (21614)."""
    return number.startswith("+31") and not number.startswith("+316")


def is_alphanumeric_sender(sender: str) -> bool:
    """True for a name as the sender of a text: up to 11 letters, digits or spaces, at least one letter."""
    return re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", sender) is not None
