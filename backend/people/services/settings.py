"""What an organisation chooses for itself, kept by name in `Organisation.settings`; every choice is recorded."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.events.services import record
from backend.people.models import Organisation


def locked(organisation: Organisation) -> Organisation:
    """The organisation as it is now; nobody else chooses for it until the end of the transaction."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def save(row: Organisation, new: Mapping[str, Any], *, kind: str, payload: dict[str, Any], actor: Actor) -> None:
    """Keep these settings of a locked organisation, each in place of what it was; others stay.

    The event is of this `kind`; its subject is the organisation.
    """
    row.settings = {**row.settings, **new}
    row.save(update_fields=["settings"])
    record(
        kind=kind,
        subject_kind="organisation",
        subject_id=row.pk,
        organisation_id=row.pk,
        actor=actor,
        payload=payload,
    )


@transaction.atomic
def merge(
    organisation: Organisation,
    name: str,
    chosen: Mapping[str, Any],
    *,
    kind: str,
    actor: Actor,
    payload: dict[str, Any] | None = None,
) -> None:
    """Keep what was chosen beside what else the setting `name` says. `organisation` has it as well from here on."""
    row = locked(organisation)
    known = row.settings.get(name)
    parts = known if isinstance(known, dict) else {}
    save(row, {name: {**parts, **chosen}}, kind=kind, payload=payload or {}, actor=actor)
    organisation.settings = row.settings
