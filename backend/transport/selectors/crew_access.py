"""Which trips a driver or host may see the list of: those on which they are crew, around the day itself."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from backend.people import doors
from backend.people.models import Person, Role, User
from backend.transport.models import CrewDuty, CrewOffer, Trip

BEFORE, AFTER = timedelta(hours=24), timedelta(days=7)
"""The list is there from a day before the bus leaves; what was ticked without signal is taken for a week after it."""


def trips_of_crew(user: User | AnonymousUser, now: datetime) -> "QuerySet[Trip]":
    """Trips around now (UTC) that somebody who signs in drives or hosts."""
    return _around(now).filter(pk__in=_duties_of_user(user).values("trip_id"))


def coming_duties(user: User | AnonymousUser, now: datetime) -> "QuerySet[CrewDuty]":
    """What they drive or host and that is not over, or not closed yet, the soonest first. `now` is UTC."""
    not_over = Q(trip__state=Trip.State.PLANNED, trip__ends_at__gt=now) | Q(
        trip__state=Trip.State.UNDERWAY, trip__ends_at__gte=now - AFTER
    )
    found = _duties_of_user(user).filter(not_over)
    return found.select_related("trip__organisation", "trip__destination").order_by("trip__leaves_at", "pk")


def _duties_of_user(user: User | AnonymousUser) -> "QuerySet[CrewDuty]":
    """Duties of somebody who signs in, by the e-mail address that they share with the volunteer.

    Only in organisations in which they are a driver or a host, and only once their duty is confirmed.
    """
    if not isinstance(user, User) or not user.email:
        return CrewDuty.objects.none()
    return CrewDuty.objects.filter(
        state=CrewDuty.State.CONFIRMED,
        person__email__iexact=user.email,
        person__organisation=F("trip__organisation"),
        trip__organisation__in=doors.organisations_of(user, Role.Kind.DRIVER, Role.Kind.HOST),
    )


def trips_once_of_crew(user: User | AnonymousUser, now: datetime) -> "QuerySet[Trip]":
    """Trips whose crew somebody who signs in was, as above, and may be no more: what they ticked then is taken in."""
    own = doors.organisations_of(user, Role.Kind.DRIVER, Role.Kind.HOST)
    if not isinstance(user, User) or not user.email:
        return Trip.objects.none()
    people = Person.objects.filter(email__iexact=user.email, organisation__in=own)
    accepted = Q(offers__person__in=people, offers__state=CrewOffer.State.ACCEPTED)
    duties = CrewDuty.objects.filter(accepted | Q(links__person__in=people))
    return _around(now).filter(organisation__in=own, pk__in=duties.values("trip_id"))


def _around(now: datetime) -> "QuerySet[Trip]":
    return Trip.objects.filter(
        leaves_at__lte=now + BEFORE,
        ends_at__gte=now - AFTER,
    )
