"""The call that asks a volunteer to be in a crew: 1 is yes, 2 is no. Pure. The words are the programme's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

SECONDS = 10


class Said(StrEnum):
    """What somebody pressed."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Turn:
    """What is said next, and what was answered."""

    prompt: Prompt
    said: Said | None = None


def crew_call(
    heard: Heard, language: str, places: Mapping[str, str], *, is_open: bool, say: Callable[..., str]
) -> Turn:
    """One turn. `places` are the facts in words; `say` says the codes of the programme's catalogue.

    Whoever has answered and is still on the line is not asked again.
    """
    if not is_open:
        return Turn(End(say("call_over", language)))
    match heard:
        case Answered():
            return Turn(Ask(say("call_question", language, **places), seconds=SECONDS))
        case Key("1"):
            return Turn(End(say("call_yes", language, **places)), Said.YES)
        case Key("2"):
            return Turn(End(say("call_no", language)), Said.NO)
    return Turn(End(say("call_no_key", language)))
