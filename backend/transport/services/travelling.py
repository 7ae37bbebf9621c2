"""How fast an organisation's bus is, kept in its settings."""

from backend.common.actors import Actor
from backend.people.models import Organisation
from backend.people.services import settings
from backend.transport.domain.straight import Pace

PACE_CHANGED = "transport.pace_changed"
"""The subject is the organisation. Payload: the pace."""


def keep_pace(organisation: Organisation, pace: Pace, *, actor: Actor) -> None:
    """From now on trips are planned with this pace; what is planned already changes with its next booking."""
    settings.merge(organisation, "travel", pace.as_json(), kind=PACE_CHANGED, payload=pace.as_json(), actor=actor)
