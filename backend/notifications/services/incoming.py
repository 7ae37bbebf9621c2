"""Texts that people send us: stored at once, then offered to the programmes' rules by a worker.

The row is stored before anything is understood, so that no crash can lose it, and done in the transaction of what its
rule did, so that nothing happens twice. Texts of one number are worked on in their order.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from backend.events import claims, clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications import registry, texts
from backend.notifications.domain import keywords
from backend.notifications.models import InboundText, InboxItem, Way
from backend.notifications.registry import IncomingText, TextAnswer
from backend.notifications.selectors import callers
from backend.notifications.services import inbox, queueing
from backend.notifications.services.reach import ForbiddenLine
from backend.people.domain.telephone import format_for_people, kind_of
from backend.people.models import Organisation
from backend.people.selectors import contacts_with_number, people_with_number

log = logging.getLogger(__name__)

HOST = "notifications.replies"

BATCH = 20
GIVEN_TO_A_PERSON_AFTER = 2
"""So many failures of the rules; then a person gets the text, and its sender is told whom to ring."""

ANSWER_LIVES = timedelta(minutes=30)
QUESTION_LIVES = timedelta(hours=1)
"""How long an answer is of use, and how long what it asked may be answered (product's clock)."""

UNCLEAR_ANSWERS_AN_HOUR = 3
"""No more "not understood" than this to one number: two machines must not talk to each other for ever."""


@transaction.atomic
def receive(organisation: Organisation, *, sid: str, line: str, body: str, now: datetime) -> InboundText:
    """Keep a text. The carrier may deliver it twice: one SID is one text."""
    text, is_new = InboundText.objects.get_or_create(
        sid=sid[:40],
        defaults={
            "organisation": organisation,
            "line": line[:40],
            "body": body.replace("\x00", ""),
            "received_at": now,
            "lane": Lane.ALARM,
            "due_at": now,
        },
    )
    if is_new:
        nudge_on_commit(Lane.ALARM)
    return text


def due(lane: str) -> "QuerySet[InboundText]":
    """Texts whose turn it is: not before an earlier one of the same number, unless that one fails."""
    earlier = InboundText.objects.filter(line=OuterRef("line"), done=False, tries=0, pk__lt=OuterRef("pk"))
    return InboundText.objects.filter(lane=lane, done=False, due_at__lte=clock.now()).exclude(Exists(earlier))


def work_off_texts(lane: str) -> int:
    """Offer the texts of a lane to the rules; returns how many were done."""
    return claims.run(InboundText, claims.claim(due(lane), limit=BATCH), _work, now=clock.now())


def _work(row: InboundText) -> None:
    now = clock.now()
    text = _incoming(row, now)
    name, answer = _ask_the_rules(text, now)
    if answer is None:
        answer = _nobody_understood(text, now)
    if answer.for_a_person:
        person = text.people[0] if len(text.people) == 1 else None
        inbox.show(row.organisation, InboxItem.Kind.TEXT, line=row.line, person=person, text=row, note=name, now=now)
    if answer.words:
        _reply(text, answer, now)
    ours = InboundText.objects.filter(pk=row.pk, done=False, lease_token=row.lease_token)
    if not ours.update(done=True, leased_until=None, rule=name, asked=answer.asks, answer=answer.words):
        # Another process took over and has committed: our effect must not happen a second time.
        transaction.set_rollback(True)


def _incoming(row: InboundText, now: datetime) -> IncomingText:
    people = tuple(people_with_number(row.organisation, row.line)) if row.line else ()
    contacts = tuple(contacts_with_number(row.organisation, row.line))
    return IncomingText(
        row=row,
        organisation=row.organisation,
        understood=keywords.understand(row.body),
        people=people,
        contacts=contacts,
        language=callers.language_of(row.organisation, people),
        earlier=_asked_before(row, now),
    )


def _asked_before(row: InboundText, now: datetime) -> dict[str, Any]:
    before = InboundText.objects.filter(
        organisation=row.organisation, line=row.line, done=True, pk__lt=row.pk, received_at__gt=now - QUESTION_LIVES
    )
    last = before.order_by("-pk").first()
    return last.asked if last is not None else {}


def _ask_the_rules(text: IncomingText, now: datetime) -> tuple[str, TextAnswer | None]:
    """The first rule that understands it, and what that answers. A rule that fails again and again is passed over."""
    try:
        with transaction.atomic():
            for name, rule in registry.text_rules():
                answer = rule(text, now)
                if answer is not None:
                    return name, answer
    except Exception:
        if text.row.tries < GIVEN_TO_A_PERSON_AFTER:
            raise
        log.exception("Text %s fails again and again; a person gets it.", text.row.pk)
    return "", None


def _nobody_understood(text: IncomingText, now: datetime) -> TextAnswer:
    """A person reads it, and the sender is told whom to ring."""
    recent = InboundText.objects.filter(
        line=text.line, done=True, rule="", received_at__gt=now - timedelta(hours=1)
    ).exclude(answer="")
    words = texts.say(
        text.organisation, texts.NOT_UNDERSTOOD, text.language, phone=format_for_people(text.organisation.duty_phone)
    )
    return TextAnswer(words if recent.count() < UNCLEAR_ANSWERS_AN_HOUR else "", for_a_person=True)


def _reply(text: IncomingText, answer: TextAnswer, now: datetime) -> None:
    """Text the words back, where that is possible: not to a landline, a short code or a name."""
    number = callers.number_of(text.line)
    if not number or (number.startswith("+31") and kind_of(number) == "landline"):
        return
    person = text.people[0] if len(text.people) == 1 else None
    try:
        queueing.queue(
            organisation=text.organisation,
            person=person,
            way=Way.TEXT,
            line=text.line,
            lane=answer.lane,
            host=HOST,
            subject_id=text.row.pk,
            body=answer.words,
            language=text.language,
            expires_at=now + ANSWER_LIVES,
        )
    except ForbiddenLine:
        log.warning("Text %s came from a number that is never texted; it is not answered.", text.row.pk)
