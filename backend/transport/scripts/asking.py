"""What the bus asks by telephone: are you coming tomorrow, would you like the free seat? Pure scripts."""

from backend.notifications.domain.asking import about_coming, about_offer
from backend.transport import evening_words, offer_words

EVENING = about_coming(evening_words.say)
"""The evening before."""

OFFER = about_offer(offer_words.say)
"""A freed seat for somebody who waits."""
