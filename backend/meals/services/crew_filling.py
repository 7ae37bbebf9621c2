"""Filling the free places of a job: the next is asked, as long as somebody can be asked; then a person has to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from backend.common import offer_rows
from backend.common.actors import SYSTEM
from backend.common.offers import Candidate, Decision, Ending, PassedOver, Reason, Standing, Terms, decide
from backend.events.models import Event
from backend.meals.models import CrewAsk, CrewPlace, Evening, GuestCall
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, crew_asking, evenings
from backend.meals.services import crew_rows as rows
from backend.people.domain import crews as rules
from backend.people.domain.crews import Unfit, Volunteer
from backend.people.models import Person

GAP = "crew_gap"
"""An event of the evening. Payload: job, free (how many), hurried, standing, passed_over (pairs of key and reason)."""


@dataclass(frozen=True)
class Free:
    """The free places of one job of an evening, what was asked about that job, and everybody who does it.

    `hurried_at` (UTC) is from when on there is no time to ask one after the other.
    """

    evening: Evening
    job: str
    places: list[CrewPlace]
    asks: list[CrewAsk]
    known: dict[int, tuple[Person, Volunteer]]
    begins_at: datetime
    hurried_at: datetime

    def running(self) -> list[CrewAsk]:
        """Open questions about a free place; one about somebody's place is theirs to hand over."""
        return [asked for asked in self.asks if asked.state == CrewAsk.State.OPEN and asked.place.person_id is None]

    def handed_over(self) -> list[CrewAsk]:
        """Open questions by which somebody, who has dropped out by now, wanted to hand a place over."""
        freed = ((asked, asked.place.changed_at) for asked in self.running())
        return [asked for asked, changed_at in freed if changed_at is not None and asked.offered_at < changed_at]

    def counting(self, *, hurries: bool) -> list[CrewAsk]:
        """What was asked, as far as it still counts: when there is haste, whoever was silent before is asked again."""
        return [
            asked
            for asked in self.asks
            if (asked.state != CrewAsk.State.OPEN or asked.place.person_id is None)
            and not (hurries and asked.state == CrewAsk.State.EXPIRED and asked.offered_at < self.hurried_at)
        ]


def fill(evening: Evening, job: str, now: datetime) -> datetime | None:
    """Ask who is next for the free places of a job; returns when time alone would change something.

    Shortly before, all who could are asked at once. When nobody is left, those whom a person could still persuade go on
    the call list, and the manager is told.
    """
    free = _read(evening, job)
    if not free.places:
        _withdraw(free, (asked.person_id for asked in free.running()), "taken_by_other", now)
        return None
    rings_at = _hasten(free, now)
    begins_at = reading.policy_for(evening).begins_at(free.begins_at)
    decided = _decide(free, now, has_begun=now >= begins_at)
    _carry_out(free, decided, now)
    if now < begins_at:
        return min(begins_at, decided.look_at or begins_at)
    if decided.standing in (Standing.NOBODY_LEFT, Standing.TOO_LATE):
        _call_for_help(free, decided, now)
    looks = (rings_at, decided.look_at, free.hurried_at if free.hurried_at > now else None)
    return min((moment for moment in looks if moment is not None), default=None)


def _read(evening: Evening, job: str) -> Free:
    members = reading.members_for(evening.resto.organisation, job)
    facts = reading.volunteers(evening, job, members)
    asks = reading.asks_about(evening, job)
    for asked in asks:
        asked.place.evening = evening
    places = reading.open_places(evening, job)
    for place in places:
        place.evening = evening
    policy = reading.policy_for(evening)
    begins_at = policy.times(job, evening.doors_at, evening.ends_at)[0]
    known = {member.person_id: (member.person, facts[member.person_id]) for member in members}
    return Free(evening, job, places, asks, known, begins_at, policy.hurry_at(begins_at))


def _hasten(free: Free, now: datetime) -> datetime | None:
    """In haste, who was asked to take over what is free now is rung as well: the others are by text and call.

    Returns when, if that is not now: people are rung in the hours of haste only.
    """
    if now < free.hurried_at:
        return None
    handed_over = [asked for asked in free.handed_over() if asked.deadline_at > now]
    waiting = [asked for asked in handed_over if not crew_asking.was_rung_since(asked, free.hurried_at)]
    if not waiting:
        return None
    terms = reading.terms_of(free.evening, len(free.places), free.evening.doors_at, hours=reading.HASTE)
    rings_at = terms.may_ask(now)
    if rings_at > now:
        return rings_at
    for asked in waiting:
        rows.hasten(asked, terms.deadline(now), now)
    return None


def _decide(free: Free, now: datetime, *, has_begun: bool) -> Decision[int]:
    evening, policy = free.evening, reading.policy_for(free.evening)
    running = {asked.person_id for asked in free.running()}
    others = CrewAsk.objects.filter(place__evening=evening, state=CrewAsk.State.OPEN).exclude(
        pk__in=[asked.pk for asked in free.running()]
    )
    asked_elsewhere = set(others.values_list("person_id", flat=True))

    def suits(key: int) -> str | None:
        if key not in free.known:
            return Unfit.NOT_IN_USE
        if key in asked_elsewhere:
            return Reason.IS_ASKED
        # A manager may ask whom the machine would not.
        rule = rules.bars if key in running else rules.unfit
        return rule(free.known[key][1], free.job, evening.date, policy)

    hurries = now >= free.hurried_at
    turn = reading.turn_of(free.asks)
    people = [volunteer for _person, volunteer in free.known.values()] if has_begun else []
    candidates = [Candidate(one.key, turn(one)) for one in people]
    offers = [asked.as_offer_to(asked.person_id) for asked in free.counting(hurries=hurries)]
    return decide(candidates, offers, _terms(free, len(candidates), hurries=hurries), now, suits)


def _terms(free: Free, candidates: int, *, hurries: bool) -> Terms:
    """What a manager asked in the last hours stays open for as long as they gave.

    Whom somebody asked to take a place over before they dropped out may all answer: the first yes has it.
    """
    open_until = [asked.deadline_at for asked in free.running()]
    if hurries:
        terms = reading.terms_of(
            free.evening, len(free.places), max([free.evening.doors_at, *open_until]), hours=reading.HASTE
        )
        return replace(terms, places=max(len(free.places), candidates))
    cutoff = reading.policy_for(free.evening).last_offer_at(free.begins_at)
    places = max(len(free.places), len(free.running())) if free.handed_over() else len(free.places)
    return reading.terms_of(free.evening, places, max([cutoff, *open_until]))


def _carry_out(free: Free, decided: Decision[int], now: datetime) -> None:
    for asked in free.running():
        if asked.person_id in decided.expire:
            offer_rows.end(asked, Ending.EXPIRED, now)
    _withdraw(free, (one.key for one in decided.withdraw), "not_needed", now)
    hurries = now >= free.hurried_at
    taken = {asked.place_id for asked in free.running() if asked.state == CrewAsk.State.OPEN}
    for asked_now in decided.ask:
        place = next((one for one in free.places if one.pk not in taken), free.places[0])
        person = free.known[asked_now.key][0]
        if crew.offer_to(place, person, asked_now.deadline_at, now, any_hour=hurries, urgently=hurries) is not None:
            taken.add(place.pk)
            evenings.tell(
                free.evening,
                crew.ASKED,
                SYSTEM,
                place=place.pk,
                job=free.job,
                person=person.pk,
                passed_over=_pairs(asked_now.passed_over),
            )


def _withdraw(free: Free, keys: Iterable[int], code: str, now: datetime) -> None:
    gone = set(keys)
    for asked in free.running():
        if asked.person_id in gone:
            offer_rows.end(asked, Ending.WITHDRAWN, now)
            crew_asking.take_back(asked, code, now)


def _pairs(passed_over: tuple[PassedOver[int], ...]) -> list[list[object]]:
    return [[one.key, str(one.reason)] for one in passed_over]


def _call_for_help(free: Free, decided: Decision[int], now: datetime) -> None:
    """Nobody is left whom the machine could ask: whom a person could still persuade goes on the call list.

    Once, and once more when there is haste, for each time that the places changed.
    """
    evening, hurried = free.evening, now >= free.hurried_at
    told = Event.objects.filter(
        subject_kind=evenings.SUBJECT,
        subject_id=evening.pk,
        kind=f"meals.{GAP}",
        payload__job=free.job,
        payload__hurried=hurried,
    )
    changes = [place.changed_at for place in free.places if place.changed_at is not None]
    if changes:
        told = told.filter(recorded_at__gte=max(changes))
    if told.exists():
        return
    policy = reading.policy_for(evening)
    for one in decided.passed_over:
        person, volunteer = free.known[one.key]
        if rules.bars(volunteer, free.job, evening.date, policy) is None:
            _to_ring(free, person, str(one.reason), now)
    evenings.tell(
        evening,
        GAP,
        SYSTEM,
        job=free.job,
        free=len(free.places),
        hurried=hurried,
        standing=str(decided.standing),
        passed_over=_pairs(decided.passed_over),
    )
    crew_asking.tell_managers(free.places[0], "gap", now)


def _to_ring(free: Free, person: Person, reason: str, now: datetime) -> None:
    """Somebody on the call list. Who could do several jobs is one entry that names them."""
    task, _made = GuestCall.objects.get_or_create(
        evening=free.evening,
        person=person,
        kind=GuestCall.Kind.CREW,
        state=GuestCall.State.OPEN,
        defaults={
            "organisation": free.evening.resto.organisation,
            "created_at": now,
            "details": {"jobs": {}},
        },
    )
    task.details = {**task.details, "jobs": {**task.details.get("jobs", {}), free.job: reason}}
    task.save(update_fields=["details"])
