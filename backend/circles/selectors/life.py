"""What a circle has and lacks, and who waits for a place in it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from backend.circles.domain import life
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import policy_of, scope_of
from backend.people.domain.telephone import is_forbidden
from backend.people.models import Consent, DutyShift, Person

TAKING_PART = (Membership.Status.ACTIVE, Membership.Status.NEEDS_NUMBER)
"""Who has a place in the ring."""


def with_consent(memberships: "QuerySet[Membership]") -> "QuerySet[Membership]":
    """Memberships with `agreed`: whether a consent holds."""
    consents = Consent.objects.filter(person=OuterRef("person"), purpose=Consent.Purpose.CIRCLE, withdrawn_at=None)
    return memberships.annotate(agreed=Exists(consents))


def facts_of(circle: Circle) -> life.Facts:
    """What is known of a circle that is to be active."""
    shifts = DutyShift.objects.filter(scope=scope_of(circle), date=None, person__phones__isnull=False)
    days = {rank: set[int]() for rank in DutyShift.Rank.values}
    for rank, weekday in shifts.values_list("rank", "weekday"):
        if weekday is not None:
            days[rank].add(weekday)
    rows = with_consent(circle.memberships.filter(status__in=TAKING_PART))
    return life.Facts(
        duty_phone_answers=bool(circle.organisation.duty_phone) and not is_forbidden(circle.organisation.duty_phone),
        weekdays=tuple(circle.weekdays),
        with_primary=frozenset(days[DutyShift.Rank.PRIMARY]),
        with_coordinator=frozenset(days[DutyShift.Rank.COORDINATOR]),
        members=tuple(
            life.Member(
                row.person.name,
                has_number=any(not is_forbidden(phone.e164) for phone in row.person.phones.all()),
                has_consent=bool(getattr(row, "agreed", False)),
            )
            for row in rows.select_related("person").prefetch_related("person__phones").order_by("position", "pk")
        ),
        minimum=policy_of(circle).min_members,
    )


def lacks(circle: Circle) -> tuple[life.Missing, ...]:
    """What keeps the circle from being active."""
    return life.missing(facts_of(circle))


def waiting(circle: Circle) -> "QuerySet[Membership]":
    """Who waits for a place, who came first in front."""
    return circle.memberships.filter(status=Membership.Status.WAITING).order_by("pk")


def free_places(circle: Circle) -> int:
    """How many more the circle takes by its policy."""
    taken = circle.memberships.filter(status__in=TAKING_PART).count()
    return max(0, policy_of(circle).max_members - taken)


@dataclass(frozen=True)
class Neighbours:
    """Who comes before and after a member in the ring, by name; empty for the ends. `count` is all who take part."""

    before: str
    after: str
    count: int


def neighbours_of(membership: Membership) -> Neighbours:
    """Of a member who takes part; the volunteer, who stands at both ends, is not named."""
    rows = membership.circle.memberships.filter(status__in=TAKING_PART).select_related("person")
    ring = list(rows.order_by("position", "pk"))
    at = next((index for index, row in enumerate(ring) if row.pk == membership.pk), None)
    if at is None:
        return Neighbours("", "", len(ring))
    before = ring[at - 1].person.name if at > 0 else ""
    after = ring[at + 1].person.name if at + 1 < len(ring) else ""
    return Neighbours(before, after, len(ring))


def places_of(person: Person) -> list[Membership]:
    """Every place that a person has in a ring."""
    rows = person.memberships.filter(status__in=TAKING_PART).select_related("circle")
    return list(rows.order_by("circle__name", "pk"))
