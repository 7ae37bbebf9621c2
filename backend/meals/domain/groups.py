"""The word by which friends find one table: whoever has reserved gives it to the others. Pure."""

from collections.abc import Iterable
from uuid import UUID

LETTERS = "BCDFHJKLMNPQRTVWX3479"
"""None that is taken for another, and no vowels: no word comes out that anybody minds."""

LENGTH = 5


def group_code(party: UUID) -> str:
    """The word for a party."""
    left, letters = party.int, []
    for _letter in range(LENGTH):
        left, index = divmod(left, len(LETTERS))
        letters.append(LETTERS[index])
    return "".join(letters)


def party_of(code: str, parties: Iterable[UUID]) -> UUID | None:
    """Which of these parties a word stands for, however it is written; None for none, or for several."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    found = {party for party in parties if group_code(party) == plain}
    return found.pop() if len(found) == 1 else None
