"""What somebody of the crew may see: the evenings on which they help, around those; as a host also the desk."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from backend.meals.models import CrewPlace, Evening, Job, Reservation
from backend.meals.selectors.door import guests
from backend.people import doors
from backend.people.models import Organisation, Person, Role, User

BEFORE, AFTER = timedelta(hours=24), timedelta(hours=24)
"""The kitchen's counts and the list at the door are there from a day before the doors open until a day after."""


def places_of_user(user: User | AnonymousUser) -> "QuerySet[CrewPlace]":
    """Places of somebody who signs in, by the e-mail address that they share with the volunteer.

    Only in organisations in which they are crew, and only once their place is confirmed.
    """
    if not isinstance(user, User) or not user.email:
        return CrewPlace.objects.none()
    return CrewPlace.objects.filter(
        state=CrewPlace.State.CONFIRMED,
        person__email__iexact=user.email,
        person__organisation=F("evening__resto__organisation"),
        evening__resto__organisation__in=doors.organisations_of(user, Role.Kind.CREW),
    )


def evenings_of_crew(user: User | AnonymousUser, now: datetime) -> "QuerySet[Evening]":
    """Evenings around now (UTC) on which somebody who signs in helps."""
    around = Evening.objects.filter(doors_at__lte=now + BEFORE, ends_at__gte=now - AFTER)
    return around.filter(pk__in=places_of_user(user).values("evening_id"))


def coming_places(user: User | AnonymousUser, since: datetime) -> "QuerySet[CrewPlace]":
    """Where they help on evenings that nobody has closed and that end after `since` (UTC), the soonest first."""
    over = (Evening.State.CANCELLED, Evening.State.CLOSED)
    found = places_of_user(user).filter(evening__ends_at__gt=since).exclude(evening__state__in=over)
    return found.select_related("evening__resto__organisation").order_by("evening__doors_at", "pk")


def evenings_for(user: User | AnonymousUser, now: datetime) -> "QuerySet[Evening]":
    """Evenings whose kitchen and door a user may see and work: of who runs the dinners all, of crew their own."""
    run = Q(resto__organisation__in=doors.organisations_of(user, *doors.RESTO))
    return Evening.objects.filter(run | Q(pk__in=evenings_of_crew(user, now)))


def desk_of(user: User | AnonymousUser, now: datetime) -> "QuerySet[Organisation]":
    """For whose dinners a user may reserve while a caller is on the line: who runs them, and who hosts one to come."""
    run, hosted = doors.organisations_of(user, *doors.RESTO), coming_places(user, now).filter(job=Job.HOST)
    return Organisation.objects.filter(
        Q(pk__in=run.values("pk")) | Q(pk__in=hosted.order_by().values("evening__resto__organisation_id"))
    )


def callers_of(user: User | AnonymousUser, now: datetime) -> "QuerySet[Person]":
    """For whom: who runs the dinners for everybody, a host for whoever is known as a guest, as at the door."""
    run = doors.organisations_of(user, *doors.RESTO)
    known = Q(pk__in=guests().values("pk"))
    people = Person.objects.select_related("organisation").filter(organisation__in=desk_of(user, now))
    return people.filter(Q(organisation__in=run) | known)


def reservations_for(user: User | AnonymousUser, now: datetime) -> "QuerySet[Reservation]":
    """Reservations that a user may look up and change at the desk: a host those of evenings that are not over."""
    run = Q(evening__resto__organisation__in=doors.organisations_of(user, *doors.RESTO))
    hosted = Q(evening__resto__organisation__in=desk_of(user, now), evening__ends_at__gt=now)
    return Reservation.objects.filter(run | hosted)


def runs_dinners(user: User | AnonymousUser, organisation_id: int) -> bool:
    """Whether a user runs the dinners of an organisation, and so may see all of its guests."""
    return doors.organisations_of(user, *doors.RESTO).filter(pk=organisation_id).exists()
