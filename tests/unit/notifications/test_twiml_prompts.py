"""Prompts as the carrier's markup, read back by the simulator's own parser."""

from __future__ import annotations

from backend.notifications.carriers.twilio import twiml
from backend.notifications.domain.prompts import Hold, Prompt, Room
from simulator.twiml import Conference, Dial, Gather, Redirect, Say, parse

ATTEMPT = "6f1c9a52-96a4-4d0e-9d43-2b9b6f0a7e11"


def played(prompt: Prompt) -> tuple[object, ...]:
    return parse(twiml.render(prompt, attempt=ATTEMPT, step=4, language="nl"))


def test_a_hold_waits_for_a_key_and_then_asks_by_itself() -> None:
    gather, redirect = played(Hold("Een ogenblik nog.", seconds=10))
    assert isinstance(gather, Gather) and isinstance(redirect, Redirect)
    assert (gather.prompt, gather.timeout, gather.num_digits) == ("Een ogenblik nog.", 10, 1)
    assert gather.action is not None and gather.action.endswith(f"/voice/{ATTEMPT}/key/4")
    assert redirect.url.endswith(f"/voice/{ATTEMPT}/silence/4")


def test_a_room_ends_for_both_and_asks_what_is_next() -> None:
    say, dial = played(Room("U bent verbonden.", name="0b9e6c1e", seconds=150, star_ends=True))
    assert isinstance(say, Say) and isinstance(dial, Dial)
    assert (dial.time_limit, dial.hangup_on_star) == (150, True)
    assert dial.action is not None and dial.action.endswith(f"/voice/{ATTEMPT}/dialled/4")
    assert dial.target == Conference("0b9e6c1e", start_on_enter=True, end_on_exit=True, waits_in_silence=True)
