"""All that we hold about one person, as values that can be written as JSON or shown on paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from backend.events.models import Event
from backend.incidents.models import Incident, IncidentMember, Step
from backend.keeping.selectors import traces
from backend.meals.models import (
    ChairOffer,
    DoorEntry,
    MealPayment,
    Plate,
    RideAsked,
    SeatingWish,
    SkippedParty,
    StandingSkip,
)
from backend.notifications.models import Attempt, InboundText, Message
from backend.people.models import Contact, DutyShift, DutySwap, Person, PhoneNumber
from backend.people.selectors import zone_of
from backend.transport.models import ManifestEntry, PassedOver, Payment, Ride, SeatOffer

NOT_TOLD = {
    "policy",
    "claimed_by_name",
    "actor_name",
    "normalised_name",
    "lease_token",
    "leased_until",
    "tries",
    "last_error",
    "script",
    "last_prompt",
    "token_hash",
    "code_hash",
    "asked",
}
"""Columns that say nothing about the person, or that hold the names and numbers of others."""

ABOUT_OTHERS = ("incidents", "circles.duty", "circles.paper", "circles.news", "notifications.call_backs")
"""Who sends messages that are about somebody else than whom they go to."""

WISHED_BY_OTHERS = (SeatingWish, "other")
"""Whoever would rather not sit with them said so in confidence: told to who said it only."""

Section = dict[str, Any]


def dossier_of(person: Person, now: datetime) -> dict[str, Any]:
    """What we hold about a person: `person`, then `sections`, each with a `heading` (a code) and its `rows`.

    Times are local to the organisation, with their offset. What others have said of them in a case is included; names
    and numbers of others are not, except of the contacts whom they named. So calls and texts on a telephone that they
    share are left out, unless they were meant for them; and words that we texted are told to those only who act for
    nobody else: what a volunteer or a key holder is texted names the people to whom they go.
    """
    zone = zone_of(person.organisation)
    return {
        "organisation": person.organisation.name,
        "made_at": now.astimezone(zone).isoformat(timespec="seconds"),
        "person": _row(person, zone),
        "sections": [
            {"heading": heading, "rows": [_row(row, zone) for row in rows]}
            for heading, rows in sections(person)
            if rows.exists()
        ],
    }


def sections(person: Person) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    """Every table with a column that points to a person, and what points to them by number or by reference."""
    for link in traces.links_to_people():
        if link.model not in (Attempt, Message, IncidentMember) and (link.model, link.name) != WISHED_BY_OTHERS:
            yield _heading(link), link.model._base_manager.filter(**{link.name: person}).order_by("pk")
    lines = _only_theirs(person)
    about = IncidentMember.objects.filter(person=person)
    yield from _of_bookings(person)
    yield from _of_dinners(person)
    yield "cases", Incident.objects.filter(pk__in=about.values("incident")).order_by("pk")
    yield "outcomes", about.order_by("pk")
    yield "timeline", Step.objects.filter(incident__in=about.values("incident")).order_by("at", "pk")
    theirs = Q(person=person) | Q(line__in=lines)
    messages = Message.objects.filter(theirs, organisation=person.organisation).order_by("pk")
    texts = InboundText.objects.filter(organisation=person.organisation, line__in=lines).order_by("pk")
    if _acts_for_others(person):
        messages, texts = messages.defer("body"), texts.defer("answer")
    yield "messages", messages
    yield "calls", Attempt.objects.filter(theirs, organisation=person.organisation).order_by("created_at")
    yield "texts", texts
    ref = f"person:{person.pk}"
    mentions = Q(subject_kind="person", subject_id=person.pk) | Q(actor=ref) | Q(on_behalf_of=ref)
    yield "events", Event.objects.filter(mentions).order_by("pk")


def _of_bookings(person: Person) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    """What hangs on their places in the bus."""
    yield "rides", Ride.objects.filter(booking__person=person).order_by("planned_at")
    yield "manifest", ManifestEntry.objects.filter(ride__booking__person=person).order_by("at")
    yield "payments", Payment.objects.filter(booking__person=person).order_by("at")
    yield "seatoffers", SeatOffer.objects.filter(booking__person=person).order_by("offered_at")
    yield "passedover", PassedOver.objects.filter(booking__person=person).order_by("pk")


def _of_dinners(person: Person) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    """What hangs on their places at dinners."""
    yield "plates", Plate.objects.filter(reservation__person=person).order_by("pk")
    yield "mealpayments", MealPayment.objects.filter(reservation__person=person).order_by("at")
    yield "doorentries", DoorEntry.objects.filter(reservation__person=person).order_by("at")
    yield "dinnerrides", RideAsked.objects.filter(reservation__person=person).order_by("pk")
    yield "chairoffers", ChairOffer.objects.filter(reservation__person=person).order_by("offered_at")
    yield "skippedparties", SkippedParty.objects.filter(reservation__person=person).order_by("pk")
    yield "standingskips", StandingSkip.objects.filter(standing__person=person).order_by("at")


def _only_theirs(person: Person) -> list[str]:
    """The numbers of theirs on which nobody else lives, nor is reached as somebody's contact."""
    lines = person.phones.values_list("e164", flat=True)
    of_others = PhoneNumber.objects.filter(e164__in=lines).exclude(person=person).values_list("e164", flat=True)
    of_contacts = Contact.objects.filter(phone__in=lines).exclude(person=person).values_list("phone", flat=True)
    return sorted(set(lines) - set(of_others) - set(of_contacts))


def _acts_for_others(person: Person) -> bool:
    """Whether they are, or were, asked to go and look, or to stand in for others."""
    lines = person.phones.values_list("e164", flat=True)
    told = Message.objects.filter(organisation=person.organisation, host__in=ABOUT_OTHERS)
    return (
        DutyShift.objects.filter(person=person).exists()
        or DutySwap.objects.filter(Q(owner=person) | Q(taken_by=person)).exists()
        or Step.objects.filter(actor=f"person:{person.pk}").exists()
        or told.filter(Q(person=person) | Q(line__in=lines)).exists()
        or Contact.objects.filter(phone__in=lines).exclude(person=person).exists()
    )


def _heading(link: "ForeignKey[Any, Any]") -> str:
    model = str(link.model._meta.model_name)
    return model if link.name == "person" else f"{model}_{link.name}"


def _row(row: Model, zone: ZoneInfo) -> Section:
    deferred = row.get_deferred_fields()
    told = [one for one in row._meta.concrete_fields if one.name not in NOT_TOLD and one.attname not in deferred]
    return {field.name: _value(row, field, zone) for field in told}


def _value(row: Model, field: "Field[Any, Any]", zone: ZoneInfo) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey):
        return value if value is None or isinstance(value, int) else str(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
