"""Consents: recorded with their exact wording, and withdrawn; never changed."""

from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.domain.consent import Wording, aids_wording, circle_wording, diet_wording, follow_up_wording
from backend.people.models import Aid, Consent, Person
from backend.people.selectors import consent_in_force
from backend.people.services import presence

CONSENT_GIVEN = "people.consent_given"
"""The subject is the person. Payload: purpose, version, channel."""

CONSENT_WITHDRAWN = "people.consent_withdrawn"
"""The subject is the person. Payload: purpose."""

WORDINGS = {
    Consent.Purpose.CIRCLE: circle_wording,
    Consent.Purpose.AIDS: aids_wording,
    Consent.Purpose.DIET: diet_wording,
    Consent.Purpose.FOLLOW_UP: follow_up_wording,
}


@transaction.atomic
def give(
    *,
    person: Person,
    purpose: Consent.Purpose,
    given_at: datetime,
    how: str,
    on_behalf_by: str = "",
    wording: Wording | None = None,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Somebody agreed, at `given_at` (UTC, true time), by `how` (visit, call, paper); or another for them.

    `wording` is what they agreed to, if not our present words. Giving it again changes nothing.

    Raises RondjeError for a time that lies ahead.
    """
    if given_at > now:
        raise RondjeError("The consent cannot have been given later than now.")
    presence.hold(person)
    known = consent_in_force(person, purpose)
    if known is not None:
        return known
    wording = wording or WORDINGS[purpose](person.organisation.name, person.language)
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        wording=wording.text,
        version=wording.version,
        language=person.language,
        given_at=given_at,
        recorded_at=now,
        recorded_by=actor.who,
        channel=how,
        on_behalf_by=on_behalf_by,
    )
    record(
        kind=CONSENT_GIVEN,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"purpose": purpose, "version": wording.version, "channel": how},
        occurred_at=given_at,
    )
    return consent


@transaction.atomic
def withdraw(*, person: Person, purpose: Consent.Purpose, actor: Actor, now: datetime) -> bool:
    """Somebody does not agree any more; says whether there was a consent. What was kept only with it goes at once."""
    found = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    if not found.update(withdrawn_at=now, withdrawn_by=actor.who):
        return False
    if purpose == Consent.Purpose.AIDS:
        Aid.objects.filter(person=person).delete()
    record(
        kind=CONSENT_WITHDRAWN,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"purpose": purpose},
    )
    return True
