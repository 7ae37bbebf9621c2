"""The panel of open cases on the today board."""

from datetime import datetime
from typing import Any

from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident
from backend.incidents.selectors import open_incidents
from backend.incidents.web import cases
from backend.incidents.web.cases import Turn
from backend.incidents.web.words import ROLES
from backend.people.models import User


def open_cases(user: User, now: datetime) -> dict[str, Any]:
    """Every unclosed case that the user may see, the oldest first."""
    rows = [_row(incident, user, now) for incident in open_incidents(user)]
    return {"cases": rows} if rows else {}


def _row(incident: Incident, user: User, now: datetime) -> dict[str, Any]:
    turn = cases.turn_of(incident, f"user:{user.pk}", now)
    return {
        "incident": incident,
        "reason": cases.reason(incident),
        "names": [member.person.name for member in incident.members.all()],
        "level": level_words(incident),
        "holder": cases.holder(incident),
        "can_claim": turn is Turn.CLAIM,
        "is_mine": turn in (Turn.ARRIVE, Turn.OUTCOME),
    }


def level_words(incident: Incident) -> str:
    """How far up the ladder the case has come, in words."""
    level = Progress.from_json(incident.progress).level
    levels = EscalationPolicy.from_json(incident.policy).levels
    return str(ROLES.get(levels[level].role, "")) if 0 <= level < len(levels) else ""
