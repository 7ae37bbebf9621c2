"""STOP and START. The carrier blocks or allows texts by itself; here it becomes known, and visible to people.

Whoever is on duty and stops their texts is not taken off any ladder: calls remain, and the coordinators are told.
"""

from datetime import datetime

from django.db.models import Q

from backend.common import actors
from backend.common.actors import SYSTEM
from backend.notifications import texts
from backend.notifications.domain.keywords import Keyword
from backend.notifications.models import InboxItem, OptOut
from backend.notifications.registry import IncomingText, TextAnswer
from backend.notifications.services import call_backs, inbox, opting_out
from backend.people.models import DutyShift, Person
from backend.people.selectors import local_date

NAME = "opting"


def answer(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule."""
    actor = actors.person(text.people[0].pk, "text") if len(text.people) == 1 else SYSTEM
    if text.understood.keyword is Keyword.START:
        opting_out.opt_in(text.organisation, text.line, actor=actor)
        return TextAnswer(
            texts.say(text.organisation, texts.TEXTS_AGAIN, text.language, organisation=text.organisation.name)
        )
    if text.understood.keyword is not Keyword.STOP:
        return None
    if opting_out.opt_out(text.organisation, text.line, how=OptOut.How.KEYWORD, actor=actor):
        for person in _on_duty(text, now):
            _tell(text, person, now)
    return TextAnswer()


def _on_duty(text: IncomingText, now: datetime) -> list[Person]:
    """Who of these people has a duty today or later: theirs are the texts that would be missed."""
    ahead = Q(date=None) | Q(date__gte=local_date(text.organisation, now))
    with_duty = set(DutyShift.objects.filter(ahead, person__in=text.people).values_list("person_id", flat=True))
    return [person for person in text.people if person.pk in with_duty]


def _tell(text: IncomingText, person: Person, now: datetime) -> None:
    organisation = text.organisation
    kind = InboxItem.Kind.STOPPED_TEXTS
    inbox.show(organisation, kind, line=text.line, person=person, text=text.row, now=now)
    call_backs.text_coordinators(organisation, texts.NO_TEXTS_TOLD, now, but_not=person, name=person.name)
