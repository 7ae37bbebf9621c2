"""What somebody needs to get about: special-category data, kept with their consent and not without."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.models import Aid, Consent, Person
from backend.people.selectors import consent_in_force
from backend.people.services import presence

AIDS_CHANGED = "people.aids_changed"
"""The subject is the person. Payload: how_many. Which ones stands in the rows only, which go with the consent."""


class NeedsConsent(RondjeError):
    """Aids were told before the person agreed that they are kept."""


@transaction.atomic
def set_aids(person: Person, kinds: Collection[str], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Keep these aids (`Aid.Kind`) and no others; returns them in their order. None at all needs no consent.

    Raises NeedsConsent without a consent in force (`Consent.Purpose.AIDS`), and RondjeError for an unknown kind.
    """
    presence.locked(person)
    wanted = set(kinds)
    unknown = wanted - set(Aid.Kind.values)
    if unknown:
        raise RondjeError("This aid is not one that we know.")
    if wanted and consent_in_force(person, Consent.Purpose.AIDS) is None:
        raise NeedsConsent(
            "Aids are kept only with consent. Read the words of consent to them, record that they agree, and then note "
            "the aids."
        )
    held = set(Aid.objects.filter(person=person).values_list("kind", flat=True))
    if held != wanted:
        Aid.objects.filter(person=person, kind__in=held - wanted).delete()
        Aid.objects.bulk_create([Aid(person=person, kind=kind) for kind in sorted(wanted - held)])
        record(
            kind=AIDS_CHANGED,
            subject_kind="person",
            subject_id=person.pk,
            organisation_id=person.organisation_id,
            actor=actor,
            payload={"how_many": len(wanted)},
            occurred_at=now,
        )
    return tuple(kind for kind in Aid.Kind.values if kind in wanted)
