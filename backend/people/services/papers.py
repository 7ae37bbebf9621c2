"""Papers of volunteers that somebody has seen. Of a VOG only the date on which it was seen is kept."""

from datetime import date

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.models import Paper, Person
from backend.people.services import presence

PAPER_SEEN = "people.paper_seen"
"""The subject is the person. Payload: paper (its kind)."""


@transaction.atomic
def seen(
    person: Person, kind: Paper.Kind, *, seen_on: date, valid_until: date | None, actor: Actor, today: date
) -> Paper:
    """Somebody has seen a paper, on a local date; it takes the place of the one of its kind that was seen before.

    `valid_until` is the last local date on which it holds; None where it has no end, as a VOG has none. Raises
    RondjeError for a day that lies ahead of `today`, and for an end before the day on which it was seen.
    """
    if seen_on > today:
        raise RondjeError("The paper cannot have been seen later than today.")
    if kind == Paper.Kind.VOG and valid_until is not None:
        raise RondjeError("Of a VOG only the day on which you saw it is kept.")
    if valid_until is not None and valid_until < seen_on:
        raise RondjeError("This paper had run out when you saw it. Ask for a new one.")
    presence.locked(person)
    paper, _is_new = Paper.objects.update_or_create(
        person=person, kind=kind, defaults={"seen_on": seen_on, "seen_by": actor.who, "valid_until": valid_until}
    )
    record(
        kind=PAPER_SEEN,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"paper": kind.value},
    )
    return paper
