"""What happens to a round, written into the event log."""

from datetime import datetime

from backend.circles.models import Round
from backend.common.actors import Actor
from backend.events.models import Event
from backend.events.services import record


def of_round(
    round_: Round, kind: str, actor: Actor, *, occurred_at: datetime | None = None, **payload: object
) -> Event:
    """Record an event of a round, in the transaction of what it tells. `occurred_at` (UTC) when it was not just now."""
    return record(
        kind=kind,
        subject_kind="round",
        subject_id=round_.pk,
        organisation_id=round_.circle.organisation_id,
        actor=actor,
        payload=payload,
        occurred_at=occurred_at,
    )
