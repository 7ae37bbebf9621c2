"""The call that reads a code out, digit by digit; 1 hears it again. Pure."""

from backend.meals.public_words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

SECONDS = 10

MOST = 3
"""So often it is said; whoever has not written it down by then can ask for another."""


def code_call(heard: Heard, language: str, words: str, said: int) -> Prompt:
    """One turn. `words` say who rings and the code, twice each time; they were `said` so often in this call.

    An answering machine hears them as well.
    """
    if isinstance(heard, Answered) or (heard == Key("1") and said < MOST):
        return Ask(words, seconds=SECONDS)
    return End(say("code_goodbye", language))
