"""What the case table does not say in a row of its own: help, worries, ring-ins, second numbers, and bad mornings."""

from __future__ import annotations

from datetime import timedelta

from backend.circles.domain.morning import Role, Standing
from tests.unit.circles.driver import START, Driver
from tests.unit.circles.stories import EVERYONE_WELL, MINUTES, ROUND, causes, circle, standings, told
from tests.unit.circles.town import Answer, Press, TalkEnds, Told


def test_nine_means_help_on_either_side() -> None:
    """9 means help at every prompt: 2 as the one who is rung, 3 as the one who rings. The chain goes on."""
    driver = told(Told(pressing={(2, "greet"): [Press.NINE], (3, "greet"): [Press.ONE, Press.NINE]}))
    assert causes(driver) == ["help:2", "help:3"]
    assert standings(driver) == {1: "well", 2: "incident", 3: "incident", 4: "well"}
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "1 → 4", "4 → 0"]


def test_a_worried_mate() -> None:
    """The menu after the talk: 2 I worry. An incident at once, though the member pressed a key themselves."""
    driver = told(Told(pressing={(2, "menu"): [Press.TWO]}))
    assert causes(driver) == ["worried:3"]
    assert standings(driver) == {**EVERYONE_WELL, 3: "incident"}
    assert driver.closed_how == "received"


def test_a_caller_who_simply_hangs_up_after_the_talk() -> None:
    """Leaves "talked, no worry reported": both are well, and the caller is not taken for missing."""
    driver = told(Told(talk=TalkEnds.CALLER_HANGS_UP))
    assert driver.course == ROUND
    assert standings(driver) == EVERYONE_WELL
    assert not any(member.caller_out for member in driver.morning.members)


def test_a_worry_reported_afterwards_by_ringing_in() -> None:
    """Anyone can report a worry afterwards by ringing in, also when the round is closed."""
    driver = Driver(circle(), Told())
    driver.at(START + 60 * MINUTES, lambda: driver.ring_in(1, said="worried", mate=2))
    driver.play()
    assert driver.closed_how == "received"
    assert causes(driver) == ["worried:2"]


def test_somebody_who_rang_in_early_is_still_rung_by_their_mate() -> None:
    """Known to be well, and yet the talk of the day is theirs: everyone is always rung by the same person."""
    driver = Driver(circle(), Told())
    driver.at(START + timedelta(seconds=5), lambda: driver.ring_in(3, said="well"))
    driver.play()
    assert driver.course == ROUND
    assert driver.morning.member(3).how == "rang_in"


def test_somebody_who_rang_in_early_is_not_rung_by_the_platform() -> None:
    """Nobody is there to ring 1, who is known to be well: the chain passes them and goes on behind them."""
    driver = Driver(circle(volunteer=False), Told())
    driver.ring_in(1, said="well")
    driver.play()
    assert driver.course == ["1 → 2", "2 → 3", "3 → 4"]


def test_somebody_who_rings_in_while_they_are_rung_again() -> None:
    """The round is not closed over the head of somebody who is being rung: their telephone has to stop first."""
    driver = Driver(circle(2), Told(answering={2: [Answer.NO_ANSWER]}))
    driver.at(START + 7 * MINUTES, lambda: None)
    driver.checks.append(lambda played, _before: _rings_in_while_rung(played, 2))
    driver.play()
    assert driver.calls_at_close == ()
    assert driver.closed_how == "received"
    assert standings(driver) == {1: "well", 2: "well"}


def _rings_in_while_rung(driver: Driver, key: int) -> None:
    retry = next((leg for leg in driver.legs.values() if leg.role is Role.RETRY), None)
    if retry is not None and key not in driver.heard_from:
        driver.heard_from.add(key)
        driver.later(10, lambda: driver.ring_in(key, said="well"))


def test_callers_who_give_up_one_after_the_other() -> None:
    """The natural caller and one substitute are tried for one target, then the platform: the chain never stalls."""
    driver = told(Told(impatient={1, 2, 3}), circle(volunteer=False))
    assert driver.course == ["platform 1", "1 → 2", "platform 2", "2 → 3", "platform 3", "3 → 4", "platform 4"]
    eager = Driver(circle(), Told(pressing={(key, "greet"): [Press.ONE, Press.HANGS_UP] for key in (1, 2, 3)}))
    eager.play()
    assert "platform 3" in eager.course
    assert standings(eager) == EVERYONE_WELL


def test_somebody_who_cannot_ring() -> None:
    """Is rung by their caller, and does not ring the next: the last who can does."""
    driver = told(Told(), circle(m2={"can_ring": False}))
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "4 → 0"]


def test_a_second_number() -> None:
    """Retried also on the other number: each try goes to the next one."""
    driver = told(Told(answering={2: [Answer.NO_ANSWER]}), circle(m2={"lines": ("+31130000002", "+31690000002")}))
    tried = [each.line for each in driver.tries if each.member == 2]
    assert tried == ["+31130000002", "+31690000002", "+31130000002"]


def test_a_second_number_when_the_first_is_busy() -> None:
    """Busy at home, not answered on the mobile: then home again. A try is a try, whatever came of it."""
    answers = [Answer.BUSY, Answer.NO_ANSWER, Answer.NO_ANSWER, Answer.NO_ANSWER]
    driver = told(Told(answering={2: answers}), circle(m2={"lines": ("+31130000002", "+31690000002")}))
    tried = [each.line for each in driver.tries if each.member == 2]
    assert tried == ["+31130000002", "+31690000002", "+31130000002", "+31690000002"]


def test_everybody_silent() -> None:
    """Nobody answers, nor does the volunteer: everyone is in an incident, well before the deadline."""
    driver = told(Told(answering={key: [Answer.NO_ANSWER] for key in range(5)}))
    assert set(standings(driver).values()) == {"incident"}
    assert sorted(causes(driver)) == ["no_answer:1", "no_answer:2", "no_answer:3", "no_answer:4", "not_received"]
    assert driver.closed_how == "not_received"


def test_the_machine_sleeps_for_hours() -> None:
    """Not closed by the deadline is an alarm, also when software failed: one incident with everyone unheard."""
    driver = Driver(circle(), Told())
    driver.at(START + 2 * MINUTES, lambda: driver.sleep(3 * 3600))
    driver.play()
    assert driver.closed_how == "deadline"
    unheard = [key for key, standing in standings(driver).items() if standing == "incident"]
    assert [(incident.cause, list(incident.members)) for incident in driver.incidents] == [("deadline", unheard)]
    assert unheard and 1 not in unheard


def test_somebody_without_a_number() -> None:
    """Nobody can be rung who has none: people look at once, and the chain goes by."""
    driver = told(Told(), circle(m2={"lines": ()}))
    assert driver.course == ["0 → 1", "1 → 3", "3 → 4", "4 → 0"]
    assert [(one.cause, one.at) for one in driver.incidents] == [("no_answer:2", START)]
    assert standings(driver) == {**EVERYONE_WELL, 2: "incident"}


def test_nobody_rings_from_no_number() -> None:
    """Who is well by another way, on paper, and has no number is not rung as a caller either."""
    driver = told(Told(), circle(m2={"lines": (), "standing": Standing.WELL, "in_chain": True}))
    assert driver.course == ["0 → 1", "1 → 3", "3 → 4", "4 → 0"]
    assert driver.incidents == []
