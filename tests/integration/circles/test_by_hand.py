"""A morning in which the test plays every part: nobody is rung or texted who was not expected."""

from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import DIALLED
from tests.support.story import ANNEKE, CIRCLE_NUMBER, Story


def test_three_people_ring_one_another(story: Story) -> None:
    """Each is rung once to be reached and once to ring the next; `test_one_ring.py` has the circle that rings once."""
    story.goes_round(Mode.BRIDGED, joining=DIALLED)
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE, habits=["manual"])
    for number, name in enumerate(("truus", "halil")):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=["manual"])
    story.start()
    resident = story.town.resident

    anneke = resident("anneke").expect_call("Telefooncirkel De Linde begint").press("1")
    truus = resident("truus").expect_call("Goedemorgen Truus").press("1").expect_joined()
    anneke.press_now("*").hears("Was alles goed met Truus").press("1")
    assert anneke.expect_end() == "completed"
    truus.expect_end()

    truus = resident("truus").expect_call("verbinden wij u met Halil").press("1")
    halil = resident("halil").expect_call("Truus wil u spreken").press("1").expect_joined()
    halil.hang_up()
    truus.hears("Maakt u zich zorgen over Halil").press("1")

    halil = resident("halil").expect_call("U bent de laatste").press("1")
    anneke = resident("anneke").expect_call("De Linde is rond. Met iedereen is het goed").press("1").expect_joined()
    anneke.hang_up()
    halil.hears("De cirkel is rond")
    halil.expect_end()

    story.rest()
    assert story.round.closed_how == "received"
    assert story.standings() == {"Truus": "well", "Halil": "well"}


def test_member_rings_in_and_is_known_by_number(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    story.member("truus", "+31130001300")
    story.lives("truus", "+31130001300", habits=["no_answer"])
    story.start()
    story.run(until="08:33")
    truus = story.town.resident("truus").ring_in(CIRCLE_NUMBER)
    truus.hears("Goedemorgen Truus").press("1").hears("Wij weten nu dat het goed met u gaat")
    story.run(until="09:00")
    assert story.standings() == {"Truus": "well"}
    assert story.incidents() == []
