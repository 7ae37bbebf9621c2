"""Amounts of money as people type them. Pure; amounts are euro cents."""

import re

DEAREST = 100_000
"""Euros. What is more than this was typed wrongly."""

_EUROS = re.compile(r"(?:€ ?)?(\d{1,6})(?:[.,](\d{1,2}))?(?:,-)?")


class NotAnAmount(ValueError):
    """What was typed is no amount of money."""


def cents_of(typed: str) -> int:
    """An amount as people type it ("2,50", "€ 3", "2.5") in cents. Raises NotAnAmount."""
    match = _EUROS.fullmatch(" ".join(typed.split()))
    if match is None:
        raise NotAnAmount(typed)
    cents = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
    if cents > DEAREST * 100:
        raise NotAnAmount(typed)
    return cents
