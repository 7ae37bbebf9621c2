"""The list of calls that works itself off: everybody of a trip that went wrong is told, and confirms it.

By a key, by a text, or to a person. Whom the machine does not reach is given to a person, in the same order. Everything
here happens under the trip's lock.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q

from backend.common import actors
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import NotFound
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.incidents.models import Incident
from backend.notifications.domain.keywords import Keyword
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.domain.quiet import next_allowed
from backend.notifications.menu import human
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.registry import IncomingText, TextAnswer
from backend.notifications.selectors.hours import hours_of
from backend.notifications.services import queueing
from backend.notifications.services.incoming import HOST as REPLIES
from backend.notifications.services.reach import ForbiddenLine
from backend.people import calls_to_make
from backend.people.domain.telephone import format_for_people
from backend.people.models import Person
from backend.people.selectors import zone_of
from backend.transport.domain.disruption import (
    Do,
    Next,
    Telling,
    Where,
    is_near,
    look_after_unsent_at,
    look_again_at,
    may_ring_from,
    next_step,
)
from backend.transport.domain.money import BY_US
from backend.transport.models import Booking, CallTask, Disruption, DisruptionNotice, Trip
from backend.transport.scripts import disruption as script
from backend.transport.scripts.disruption import Fact
from backend.transport.selectors.disruption import lines_of, notices_of, text_to, told_to
from backend.transport.services import trips, untold
from backend.transport.services.cases import open_case
from backend.transport.words_disruption import say

HOST = "transport.disruption"
"""The subject is the trip."""

TIMER = "transport.disruption"
"""The subject is the trip."""

WAITS = (DisruptionNotice.State.OPEN, DisruptionNotice.State.PERSON)

LIVES_NEAR = timedelta(minutes=30)
BEFORE_LEAVING = timedelta(hours=2)
"""A call about tomorrow that quiet hours hold up is of no use later than this before the bus leaves."""

REMEMBERED = timedelta(days=2)
"""So long a text that says yes is taken to be about this."""

ORDER = 35
"""Of the rule for texts: after answers to alerts, before duties."""


def go_on(trip: Trip, now: datetime) -> None:
    """Do for everybody on the list what is due, and say when to look again. Under the trip's lock."""
    for notice in notices_of(trip).filter(state=DisruptionNotice.State.OPEN):
        _go_on_with(trip, notice, now)
    due = notices_of(trip).filter(state=DisruptionNotice.State.OPEN, under_way=False)
    again = due.order_by().aggregate(at=Min("look_at"))["at"]
    case_at = untold.look(trip, now)
    if again is None and case_at is None:
        cancel_timer(kind=TIMER, subject_id=trip.pk)
    else:
        due_at = min(at for at in (again, case_at) if at is not None)
        set_timer(kind=TIMER, subject_id=trip.pk, due_at=due_at, lane=Lane.LIVE)


def look(trip_id: int, now: datetime) -> None:
    """The timer of a trip's list."""
    trip = trips.locked(trip_id)
    go_on(trip, now)


def _go_on_with(trip: Trip, notice: DisruptionNotice, now: datetime) -> None:
    lines = lines_of(notice.person, Where(notice.whereabouts))
    telling = Telling(
        texts=notice.texts,
        calls=notice.calls,
        is_under_way=notice.under_way,
        look_at=notice.look_at,
        can_text=bool(lines.text),
        can_call=bool(lines.call),
    )
    step = next_step(telling, now)
    if step.do is Do.PERSON:
        to_a_person(notice, step.why, now)
    elif step.do in (Do.TEXT, Do.CALL):
        _send(trip, notice, step, lines.text if step.do is Do.TEXT else lines.call, now)


def _send(trip: Trip, notice: DisruptionNotice, step: Next, line: str, now: datetime) -> None:
    near = _is_urgent(notice, now)
    is_text = step.do is Do.TEXT
    local_now = now.astimezone(zone_of(trip.organisation))
    begins = may_ring_from(Where(notice.whereabouts), trip.leaves_at, local_now) if near else now
    arrives = begins if near else _allowed_from(notice.person, now)
    try:
        queueing.queue(
            organisation=trip.organisation,
            person=notice.person,
            way=Way.TEXT if is_text else Way.CALL,
            line=line,
            lane=Lane.LIVE if near else Lane.NOTICE,
            host=HOST,
            subject_id=trip.pk,
            reference={"notice": notice.pk},
            body=text_to(notice, arrives) if is_text else "",
            language=notice.person.language,
            # Whoever comes first on the list is rung first.
            not_before=begins + timedelta(milliseconds=notice.order),
            expires_at=begins + LIVES_NEAR if near else max(now + LIVES_NEAR, trip.leaves_at - BEFORE_LEAVING),
        )
    except ForbiddenLine:
        to_a_person(notice, "no_line", now)
        return
    notice.texts += is_text
    notice.calls += not is_text
    notice.under_way, notice.look_at = True, None
    notice.save(update_fields=["texts", "calls", "under_way", "look_at"])


def _is_urgent(notice: DisruptionNotice, now: datetime) -> bool:
    """Whether it cannot wait for the hours in which people are rung. Who only waited for a seat expects no bus."""
    return notice.whereabouts != Where.WAITING and is_near(notice.disruption.trip.leaves_at, now)


def _allowed_from(person: Person, now: datetime) -> datetime:
    """When somebody reads what can wait: a text that arrives tomorrow must not call that day tomorrow."""
    organisation = person.organisation
    return now if person.any_hour else next_allowed(now, zone_of(organisation), hours_of(organisation))


def ended(message: Message, now: datetime) -> None:
    """A call or text has come to its end. Whoever has not confirmed is tried again, or given to a person."""
    notice = _notice(message.reference.get("notice", 0))
    if notice is None:
        return
    trip = notice.disruption.trip
    notice.under_way = False
    reached = message.state == Message.State.DONE
    is_text = message.way == Way.TEXT
    if message.state == Message.State.EXPIRED and now < trip.ends_at:
        # It was never sent, so that nobody has kept silent: it is no try.
        notice.texts -= is_text
        notice.calls -= not is_text
        notice.look_at = look_after_unsent_at(now, trip.leaves_at)
    else:
        again = look_again_at(now, was_text=is_text, near=_is_urgent(notice, now))
        # A text that never arrived is not waited for.
        notice.look_at = now if is_text and not reached else again
    notice.save(update_fields=["texts", "calls", "under_way", "look_at"])
    go_on(trip, now)


def to_a_person(notice: DisruptionNotice, why: str, now: datetime) -> None:
    """The machine does not get any further with somebody: a person has to ring them, in the order of the list."""
    trip = notice.disruption.trip
    decided = notice.disruption
    details = {
        "disruption": decided.pk,
        "action": decided.action,
        "why": why,
        "whereabouts": notice.whereabouts,
    }
    CallTask.objects.get_or_create(
        trip=trip,
        person=notice.person,
        kind=CallTask.Kind.DISRUPTED,
        state=CallTask.State.OPEN,
        defaults={
            "organisation": trip.organisation,
            "booking": notice.booking,
            "order": notice.order,
            "details": details,
            "created_at": now,
        },
    )
    notice.state, notice.why_person, notice.look_at = DisruptionNotice.State.PERSON, why, None
    notice.save(update_fields=["state", "why_person", "look_at"])


def confirm(notice: DisruptionNotice, how: DisruptionNotice.How, *, actor: Actor, now: datetime) -> None:
    """Somebody has understood. A second time changes nothing."""
    if notice.state not in WAITS:
        return
    notice.state, notice.confirmed_at = DisruptionNotice.State.CONFIRMED, now
    notice.confirmed_how, notice.confirmed_by, notice.look_at = how, actor.who, None
    notice.save(update_fields=["state", "confirmed_at", "confirmed_how", "confirmed_by", "look_at"])
    queueing.cancel_queued(host=HOST, subject_id=notice.disruption.trip_id, about={"notice": notice.pk})
    _end_task(notice, actor, how, now)
    trip = notice.disruption.trip
    if not notices_of(trip).filter(state__in=WAITS).exists():
        trips.tell(trip, "disruption_all_told", actor, disruption=notice.disruption_id)


def _end_task(notice: DisruptionNotice, actor: Actor, outcome: str, now: datetime) -> None:
    CallTask.objects.filter(
        trip=notice.disruption.trip_id,
        person=notice.person_id,
        kind=CallTask.Kind.DISRUPTED,
        state=CallTask.State.OPEN,
    ).update(state=CallTask.State.DONE, ended_at=now, ended_by=actor.who, outcome=f"confirmed_{outcome}")


@transaction.atomic
def told_by_a_person(*, trip_id: int, notice_id: int, actor: Actor, now: datetime) -> None:
    """Somebody of ours has spoken to them. Raises NotFound for somebody who is not on this trip's list."""
    trip = trips.locked(trip_id)
    notice = notices_of(trip).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("This person is not on the list of this trip any more.")
    confirm(notice, DisruptionNotice.How.PERSON, actor=actor, now=now)


def rung_from_the_list(trip_id: int, task_id: int, *, actor: Actor, now: datetime) -> None:
    """Somebody of ours has rung them from the list of calls, and spoken to them."""
    trip = trips.locked(trip_id)
    task = trip.call_tasks.filter(pk=task_id, kind=CallTask.Kind.DISRUPTED, state=CallTask.State.DONE).first()
    if task is not None:
        for notice in notices_of(trip).filter(person_id=task.person_id, state__in=WAITS):
            confirm(notice, DisruptionNotice.How.PERSON, actor=actor, now=now)


def gave_up(trip_id: int, booking_id: int, now: datetime) -> None:
    """Somebody does not come along any more, and said so themselves: there is nothing left to tell them.

    When we have stopped the trip it was not they who gave up.
    """
    trip = trips.locked(trip_id)
    booking = trip.bookings.filter(pk=booking_id, state=Booking.State.CANCELLED).first()
    if booking is not None and booking.cancelled_because not in BY_US:
        supersede(trip, {booking.person_id}, now)


def booked_anew(trip_id: int, booking_id: int, now: datetime) -> None:
    """Somebody has got a place who was to be told that they have none, or wait: that is old news now."""
    trip = trips.locked(trip_id)
    booking = trip.bookings.get(pk=booking_id)
    told = notices_of(trip).filter(person=booking.person_id, disruption__action=Disruption.Action.RESTORE)
    if told.exclude(booking=None).filter(~Q(booking=booking) | Q(whereabouts=Where.WAITING)).exists():
        supersede(trip, {booking.person_id}, now)


def converse(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of the call that tells, or of the person whom they asked to speak to."""
    if (talk := human.turn_of_talk(attempt, heard, now)) is not None:
        return talk
    notice = _latest(attempt)
    if notice is None:
        return human.connect(attempt, say("to_human", attempt.language), now)
    asked = attempt.script.get("asked", 0)
    turn = script.turn(told_to(notice, now), asked, heard, attempt.language)
    attempt.script = {"asked": turn.asked}
    if turn.fact is Fact.CONFIRMED:
        actor = actors.person(notice.person_id, "call")
        confirm(notice, DisruptionNotice.How.KEY, actor=actor, now=now)
    elif turn.fact is not None:
        _wants_a_person(notice, turn.fact, now)
    if turn.prompt is not None:
        return turn.prompt
    return human.connect(attempt, say("to_human", attempt.language), now)


def _latest(attempt: Attempt) -> DisruptionNotice | None:
    """What they are to be told by now: a later decision may have replaced what this call set out to tell."""
    trip = trips.locked(attempt.subject_id)
    return notices_of(trip).filter(person_id=attempt.person_id or 0).order_by("-disruption_id").first()


def _wants_a_person(notice: DisruptionNotice, fact: Fact, now: datetime) -> None:
    if notice.state in WAITS:
        to_a_person(notice, fact.value, now)
    if fact is Fact.HELP:
        cause = f"help:{notice.person_id}"
        actor = actors.person(notice.person_id, "call")
        trip = notice.disruption.trip
        open_case(trip, Incident.Kind.HELP, [notice.person], cause=cause, now=now, actor=actor)


def answer_by_text(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule for texts: yes confirms what they were told, no asks for a person. Declines what is not about it."""
    keyword = text.understood.keyword
    if keyword not in (Keyword.YES, Keyword.NO):
        return None
    asked = DisruptionNotice.objects.filter(
        person__in=text.people,
        state__in=WAITS,
        disruption__at__gt=now - REMEMBERED,
        disruption__trip__ends_at__gt=now,
    )
    concerned = sorted(set(asked.values_list("disruption__trip_id", flat=True)))
    if not concerned or not _was_last_texted_by_us(text, now):
        return None
    for trip_id in concerned:
        trip = trips.locked(trip_id)
        for notice in notices_of(trip).filter(person__in=text.people, state__in=WAITS):
            if keyword is Keyword.YES:
                actor = actors.person(notice.person_id, "text")
                confirm(notice, DisruptionNotice.How.TEXT, actor=actor, now=now)
            else:
                to_a_person(notice, "speak", now)
    code = "text_thanks" if keyword is Keyword.YES else "text_ring"
    phone = format_for_people(text.organisation.duty_phone)
    return TextAnswer(say(code, text.language, organisation=text.organisation.name, phone=phone))


def _was_last_texted_by_us(text: IncomingText, now: datetime) -> bool:
    """Whether they answer this, and not a question that came later. Our answers to their own texts do not count."""
    gone = Message.objects.filter(organisation=text.organisation, way=Way.TEXT, line=text.line)
    gone = gone.filter(created_at__gte=now - REMEMBERED).exclude(host=REPLIES)
    last = gone.exclude(state__in=(Message.State.QUEUED, Message.State.CANCELLED)).order_by("-pk").first()
    return last is not None and last.host == HOST


def tell_more(notice: DisruptionNotice) -> None:
    """There is more to tell somebody than they were told. Whom a person has to ring hears it from that person."""
    if notice.state not in (DisruptionNotice.State.OPEN, DisruptionNotice.State.CONFIRMED):
        return
    was_queued = queueing.cancel_queued(host=HOST, subject_id=notice.disruption.trip_id, about={"notice": notice.pk})
    if was_queued or notice.state == DisruptionNotice.State.CONFIRMED:
        notice.state, notice.texts, notice.calls, notice.under_way = DisruptionNotice.State.OPEN, 0, 0, False
        notice.confirmed_at, notice.confirmed_how, notice.confirmed_by, notice.look_at = None, "", "", None
        notice.save()


def supersede(trip: Trip, people: set[int], now: datetime) -> None:
    """What these people were to be told is not so any more: nobody is rung with old news."""
    old = list(notices_of(trip).filter(person_id__in=people))
    queued = Message.objects.filter(host=HOST, subject_id=trip.pk, state=Message.State.QUEUED)
    for message in queued.filter(reference__notice__in=[notice.pk for notice in old]):
        queueing.cancel(message)
    DisruptionNotice.objects.filter(pk__in=[notice.pk for notice in old]).update(
        state=DisruptionNotice.State.SUPERSEDED, look_at=None, under_way=False
    )
    calls = trip.call_tasks.filter(kind=CallTask.Kind.DISRUPTED, person_id__in=people)
    calls_to_make.lapse(calls, SYSTEM.who, now, outcome="superseded")


def supersede_all(trip: Trip, now: datetime) -> None:
    """The trip is driven after all: nobody hears any more that it is not."""
    supersede(trip, set(notices_of(trip).values_list("person_id", flat=True)), now)
    cancel_timer(kind=TIMER, subject_id=trip.pk)


def _notice(pk: int) -> DisruptionNotice | None:
    found = DisruptionNotice.objects.filter(pk=pk, state=DisruptionNotice.State.OPEN)
    return found.select_related("person", "disruption__trip__organisation", "disruption__trip__destination").first()
