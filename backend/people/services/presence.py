"""Whether somebody is still known to us while something is written down about them: they may be erased meanwhile.

Or go to another organisation. Whoever erases or moves a person holds their row until it is done. Rows that refer to it
are checked by the database when the transaction commits, which is too late to look: so a service that writes such rows
holds it before.
"""

from collections.abc import Collection

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_noop as _
from psycopg.errors import LockNotAvailable

from backend.common.errors import Conflict
from backend.people.models import Person


class Moved(Conflict):
    """Somebody went to another organisation between the question and the answer."""

    def __init__(self) -> None:
        super().__init__(
            _("This person has gone to another organisation: nothing can be noted for them here any more.")
        )


class Erased(Conflict):
    """Somebody was erased between the question and the answer."""

    def __init__(self) -> None:
        super().__init__(_("This person has been erased: nothing can be noted for them any more."))


def hold(person: Person) -> None:
    """Nobody erases or moves this person before the transaction ends. After the lock of the aggregate, before any row.

    Any number of transactions can hold a person at a time, in any order: none waits for another of them.

    Raises Erased and Moved; whoever is being erased or moved at this moment is waited for.
    """
    with connection.cursor() as cursor:
        # FOR KEY SHARE is what the database takes itself for a row that refers to another; Django has no word for it.
        cursor.execute("SELECT erased_at, organisation_id FROM people_person WHERE id = %s FOR KEY SHARE", [person.pk])
        found = cursor.fetchone()
    if found is None or found[0] is not None:
        raise Erased
    if found[1] != person.organisation_id:
        raise Moved


def locked(person: Person) -> Person:
    """The person as they are now, held, and by nobody else at the same time. Raises Erased and Moved."""
    found = Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if found is None or found.erased_at is not None:
        raise Erased
    if found.organisation_id != person.organisation_id:
        raise Moved
    return found


def hold_alone(people: Collection[int]) -> None:
    """These (keys) are held, and nobody else holds one of them: for whoever moves them. Before asking what ties them.

    Raises Conflict while something is being noted for one of them. They are not waited for: two who hold some of the
    same people each would wait for one another.
    """
    rows = Person.objects.select_for_update(nowait=True).filter(pk__in=people)
    try:
        with transaction.atomic():
            list(rows.order_by("pk").values_list("pk", flat=True))
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Conflict(
            _("Something is being noted for one of the members right now. Try again in a minute.")
        ) from error
