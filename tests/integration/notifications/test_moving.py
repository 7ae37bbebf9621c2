"""Calls that are moved: what crosses a move on its way, and when no request is made at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.events import clock
from backend.notifications.domain.prompts import Heard, Hold, Key, Moved, Prompt, Silence
from backend.notifications.models import Attempt
from backend.notifications.services import conversation, moving
from tests.support.story import ANNEKE, Story


@pytest.fixture
def waiting(story: Story) -> Story:
    """The volunteer is on the line, and waits for Riet, whose telephone rings."""
    story.circle.policy = {"morning": {"joining": "one_ring"}}
    story.circle.save()
    story.ladder()
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", habits=[{"pick_up": 20, "press": "1"}])
    story.lives("sjef", "+31130001301")
    story.start()
    while not story.rings("riet"):
        story.step()
    return story


def volunteers_call() -> Attempt:
    return Attempt.objects.get(line=ANNEKE, state=Attempt.State.IN_PROGRESS)


def turn(step: int, heard: Heard) -> tuple[Attempt, Prompt]:
    attempt = volunteers_call()
    return conversation.turn(attempt.pk, step=step, heard=heard, sid=attempt.sid, now=clock.now())


def test_whatever_crossed_a_move_hears_what_the_move_was_answered(waiting: Story) -> None:
    step = volunteers_call().step
    moved, prompt = turn(step, Moved())
    assert isinstance(prompt, Hold)
    for late in (Silence(), Key("1"), Moved()):
        again, same = turn(step, late)
        assert (again.step, same) == (moved.step, prompt)


def test_a_move_that_crossed_a_silence_hears_what_the_silence_was_answered(waiting: Story) -> None:
    step = volunteers_call().step
    asked, prompt = turn(step, Silence())
    again, same = turn(step, Moved())
    assert (again.step, same) == (asked.step, prompt)


def test_a_cry_for_help_that_crossed_a_move_counts(waiting: Story) -> None:
    step = volunteers_call().step
    turn(step, Moved())
    turn(step, Key("9"))
    assert [kind for kind, _state, _people in waiting.incidents()] == ["help"]


def test_a_call_that_has_left_the_question_by_itself_is_not_moved(waiting: Story) -> None:
    attempt = volunteers_call()
    moving.move(attempt, clock.now())
    turn(attempt.step, Silence())
    moving.move_due()
    assert volunteers_call().move_at is None
    waiting.rest()
    assert not any("/moved/" in entry.get("path", "") for entry in waiting.town.journal())


def test_a_move_whose_request_died_is_made_by_somebody_else(waiting: Story) -> None:
    """The lease of whoever had taken it up has run out."""
    attempt = volunteers_call()
    moving.move(attempt, clock.now())
    Attempt.objects.filter(pk=attempt.pk).update(moving_until=moving.real_now() - timedelta(seconds=1))
    assert moving.move_due() == 1
    waiting.rest()
    assert volunteers_call().step == attempt.step + 1


def test_a_call_that_the_carrier_has_ended_is_asked_about_at_once(waiting: Story) -> None:
    attempt = volunteers_call()
    waiting.town.set_faults({"callbacks": {"drop": 1.0}})
    waiting.town.request("POST", f"/town/phones/{ANNEKE}/hang-up")
    moving.move(attempt, clock.now())
    moving.move_due()
    waiting.rest()
    assert Attempt.objects.get(pk=attempt.pk).state == Attempt.State.COMPLETED
