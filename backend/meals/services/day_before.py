"""The evening before a dinner: every guest is asked whether they come. Who does not answer is rung by a person.

All of it under the evening's lock. A timer per evening says when to look; a call or text that was answered is looked at
where it came in (`services.asking`, `services.texting`). On the day itself who booked on the public page is reminded.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.meals import texts
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.selectors import told
from backend.meals.selectors.crew import helps
from backend.meals.selectors.settings import asking_begins, evening_times, reminder_at
from backend.meals.services import evenings, guest_calls, reserving
from backend.notifications.domain import asking_times
from backend.notifications.domain.asking import Came
from backend.notifications.domain.asking_times import Asked, AskNow, WaitUntil
from backend.notifications.models import Message, Way
from backend.notifications.selectors.hours import hours_of
from backend.notifications.selectors.telling import WayTo, by_call, way_to
from backend.notifications.services import queueing, telling
from backend.people.selectors import zone_of

log = logging.getLogger(__name__)

TIMER = "meals.day_before"
HOST = "meals.day_before"
"""The subject is the evening; a message's reference has the reservation."""

REMINDING = "meals.reminder"
"""The host of reminders on the day; the subject is the evening."""

WAITING = (Reservation.Answer.NOT_ASKED, Reservation.Answer.ASKED)

CALL_LASTS = timedelta(minutes=10)
"""A call that is asked for just before the end of the evening may still be made so long."""


def arm(evening_id: int, now: datetime) -> None:
    """See to it that the evening is looked at when its guests are to be asked. Called whenever somebody reserves."""
    evening = evenings.locked(evening_id)
    if evening.state == Evening.State.PLANNED and now < evening.doors_at:
        set_timer(kind=TIMER, subject_id=evening.pk, due_at=max(asking_begins(evening), now), lane=Lane.NOTICE)


def look_soon(evening_id: int, now: datetime) -> None:
    """The evening is off, or at another time."""
    set_timer(kind=TIMER, subject_id=evening_id, due_at=now, lane=Lane.NOTICE)


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler: ask whom it is time to ask, and again whom it did not reach; the silent a person rings."""
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.PLANNED or now >= evening.doors_at:
        queueing.cancel_queued(host=HOST, subject_id=evening.pk)
        queueing.cancel_queued(host=REMINDING, subject_id=evening.pk)
        guest_calls.they_come(evening, SYSTEM, now)
        cancel_timer(kind=TIMER, subject_id=evening.pk)
        return
    begin, reminds_at = asking_begins(evening), reminder_at(evening)
    moments = [evening.doors_at] + [moment for moment in (begin, reminds_at) if now < moment]
    if now >= begin:
        organisation = evening.resto.organisation
        end = asking_times.ends(begin, zone_of(organisation), hours_of(organisation))
        found = [_go_on_alone(evening, row, end, now) for row in _to_ask(evening, begin)]
        moments += [moment for moment in found if moment is not None]
    if now >= reminds_at:
        _remind(evening, reminds_at, now)
    set_timer(kind=TIMER, subject_id=evening.pk, due_at=min(moments), lane=Lane.NOTICE)


def may_answer(evening: Evening, row: Reservation, now: datetime) -> bool:
    """Whether a word about this reservation still means something: it holds, they are not here, the doors are shut."""
    is_coming = row.state == Reservation.State.RESERVED and row.arrived_at is None
    return is_coming and evening.state == Evening.State.PLANNED and now < evening.doors_at


def came(evening: Evening, row: Reservation, what: Came, *, actor: Actor, now: datetime) -> None:
    """A guest has answered. Under the evening's lock; `may_answer` has been asked.

    A no gives the chairs up: they are offered onward until the cutoff; after it the kitchen hears so.
    """
    take_back(row)
    if what is Came.NO:
        reserving.cancel(reservation_id=row.pk, because="day_before", actor=actor, now=now)
        return
    guest_calls.they_come(evening, actor, now, person_id=row.person_id)
    row.answer = Reservation.Answer.YES if what is Came.YES else Reservation.Answer.SPEAK
    row.answered_at = now
    row.save(update_fields=["answer", "answered_at"])
    evenings.tell(evening, "answered", actor, reservation=row.pk, answer=row.answer)
    if what is Came.SPEAK:
        guest_calls.to_make(evening, row, GuestCall.Kind.SPEAK, now)


def code_for(evening: Evening, row: Reservation, code: str) -> str:
    """The code of a text about a reservation: of whoever helps it is about the others of their party."""
    return f"{texts.DAY_BEFORE}{code}_party" if helps(evening, row.person_id) else texts.DAY_BEFORE + code


def take_back(row: Reservation) -> None:
    """They need not be asked any more. Under the evening's lock."""
    for host in (HOST, REMINDING):
        queueing.cancel_queued(host=host, subject_id=row.evening_id, about={"reservation": row.pk})


def _to_ask(evening: Evening, begin: datetime) -> list[Reservation]:
    """Who comes and has not answered. Whoever reserved after the asking began has just been told."""
    rows = evening.reservations.filter(
        state=Reservation.State.RESERVED, answer__in=WAITING, arrived_at=None, reserved_at__lt=begin
    )
    return list(rows.select_related("person__organisation").prefetch_related("person__phones").order_by("pk"))


def _go_on_alone(evening: Evening, row: Reservation, end: datetime, now: datetime) -> datetime | None:
    """What goes wrong with one guest keeps nobody else from being asked: a person rings that one."""
    try:
        with transaction.atomic():
            return _go_on(evening, row, end, now)
    except Exception:
        log.exception("Evening %s: one guest (reservation %s) could not be asked; a person has to.", evening.pk, row.pk)
        _is_silent(evening, row, now)
        return None


def _go_on(evening: Evening, row: Reservation, end: datetime, now: datetime) -> datetime | None:
    """Do what is due about one guest; when (UTC) to look again, None for never."""
    times = evening_times(evening.resto.organisation)
    due = asking_times.following(_tries(row), end=end, now=now, times=times)
    if isinstance(due, WaitUntil):
        return due.at
    to = _way(row, due.number) if isinstance(due, AskNow) else None
    if to is None:
        _is_silent(evening, row, now)
        return None
    _ask(evening, row, to, end, now)
    return min(now + times.again_after, end)


def _tries(row: Reservation) -> list[Asked]:
    messages = Message.objects.filter(host=HOST, subject_id=row.evening_id, reference__reservation=row.pk).exclude(
        state=Message.State.CANCELLED
    )
    return [Asked(one.created_at, one.state not in Message.OPEN) for one in messages.order_by("created_at", "pk")]


def _way(row: Reservation, number: int) -> WayTo | None:
    """As they chose; the second time by call, so that an unread text is not taken for silence."""
    return way_to(row.person) if number == 1 else by_call(row.person)


def _ask(evening: Evening, row: Reservation, to: WayTo, end: datetime, now: datetime) -> None:
    person = row.person
    values = told.in_writing(evening, row.covers, person.language, now)
    telling.reach(
        person,
        to,
        organisation=evening.resto.organisation,
        host=HOST,
        subject_id=evening.pk,
        reference={"reservation": row.pk},
        body=texts.text(code_for(evening, row, "text"), evening, person, values) if to.way is Way.TEXT else "",
        expires_at=max(end, now + CALL_LASTS),
    )
    if row.answer != Reservation.Answer.ASKED:
        row.answer = Reservation.Answer.ASKED
        row.save(update_fields=["answer"])


def _is_silent(evening: Evening, row: Reservation, now: datetime) -> None:
    row.answer = Reservation.Answer.SILENT
    row.save(update_fields=["answer"])
    guest_calls.to_make(evening, row, GuestCall.Kind.SILENT, now, {"asked": len(_tries(row))})


def _remind(evening: Evening, since: datetime, now: datetime) -> None:
    """Who booked on the public page stays away more often than who rang (domain text): one text on the day."""
    rows = evening.reservations.filter(
        state=Reservation.State.RESERVED, way=Reservation.Way.PAGE, arrived_at=None, reserved_at__lt=since
    )
    sent = Message.objects.filter(host=REMINDING, subject_id=evening.pk)
    reminded = set(sent.values_list("reference__reservation", flat=True))
    for row in rows.select_related("person__organisation").prefetch_related("person__phones").order_by("pk"):
        to = way_to(row.person)
        if row.pk in reminded or to is None or to.way is not Way.TEXT:
            continue
        values = told.in_writing(evening, row.covers, row.person.language, now)
        telling.reach(
            row.person,
            to,
            organisation=evening.resto.organisation,
            host=REMINDING,
            subject_id=evening.pk,
            reference={"reservation": row.pk},
            body=texts.text(code_for(evening, row, "reminder"), evening, row.person, values),
            expires_at=evening.doors_at,
        )
        if row.answer == Reservation.Answer.NOT_ASKED:
            row.answer = Reservation.Answer.ASKED
            row.save(update_fields=["answer"])
