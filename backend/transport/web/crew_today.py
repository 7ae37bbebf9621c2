"""The panel of the board for drivers and hosts: their trips, and the way to the list of each."""

from datetime import datetime
from typing import Any

from backend.people import doors
from backend.people.models import Role, User
from backend.transport.models import CrewDuty
from backend.transport.models.crew import Task
from backend.transport.selectors.crew_access import BEFORE, coming_duties
from backend.transport.web.words import TASKS

SHOWN_AT_MOST = 20


def own_trips(user: User, now: datetime) -> dict[str, Any]:
    """Trips of whoever looks, today and to come. `now` is UTC; nothing for who neither drives nor hosts."""
    if not doors.organisations_of(user, Role.Kind.DRIVER, Role.Kind.HOST).exists():
        return {}
    return {"rows": [_row(duty, now) for duty in coming_duties(user, now)[:SHOWN_AT_MOST]]}


def _row(duty: CrewDuty, now: datetime) -> dict[str, Any]:
    opens = duty.trip.leaves_at - BEFORE
    return {"trip": duty.trip, "task": TASKS[Task(duty.task)], "is_open": opens <= now, "opens": opens}
