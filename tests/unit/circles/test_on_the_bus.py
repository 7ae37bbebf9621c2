"""Who is on the bus while the circle goes round is not rung; and is, at once, when the bus does not go after all."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backend.circles.domain import course, morning
from backend.circles.domain.decisions import OpenUnclosed, Ring
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import Member, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import MorningPolicy
from backend.circles.selectors.excuses import may_ring_until
from tests.unit.circles.driver import START

ON_THE_BUS = "engaged_bus@8:15"
LATER = START + timedelta(minutes=5)


def a_morning(mode: Mode, *, behind: bool) -> Morning:
    """Of three, the second is on the bus; `behind`: the chain has been at the third already."""
    first, third = (Member(key, (f"+3113000130{key}",), in_chain=behind, standing=Standing.WELL) for key in (1, 3))
    second = Member(2, ("+31130001302",), standing=Standing.EXCUSED, how=ON_THE_BUS)
    return Morning(
        policy=MorningPolicy(),
        started_at=START,
        deadline_at=START + timedelta(minutes=30),
        members=(first, second, third),
        volunteer=Volunteer(lines=("+31600000100",), proven=True, received=behind or None),
        mode=mode,
        check_in_at=START + timedelta(minutes=20) if mode is Mode.OWN_PHONE else None,
    )


def rung(state: Morning, now: datetime) -> list[int]:
    return [action.target for action in course.decide(state, now) if isinstance(action, Ring)]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("behind", [True, False])
def test_when_the_bus_does_not_go_the_platform_rings_at_once(mode: Mode, behind: bool) -> None:
    before = a_morning(mode, behind=behind)
    assert 2 not in rung(before, LATER)
    after = morning.expected_again(before, 2, at=LATER)
    asked = [action for action in course.decide(after, LATER) if isinstance(action, Ring) and action.target == 2]
    assert [(ring.role in (Role.RETRY, Role.PLATFORM), ring.caller) for ring in asked] == [(True, None)]
    assert course.next_look(after) == LATER


@pytest.mark.parametrize("mode", Mode)
def test_and_who_does_not_answer_then_is_missed_by_the_deadline(mode: Mode) -> None:
    state = morning.expected_again(a_morning(mode, behind=True), 2, at=LATER)
    assert OpenUnclosed(members=(2,)) in course.decide(state, state.deadline_at)


@pytest.mark.parametrize("standing", [Standing.WELL, Standing.INCIDENT])
def test_it_takes_back_nothing_that_is_known(standing: Standing) -> None:
    state = a_morning(Mode.BRIDGED, behind=True)
    state = state.with_member(replace(state.member(2), standing=standing))
    assert morning.expected_again(state, 2, at=LATER) == state
    assert morning.excused(state, 2, how=ON_THE_BUS, at=LATER) == state


@pytest.mark.parametrize(
    ("mode", "latest", "minutes"),
    [
        (Mode.BRIDGED, None, 27 + 15),
        (Mode.OWN_PHONE, None, 2 * (27 + 15)),
        (Mode.STAR, START + timedelta(minutes=45), 45 + 27 + 15),
    ],
)
def test_until_when_a_circle_of_eight_may_ring_somebody(mode: Mode, latest: datetime | None, minutes: int) -> None:
    end = may_ring_until(mode.value, START, expected=8, policy=MorningPolicy(), latest=latest)
    assert end - START == timedelta(minutes=minutes)
