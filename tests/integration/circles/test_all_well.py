"""A morning on which everyone answers."""

from tests.support.story import Story

NAMES = ("riet", "halil", "truus", "sjef")


def test_the_circle_goes_round(story: Story) -> None:
    story.on_duty("anneke", "+31600000100")
    story.lives("anneke", "+31600000100")
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}")
    story.start()
    story.run(until="09:30")
    assert story.round.closed_how == "received"
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well", "Sjef": "well"}
    assert story.incidents() == []
