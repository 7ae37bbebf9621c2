"""How long somebody can sit in the bus, where something else was agreed with them than holds for everybody."""

from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.models import Person
from backend.people.services import presence

RIDE_LIMIT_CHANGED = "people.ride_limit_changed"
"""The subject is the person. Payload: is_own (whether they have a limit of their own now)."""

SHORTEST, LONGEST = 5, 180
"""Minutes: the bounds that an organisation's own limit has as well."""


@transaction.atomic
def set_ride_limit(person: Person, minutes: int | None, *, actor: Actor, now: datetime) -> None:
    """Agree how many minutes a ride may take for somebody; None: as many as for everybody.

    Raises RondjeError when nobody could be driven so, or nobody should.
    """
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        raise RondjeError("The longest ride is a number of minutes between 5 and 180.")
    held = presence.locked(person)
    if held.max_ride_minutes == minutes:
        return
    held.max_ride_minutes = minutes
    held.save(update_fields=["max_ride_minutes"])
    record(
        kind=RIDE_LIMIT_CHANGED,
        subject_kind="person",
        subject_id=held.pk,
        organisation_id=held.organisation_id,
        actor=actor,
        payload={"is_own": minutes is not None},
        occurred_at=now,
    )
