"""Looking after the crew of each evening until it is over: the next is asked, nobody left is told, no cook is a case.

One timer per evening, and one function behind it, that may run at any time and any number of times.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from backend.common import offer_rows
from backend.common.actors import SYSTEM
from backend.common.offers import Ending
from backend.events.models import Lane, Timer
from backend.events.services import cancel_timer, set_timer
from backend.meals.domain.crew import JOBS
from backend.meals.models import CrewAsk, CrewPlace, Evening
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, crew_asking, crew_cases, crew_filling, evenings
from backend.meals.services import crew_rows as rows
from backend.people.domain import crews as rules
from backend.people.domain.crews import Unfit
from backend.people.models import Engagement
from backend.people.services import engagements
from backend.people.services.engagements import Engaged

log = logging.getLogger(__name__)

AHEAD = timedelta(days=61)
"""Longer before an evening no organisation can have its crew asked (`CrewTimes.ask_days`)."""

AGAIN = timedelta(days=1)
"""What nobody reported, such as a paper that was seen, is found out within so much time."""

SOON_AGAIN = timedelta(minutes=5)


def keep_watch(now: datetime) -> None:
    """Every evening of the coming weeks is looked after. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=crew.TIMER).values("subject_id")
    coming = Evening.objects.filter(state=Evening.State.PLANNED, doors_at__range=(now, now + AHEAD))
    for evening_id in coming.exclude(pk__in=watched).order_by("pk").values_list("pk", flat=True):
        crew.look_soon(evening_id, now)


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction."""
    if not Evening.objects.filter(pk=evening_id).exists():
        cancel_timer(kind=crew.TIMER, subject_id=evening_id)
        return
    evening = evenings.locked(evening_id)
    if evening.state not in (Evening.State.PLANNED, Evening.State.OPEN) or now >= evening.ends_at:
        _wind_up(evening, now)
        return
    looks = [_looked_at(evening, job, now) for job in JOBS]
    looks.append(crew_cases.watch(evening, now))
    # What has been done here may have set the timer already: this is the last word.
    due_at = min(moment for moment in (*looks, now + AGAIN) if moment is not None)
    set_timer(kind=crew.TIMER, subject_id=evening.pk, due_at=min(due_at, evening.ends_at), lane=Lane.ALARM)


def _wind_up(evening: Evening, now: datetime) -> None:
    """The evening is over or off: nobody is asked any more; of one that is off the crew is told, once."""
    is_off = evening.state == Evening.State.CANCELLED
    for place in _places(evening):
        rows.end_all(place, Ending.WITHDRAWN, now, code="not_needed")
        rows.no_more_calls(evening, place.job, now)
        if is_off and place.person is not None and _is_engaged(place):
            engagements.release(reading.source_of(place))
            crew_asking.tell(place.person, place, "evening_off", now)
    cancel_timer(kind=crew.TIMER, subject_id=evening.pk)


def _is_engaged(place: CrewPlace) -> bool:
    return Engagement.objects.filter(source=reading.source_of(place)).exists()


def _places(evening: Evening, **which: str) -> list[CrewPlace]:
    found = list(
        CrewPlace.objects.filter(evening=evening, **which)
        .select_related("person__organisation")
        .order_by("job", "number", "pk")
    )
    for place in found:
        place.evening = evening
    return found


def _looked_at(evening: Evening, job: str, now: datetime) -> datetime | None:
    """The same as `_look_at`. What fails there is undone alone and tried again: it keeps no case from being opened."""
    try:
        with transaction.atomic():
            return _look_at(evening, job, now)
    except Exception:
        log.exception("The %s of evening %s could not be looked after; it is tried again.", job, evening.pk)
        return now + SOON_AGAIN


def _look_at(evening: Evening, job: str, now: datetime) -> datetime | None:
    """One job of the evening; returns when time alone would change something about it."""
    places = _places(evening, job=job)
    if not places:
        return None
    looks = [_kept(place, now) for place in places if place.person is not None]
    looks.append(crew_filling.fill(evening, job, now))
    return min((moment for moment in looks if moment is not None), default=None)


def _kept(place: CrewPlace, now: datetime) -> datetime | None:
    """A place that is somebody's: let go when they cannot any more, reminded the day before, handed over in time."""
    if not _still_comes(place, now):
        return None
    looks = (_reminded(place, now), _hand_over(place, now))
    return min((moment for moment in looks if moment is not None), default=None)


def _still_comes(place: CrewPlace, now: datetime) -> bool:
    """Whether who was confirmed still can: not away by now, papers in force, free at the time. Else they are let go."""
    evening, person = place.evening, place.person
    assert person is not None
    members = [one for one in reading.members_for(evening.resto.organisation, place.job) if one.person_id == person.pk]
    reason: str | None = Unfit.NOT_IN_USE
    if members:
        known = reading.volunteers(evening, place.job, members, besides=place)[person.pk]
        reason = rules.bars(known, place.job, evening.date, reading.policy_for(evening)) or _keep_times(place, now)
    if reason is None:
        return True
    crew.drop_out(place_id=place.pk, actor=SYSTEM, now=now, because=reason)
    return False


def _keep_times(place: CrewPlace, now: datetime) -> str | None:
    """The engagement is at the time of the evening, also when that was moved; else why it cannot be."""
    source, (begins_at, ends_at) = reading.source_of(place), reading.times_of(place)
    there = Engagement.objects.filter(source=source).first()
    if there is not None and (there.starts_at, there.ends_at) == (begins_at, ends_at):
        return None
    assert place.person is not None
    try:
        engagements.engage(
            place.person,
            programme=Engagement.Programme.DINNER_CREW,
            source=source,
            starts_at=begins_at,
            ends_at=ends_at,
        )
    except Engaged:
        return Unfit.ENGAGED
    if there is not None:
        crew_asking.tell(place.person, place, "moved", now)
    return None


def _reminded(place: CrewPlace, now: datetime) -> datetime | None:
    """The day before, once; whoever said yes after that moment knows it well enough."""
    if place.reminded_at is not None or place.person is None:
        return None
    begins_at = reading.times_of(place)[0]
    remind_at = reading.policy_for(place.evening).remind_at(begins_at)
    if now < remind_at:
        return remind_at
    if now < begins_at and (place.changed_at is None or place.changed_at < remind_at):
        crew_asking.tell(place.person, place, "reminder", now)
    place.reminded_at = now
    place.save(update_fields=["reminded_at"])
    return None


def _hand_over(place: CrewPlace, now: datetime) -> datetime | None:
    """Questions to the others whose time is over end; when it was the last, the owner keeps it and hears so."""
    still_open = list(place.asks.filter(state=CrewAsk.State.OPEN))
    over = [asked for asked in still_open if asked.deadline_at <= now]
    for asked in over:
        offer_rows.end(asked, Ending.EXPIRED, now)
    waiting = [asked.deadline_at for asked in still_open if asked.state == CrewAsk.State.OPEN]
    if over and not waiting and place.person is not None:
        crew_asking.tell(place.person, place, "nobody_took_over", now)
        evenings.tell(place.evening, "crew_kept", SYSTEM, place=place.pk, job=place.job, person=place.person.pk)
    return min(waiting, default=None)
