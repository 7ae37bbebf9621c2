"""What of the dinners has been kept long enough. Its monthly figures stay: they are kept before any row goes."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.incidents.models import Incident
from backend.incidents.selectors import DINNER_SOURCE
from backend.meals.models import (
    ChairOffer,
    CrewHours,
    CrewPlace,
    DoorEntry,
    Evening,
    GuestCall,
    MealPayment,
    NumberCheck,
    Plate,
    Reservation,
    SpeakerPlate,
    StandingSkip,
    TurnedAway,
)
from backend.meals.services import figures
from backend.people.models import Consent, Contact, Organisation, Person, PhoneNumber
from backend.people.selectors import zone_of

PERIOD = "dinners"

SETTLED = timedelta(days=60)
"""So long after its day nothing of an evening changes any more: its month can be kept (our own inference)."""

Rows = Callable[[Organisation, datetime], "QuerySet[Any]"]


def figures_kept(organisation: Organisation, limit: datetime, now: datetime) -> datetime:
    """Keep the figures of the months that may go; returns the instant (UTC) before which rows are in kept figures.

    Months are kept long before their rows go: some is counted from events, which go on their own day.
    """
    zone = zone_of(organisation)
    until = max(limit, now - SETTLED).astimezone(zone).date()
    figures.keep_until(organisation, until, now)
    return min(limit, datetime.combine(limit.astimezone(zone).date().replace(day=1), time(), zone))


def _over(organisation: Organisation, limit: datetime) -> "QuerySet[Evening]":
    """Evenings that ended before `limit` and of which no case is open."""
    cases = Incident.objects.filter(source_kind=DINNER_SOURCE, source_id=OuterRef("pk")).exclude(
        state=Incident.State.CLOSED
    )
    return Evening.objects.filter(resto__organisation=organisation, ends_at__lt=limit).exclude(Exists(cases))


def plates_without_consent(organisation: Organisation, limit: datetime) -> "QuerySet[Plate]":
    """Of who has not agreed that it is kept, or does not any more: when the evening is closed, or over for a day."""
    agreed = Consent.objects.filter(
        person=OuterRef("reservation__person"), purpose=Consent.Purpose.DIET, withdrawn_at=None
    )
    done = Q(reservation__evening__state__in=(Evening.State.CLOSED, Evening.State.CANCELLED))
    rows = Plate.objects.filter(done | Q(reservation__evening__ends_at__lt=limit))
    return rows.filter(reservation__evening__resto__organisation=organisation).exclude(Exists(agreed))


def speaker_plates(organisation: Organisation, limit: datetime) -> "QuerySet[SpeakerPlate]":
    """Of who spoke nobody asks whether it may be kept: gone when the evening is closed, or over for a day.

    Not when it is cancelled: it may take place after all, with the same people who speak.
    """
    done = Q(evening__state=Evening.State.CLOSED) | Q(evening__ends_at__lt=limit)
    return SpeakerPlate.objects.filter(done, evening__resto__organisation=organisation)


def plates(organisation: Organisation, limit: datetime) -> "QuerySet[Plate]":
    """What was eaten otherwise, however it was agreed to."""
    return Plate.objects.filter(
        reservation__evening__resto__organisation=organisation, reservation__evening__ends_at__lt=limit
    )


def notes(organisation: Organisation, limit: datetime) -> "QuerySet[Reservation]":
    """What was noted of a place."""
    rows = Reservation.objects.filter(evening__resto__organisation=organisation, evening__ends_at__lt=limit)
    return rows.exclude(note="")


def calls(organisation: Organisation, limit: datetime) -> "QuerySet[GuestCall]":
    """Who was to be rung; not who still is."""
    return GuestCall.objects.filter(organisation=organisation, ended_at__lt=limit).exclude(state=GuestCall.State.OPEN)


def door_entries(organisation: Organisation, limit: datetime) -> "QuerySet[DoorEntry]":
    """What was done at the door."""
    return DoorEntry.objects.filter(evening__in=_over(organisation, limit))


def payments(organisation: Organisation, limit: datetime) -> "QuerySet[MealPayment]":
    """How dinners were paid."""
    return MealPayment.objects.filter(reservation__evening__in=_over(organisation, limit))


def offers(organisation: Organisation, limit: datetime) -> "QuerySet[ChairOffer]":
    """Chairs that were offered, and who was passed over for them."""
    return ChairOffer.objects.filter(evening__in=_over(organisation, limit))


def places(organisation: Organisation, limit: datetime) -> "QuerySet[Reservation]":
    """Places of which nothing else is left that does not go along."""
    rows = Reservation.objects.filter(evening__in=_over(organisation, limit))
    open_call = GuestCall.objects.filter(reservation=OuterRef("pk"), state=GuestCall.State.OPEN)
    for left in (MealPayment, ChairOffer):
        rows = rows.exclude(Exists(left._base_manager.filter(reservation=OuterRef("pk"))))
    return rows.exclude(Exists(open_call))


def crews(organisation: Organisation, limit: datetime) -> "QuerySet[CrewPlace]":
    """Who helped, and who was asked."""
    return CrewPlace.objects.filter(evening__in=_over(organisation, limit))


def hours(organisation: Organisation, limit: datetime) -> "QuerySet[CrewHours]":
    """Who helped until somebody else did."""
    return CrewHours.objects.filter(evening__in=_over(organisation, limit))


def skips(organisation: Organisation, limit: datetime) -> "QuerySet[StandingSkip]":
    """Evenings on which a regular had no place."""
    return StandingSkip.objects.filter(evening__in=_over(organisation, limit))


def told_no(organisation: Organisation, limit: datetime) -> "QuerySet[TurnedAway]":
    """Who asked and was told no."""
    return TurnedAway.objects.filter(resto__organisation=organisation, at__lt=limit)


def _in_vain(organisation: Organisation, limit: datetime) -> "QuerySet[NumberCheck]":
    """Checks by which nobody confirmed anything."""
    return NumberCheck.objects.filter(organisation=organisation, expires_at__lt=limit, confirmed_at=None)


def holds(organisation: Organisation, limit: datetime) -> "QuerySet[Reservation]":
    """Chairs that were kept and that nobody confirmed; a later code for the same chairs may have confirmed them."""
    confirmed = NumberCheck.objects.filter(reservation=OuterRef("pk"), confirmed_at__isnull=False)
    rows = Reservation.objects.filter(number_checks__in=_in_vain(organisation, limit), state="cancelled")
    return Reservation.objects.filter(pk__in=rows.values("pk"), way="page").exclude(Exists(confirmed))


def strangers(organisation: Organisation, limit: datetime) -> "QuerySet[Person]":
    """Who was written down for such a number and has nothing else: no number, no place, nobody who is rung for them."""
    rows = Person.objects.filter(pk__in=_in_vain(organisation, limit).values("person"))
    return rows.exclude(
        Exists(PhoneNumber.objects.filter(person=OuterRef("pk")))
        | Exists(Reservation.objects.filter(person=OuterRef("pk")))
        | Exists(Contact.objects.filter(person=OuterRef("pk")).exclude(phone=""))
        | Exists(NumberCheck.objects.filter(person=OuterRef("pk"), expires_at__gte=limit))
    )


def checks(organisation: Organisation, limit: datetime) -> "QuerySet[NumberCheck]":
    """Numbers to which a code was sent, and its hash."""
    return NumberCheck.objects.filter(organisation=organisation, expires_at__lt=limit)


KINDS = (("dinner places kept in vain", holds), ("who kept them", strangers), ("confirmed numbers", checks))
"""In this order: what points to a row goes before it."""

DINNERS: "tuple[tuple[str, Rows], ...]" = (
    ("dinner payments", payments),
    ("chair offers", offers),
    ("dinner places", places),
    ("dinner hours", hours),
    ("dinner crews", crews),
    ("skipped dinners", skips),
    ("dinners told no", told_no),
)
"""In this order: what points to a row goes before it. All of it is in the figures of a month, which stay."""

OTHERS: "tuple[tuple[str, str, Rows], ...]" = (
    ("plates without consent", "checks", plates_without_consent),
    ("plates of speakers", "checks", speaker_plates),
    ("plates", "plates", plates),
    ("dinner calls", "calls", calls),
    ("door entries", "links", door_entries),
)
"""Name, period and rows."""
