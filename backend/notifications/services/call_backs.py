"""Somebody could not be helped at once and waits to be rung back: the duty telephone rings until a person takes it.

The coordinators of the day are texted as well. It ends by key 1 on the duty telephone, or in the inbox.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from backend.common.actors import Actor
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.notifications import texts
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, InboundText, InboxItem, Message, Way
from backend.notifications.services import inbox, queueing
from backend.notifications.words import say
from backend.people.domain.telephone import kind_of, spoken_digits
from backend.people.models import Organisation, Person
from backend.people.selectors import coordinators_on, local_date

HOST = "notifications.call_backs"
TIMER = "notifications.call_back"

AGAIN = timedelta(minutes=10)
"""How long between two calls to the duty telephone (product's clock)."""

ALERT_LIVES = timedelta(minutes=9)


def ask_for_call_back(
    organisation: Organisation,
    *,
    line: str,
    now: datetime,
    person: Person | None = None,
    text: InboundText | None = None,
    note: str = "",
) -> InboxItem:
    """Put it in the inbox and alert people until somebody takes it. In the transaction of the decision."""
    kind = InboxItem.Kind.CALL_BACK
    item = inbox.show(organisation, kind, line=line, person=person, text=text, note=note, now=now)
    set_timer(kind=TIMER, subject_id=item.pk, due_at=now, lane=Lane.ALARM)
    link = settings.RONDJE_PUBLIC_URL + reverse("inbox")
    text_coordinators(organisation, texts.CALL_BACK, now, link=link)
    return item


def look(item_id: int, now: datetime) -> None:
    """The timer's handler: ring the duty telephone, again and again, until a person has taken it."""
    item = InboxItem.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=item_id)
    if item.dealt_with_at is not None:
        return
    organisation = item.organisation
    if not Message.objects.filter(host=HOST, subject_id=item.pk, state__in=Message.OPEN).exists():
        queueing.queue(
            organisation=organisation,
            person=None,
            way=Way.CALL,
            line=organisation.duty_phone,
            lane=Lane.ALARM,
            host=HOST,
            subject_id=item.pk,
            language=organisation.language,
            expires_at=now + ALERT_LIVES,
        )
    set_timer(kind=TIMER, subject_id=item.pk, due_at=now + AGAIN, lane=Lane.ALARM)


def text_coordinators(
    organisation: Organisation, code: str, now: datetime, *, but_not: Person | None = None, **names: str
) -> None:
    """Text the coordinators who are on duty today, on their mobiles, each in their own language."""
    for person in coordinators_on(organisation, local_date(organisation, now)):
        for phone in person.phones.all():
            if person != but_not and kind_of(phone.e164) == "mobile":
                queueing.queue(
                    organisation=organisation,
                    person=person,
                    way=Way.TEXT,
                    line=phone.e164,
                    lane=Lane.ALARM,
                    host=HOST,
                    subject_id=0,
                    body=texts.say(organisation, code, person.language, organisation=organisation.name, **names),
                    language=person.language,
                    expires_at=now + timedelta(hours=1),
                )


class CallBackHost(QuietHost):
    """Leads the calls to the duty telephone about somebody who waits. When one fails, the timer rings again."""

    def lock(self, subject_id: int) -> None:
        InboxItem.objects.select_for_update().filter(pk=subject_id).first()

    def converse(self, attempt: Attempt, heard: Heard, _now: datetime) -> Prompt:
        """Nothing of whoever waits is said before somebody has pressed 1: a voicemail may be listening."""
        item = InboxItem.objects.select_related("organisation").get(pk=attempt.subject_id)
        if attempt.script.get("phase") == "taken" and isinstance(heard, Key):
            return End(_number(item, attempt.language))
        if item.dealt_with_at is not None:
            return End(say("call_back_done", attempt.language))
        if isinstance(heard, Answered):
            return Ask(say("call_back", attempt.language, organisation=item.organisation.name), seconds=10)
        if heard == Key("1"):
            attempt.script = {"phase": "taken"}
            inbox.deal_with(item, actor=Actor(f"organisation:{item.organisation_id}", "call"))
            return Ask(_number(item, attempt.language), seconds=10)
        return End(say("call_back_later", attempt.language))


def _number(item: InboxItem, language: str) -> str:
    return say("call_back_number", language, digits=spoken_digits(item.line))
