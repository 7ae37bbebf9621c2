"""Keys of rows as a browser sends them: whoever types an address or a form may send anything."""

LONGEST = 18
"""Digits; every key of that length fits in the database."""


def key_of(given: object) -> int | None:
    """The key that was sent; None when it is none. `isdigit` alone takes signs such as ² that are no number."""
    written = str(given or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST else None
