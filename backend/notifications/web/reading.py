"""What the inbox shows, through the doors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from backend.notifications.models import InboxItem
from backend.notifications.web.words import KINDS
from backend.people import doors
from backend.people.models import Contact, PhoneNumber, User

ON_A_PAGE = 50

RECENT = 30
"""So many that were dealt with are shown."""


@dataclass(frozen=True)
class Row:
    """One thing in the inbox, and who it is from as far as anybody knows."""

    item: InboxItem
    kind: str
    sender: str
    dealt_with_by: str


def items(user: User) -> "QuerySet[InboxItem]":
    """All of the inbox that is the user's to see."""
    return doors.visible(user, InboxItem.objects.all(), *doors.STAFF).select_related("organisation", "person", "text")


def open_rows(user: User, limit: int) -> list[Row]:
    """What nobody has dealt with, the longest waiting first, so many at most."""
    return rows_of(_open(user)[:limit])


def open_page(user: User, asked: str | None) -> "Page[InboxItem]":
    """One page of it; the first where `asked` names none."""
    return Paginator(_open(user), ON_A_PAGE).get_page(asked)


def _open(user: User) -> "QuerySet[InboxItem]":
    return items(user).filter(dealt_with_at=None).order_by("received_at", "pk")


def recent_rows(user: User) -> list[Row]:
    """What was dealt with lately, the latest first."""
    return rows_of(items(user).exclude(dealt_with_at=None).order_by("-dealt_with_at")[:RECENT])


def rows_of(some: Iterable[InboxItem]) -> list[Row]:
    """With who they are from, and who has dealt with them, in a constant number of queries."""
    found = list(some)
    senders = _senders(found)
    users = {
        f"user:{user.pk}": user.get_full_name() or user.get_username()
        for user in User.objects.filter(
            pk__in=[item.dealt_with_by.partition(":")[2] for item in found if item.dealt_with_by.startswith("user:")]
        )
    }
    return [
        Row(
            item=item,
            kind=str(KINDS[InboxItem.Kind(item.kind)]),
            sender=item.person.name if item.person else senders.get((item.organisation_id, item.line), ""),
            dealt_with_by=users.get(item.dealt_with_by, ""),
        )
        for item in found
    ]


def _senders(found: list[InboxItem]) -> dict[tuple[int, str], str]:
    """Who is known to have these numbers, in two queries."""
    lines = {item.line for item in found if item.line}
    organisations = {item.organisation_id for item in found}
    names: dict[tuple[int, str], list[str]] = {}
    contacts = Contact.objects.filter(phone__in=lines, person__organisation__in=organisations).select_related("person")
    for contact in contacts.order_by("pk"):
        key = (contact.person.organisation_id, contact.phone)
        names.setdefault(key, []).append(f"{contact.name} ({contact.person.name})")
    phones = PhoneNumber.objects.filter(e164__in=lines, person__organisation__in=organisations).select_related("person")
    for phone in phones.order_by("pk"):
        names.setdefault((phone.person.organisation_id, phone.e164), []).insert(0, phone.person.name)
    return {key: ", ".join(dict.fromkeys(who)) for key, who in names.items()}
