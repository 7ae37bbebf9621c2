"""An evening's lock, its events, and its end before it has begun."""

from datetime import datetime

from django.db.models import F

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.meals.domain.standing import Gone
from backend.meals.models import ChairOffer, Evening, Reservation
from backend.people import calls_to_make
from backend.people.services import engagements

SUBJECT = "evening"


def locked(evening_id: int) -> Evening:
    """The evening, locked until the end of the transaction. Its lock comes before that of a case and of any row."""
    Evening.objects.select_for_update().get(pk=evening_id)
    return Evening.objects.select_related("resto__organisation", "series").get(pk=evening_id)


def changed(evening: Evening) -> None:
    """Whoever has a list of this evening must be able to see that it is an old one."""
    Evening.objects.filter(pk=evening.pk).update(version=F("version") + 1)
    evening.refresh_from_db(fields=["version"])


def tell(evening: Evening, kind: str, actor: Actor, **payload: object) -> None:
    """Record an event of an evening. `payload`: references and codes."""
    record(
        kind=f"meals.{kind}",
        subject_kind=SUBJECT,
        subject_id=evening.pk,
        actor=actor,
        organisation_id=evening.resto.organisation_id,
        payload=dict(payload),
    )


def cancel(*, evening_id: int, because: str, actor: Actor, now: datetime) -> Evening:
    """The evening does not take place: all reservations are cancelled with it. Runs in a transaction.

    Whoever had reserved is told by what follows ("meals.evening_cancelled").

    Raises:
        Conflict: it has begun, is over, or was cancelled already.
    """
    evening = locked(evening_id)
    if evening.state != Evening.State.PLANNED:
        raise Conflict("This evening has begun, is over, or was cancelled already.")
    evening.state, evening.cancelled_because = Evening.State.CANCELLED, because
    evening.save(update_fields=["state", "cancelled_because"])
    rows = evening.reservations.exclude(state=Reservation.State.CANCELLED)
    told = list(rows.filter(state=Reservation.State.RESERVED).values_list("pk", flat=True))
    for row in rows:
        engagements.release(source_of(row))
    evening.offers.filter(state=ChairOffer.State.OPEN).update(
        state=ChairOffer.State.WITHDRAWN, ended_at=now, ended_by=actor.who
    )
    calls_to_make.lapse(evening.calls.all(), actor.who, now)
    rows.update(state=Reservation.State.CANCELLED, cancelled_at=now, cancelled_because=Gone.EVENING_OFF)
    changed(evening)
    tell(evening, "evening_cancelled", actor, reservations=told)
    return evening


def source_of(reservation: Reservation) -> str:
    """How an engagement says which reservation it follows from."""
    return f"reservation:{reservation.pk}"
