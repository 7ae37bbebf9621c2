"""Mornings in which something fails: for the operator's pages, and for people who must be told."""

from dataclasses import dataclass

from backend.circles.domain import failing
from backend.circles.domain.failing import Failure, Failures
from backend.circles.models import Round


@dataclass(frozen=True)
class FailingRound:
    """A morning that is going on, and what of it fails, by what it is."""

    round_id: int
    by_action: Failures

    @property
    def failures(self) -> list[Failure]:
        """Each with how often it was tried, and the kind of error."""
        return list(self.by_action.values())

    @property
    def most_tries(self) -> int:
        """Of what has failed longest."""
        return max(failure.tries for failure in self.failures)


def failing_rounds() -> list[FailingRound]:
    """Every morning in which an action failed and is tried again, practice mornings too."""
    rows = Round.with_practice.filter(state=Round.State.RUNNING).exclude(failing={}).order_by("pk")
    return [FailingRound(pk, failing.from_json(stored)) for pk, stored in rows.values_list("pk", "failing")]
