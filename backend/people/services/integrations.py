"""Tokens with which other systems may ask on behalf of an organisation."""

from typing import cast

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.models import Integration, Organisation

INTEGRATION_ADMITTED = "people.integration_admitted"
"""The subject is the organisation. Payload: integration (its reference), may_write."""

INTEGRATION_REVOKED = "people.integration_revoked"
"""The subject is the organisation. Payload: integration (its reference)."""

LONGEST_NAME = 50


@transaction.atomic
def admit(*, organisation: Organisation, name: str, may_write: bool, actor: Actor) -> tuple[Integration, str]:
    """A new token: the row, and the token itself, which is never shown again.

    Raises RondjeError when nobody would recognise it by its name.
    """
    if not name.strip() or len(name) > LONGEST_NAME:
        raise RondjeError("Give the connection a name of at most 50 letters, by which you will know it again.")
    made, token = Integration.objects.create_key(organisation=organisation, name=name.strip(), may_write=may_write)
    integration = cast(Integration, made)
    _record(INTEGRATION_ADMITTED, integration, actor, may_write=may_write)
    return integration, token


@transaction.atomic
def revoke(integration: Integration, *, actor: Actor) -> None:
    """The token opens nothing any more, from now on and for good. Again changes nothing."""
    if not Integration.objects.filter(pk=integration.pk, revoked=False).update(revoked=True):
        return
    _record(INTEGRATION_REVOKED, integration, actor)


def _record(kind: str, integration: Integration, actor: Actor, **payload: bool) -> None:
    record(
        kind=kind,
        subject_kind="organisation",
        subject_id=integration.organisation_id,
        organisation_id=integration.organisation_id,
        actor=actor,
        payload={"integration": integration.reference, **payload},
    )
