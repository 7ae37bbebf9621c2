"""Whatever people do: an open incident is never forgotten, and is only quiet while somebody is on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.incidents.domain import escalation
from backend.incidents.domain.escalation import Action, Alert, Progress, RemindClaimant, Skip
from backend.incidents.domain.policy import EscalationPolicy
from tests.support.profiles import examples
from tests.unit.incidents.ladders import with_levels

OPENED = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
LOUDER = timedelta(minutes=5)
OUTCOME = timedelta(minutes=30)

somebody = st.integers(0, 6).map(lambda number: f"person:{number}")


class AnOpenIncident(RuleBasedStateMachine):
    """Claims, declines, outcomes that are no end, silence and downtime, in any order."""

    policy: EscalationPolicy
    progress: Progress
    now: datetime

    @initialize(
        reachable=st.lists(st.sampled_from([True, True, False]), min_size=1, max_size=7),
        minutes=st.sampled_from([10, 5, 7, 60]),
    )
    def opens(self, reachable: list[bool], minutes: int) -> None:
        self.policy = with_levels(*reachable, minutes=minutes)
        self.reaches_somebody = any(reachable)
        self.now = OPENED
        self.progress = Progress(opened_at=OPENED)
        self.passed: list[int] = []
        self.last_heard = OPENED
        self.advance()

    def advance(self) -> None:
        """What the service does under the lock: look, and do what is asked."""
        held = self.progress.claimant and self.progress.outcome_due_at
        self.progress, actions = escalation.advance(self.policy, self.progress, self.now)
        note(f"{(self.now - OPENED).total_seconds() / 60:.1f} min: {actions}")
        if held and held > self.now and not self.progress.needs_somebody:
            assert actions == ()
        self.did(actions)
        assert escalation.next_look(self.policy, self.progress) > self.now
        if self.reaches_somebody and not self.progress.claimant:
            assert self.now - self.last_heard < LOUDER

    def did(self, actions: tuple[Action, ...]) -> None:
        for action in actions:
            match action:
                case Alert(level=level, again=again):
                    assert self.policy.levels[level].is_reachable
                    assert (level in self.passed) == again
                    self.last_heard = self.now
                    if not again:
                        self.passed.append(level)
                case Skip(level=level):
                    assert not self.policy.levels[level].is_reachable
                    self.passed.append(level)
                case RemindClaimant(claimant=ref):
                    assert ref == self.progress.claimant
        if self.reaches_somebody and any(isinstance(action, RemindClaimant) for action in actions):
            assert any(isinstance(action, Alert) for action in actions)

    @rule()
    def it_is_time(self) -> None:
        self.now = max(self.now, escalation.next_look(self.policy, self.progress))
        self.advance()

    @rule(minutes=st.sampled_from([0.5, 4, 12, 31, 300]))
    def downtime(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        self.advance()

    @rule(ref=somebody)
    def claims(self, ref: str) -> None:
        is_first = escalation.may_claim(self.progress, ref, self.now)
        overdue = self.progress.outcome_due_at is not None and self.now >= self.progress.outcome_due_at
        others_may = not self.progress.claimant or overdue or self.progress.needs_somebody
        assert is_first == (others_may or self.progress.claimant == ref)
        if is_first:
            self.progress = escalation.claimed(self.policy, self.progress, ref, self.now)
            self.last_heard = self.now
            assert escalation.next_look(self.policy, self.progress) == self.now + OUTCOME

    @rule(ref=somebody)
    def declines(self, ref: str) -> None:
        self.progress = escalation.declined(self.progress, ref)
        assert self.progress.claimant != ref
        self.advance()

    @rule()
    def the_key_does_not_work(self) -> None:
        if self.progress.claimant:
            self.progress = escalation.claimed(self.policy, self.progress, self.progress.claimant, self.now)
        self.progress, actions = escalation.next_level_now(self.policy, self.progress, self.now)
        self.did(actions)
        assert escalation.may_claim(self.progress, "contact:99", self.now)
        self.it_is_time()

    @invariant()
    def levels_come_in_order(self) -> None:
        assert self.passed == list(range(len(self.passed)))
        assert self.progress.level == len(self.passed) - 1

    @invariant()
    def somebody_has_been_alerted(self) -> None:
        assert any(self.policy.levels[level].is_reachable for level in self.passed) or not self.reaches_somebody

    @invariant()
    def the_next_look_is_never_far(self) -> None:
        """Five minutes after it was last loud; half an hour after a claim that is within its time."""
        again = escalation.next_look(self.policy, self.progress)
        is_held = self.progress.claimant and not self.progress.needs_somebody
        assert again <= self.now + (OUTCOME if is_held else LOUDER)

    @invariant()
    def nothing_is_lost_on_its_row(self) -> None:
        assert Progress.from_json(self.progress.as_json()) == self.progress


TestAnyEscalation = AnOpenIncident.TestCase
TestAnyEscalation.settings = examples(100, stateful_step_count=25)
