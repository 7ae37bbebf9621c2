"""What the carrier's own words leave open: whichever way it is, a circle goes round and nobody is lost."""

from typing import Any

import pytest

from backend.circles.scripts.words import CATALOGUES
from tests.support.story import ANNEKE, Story

NAMES = ("riet", "halil", "truus", "sjef")
EVERYONE_WELL = dict.fromkeys(("Riet", "Halil", "Truus", "Sjef"), "well")


def four(story: Story, joining: str, **habits: Any) -> None:
    """A circle of four in which everybody answers."""
    story.circle.policy = {"morning": {"joining": joining}}
    story.circle.save()
    story.ladder()
    story.lives("anneke", ANNEKE)
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=habits.get(name))
    story.start()


@pytest.mark.parametrize("joining", ["dialled", "one_ring"])
@pytest.mark.parametrize("when_full", ["refused", "failed"])
def test_too_many_calls_at_once_are_refused_or_accepted_and_fail(story: Story, joining: str, when_full: str) -> None:
    four(story, joining)
    story.town.set_limits(live_legs=2, when_full=when_full)
    story.run(until="09:10")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert story.incidents() == []


def test_a_conference_that_knows_no_time_limit_ends_all_the_same(story: Story) -> None:
    four(story, "one_ring", riet=[{"pick_up": 5, "press": "1", "talk": 9999}])
    story.town.set_faults({"quirks": {"conference_time_limit": False}})
    story.run(until="09:10")
    assert "Was alles goed met Halil" in story.heard("riet")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"


@pytest.mark.parametrize("joining", ["dialled", "one_ring"])
@pytest.mark.parametrize("recordings", ["skipped", "ended"])
def test_a_recording_that_cannot_be_fetched_is_skipped_or_ends_the_call(
    story: Story, joining: str, recordings: str
) -> None:
    """Every sentence that can be recorded is, and no file can be fetched."""
    story.organisation.settings["recordings"] = {
        "nl": {f"circles.{code}": "https://opname.example/zin.mp3" for code in CATALOGUES["nl"]}
    }
    story.organisation.save()
    four(story, joining)
    story.town.set_faults({"quirks": {"recordings": recordings}})
    story.run(until="09:30")
    assert story.standings() == EVERYONE_WELL
    assert story.incidents() == []
