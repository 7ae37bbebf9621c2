"""The inbox: what only a person can deal with, shown until one has."""

from datetime import datetime

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.services import record
from backend.notifications.models import InboundText, InboxItem
from backend.people.models import Organisation, Person


def show(
    organisation: Organisation,
    kind: InboxItem.Kind,
    *,
    line: str,
    now: datetime,
    person: Person | None = None,
    text: InboundText | None = None,
    note: str = "",
) -> InboxItem:
    """Put something before the staff, in the transaction that decides so. A text is shown once."""
    values = {"organisation": organisation, "kind": kind, "line": line, "person": person, "note": note[:200]}
    if text is not None:
        item, is_new = InboxItem.objects.get_or_create(text=text, defaults={**values, "received_at": now})
    else:
        item, is_new = InboxItem.objects.create(**values, received_at=now), True
    if is_new:
        _record(item, "notifications.inbox_item", SYSTEM)
    return item


@transaction.atomic
def deal_with(item: InboxItem, *, actor: Actor) -> InboxItem:
    """Somebody has dealt with it. Raises Conflict when somebody had done so before."""
    item = InboxItem.objects.select_for_update().get(pk=item.pk)
    if item.dealt_with_at is not None:
        raise Conflict("Somebody has dealt with this already. Nothing has been changed.")
    item.dealt_with_at, item.dealt_with_by = clock.now(), actor.who
    item.save(update_fields=["dealt_with_at", "dealt_with_by"])
    _record(item, "notifications.inbox_dealt_with", actor)
    return item


def _record(item: InboxItem, kind: str, actor: Actor) -> None:
    record(
        kind=kind,
        subject_kind="inbox_item",
        subject_id=item.pk,
        organisation_id=item.organisation_id,
        actor=actor,
        payload={"kind": item.kind},
    )
