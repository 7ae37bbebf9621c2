"""Reports of a carrier come late, twice and in any order: what becomes of a call does not depend on that."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest

from backend.notifications.domain.states import CarrierState, follows, is_terminal

TERMINAL = ["completed", "busy", "no_answer", "canceled", "failed"]
GOING_ON = ["sending", "undecided", "queued", "ringing", "in_progress"]


def becomes(state: str, reports: tuple[str, ...]) -> str:
    """The state after these reports in this order."""
    return reduce(lambda now, new: new if follows(new, now) else now, reports, state)


@pytest.mark.parametrize("end", TERMINAL)
@pytest.mark.parametrize("before", [["queued", "ringing", "in_progress"], ["queued", "ringing"], ["queued"], []])
def test_any_order_of_reports_doubled_ends_in_the_same_state(end: str, before: list[str]) -> None:
    reports = [*before, end]
    for order in permutations([*reports, *reports[-2:]]):
        for start in ("sending", "undecided"):
            assert becomes(start, order) == end


@pytest.mark.parametrize("end", TERMINAL)
def test_a_terminal_state_is_never_left(end: str) -> None:
    assert is_terminal(end)
    for report in [*TERMINAL, *GOING_ON]:
        assert not follows(report, end)


def test_without_an_end_the_furthest_report_counts() -> None:
    for order in permutations(["queued", "ringing", "in_progress", "ringing"]):
        assert becomes("sending", order) == "in_progress"


def test_a_state_does_not_follow_itself() -> None:
    """So that nothing is done twice for a report that came twice."""
    for state in [*TERMINAL, *GOING_ON]:
        assert not follows(state, state)


def test_every_word_of_the_carrier_has_its_place() -> None:
    assert {state.value for state in CarrierState if is_terminal(state)} == set(TERMINAL)
    assert {state.value for state in CarrierState if not is_terminal(state)} <= set(GOING_ON)
