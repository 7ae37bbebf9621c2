"""An absence that was reported: taken into account before the start, and in mid-round not rung any more."""

from datetime import datetime

from backend.circles.domain import morning
from backend.circles.models import Round
from backend.circles.services import rounds, state
from backend.people.selectors import absent_on


def excuse(person_id: int, now: datetime) -> None:
    """Excuse somebody from every running round of theirs on whose date they are away. Runs in a transaction."""
    running = Round.with_practice.filter(state=Round.State.RUNNING, seats__person_id=person_id).order_by("pk")
    for round_id in running.values_list("pk", flat=True):
        round_ = state.locked_round(round_id)
        absence = absent_on(round_.date, [person_id]).get(person_id)
        if round_.state != Round.State.RUNNING or absence is None:
            continue
        seat = round_.seats.get(person_id=person_id)
        before = state.load(round_)
        changed = morning.excused(before, seat.pk, how=f"absent_{absence.reason}", at=now)
        rounds.go_on(round_, before, now, changed=changed)
