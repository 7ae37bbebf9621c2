"""What of the bus has been kept long enough. Its monthly figures stay: they are kept before any row goes."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from backend.circles.models import Membership
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.incidents.selectors import BUS_SOURCE
from backend.people.models import Aid, Consent, Engagement, Home, Organisation, Paper, Person
from backend.people.selectors import zone_of
from backend.people.services.homes import HOME_CHANGED
from backend.transport.models import (
    Availability,
    Booking,
    CashCount,
    CrewDuty,
    CrewMember,
    Disruption,
    DisruptionNotice,
    ManifestEntry,
    ManifestLink,
    Pass,
    Payment,
    Ride,
    RideRequest,
    SeatOffer,
    Trip,
    UnmetRequest,
)
from backend.transport.selectors.money import times_used
from backend.transport.services import figures

PERIOD = "trips"


def figures_kept(organisation: Organisation, limit: datetime, now: datetime) -> datetime:
    """Keep the figures of the months that may go; returns the instant (UTC) before which rows are in kept figures."""
    zone = zone_of(organisation)
    first = figures.keep_until(organisation, limit.astimezone(zone).date(), now)
    return min(limit, datetime.combine(first, time(), zone))


Rows = Callable[[Organisation, datetime], "QuerySet[Any]"]


def _over(organisation: Organisation, limit: datetime) -> "QuerySet[Trip]":
    """Trips that ended before `limit` and that nothing open hangs on: no case, and no pass that may still be used."""
    cases = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=OuterRef("pk")).exclude(
        state=Incident.State.CLOSED
    )
    paid = Payment.objects.filter(booking__trip=OuterRef("pk"), used_pass__is_over=False)
    ended = Trip.objects.filter(organisation=organisation, ends_at__lt=limit)
    return ended.exclude(Exists(cases)).exclude(Exists(paid))


def _passes_in_use(organisation: Organisation, limit: datetime) -> "QuerySet[Pass]":
    """Those that pay for a trip now, or did so since `limit`."""
    later = Payment.objects.filter(used_pass=OuterRef("pk"), at__gte=limit)
    rows = Pass.objects.filter(person__organisation=organisation).annotate(times=times_used(), is_recent=Exists(later))
    holds = Q(valid_until=None) | Q(valid_until__gte=limit.date())
    return rows.filter(holds).filter(Q(trips=None) | Q(times__lt=F("trips")) | Q(is_recent=True))


def passes_over(organisation: Organisation, limit: datetime) -> "QuerySet[Pass]":
    """Passes that cannot be used any more. What is left on a pass is counted from its uses: they go after it is marked,
    or it would be full again.
    """
    rows = Pass.objects.filter(person__organisation=organisation, is_over=False)
    return rows.exclude(pk__in=_passes_in_use(organisation, limit).values("pk"))


def payments(organisation: Organisation, limit: datetime) -> "QuerySet[Payment]":
    """How places were paid."""
    return Payment.objects.filter(booking__trip__in=_over(organisation, limit))


def ticks(organisation: Organisation, limit: datetime) -> "QuerySet[ManifestEntry]":
    """What was ticked off on the way."""
    return ManifestEntry.objects.filter(trip__in=_over(organisation, limit))


def notices(organisation: Organisation, limit: datetime) -> "QuerySet[DisruptionNotice]":
    """Who was told that a trip went wrong."""
    return DisruptionNotice.objects.filter(disruption__trip__in=_over(organisation, limit))


def disruptions(organisation: Organisation, limit: datetime) -> "QuerySet[Disruption]":
    """What went wrong."""
    told = DisruptionNotice.objects.filter(disruption=OuterRef("pk"))
    return Disruption.objects.filter(trip__in=_over(organisation, limit)).exclude(Exists(told))


def cash(organisation: Organisation, limit: datetime) -> "QuerySet[CashCount]":
    """What was in cash boxes."""
    return CashCount.objects.filter(trip__in=_over(organisation, limit))


def offers(organisation: Organisation, limit: datetime) -> "QuerySet[SeatOffer]":
    """Seats that were offered, and who was passed over for them."""
    return SeatOffer.objects.filter(trip__in=_over(organisation, limit))


def rides(organisation: Organisation, limit: datetime) -> "QuerySet[Ride]":
    """Rides of which nothing ticked is left."""
    ticked = ManifestEntry.objects.filter(ride=OuterRef("pk"))
    return Ride.objects.filter(trip__in=_over(organisation, limit)).exclude(Exists(ticked))


def bookings(organisation: Organisation, limit: datetime) -> "QuerySet[Booking]":
    """Places of which nothing else is left."""
    rows = Booking.objects.filter(trip__in=_over(organisation, limit))
    for left in (Ride, Payment, SeatOffer, DisruptionNotice):
        rows = rows.exclude(Exists(left._base_manager.filter(booking=OuterRef("pk"))))
    return rows


def trips(organisation: Organisation, limit: datetime) -> "QuerySet[Trip]":
    """Trips of which nothing else is left; their crew and calls go along."""
    rows = _over(organisation, limit)
    for left in (Booking, ManifestEntry, Disruption, CashCount):
        rows = rows.exclude(Exists(left._base_manager.filter(trip=OuterRef("pk"))))
    return rows


def asked(organisation: Organisation, limit: datetime) -> "QuerySet[RideRequest]":
    """Rides that another programme asked for, and that are not to come."""
    rows = RideRequest.objects.filter(organisation=organisation, at__lt=limit)
    return rows.exclude(booking__trip__ends_at__gte=limit)


def unmet(organisation: Organisation, limit: datetime) -> "QuerySet[UnmetRequest]":
    """Who asked and was told no."""
    return UnmetRequest.objects.filter(organisation=organisation, at__lt=limit)


def passes(organisation: Organisation, _limit: datetime) -> "QuerySet[Pass]":
    """Passes that cannot be used any more, and of whose use nothing is left."""
    uses = Payment.objects.filter(used_pass=OuterRef("pk"))
    return Pass.objects.filter(person__organisation=organisation, is_over=True).exclude(Exists(uses))


def links(organisation: Organisation, limit: datetime) -> "QuerySet[ManifestLink]":
    """Links to lists of passengers."""
    return ManifestLink.objects.filter(person__organisation=organisation, expires_at__lt=limit)


def availability(organisation: Organisation, limit: datetime) -> "QuerySet[Availability]":
    """On which days somebody could."""
    return Availability.objects.filter(person__organisation=organisation, date__lt=limit.date())


def engagements(organisation: Organisation, limit: datetime) -> "QuerySet[Engagement]":
    """When people were away with us."""
    return Engagement.objects.filter(person__organisation=organisation, ends_at__lt=limit)


def _gone(organisation: Organisation, limit: datetime) -> "QuerySet[Person]":
    """Whoever takes part in nothing since before `limit`: no circle, no trip, no crew."""
    takes_part = Membership.objects.filter(person=OuterRef("pk")).exclude(status=Membership.Status.LEFT)
    rode = Booking.objects.filter(person=OuterRef("pk"), trip__ends_at__gte=limit)
    crew = CrewMember.objects.filter(person=OuterRef("pk"), in_use=True)
    drove = CrewDuty.objects.filter(person=OuterRef("pk"), trip__ends_at__gte=limit)
    found = Person.objects.filter(organisation=organisation)
    for there in (takes_part, rode, crew, drove):
        found = found.exclude(Exists(there))
    return found


def homes(organisation: Organisation, limit: datetime) -> "QuerySet[Home]":
    """Of who has gone. A home that was looked at since, or that nobody has looked at or come from yet, stays."""
    changed = Event.objects.filter(
        kind=HOME_CHANGED, subject_kind="person", subject_id=OuterRef("person_id"), recorded_at__gte=limit
    )
    came = Booking.objects.filter(person=OuterRef("person"))
    rows = Home.objects.filter(Q(confirmed_at__lt=limit) | Q(Exists(came), confirmed_at=None))
    return rows.filter(person__in=_gone(organisation, limit)).exclude(Exists(changed))


def aids(organisation: Organisation, limit: datetime) -> "QuerySet[Aid]":
    """Of who has gone, and agreed to it before."""
    agreed = Consent.objects.filter(person=OuterRef("person"), purpose=Consent.Purpose.AIDS)
    rows = Aid.objects.filter(Exists(agreed), person__in=_gone(organisation, limit))
    return rows.exclude(Exists(agreed.filter(given_at__gte=limit)))


def papers(organisation: Organisation, limit: datetime) -> "QuerySet[Paper]":
    """Of volunteers who have gone."""
    return Paper.objects.filter(person__in=_gone(organisation, limit), seen_on__lt=limit.date())


TRIPS: "tuple[tuple[str, Rows], ...]" = (
    ("bus payments", payments),
    ("bus ticks", ticks),
    ("bus notices", notices),
    ("bus disruptions", disruptions),
    ("bus cash", cash),
    ("bus offers", offers),
    ("bus rides", rides),
    ("bus rides asked for", asked),
    ("bus places", bookings),
    ("bus trips", trips),
    ("bus unmet", unmet),
    ("bus passes", passes),
)
"""In this order: what points to a row goes before it. All of it is in the figures of a month, which stay."""

OTHERS: "tuple[tuple[str, str, Rows], ...]" = (
    ("bus links", "links", links),
    ("bus availability", "absences", availability),
    ("engagements", "sightings", engagements),
    ("homes", "exits", homes),
    ("aids", "exits", aids),
    ("papers", "exits", papers),
)
"""Name, period and rows."""
