"""One turn of a telephone conversation: a request for the next prompt is a decision, taken and committed here."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.common.errors import Conflict, NotFound
from backend.notifications import registry
from backend.notifications.domain.prompts import (
    Answered,
    Heard,
    Key,
    Moved,
    Prompt,
    Room,
    TalkOver,
    heard_as_text,
    prompt_as_json,
    prompt_from_json,
)
from backend.notifications.models import Attempt
from backend.notifications.selectors import callers
from backend.notifications.services import reach, reporting, sending
from backend.people.models import Organisation, Person
from backend.people.selectors import people_with_number

HELP = Key("9")

LIMIT_IS_LATE = timedelta(seconds=8)
"""What is said before a room is entered, and some more."""


class NotOurs(NotFound):
    """A question about a call that is none of ours."""


class Replayed(Conflict):
    """A key to a question that was answered before."""


class LineIsInUse(Exception):
    """An alarm waits for this line: it takes precedence."""


@transaction.atomic
def turn(attempt_id: UUID, *, step: int, heard: Heard, sid: str, now: datetime) -> tuple[Attempt, Prompt]:
    """Answer what was heard at `step`; returns the attempt (its step counted on) and what to say next.

    The carrier asks again when our answer got lost: the same words at the step just left get the same answer, and
    nothing happens twice. So does a request that crossed a move: both ask what is next, and the first one was answered.
    A cry for help that crossed a move counts. Raises NotOurs for an attempt that is unknown, Replayed for a key from
    an earlier step.
    """
    found = Attempt.objects.filter(pk=attempt_id).first()
    if found is None:
        raise NotOurs("This call is not one of ours: the attempt is unknown.")
    registry.hosts[found.host].lock(found.subject_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    words = heard_as_text(heard)
    if step == attempt.step - 1 and (words == attempt.last_input or _crossed_a_move(heard, attempt)):
        return attempt, prompt_from_json(attempt.last_prompt)
    if step != attempt.step and not (step == attempt.step - 1 and _was_cried_before_the_move(heard, attempt)):
        raise Replayed("This key belongs to a question that has been answered already; it changes nothing.")
    if sid and not attempt.sid:
        attempt.sid = sid
    _is_answered(attempt, heard, now)
    if isinstance(heard, TalkOver):
        for leg in attempt.legs.filter(state__in=Attempt.LIVE):
            reporting.end_leg(leg, now)
    attempt.move_at = attempt.moving_until = None
    prompt = registry.hosts[attempt.host].converse(attempt, heard, now)
    attempt.step += 1
    if isinstance(prompt, Room):
        _is_moved_if_the_limit_fails(attempt, prompt, now)
    attempt.last_input = words
    attempt.last_prompt = prompt_as_json(prompt)
    attempt.save()
    return attempt, prompt


def _crossed_a_move(heard: Heard, attempt: Attempt) -> bool:
    """A call that was moved while it asked by itself: whichever came second asks about the answer to the first."""
    if isinstance(heard, Moved):
        return True
    return attempt.last_input == heard_as_text(Moved()) and heard != HELP


def _was_cried_before_the_move(heard: Heard, attempt: Attempt) -> bool:
    return heard == HELP and attempt.last_input == heard_as_text(Moved())


def _is_moved_if_the_limit_fails(attempt: Attempt, room: Room, now: datetime) -> None:
    """The carrier lets a line leave its room when the time is over. Should it not, the line is moved."""
    attempt.move_at = now + timedelta(seconds=room.seconds) + LIMIT_IS_LATE
    attempt.move_step = attempt.step
    attempt.move_tries = 0


def _is_answered(attempt: Attempt, heard: Heard, now: datetime) -> None:
    """A line that asks what to say has been picked up, also when the callback that says so is late."""
    if isinstance(heard, Answered) and attempt.state in Attempt.LIVE:
        attempt.state = Attempt.State.IN_PROGRESS
        attempt.answered_at = attempt.answered_at or now
        attempt.look_at = now + reporting.LOOK_AGAIN


def dial(
    parent: Attempt,
    *,
    person_id: int | None,
    line: str,
    language: str,
    reference: dict[str, object],
    now: datetime,
) -> Attempt:
    """The row for a leg that this call is about to ring.

    Raises IntegrityError when the line is already in use, LineIsInUse when an alarm waits for it, ForbiddenLine when
    it may not be rung.

    Call it in a savepoint, under the host's lock.
    """
    reach.check(line)
    if sending.alarm_waits_for(line, now):
        raise LineIsInUse
    return Attempt.objects.create(
        parent=parent,
        organisation_id=parent.organisation_id,
        person_id=person_id,
        kind=Attempt.Kind.DIALLED,
        account=parent.account,
        line=line,
        host=parent.host,
        subject_id=parent.subject_id,
        reference=reference,
        language=language,
        state=Attempt.State.QUEUED,
        created_at=now,
    )


def begin_inbound(organisation: Organisation, *, line: str, sid: str, account: str, now: datetime) -> Attempt:
    """Somebody rings one of our numbers: the attempt for it. Whoever no programme knows is led by the general menu.

    `line` is what the carrier says of the caller; it may be no number at all. `account` is the one whose number they
    ring: it is asked about the call later. The carrier may ask twice: one SID is one attempt.
    """
    known = Attempt.objects.filter(sid=sid).first() if sid else None
    if known is not None:
        return known
    number = callers.number_of(line)
    found = (menu(organisation, number) for menu in registry.inbound_menus) if number else ()
    host, subject_id, person_id = next(
        (one for one in found if one is not None), (registry.MENU, organisation.pk, None)
    )
    person = Person.objects.filter(pk=person_id or 0).first()
    people = people_with_number(organisation, number) if number else ()
    return Attempt.objects.create(
        organisation=organisation,
        person=person,
        kind=Attempt.Kind.INBOUND,
        line=number,
        host=host,
        subject_id=subject_id,
        language=callers.language_of(organisation, people),
        state=Attempt.State.IN_PROGRESS,
        sid=sid,
        account=account,
        created_at=now,
        answered_at=now,
        look_at=now + reporting.LOOK_AGAIN,
    )
