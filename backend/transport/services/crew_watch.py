"""Looking after the crew of each trip until it leaves: the next is asked, nobody left is told, no crew becomes a case.

One timer per trip, and one function behind it, that may run at any time and any number of times.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from backend.common import offer_rows
from backend.common.actors import SYSTEM
from backend.common.offers import Decision, Ending, Offer, PassedOver, Standing, decide
from backend.events.models import Event, Lane, Timer
from backend.events.services import cancel_timer, set_timer
from backend.incidents.models import Incident
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services.of_the_bus import Wrong
from backend.people.domain import crews as rules
from backend.people.domain.crews import Unfit, Volunteer
from backend.people.models import Engagement, Person
from backend.people.services import engagements
from backend.people.services.engagements import Engaged
from backend.transport.domain.crew import CrewPolicy
from backend.transport.models import CallTask, CrewDuty, CrewOffer, Disruption, Trip
from backend.transport.selectors import crew as reading
from backend.transport.selectors.disruption import notices_of
from backend.transport.services import crew, crew_asking, hindrance, trips
from backend.transport.services.cases import open_case

log = logging.getLogger(__name__)

AHEAD = timedelta(days=61)
"""Longer before a trip no organisation can have its crew asked (`CrewPolicy.ask_days`)."""

AGAIN = timedelta(days=1)
"""What nobody reported, such as a paper that was seen, is found out within so much time."""

SOON_AGAIN = timedelta(minutes=5)

GAP = "crew_gap"
"""An event of the trip. Payload: duty, task, standing, passed_over (pairs of key and reason)."""


def keep_watch(now: datetime) -> None:
    """Every trip of the coming weeks is looked after. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=crew.TIMER).values("subject_id")
    coming = Trip.objects.filter(state=Trip.State.PLANNED, leaves_at__range=(now, now + AHEAD))
    for trip_id in coming.exclude(pk__in=watched).order_by("pk").values_list("pk", flat=True):
        crew.look_soon(trip_id, now)


def look(trip_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction."""
    if not Trip.objects.filter(pk=trip_id).exists():
        cancel_timer(kind=crew.TIMER, subject_id=trip_id)
        return
    trip = trips.locked(trip_id)
    if trip.state != Trip.State.PLANNED or now >= trip.ends_at:
        _wind_up(trip, now)
        return
    policy = reading.policy_of(trip.organisation)
    looks = [_looked_at(duty, policy, now) for duty in crew.duties_of(trip)]
    looks.append(_secure(trip, policy, now))
    looks.append(hindrance.watch(trip, policy.case_at(trip.leaves_at), now))
    # What has been done here may have set the timer already: this is the last word.
    due_at = min(moment for moment in (*looks, now + AGAIN) if moment is not None)
    set_timer(kind=crew.TIMER, subject_id=trip.pk, due_at=min(due_at, trip.ends_at), lane=Lane.ALARM)


def _wind_up(trip: Trip, now: datetime) -> None:
    """The trip is under way, over or off: nobody is asked any more; of one that is off the crew is told."""
    for duty in crew.duties_of(trip):
        crew.end_all(duty, Ending.WITHDRAWN, now, code="not_needed")
        if duty.state == CrewDuty.State.ASKED:
            crew.move(duty, CrewDuty.State.OPEN, None, now)
        crew.no_more_calls(duty, now)
        if trip.state == Trip.State.CANCELLED and duty.person is not None and _is_engaged(duty):
            engagements.release(reading.source_of(trip.pk, duty.task))
            if not notices_of(trip).filter(person=duty.person, disruption__action=Disruption.Action.STOP).exists():
                crew_asking.tell(duty.person, duty, "trip_off", now)
    cancel_timer(kind=crew.TIMER, subject_id=trip.pk)


def _is_engaged(duty: CrewDuty) -> bool:
    return Engagement.objects.filter(source=reading.source_of(duty.trip_id, duty.task)).exists()


def _looked_at(duty: CrewDuty, policy: CrewPolicy, now: datetime) -> datetime | None:
    """The same as `_look_at`. What fails there is undone alone and tried again: it keeps no case from being opened."""
    try:
        with transaction.atomic():
            return _look_at(duty, policy, now)
    except Exception:
        log.exception("The %s of trip %s could not be looked after; it is tried again.", duty.task, duty.trip_id)
        return now + SOON_AGAIN


def _look_at(duty: CrewDuty, policy: CrewPolicy, now: datetime) -> datetime | None:
    """One place in the crew; returns when time alone would change something about it."""
    known = _known(duty, policy)
    if duty.state == CrewDuty.State.CONFIRMED and _still_comes(duty, known, policy, now):
        return _hand_over(duty, now)
    return _fill(duty, known, policy, now)


def _known(duty: CrewDuty, policy: CrewPolicy) -> dict[int, tuple[Person, Volunteer]]:
    """Everybody with this task, and what is known of them."""
    members = reading.members_for(duty.trip, duty.task)
    facts = reading.volunteers(duty.trip, duty.task, members, policy)
    return {member.person_id: (member.person, facts[member.person_id]) for member in members}


def _still_comes(duty: CrewDuty, known: dict[int, tuple[Person, Volunteer]], policy: CrewPolicy, now: datetime) -> bool:
    """Whether who was confirmed still can: not away by now, papers in force, free at the time. Else they are let go."""
    assert duty.person is not None
    volunteer = known[duty.person.pk][1] if duty.person.pk in known else None
    reason: str | None = Unfit.NOT_IN_USE
    if volunteer is not None:
        reason = rules.bars(volunteer, duty.task, duty.trip.date, policy) or _keep_times(duty, now)
    if reason is None:
        return True
    crew.drop_out(duty_id=duty.pk, actor=SYSTEM, now=now, because=reason)
    duty.refresh_from_db(fields=["state", "person", "changed_at"])
    return False


def _keep_times(duty: CrewDuty, now: datetime) -> str | None:
    """The engagement is at the time of the trip, also when that was moved; else why it cannot be."""
    trip, source = duty.trip, reading.source_of(duty.trip_id, duty.task)
    assert duty.person is not None
    there = Engagement.objects.filter(source=source).first()
    if there is not None and (there.starts_at, there.ends_at) == (trip.leaves_at, trip.ends_at):
        return None
    try:
        engagements.engage(
            duty.person,
            programme=Engagement.Programme.BUS_CREW,
            source=source,
            starts_at=trip.leaves_at,
            ends_at=trip.ends_at,
        )
    except Engaged:
        return Unfit.ENGAGED
    crew_asking.tell(duty.person, duty, "moved", now)
    return None


def _hand_over(duty: CrewDuty, now: datetime) -> datetime | None:
    """Questions to the others whose time is over end; when it was the last, the owner keeps the trip and hears so."""
    still_open = list(duty.offers.filter(state=CrewOffer.State.OPEN))
    over = [offer for offer in still_open if offer.deadline_at <= now]
    for offer in over:
        offer_rows.end(offer, Ending.EXPIRED, now)
    waiting = [offer.deadline_at for offer in still_open if offer.state == CrewOffer.State.OPEN]
    if over and not waiting and duty.person is not None:
        crew_asking.tell(duty.person, duty, "nobody_took_over", now)
        trips.tell(duty.trip, "crew_kept", SYSTEM, task=duty.task, person=duty.person.pk)
    return min(waiting, default=None)


def _fill(
    duty: CrewDuty, known: dict[int, tuple[Person, Volunteer]], policy: CrewPolicy, now: datetime
) -> datetime | None:
    """Ask the next, as long as somebody can be asked; then a person has to."""
    begins_at = policy.begins_at(duty.trip.leaves_at)
    decided = _decide(duty, known, policy, now, has_begun=now >= begins_at)
    _carry_out(duty, decided, known, now)
    if now < begins_at:
        return min(begins_at, decided.look_at or begins_at)
    if decided.standing in (Standing.NOBODY_LEFT, Standing.TOO_LATE):
        _call_for_help(duty, decided, known, policy, now)
    return decided.look_at


def _decide(
    duty: CrewDuty,
    known: dict[int, tuple[Person, Volunteer]],
    policy: CrewPolicy,
    now: datetime,
    *,
    has_begun: bool,
) -> Decision[int]:
    trip, task = duty.trip, duty.task
    offers = reading.offers_of(duty)
    asked = {offer.key for offer in offers if offer.is_open}

    def suits(key: int) -> str | None:
        if key not in known:
            return Unfit.NOT_IN_USE
        # A planner may ask whom the machine would not, such as somebody who said that they cannot.
        rule = rules.bars if key in asked else rules.unfit
        return rule(known[key][1], task, trip.date, policy)

    open_until = [offer.deadline_at for offer in offers if offer.is_open]
    # What a planner asked in the last hours stays open for as long as they gave.
    terms = reading.terms_of(trip, policy, max([policy.last_offer_at(trip.leaves_at), *open_until]))
    terms = replace(terms, places=max(1, _handed_over(duty, offers, now)))
    people = [volunteer for _person, volunteer in known.values()] if has_begun else []
    return decide(reading.candidates(people, reading.turn_of(duty)), offers, terms, now, suits)


def _handed_over(duty: CrewDuty, offers: list[Offer[int]], now: datetime) -> int:
    """How many were asked to take it over by who has dropped out since: all may answer, and the first yes has it."""
    freed_at = duty.changed_at
    running = [one for one in offers if one.is_open and one.deadline_at > now]
    return sum(freed_at is not None and one.offered_at < freed_at for one in running)


def _carry_out(
    duty: CrewDuty, decided: Decision[int], known: dict[int, tuple[Person, Volunteer]], now: datetime
) -> None:
    gone = set(decided.expire) | {one.key for one in decided.withdraw}
    for offer in duty.offers.filter(state=CrewOffer.State.OPEN, person_id__in=gone).select_related("person"):
        offer.duty = duty
        if offer.person_id in decided.expire:
            offer_rows.end(offer, Ending.EXPIRED, now)
        else:
            offer_rows.end(offer, Ending.WITHDRAWN, now)
            crew_asking.take_back(offer, "not_needed", now)
    if duty.state == CrewDuty.State.ASKED and duty.person_id in gone:
        crew.move(duty, CrewDuty.State.OPEN, None, now)
    for asked in decided.ask:
        if crew.offer_to(duty, known[asked.key][0], asked.deadline_at, now) is not None:
            trips.tell(
                duty.trip, crew.ASKED, SYSTEM, task=duty.task, person=asked.key, passed_over=_pairs(asked.passed_over)
            )


def _pairs(passed_over: tuple[PassedOver[int], ...]) -> list[list[object]]:
    return [[one.key, str(one.reason)] for one in passed_over]


def _call_for_help(
    duty: CrewDuty,
    decided: Decision[int],
    known: dict[int, tuple[Person, Volunteer]],
    policy: CrewPolicy,
    now: datetime,
) -> None:
    """Nobody is left whom the machine could ask: whom a person could still persuade goes on the call list, once."""
    trip = duty.trip
    told = Event.objects.filter(
        subject_kind=trips.SUBJECT, subject_id=trip.pk, kind=f"transport.{GAP}", payload__duty=duty.pk
    )
    if duty.changed_at is not None:
        told = told.filter(recorded_at__gte=duty.changed_at)
    if told.exists():
        return
    position = 0
    for one in decided.passed_over:
        person, volunteer = known[one.key]
        if rules.bars(volunteer, duty.task, trip.date, policy) is None:
            position += 1
            _to_ring(duty, person, str(one.reason), position, now)
    trips.tell(
        trip,
        GAP,
        SYSTEM,
        duty=duty.pk,
        task=duty.task,
        standing=str(decided.standing),
        passed_over=_pairs(decided.passed_over),
    )
    crew_asking.tell_planners(duty, duty_link(duty), now)


def _to_ring(duty: CrewDuty, person: Person, reason: str, order: int, now: datetime) -> None:
    """Somebody on the call list. Who could do either task is one entry that names both."""
    task, _made = CallTask.objects.get_or_create(
        trip=duty.trip,
        person=person,
        kind=CallTask.Kind.CREW,
        state=CallTask.State.OPEN,
        defaults={
            "organisation": duty.trip.organisation,
            "order": order,
            "created_at": now,
            "details": {"tasks": {}},
        },
    )
    task.details = {**task.details, "tasks": {**task.details.get("tasks", {}), duty.task: reason}}
    task.save(update_fields=["details"])


def duty_link(duty: CrewDuty) -> str:
    """Where a planner sees who could have this place, and why others cannot."""
    return f"{settings.RONDJE_PUBLIC_URL}/bus/roster/{duty.pk}/"


def _secure(trip: Trip, policy: CrewPolicy, now: datetime) -> datetime | None:
    """Without a confirmed crew so many hours before it leaves, the trip is a case; returns when to look again.

    A case that a person has closed comes back when somebody drops out after that, and once more in the last hours:
    whoever said that it was arranged may not have told the bus.
    """
    lacks = reading.missing(trip)
    case_at, last_at = policy.case_at(trip.leaves_at), policy.last_offer_at(trip.leaves_at)
    if not lacks:
        return None
    if now < case_at:
        return case_at
    earlier = list(
        Incident.objects.filter(
            source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.RUN, details__reason=Wrong.NO_CREW
        ).order_by("pk")
    )
    if earlier and not _comes_back(earlier[-1], trip, last_at, now):
        return last_at if now < last_at else None
    open_case(
        trip,
        Incident.Kind.RUN,
        [],
        cause=f"crew:{len(earlier)}",
        now=now,
        details={"reason": Wrong.NO_CREW.value, "tasks": [task.value for task in lacks]},
    )
    return last_at if now < last_at else None


def _comes_back(latest: Incident, trip: Trip, last_at: datetime, now: datetime) -> bool:
    if latest.is_open or latest.closed_at is None:
        return False
    if now >= last_at > latest.opened_at:
        return True
    dropped = Event.objects.filter(
        subject_kind=trips.SUBJECT, subject_id=trip.pk, kind=f"transport.{crew.DROPPED}"
    ).filter(recorded_at__gt=latest.closed_at)
    return dropped.exists()
