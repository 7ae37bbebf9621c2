"""The ways in which a circle goes round."""

from enum import StrEnum


class Mode(StrEnum):
    """Who rings whom (domain text, Telefooncirkel; decision 12)."""

    BRIDGED = "bridged"
    """The platform rings each member and joins them to the next."""
    OWN_PHONE = "own_phone"
    """Members ring one another on their own telephones; the last one rings the circle's number."""
    STAR = "star"
    """Each member is rung by the platform, or by the volunteer; members do not ring one another."""
