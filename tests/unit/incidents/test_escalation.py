"""How an incident gets louder until somebody claims it, and comes back until an outcome is recorded: stories."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from backend.incidents.domain.escalation import (
    Action,
    Alert,
    Progress,
    RemindClaimant,
    Skip,
    advance,
    claimed,
    declined,
    may_claim,
    next_level_now,
    next_look,
)
from backend.incidents.domain.policy import (
    EscalationPolicy,
    EscalationTimes,
    Level,
    PolicyReachesNobody,
    Target,
    ladder,
)
from tests.unit.incidents.ladders import BACKUP, DUTY, NEIGHBOUR, ORGANISATION, full, somebody, with_levels

OPENED = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return OPENED + timedelta(minutes=minutes)


def course(
    policy: EscalationPolicy, progress: Progress, *, until: float
) -> tuple[Progress, list[tuple[float, Action]]]:
    """Look whenever it is time, from the present look on; what is done, with the minutes since the opening."""
    done: list[tuple[float, Action]] = []
    now = OPENED if progress.level < 0 else next_look(policy, progress)
    while now <= after(until):
        progress, actions = advance(policy, progress, now)
        done += [((now - OPENED).total_seconds() / 60, action) for action in actions]
        now = next_look(policy, progress)
    return progress, done


def test_nobody_claims() -> None:
    """Duty 5 min, backup 5, contacts 10 each, coordinator 10, organisation; every five minutes all of them again."""
    _progress, done = course(full(), Progress(opened_at=OPENED), until=40)
    first = [(minute, action.level) for minute, action in done if isinstance(action, Alert) and not action.again]
    assert first == [(0, 0), (5, 1), (10, 2), (20, 3), (30, 4), (40, 5)]
    again: dict[float, list[int]] = {minute: [] for minute, _action in done}
    for minute, action in done:
        if isinstance(action, Alert) and action.again:
            again[minute].append(action.level)
    assert again == {
        0: [],
        5: [0],
        10: [0, 1],
        15: [0, 1, 2],
        20: [0, 1, 2],
        25: [0, 1, 2, 3],
        30: [0, 1, 2, 3],
        35: [0, 1, 2, 3, 4],
        40: [0, 1, 2, 3, 4],
    }


def test_it_never_stops() -> None:
    """A day later everybody is still alerted every five minutes: an alarm never goes silent."""
    _progress, done = course(full(), Progress(opened_at=OPENED), until=24 * 60)
    times = sorted({minute for minute, _action in done})
    assert times == [5.0 * i for i in range(24 * 12 + 1)]
    assert [action for minute, action in done if minute == 24 * 60] == [Alert(i, again=True) for i in range(6)]


def test_a_claim_within_its_time_is_quiet() -> None:
    policy = full()
    progress, _done = course(policy, Progress(opened_at=OPENED), until=6)
    progress = claimed(policy, progress, BACKUP.ref, after(7))
    assert next_look(policy, progress) == after(37)
    for minute in (7, 10, 20, 36.9):
        assert advance(policy, progress, after(minute)) == (progress, ())


def test_a_claim_without_an_outcome_comes_back() -> None:
    """Claim → outcome within 30 minutes, else claimant *and* next level; then louder, and on up the ladder."""
    policy = full()
    progress, _done = course(policy, Progress(opened_at=OPENED), until=6)
    progress = claimed(policy, progress, BACKUP.ref, after(7))
    _progress, done = course(policy, progress, until=48)
    remind = RemindClaimant(BACKUP.ref)
    assert done == [
        (37, remind),
        (37, Alert(2)),
        (42, remind),
        *[(42, Alert(i, again=True)) for i in range(3)],
        (47, remind),
        *[(47, Alert(i, again=True)) for i in range(3)],
        (47, Alert(3)),
    ]


def test_a_claim_without_an_outcome_when_nobody_else_is_left() -> None:
    """Claimant and next level; without a next level, claimant and everybody."""
    policy = with_levels(True, False)
    progress, _actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    progress = claimed(policy, progress, "person:0", after(1))
    progress, actions = advance(policy, progress, after(31))
    assert actions == (RemindClaimant("person:0"), Skip(1), Alert(0, again=True))


def test_times_that_are_no_multiples_of_five() -> None:
    """The next level comes at its own time, between two louder moments; an overdue claim does not wait for it."""
    policy = ladder(
        duty=DUTY,
        backup=BACKUP,
        contacts=(),
        coordinator=None,
        organisation=ORGANISATION,
        times=EscalationTimes(duty_minutes=7, backup_minutes=60),
    )
    progress, done = course(policy, Progress(opened_at=OPENED), until=7)
    assert done == [(0, Alert(0)), (5, Alert(0, again=True)), (7, Alert(1))]
    progress = claimed(policy, progress, BACKUP.ref, after(8))
    assert advance(policy, progress, after(38))[1] == (RemindClaimant(BACKUP.ref), Skip(2), Alert(3))


def test_the_first_claim_wins_and_an_overdue_one_may_be_taken_over() -> None:
    policy = full()
    progress, _done = course(policy, Progress(opened_at=OPENED), until=6)
    assert may_claim(progress, DUTY.ref, after(6))
    progress = claimed(policy, progress, BACKUP.ref, after(7))
    assert not may_claim(progress, DUTY.ref, after(7))
    assert not may_claim(progress, DUTY.ref, after(36.9))
    assert may_claim(progress, BACKUP.ref, after(8))
    assert may_claim(progress, DUTY.ref, after(37))
    progress = claimed(policy, progress, DUTY.ref, after(38))
    assert (progress.claimant, progress.outcome_due_at) == (DUTY.ref, after(68))
    assert not may_claim(progress, BACKUP.ref, after(40))


def test_who_declines_is_not_waited_for() -> None:
    """Nobody is left on the level: the next one is alerted at once, not after five minutes."""
    policy = full()
    progress, _actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    progress, actions = advance(policy, declined(progress, DUTY.ref), after(1))
    assert actions == (Alert(1),)
    assert next_look(policy, progress) == after(5)


def test_one_of_two_declines() -> None:
    """The other one still has their time."""
    two = Level("duty", (DUTY, BACKUP), 5)
    policy = EscalationPolicy(levels=(two, Level("organisation", (ORGANISATION,), 10)))
    progress, _actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    progress = declined(progress, DUTY.ref)
    assert advance(policy, progress, after(1)) == (progress, ())
    assert advance(policy, declined(progress, BACKUP.ref), after(1))[1] == (Alert(1),)


def test_everybody_declines() -> None:
    """It climbs to the top at once, and is as loud as ever."""
    policy = full()
    progress = Progress(opened_at=OPENED)
    for target in [target for level in policy.levels for target in level.targets]:
        progress = declined(progress, target.ref)
    progress, actions = advance(policy, progress, OPENED)
    assert actions == tuple(Alert(i) for i in range(6))
    assert next_look(policy, progress) == after(5)
    assert advance(policy, progress, after(5))[1] == tuple(Alert(i, again=True) for i in range(6))


def test_a_claimant_who_cannot_go_after_all() -> None:
    """Gives the incident back: half an hour of silence would be half an hour on the floor."""
    policy = full()
    progress, _done = course(policy, Progress(opened_at=OPENED), until=6)
    progress = declined(claimed(policy, progress, BACKUP.ref, after(7)), BACKUP.ref)
    assert (progress.claimant, progress.outcome_due_at) == ("", None)
    assert may_claim(progress, DUTY.ref, after(8))
    assert advance(policy, progress, after(8))[1] == (Alert(2),)


def test_unreachable_levels_are_passed_at_once_and_recorded() -> None:
    policy = with_levels(False, False, True, False, True)
    progress, actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    assert actions == (Skip(0), Skip(1), Alert(2))
    progress, actions = advance(policy, progress, after(5))
    assert actions == (Alert(2, again=True),)
    progress, actions = advance(policy, progress, after(10))
    assert actions == (Alert(2, again=True), Skip(3), Alert(4))


def test_a_key_that_does_not_work() -> None:
    """The next level is alerted at once and may take the incident; louder until somebody does."""
    policy = full()
    progress, _done = course(policy, Progress(opened_at=OPENED), until=6)
    progress = claimed(policy, progress, BACKUP.ref, after(7))
    progress, actions = next_level_now(policy, claimed(policy, progress, BACKUP.ref, after(15)), after(15))
    assert actions == (Alert(2),)
    assert may_claim(progress, NEIGHBOUR.ref, after(16))
    assert progress.claimant == BACKUP.ref
    _progress, done = course(policy, progress, until=25)
    assert done == [
        *[(20, Alert(i, again=True)) for i in range(3)],
        *[(25, Alert(i, again=True)) for i in range(3)],
        (25, Alert(3)),
    ]
    progress = claimed(policy, progress, NEIGHBOUR.ref, after(18))
    assert advance(policy, progress, after(20)) == (progress, ())


def test_a_key_that_does_not_work_when_nobody_else_is_left() -> None:
    """Everybody again, at the next look."""
    policy = with_levels(True, False)
    progress, _actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    progress = claimed(policy, progress, "person:0", after(1))
    progress, actions = next_level_now(policy, progress, after(15))
    assert actions == (Skip(1),)
    assert next_look(policy, progress) <= after(15)
    assert advance(policy, progress, after(15))[1] == (Alert(0, again=True),)


def test_hours_of_downtime() -> None:
    """Afterwards the next level is alerted and everybody before it again: one step, not all that were missed."""
    policy = full()
    progress, _actions = advance(policy, Progress(opened_at=OPENED), OPENED)
    progress, actions = advance(policy, progress, after(300))
    assert actions == (Alert(0, again=True), Alert(1))
    assert next_look(policy, progress) == after(305)


def reaches_nobody() -> EscalationPolicy:
    """A circle whose every number is missing, or may not be rung."""
    return ladder(
        duty=somebody("person:1", 1, reachable=False),
        backup=None,
        contacts=(somebody("contact:3", 3, reachable=False),),
        coordinator=None,
        organisation=Target(ref="organisation:6", name="Vijverhof", lines=()),
        times=EscalationTimes(),
    )


def test_a_policy_that_reaches_nobody_is_refused() -> None:
    """When a circle is set up; with one number anywhere it is accepted."""
    with pytest.raises(PolicyReachesNobody, match="could never reach anyone: no level has a telephone number"):
        reaches_nobody().check()
    with_levels(False, False, True).check()


def test_an_incident_whose_policy_reaches_nobody() -> None:
    """Every level is passed and recorded; it is looked at again every five minutes, and may be claimed on a page."""
    progress, done = course(reaches_nobody(), Progress(opened_at=OPENED), until=30)
    assert done == [(0, Skip(level)) for level in range(5)]
    assert next_look(reaches_nobody(), progress) == after(35)
    progress = claimed(reaches_nobody(), progress, "person:9", after(32))
    assert advance(reaches_nobody(), progress, after(62))[1] == (RemindClaimant("person:9"),)


def test_missing_people_leave_empty_levels() -> None:
    """So that the timeline can say that they were passed."""
    policy = ladder(
        duty=None, backup=None, contacts=(), coordinator=None, organisation=ORGANISATION, times=EscalationTimes()
    )
    assert [level.role for level in policy.levels] == ["duty", "backup", "coordinator", "organisation"]
    assert advance(policy, Progress(opened_at=OPENED), OPENED)[1] == (Skip(0), Skip(1), Skip(2), Alert(3))


def test_policy_and_progress_come_back_from_their_rows() -> None:
    policy = full()
    assert EscalationPolicy.from_json(json.loads(json.dumps(policy.as_json()))) == policy
    progress, _done = course(policy, Progress(opened_at=OPENED), until=12)
    for each in (
        Progress(opened_at=OPENED),
        progress,
        declined(claimed(policy, progress, DUTY.ref, after(13)), BACKUP.ref),
        next_level_now(policy, claimed(policy, progress, DUTY.ref, after(13)), after(14))[0],
    ):
        assert Progress.from_json(json.loads(json.dumps(each.as_json()))) == each


def test_a_row_from_before_a_field_was_added_can_be_read() -> None:
    stored = Progress(opened_at=OPENED).as_json()
    del stored["needs_somebody"]
    assert Progress.from_json(stored) == Progress(opened_at=OPENED)
