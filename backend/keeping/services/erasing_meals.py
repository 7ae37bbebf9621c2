"""Erasing a person from the dinners: chairs stay countable; what they ate, wished and were told does not."""

from collections import Counter
from datetime import datetime

from django.db.models import Q

from backend.common.errors import Conflict
from backend.meals.models import (
    CrewPlace,
    Evening,
    GuestCall,
    NumberCheck,
    Plate,
    Reservation,
    RideAsked,
    SkippedParty,
    TurnedAway,
)
from backend.people.models import Person


def lock_evenings(person: Person) -> None:
    """Every evening of their organisation that is not over, before incidents and rows: nothing changes while we look.

    Also those on which they have nothing yet: a manager may be putting them in a crew right now.
    """
    ahead = Evening.objects.filter(
        resto__organisation=person.organisation_id, state__in=(Evening.State.PLANNED, Evening.State.OPEN)
    )
    list(ahead.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def refuse_while_it_matters(person: Person, now: datetime) -> None:
    """Raise Conflict, saying what to do first, while an evening counts on them or they on it."""
    underway = Q(evening__state=Evening.State.OPEN)
    to_come = Q(evening__state=Evening.State.PLANNED, evening__ends_at__gte=now)
    if Reservation.objects.filter(underway | to_come, person=person).exclude(state="cancelled").exists():
        raise Conflict("This person has a place at a dinner, or waits for one. Cancel it first.")
    if CrewPlace.objects.filter(underway | to_come, person=person).exists():
        raise Conflict("This person helps at a dinner. Put somebody else on it first.")
    calls = GuestCall.objects.filter(person=person, state=GuestCall.State.OPEN)
    if calls.exclude(kind=GuestCall.Kind.CREW).exists():
        raise Conflict("Somebody still has to ring this person about a dinner. Do that first, on the list of calls.")


def blank_evenings(person: Person, removed: Counter[str]) -> None:
    """Reservations keep their covers and times, which no figure can do without; food, friends and notes go.

    What the restos know of a guest, wishes about the table in both directions, standing places, questions to help and
    calls are deleted with all else that does.
    """
    theirs = Reservation.objects.filter(person=person)
    removed["plates"] += Plate.objects.filter(reservation__in=theirs).delete()[0]
    removed["rides to dinners"] += RideAsked.objects.filter(reservation__in=theirs).delete()[0]
    removed["confirmed numbers"] += NumberCheck.objects.filter(reservation__in=theirs).delete()[0]
    removed["places at dinners"] += theirs.update(note="", on_behalf_of="", party=None)
    SkippedParty.objects.filter(reservation__in=theirs).update(details={})
    removed["told no"] += TurnedAway.objects.filter(person=person).update(person=None)
