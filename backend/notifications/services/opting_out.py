"""Who wants no texts any more: by STOP, by what the carrier says, or by a word to staff. Calls remain."""

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.events import clock
from backend.events.services import record
from backend.notifications.models import OptOut
from backend.people.models import Organisation

OPTED_OUT = "notifications.opted_out"
OPTED_IN = "notifications.opted_in"
"""Payload: how. The subject is the organisation; which line it is stays in the row."""


def has_opted_out(organisation_id: int, line: str) -> bool:
    """Whether a line (E.164) takes no texts from an organisation."""
    return OptOut.objects.filter(organisation_id=organisation_id, line=line).exists()


@transaction.atomic
def opt_out(organisation: Organisation, line: str, *, how: OptOut.How, actor: Actor = SYSTEM) -> bool:
    """No texts to this line any more: they are refused before the carrier is asked, and alarms are rung instead.

    False when that was so already.
    """
    _row, is_new = OptOut.objects.get_or_create(
        organisation=organisation, line=line, defaults={"how": how, "since": clock.now()}
    )
    if is_new:
        _record(OPTED_OUT, organisation, actor, how)
    return is_new


@transaction.atomic
def opt_in(organisation: Organisation, line: str, *, actor: Actor = SYSTEM) -> bool:
    """Texts to this line again, after START. False when nobody had stopped them."""
    deleted, _rows = OptOut.objects.filter(organisation=organisation, line=line).delete()
    if deleted:
        _record(OPTED_IN, organisation, actor, "")
    return bool(deleted)


def _record(kind: str, organisation: Organisation, actor: Actor, how: str) -> None:
    record(
        kind=kind,
        subject_kind="organisation",
        subject_id=organisation.pk,
        organisation_id=organisation.pk,
        actor=actor,
        payload={"how": how},
    )
