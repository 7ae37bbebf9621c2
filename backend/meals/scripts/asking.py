"""What the dinners ask by telephone: are you coming tomorrow, would you like the free chairs? Pure scripts."""

from backend.meals import day_before_words, offer_words
from backend.notifications.domain.asking import about_coming, about_offer

DAY_BEFORE = about_coming(day_before_words.say)
"""The evening before."""

OF_THEIR_PARTY = frozenset({"ask", "sure", "yes", "cancelled"})


def _of_their_party(code: str, language: str, /, **places: object) -> str:
    return day_before_words.say(f"{code}_party" if code in OF_THEIR_PARTY else code, language, **places)


DAY_BEFORE_OF_A_PARTY = about_coming(_of_their_party)
"""The same, of somebody who helps: whether the others of their party come, who eat as guests."""

OFFER = about_offer(offer_words.say)
"""Freed chairs for a party that waits."""
