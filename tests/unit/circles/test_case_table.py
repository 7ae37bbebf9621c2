"""The bridged morning, case by case: each row of the table in the domain text, told with a circle of four.

0 is the volunteer; "1 → 2" means that 1 is on the line and 2 is rung to be joined. Times are worked out by hand: 12 s
before a caller's telephone rings, 8 s until somebody answers, 5 s until a key, 35 s for a line that nobody answers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.circles.domain.morning import Morning, Role, Standing
from tests.unit.circles.driver import START, Driver
from tests.unit.circles.stories import EVERYONE_WELL, MINUTES, ROUND, causes, circle, retries, standings, told
from tests.unit.circles.town import Answer, Press, Told


def test_all_well() -> None:
    """The volunteer rings no. 1, each rings the next, the last rings the volunteer: the circle is round."""
    driver = told(Told())
    assert driver.course == ROUND
    assert standings(driver) == EVERYONE_WELL
    assert driver.closed_how == "received"
    assert driver.incidents == []
    assert driver.closed_at is not None and driver.closed_at < START + timedelta(minutes=10)


@pytest.mark.parametrize(
    "town",
    [
        Told(answering={2: [Answer.NO_ANSWER, Answer.PICKS_UP]}),
        Told(pressing={(2, "greet"): [Press.SILENCE, Press.SILENCE, Press.ONE]}),
        Told(pressing={(2, "greet"): [Press.FIVE, Press.SILENCE, Press.ONE]}),
    ],
    ids=["no answer", "voicemail", "no key that was asked for"],
)
def test_callee_does_not_answer_voicemail_no_key(town: Told) -> None:
    """The caller hears so and is offered the next member in the same call; the missing one is retried."""
    driver = told(town)
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "retry 2", "4 → 0"]
    assert retries(driver, 2) == [3 * MINUTES]
    assert standings(driver) == EVERYONE_WELL
    assert driver.incidents == []


def test_callee_hangs_up_before_the_key() -> None:
    """Callee hangs up before the key: unproven = missing."""
    driver = told(Told(pressing={(2, "greet"): [Press.HANGS_UP]}))
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "retry 2", "4 → 0", "retry 2"]
    assert retries(driver, 2) == [3 * MINUTES, 8 * MINUTES]
    assert standings(driver) == {**EVERYONE_WELL, 2: "incident"}
    assert causes(driver) == ["no_answer:2"]


def test_caller_missing() -> None:
    """The last proven member reaches the next; nobody is skipped because *their caller* is missing.

    2 was well a minute before, and does not answer when it is their turn to ring: 1 rings 3.
    """
    driver = told(Told(answering={2: [Answer.PICKS_UP, Answer.NO_ANSWER]}))
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "4 → 0"]
    assert standings(driver) == EVERYONE_WELL
    assert driver.incidents == []


def test_caller_hangs_up_before_the_key() -> None:
    """Caller hangs up before the key: the last proven member, else the platform, reaches the next."""
    nobody_else = Told(pressing={(1, "greet"): [Press.ONE, Press.HANGS_UP]})
    driver = told(nobody_else)
    assert driver.course == ["0 → 1", "platform 2", "2 → 3", "3 → 4", "4 → 0"]
    assert standings(driver) == EVERYONE_WELL


def test_caller_hangs_up_while_the_other_line_rings() -> None:
    """Nobody is skipped because *their caller* is missing, also when that caller was on the line already."""
    driver = told(Told(impatient={2}))
    assert driver.course == ["0 → 1", "1 → 2", "2 → 3", "1 → 3", "3 → 4", "4 → 0"]
    assert standings(driver) == EVERYONE_WELL
    assert driver.misses[3] == []


def test_proven_as_callee_missing_as_caller() -> None:
    """Stays well; noted; the chain goes on without them."""
    driver = told(Told(answering={2: [Answer.PICKS_UP, Answer.NO_ANSWER]}))
    member = driver.morning.member(2)
    assert (member.standing, member.how) == (Standing.WELL, "key_as_callee")
    assert member.caller_out
    assert "3 → 4" in driver.course


def test_a_retry_is_answered_late() -> None:
    """The platform speaks, asks the key, offers the volunteer; the chain is not run again."""
    driver = told(Told(answering={2: [Answer.NO_ANSWER, Answer.PICKS_UP]}, pressing={(2, "offer"): [Press.TWO]}))
    assert driver.course == ["0 → 1", "1 → 2", "1 → 3", "3 → 4", "retry 2", "2 → 0", "platform 0"]
    assert driver.morning.member(2).how == "key_to_platform"
    assert driver.closed_how == "received"


def test_the_volunteer_is_in_a_call_at_the_close() -> None:
    """Busy: again after 60 s, now by the platform; nobody is told that the circle was not received."""
    driver = told(Told(answering={0: [Answer.PICKS_UP, Answer.BUSY, Answer.PICKS_UP]}))
    assert driver.course == [*ROUND, "platform 0"]
    assert driver.closed_how == "received"
    assert driver.incidents == []


def test_the_volunteer_is_in_a_call_all_morning() -> None:
    """Busy counts as no answer at the third time: one round incident "not received"."""
    driver = told(Told(answering={0: [Answer.PICKS_UP, Answer.BUSY]}))
    assert driver.course == [*ROUND, "platform 0", "platform 0"]
    assert causes(driver) == ["not_received"]


def test_volunteer_absent_at_the_start() -> None:
    """The platform rings no. 1; the backup is told; the chain does not wait."""
    driver = told(Told(answering={0: [Answer.NO_ANSWER, Answer.PICKS_UP]}))
    assert driver.course == ["platform 1", *ROUND[1:]]
    assert driver.backup_told
    assert driver.tries[0].at == START + timedelta(seconds=12 + 35)
    assert standings(driver) == EVERYONE_WELL
    assert driver.closed_how == "received"


def test_volunteer_absent_at_the_close() -> None:
    """Everyone is well; one round incident "not received"."""
    driver = told(Told(answering={0: [Answer.PICKS_UP, Answer.NO_ANSWER]}))
    assert driver.course == ROUND
    assert standings(driver) == EVERYONE_WELL
    assert causes(driver) == ["not_received"]
    assert driver.incidents[0].members == ()
    assert driver.closed_how == "not_received"


def test_nobody_on_duty_at_all() -> None:
    """Volunteer absent at the start, and at the close: the circle goes round all the same, and somebody is told."""
    driver = told(Told(), circle(volunteer=False))
    assert driver.course == ["platform 1", *ROUND[1:-1]]
    assert driver.backup_told
    assert standings(driver) == EVERYONE_WELL
    assert causes(driver) == ["not_received"]


def test_busy() -> None:
    """Again after 60 s."""
    driver = told(Told(answering={2: [Answer.BUSY, Answer.BUSY, Answer.PICKS_UP]}))
    assert retries(driver, 2) == [1 * MINUTES, 2 * MINUTES + timedelta(seconds=2)]
    assert standings(driver) == EVERYONE_WELL
    assert driver.incidents == []


def test_busy_three_times() -> None:
    """Counts as no answer at the third time: rung again 3 and 8 minutes after that, then people go and look."""
    driver = told(Told(answering={2: [Answer.BUSY]}))
    third = driver.misses[2][2][0]
    again = [each.at for each in driver.tries if each.member == 2 and each.role is Role.RETRY]
    assert again[2:] == [third + 3 * MINUTES, third + 8 * MINUTES]
    assert causes(driver) == ["no_answer:2"]
    assert driver.incidents[0].at == third + 8 * MINUTES + timedelta(seconds=2)


def test_both_neighbours_missing() -> None:
    """1 and 2 do not answer, and the volunteer has hung up: the platform rings 3, who rings 4."""
    driver = told(
        Told(answering={1: [Answer.NO_ANSWER], 2: [Answer.NO_ANSWER]}, pressing={(0, "next"): [Press.HANGS_UP]}),
    )
    assert driver.course[:4] == ["0 → 1", "platform 2", "platform 3", "3 → 4"]
    assert standings(driver) == {1: "incident", 2: "incident", 3: "well", 4: "well"}
    assert sorted(causes(driver)) == ["no_answer:1", "no_answer:2"]


def test_one_member_today() -> None:
    """The platform rings them, and the volunteer at the close."""
    driver = told(Told(), circle(1))
    assert driver.course == ["platform 1", "platform 0"]
    assert driver.closed_how == "received"


AWAY = {"standing": Standing.EXCUSED}


@pytest.mark.parametrize("start", [circle(0), circle(2, m1=AWAY, m2=AWAY)])
def test_none_today(start: Morning) -> None:
    """A round of none closes itself."""
    driver = told(Told(), start)
    assert driver.course == []
    assert driver.closed_how == "nobody_today"
    assert driver.closed_at == START
    assert driver.incidents == []


COUPLE: dict[str, Any] = {"m2": {"lines": ("+31130000002",)}, "m3": {"lines": ("+31130000002",)}}


def test_two_people_on_one_line() -> None:
    """Asked for by name, one key each."""
    driver = told(Told(), circle(**COUPLE))
    assert driver.course == ["0 → 1", "1 → 2", "3 → 4", "4 → 0"]
    assert driver.morning.member(2).how == "key_as_callee"
    assert driver.morning.member(3).how == "key_with_housemate"


def test_one_of_two_on_one_line_is_not_there() -> None:
    """One key each: the key of one proves nothing of the other, who is rung by somebody on another line."""
    driver = told(Told(pressing={(2, "mate"): [Press.SILENCE], (3, "greet"): [Press.HANGS_UP]}), circle(**COUPLE))
    assert driver.course[:4] == ["0 → 1", "1 → 2", "1 → 3", "1 → 4"]
    assert standings(driver) == {**EVERYONE_WELL, 3: "incident"}


def test_absence_reported_after_planning_before_the_start() -> None:
    """Taken into account: the ring is linked around them, and the deadline is that of three."""
    start = circle(m2={"standing": Standing.EXCUSED})
    driver = told(Told(), start)
    assert driver.course == ["0 → 1", "1 → 3", "3 → 4", "4 → 0"]
    assert start.deadline_at == START + (4 * 3 + 15) * MINUTES
    assert standings(driver) == {**EVERYONE_WELL, 2: "excused"}


def test_absence_reported_in_mid_round() -> None:
    """Not rung any more: neither by the chain, nor again after a miss."""
    driver = Driver(circle(), Told(answering={1: [Answer.NO_ANSWER]}))
    driver.at(START + 2 * MINUTES, lambda: driver.excuse(1))
    driver.at(START + timedelta(seconds=10), lambda: driver.excuse(3))
    driver.play()
    assert driver.course == ["0 → 1", "0 → 2", "2 → 4", "4 → 0"]
    assert standings(driver) == {1: "excused", 2: "well", 3: "excused", 4: "well"}
    assert driver.incidents == []


@pytest.mark.parametrize("second", [105, 115, 121], ids=["before it rings", "while it rings", "during the greeting"])
def test_absence_reported_while_the_caller_is_on_the_way(second: int) -> None:
    """Not rung any more: 1 is to be joined to 2, is rung at 1:50, greeted at 1:58, presses 1 at 2:03 and hears 3."""
    driver = Driver(circle(), Told())
    driver.at(START + timedelta(seconds=second), lambda: driver.excuse(2))
    driver.play()
    assert driver.course == ["0 → 1", "1 → 3", "3 → 4", "4 → 0"]
    assert standings(driver) == {**EVERYONE_WELL, 2: "excused"}


def test_a_call_to_be_joined_to_somebody_who_is_away_is_taken_back() -> None:
    """As long as it has not gone out: 1 is not rung twice."""
    driver = Driver(circle(), Told())
    driver.at(START + timedelta(seconds=105), lambda: driver.excuse(2))
    driver.play()
    assert "  1:45 call 2 is taken back" in driver.trace
    assert "  1:45 call 3: caller 1 → 3" in driver.trace


def test_absent_but_ringing_in() -> None:
    """*Well* goes before *excused*, in whatever order they are heard of; the ring stays linked around them."""
    driver = Driver(circle(m3={"standing": Standing.EXCUSED}), Told())
    driver.at(START + timedelta(seconds=10), lambda: driver.ring_in(3, said="well"))
    driver.play()
    assert driver.course == ["0 → 1", "1 → 2", "2 → 4", "4 → 0"]
    assert standings(driver) == EVERYONE_WELL
