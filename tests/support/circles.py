"""Circles that stories begin with."""

from collections.abc import Mapping, Sequence

from tests.support.story import ANNEKE, ANSWERS, Story


def start_circle(story: Story, names: Sequence[str], habits: Mapping[str, list[object]] | None = None) -> None:
    """A circle of these members with a ladder, just started; who has no habits here answers. Anneke has the duty."""
    habits = habits or {}
    story.ladder()
    story.lives("anneke", ANNEKE, habits=habits.get("anneke", [ANSWERS]))
    for number, name in enumerate(names):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=habits.get(name))
    story.start()
