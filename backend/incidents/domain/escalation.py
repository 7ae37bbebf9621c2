"""How an incident gets louder until a person claims it, and comes back until that person records an outcome.

A pure function of the frozen policy, of where the escalation is and of the time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from backend.incidents.domain.policy import EscalationPolicy


@dataclass(frozen=True)
class Progress:
    """Where an escalation is. `level` is the highest that was alerted, -1 before the first. Instants are UTC.

    `claimant` holds the incident until `outcome_due_at`; after that, or when they need somebody else's help, the
    ladder goes on beside them.
    """

    opened_at: datetime
    level: int = -1
    level_at: datetime | None = None
    loud_at: datetime | None = None
    claimant: str = ""
    outcome_due_at: datetime | None = None
    declined: frozenset[str] = frozenset()
    needs_somebody: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the incident's row; `opened_at` and the claim stand in columns of their own as well."""
        return {
            "opened_at": self.opened_at.isoformat(),
            "level": self.level,
            "level_at": self.level_at.isoformat() if self.level_at else None,
            "loud_at": self.loud_at.isoformat() if self.loud_at else None,
            "claimant": self.claimant,
            "outcome_due_at": self.outcome_due_at.isoformat() if self.outcome_due_at else None,
            "declined": sorted(self.declined),
            "needs_somebody": self.needs_somebody,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Progress":
        """As it was saved."""

        def instant(name: str) -> datetime | None:
            return datetime.fromisoformat(stored[name]) if stored.get(name) else None

        return cls(
            opened_at=datetime.fromisoformat(stored["opened_at"]),
            level=stored["level"],
            level_at=instant("level_at"),
            loud_at=instant("loud_at"),
            claimant=stored["claimant"],
            outcome_due_at=instant("outcome_due_at"),
            declined=frozenset(stored["declined"]),
            needs_somebody=stored.get("needs_somebody", False),
        )


@dataclass(frozen=True)
class Alert:
    """Alert everybody on a level: the first time, or again because it is not claimed."""

    level: int
    again: bool = False


@dataclass(frozen=True)
class Skip:
    """A level on which nobody has a number: passed at once, and recorded."""

    level: int


@dataclass(frozen=True)
class RemindClaimant:
    """Whoever claimed has not said what was found."""

    claimant: str


Action = Alert | Skip | RemindClaimant


def advance(policy: EscalationPolicy, progress: Progress, now: datetime) -> tuple[Progress, tuple[Action, ...]]:
    """What is to be done by `now`, and where the escalation is then. Nothing while a claim is within its time.

    A claim without an outcome is over after its time: the claimant *and* the next level (domain text); five minutes
    later it is louder again.
    """
    if is_held(progress, now):
        return progress, ()
    actions: list[Action] = []
    is_first_reminder = _is_overdue(progress, now) and _was_quiet(progress)
    if is_first_reminder:
        actions.append(RemindClaimant(progress.claimant))
        progress = replace(progress, loud_at=now)
    elif _is_loud_time(policy, progress, now):
        if _is_overdue(progress, now):
            actions.append(RemindClaimant(progress.claimant))
        actions += _everybody_again(policy, progress)
        progress = replace(progress, loud_at=now)
    while _next_level_is_due(policy, progress, now):
        level = progress.level + 1
        if policy.levels[level].is_reachable:
            actions.append(Alert(level=level))
            progress = replace(progress, level=level, level_at=now, loud_at=progress.loud_at or now)
        else:
            actions.append(Skip(level=level))
            progress = replace(progress, level=level, level_at=None)
    if is_first_reminder and not any(isinstance(action, Alert) for action in actions):
        actions += _everybody_again(policy, progress)
    return progress, tuple(actions)


def next_look(policy: EscalationPolicy, progress: Progress) -> datetime:
    """When to look again: an open incident is never without a next time."""
    if (
        progress.claimant
        and progress.outcome_due_at is not None
        and _was_quiet(progress)
        and not progress.needs_somebody
    ):
        return progress.outcome_due_at
    loud = (progress.loud_at or progress.opened_at) + timedelta(minutes=policy.times.louder_minutes)
    if progress.level_at is not None and progress.level + 1 < len(policy.levels):
        return min(loud, progress.level_at + _acknowledge_time(policy, progress))
    return loud


def claimed(policy: EscalationPolicy, progress: Progress, ref: str, now: datetime) -> Progress:
    """Somebody has taken it: quiet for the time they have to say what they found."""
    due = now + timedelta(minutes=policy.times.outcome_minutes)
    return replace(progress, claimant=ref, outcome_due_at=due, needs_somebody=False)


def may_claim(progress: Progress, ref: str, now: datetime) -> bool:
    """The first claim wins; once its time is over without an outcome, anybody may take it over."""
    return not progress.claimant or progress.claimant == ref or not is_held(progress, now)


def declined(progress: Progress, ref: str) -> Progress:
    """Somebody cannot go: when nobody is left on the level, the next one is alerted at once.

    A claimant who finds that they cannot go gives the incident back, so that it is not quiet until their time is over.
    """
    progress = replace(progress, declined=progress.declined | {ref})
    if progress.claimant == ref:
        return replace(progress, claimant="", outcome_due_at=None, needs_somebody=False)
    return progress


def next_level_now(policy: EscalationPolicy, progress: Progress, now: datetime) -> tuple[Progress, tuple[Action, ...]]:
    """Whoever is there needs somebody else (the key did not work): alert the next level that can be reached.

    From here on others may take the incident, and it gets louder until somebody does.
    """
    actions: list[Action] = []
    progress = replace(progress, needs_somebody=bool(progress.claimant))
    while progress.level + 1 < len(policy.levels):
        level = progress.level + 1
        progress = replace(progress, level=level, level_at=now)
        if policy.levels[level].is_reachable:
            return replace(progress, loud_at=now), (*actions, Alert(level=level))
        actions.append(Skip(level=level))
    return progress, tuple(actions)


def loud_now(policy: EscalationPolicy, progress: Progress, now: datetime) -> tuple[Progress, tuple[Action, ...]]:
    """More has happened (another cry for help, more people): everybody alerted so far hears of it at once.

    Whoever has the incident keeps it, but others may take it from here on.
    """
    progress = replace(progress, needs_somebody=bool(progress.claimant), loud_at=now)
    return progress, tuple(_everybody_again(policy, progress))


def is_held(progress: Progress, now: datetime) -> bool:
    """Whether somebody has it, within their time, and needs nobody else."""
    return bool(progress.claimant) and not progress.needs_somebody and not _is_overdue(progress, now)


def _is_overdue(progress: Progress, now: datetime) -> bool:
    return bool(progress.claimant) and progress.outcome_due_at is not None and now >= progress.outcome_due_at


def _was_quiet(progress: Progress) -> bool:
    """Nothing has been loud since the claimant's time was over."""
    due = progress.outcome_due_at
    return due is not None and (progress.loud_at is None or progress.loud_at < due)


def _everybody_again(policy: EscalationPolicy, progress: Progress) -> list[Action]:
    """All levels that have been alerted so far."""
    return [Alert(level=i, again=True) for i in range(progress.level + 1) if policy.levels[i].is_reachable]


def _is_loud_time(policy: EscalationPolicy, progress: Progress, now: datetime) -> bool:
    """Also on a ladder without a single number: an open incident is looked at again all the same."""
    return now >= (progress.loud_at or progress.opened_at) + timedelta(minutes=policy.times.louder_minutes)


def _acknowledge_time(policy: EscalationPolicy, progress: Progress) -> timedelta:
    return timedelta(minutes=policy.levels[progress.level].acknowledge_minutes)


def _next_level_is_due(policy: EscalationPolicy, progress: Progress, now: datetime) -> bool:
    if progress.level + 1 >= len(policy.levels):
        return False
    if progress.level < 0 or progress.level_at is None:
        return True
    reachable = {target.ref for target in policy.levels[progress.level].targets if target.is_reachable}
    if reachable <= progress.declined:
        return True
    due = progress.outcome_due_at
    if due is not None and _is_overdue(progress, now) and progress.level_at < due:
        return True
    return now >= progress.level_at + _acknowledge_time(policy, progress)
