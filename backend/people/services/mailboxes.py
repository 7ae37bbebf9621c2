"""Addresses to which paper lists go by mail."""

from django.db import transaction

from backend.common.actors import Actor
from backend.events.services import record
from backend.people.models import Organisation, Person


@transaction.atomic
def set_mailbox(owner: Person | Organisation, address: str, *, actor: Actor) -> bool:
    """Lists for this person, or for everybody on duty in this organisation, go to `address` (empty: to none).

    False when it was so already. That it was changed is recorded; the address is not part of the record.
    """
    if owner.email == address:
        return False
    owner.email = address
    owner.save(update_fields=["email"])
    is_person = isinstance(owner, Person)
    record(
        kind="people.mailbox_set",
        subject_kind="person" if is_person else "organisation",
        subject_id=owner.pk,
        organisation_id=owner.organisation_id if isinstance(owner, Person) else owner.pk,
        actor=actor,
    )
    return True
