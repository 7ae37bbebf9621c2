"""Adding to an incident's timeline."""

from datetime import datetime
from typing import Any

from backend.common.actors import SYSTEM, Actor
from backend.events.services import record
from backend.incidents.models import Incident, Step


def add_step(
    incident: Incident,
    what: str,
    *,
    now: datetime,
    actor: Actor = SYSTEM,
    actor_name: str = "",
    at: datetime | None = None,
    **details: Any,
) -> Step:
    """Write down who did what. `at` is the true time when it differs from `now` (UTC)."""
    record(
        kind=f"incidents.{what}",
        subject_kind="incident",
        subject_id=incident.pk,
        organisation_id=incident.organisation_id,
        actor=actor,
        payload=details,
        occurred_at=at or now,
    )
    return Step.objects.create(
        incident=incident,
        what=what,
        actor=actor.who,
        actor_name=actor_name[:120],
        channel=actor.channel,
        details=details,
        at=at or now,
        recorded_at=now,
    )
