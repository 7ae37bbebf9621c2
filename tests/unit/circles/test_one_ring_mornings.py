"""Mornings on which each member is rung once: how the chain goes on from who stays on the line, and from who leaves."""

from __future__ import annotations

from dataclasses import replace

from backend.circles.domain.morning import Morning
from backend.circles.domain.policy import ONE_RING, MorningPolicy
from tests.unit.circles import stories
from tests.unit.circles.driver import Driver
from tests.unit.circles.stories import EVERYONE_WELL, ROUND, causes, standings, told
from tests.unit.circles.town import Answer, Press, TalkEnds, Told


def circle(size: int = 4, **changed: object) -> Morning:
    return replace(stories.circle(size, **changed), policy=MorningPolicy(joining=ONE_RING))


def rung(driver: Driver) -> list[int]:
    """Whose telephone rang, in order; 0 is the volunteer."""
    return [line.who for _call, line in sorted(driver.calls.lines.items())]


def test_everyone_stays_and_is_rung_once() -> None:
    driver = told(Told(), circle())
    assert driver.course == ROUND
    assert rung(driver) == [0, 1, 2, 3, 4, 0]
    assert standings(driver) == EVERYONE_WELL
    assert driver.closed_how == "received"


def test_who_hangs_up_after_the_talk_is_rung_again() -> None:
    driver = told(Told(pressing={(2, "hold"): [Press.HANGS_UP, Press.ONE]}), circle())
    assert driver.course == ROUND
    assert standings(driver) == EVERYONE_WELL
    assert rung(driver) == [0, 1, 2, 2, 3, 4, 0]


def test_who_hangs_up_while_the_next_one_is_rung_does_not_ring_again() -> None:
    driver = told(Told(pressing={(2, "hold"): [Press.ONE, Press.HANGS_UP, Press.ONE]}), circle())
    assert driver.course == ROUND
    assert standings(driver) == EVERYONE_WELL
    assert rung(driver) == [0, 1, 2, 3, 4, 0], "the next one goes on without them"


def test_a_missing_member_is_passed_in_the_same_call() -> None:
    driver = told(Told(answering={2: [Answer.NO_ANSWER]}), circle())
    assert driver.course[:4] == ["0 → 1", "1 → 2", "1 → 3", "3 → 4"]
    assert causes(driver) == ["no_answer:2"]
    assert rung(driver).count(1) == 1


def test_a_caller_who_hangs_up_in_the_talk_does_not_hold_up_the_chain() -> None:
    driver = told(Told(talk=TalkEnds.CALLER_HANGS_UP), circle())
    assert driver.course == ROUND
    assert rung(driver) == [0, 1, 2, 3, 4, 0]
    assert standings(driver) == EVERYONE_WELL


def test_without_a_volunteer_the_first_one_goes_on_from_the_platforms_call() -> None:
    driver = told(Told(), replace(circle(), volunteer=stories.circle(volunteer=False).volunteer))
    assert driver.course == ["platform 1", "1 → 2", "2 → 3", "3 → 4"]
    assert rung(driver) == [1, 2, 3, 4]


def test_who_cannot_ring_is_let_go_and_the_one_before_is_rung_again() -> None:
    driver = told(Told(), circle(m2={"can_ring": False}))
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "4 → 0"]
    assert rung(driver).count(1) == 2


def test_nobody_answers_and_the_caller_has_gone_the_platform_reaches_the_next() -> None:
    """The chain does not wait for a talk of which both sides are off."""
    impatient = {(1, "hold"): [Press.ONE, Press.HANGS_UP]}
    driver = told(Told(answering={2: [Answer.NO_ANSWER, Answer.PICKS_UP]}, pressing=impatient), circle())
    assert driver.course[:4] == ["0 → 1", "1 → 2", "platform 3", "3 → 4"]
    assert driver.closed_how == "received"
    assert standings(driver) == EVERYONE_WELL
