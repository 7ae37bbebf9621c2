"""One ring a morning: each telephone rings once; who stays on the line is joined to the next one in that call."""

from __future__ import annotations

import pytest

from tests.support.story import ANNEKE, ANSWERS, Story

NAMES = ("riet", "halil", "truus", "sjef")
EVERYONE_WELL = {"Riet": "well", "Halil": "well", "Truus": "well", "Sjef": "well"}
LIFTS = {"pick_up": 5, "press": "1"}
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}


@pytest.fixture
def story(story: Story) -> Story:
    """A circle whose members are rung once."""
    story.circle.policy = {"morning": {"joining": "one_ring"}}
    story.circle.save()
    return story


def four(story: Story, **habits: list[object]) -> None:
    """A circle of four with a ladder; who has no habits here answers and stays on the line."""
    story.ladder()
    story.lives("anneke", ANNEKE, habits=habits.pop("anneke", [ANSWERS]))
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=habits.get(name))
    story.start()


def rings(story: Story) -> dict[str, int]:
    return {name: len(story.rings(name)) for name in (*NAMES, "anneke")}


def test_everyone_stays_on_the_line_and_every_telephone_rings_once(story: Story) -> None:
    four(story)
    story.run(until="09:30")
    assert story.round.closed_how == "received"
    assert story.standings() == EVERYONE_WELL
    assert story.incidents() == []
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}
