"""Duties by text: RUIL 3 dec asks the others, JA takes what one was asked, NEE thanks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from backend.circles import texts
from backend.circles.scripts.duty import words
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import zone_of
from backend.circles.services import swaps
from backend.common import actors
from backend.common.errors import RondjeError
from backend.notifications.domain.keywords import Keyword
from backend.notifications.registry import IncomingText, TextAnswer
from backend.people.domain.short_days import days_meant, names_a_day, short, with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import DutyShift, DutySwap, Person
from backend.people.services import duty_links
from backend.people.services.duty import SwapOver, SwapTaken

ORDER = 40

REMEMBERED = timedelta(days=3)
"""Whoever answers late is told what became of it for so long."""


def understand(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule for texts. Declines what is not about duties, and whoever has none."""
    keyword = text.understood.keyword
    if keyword not in (Keyword.SWAP, Keyword.YES, Keyword.NO):
        return None
    for person in text.people:
        if keyword == Keyword.SWAP:
            if DutyShift.objects.filter(person=person).exists():
                return _offer(person, text, now)
        elif (answer := _answer(person, text, now)) is not None:
            return answer
    return None


def _offer(person: Person, text: IncomingText, now: datetime) -> TextAnswer:
    """Ask the others to take the duty that was named."""
    theirs = [own for own in rosters.duties_of(person, now) if not own.has_begun]
    today = now.astimezone(zone_of(theirs[0].circle)).date() if theirs else now.date()
    days = days_meant(text.understood.plain, [own.duty.day for own in theirs], today)
    chosen = [own for own in theirs if own.duty.day in days]
    if len(chosen) != 1:
        code = "no_duty_then" if names_a_day(text.understood.plain) and not chosen else "which_day"
        return _say(text, code, link=duty_links.make(person, now))
    circle, rank, day = chosen[0].circle, DutyShift.Rank(chosen[0].duty.rank.value), chosen[0].duty.day
    try:
        with transaction.atomic():
            swaps.offer(circle, owner=person, rank=rank, day=day, actor=actors.person(person.pk, "text"), now=now)
    except RondjeError as error:
        return TextAnswer(f"{_in(text.language, error)} {format_for_people(text.organisation.duty_phone)}")
    return _say(text, "offered", day=with_weekday(day, text.language))


def _answer(person: Person, text: IncomingText, now: datetime) -> TextAnswer | None:
    """Yes or no to a question about a duty; None when there is none, so that others may have asked."""
    questions = swaps.open_for(person, now)
    if not questions:
        return _too_late(person, text, now) if text.understood.keyword == Keyword.YES else None
    if text.understood.keyword == Keyword.NO:
        return _say(text, "declined")
    today = now.astimezone(zone_of(swaps.circle_of(questions[0].scope))).date()
    days = days_meant(text.understood.plain, [swap.date for swap in questions], today)
    named = [swap for swap in questions if swap.date in days]
    if not named and names_a_day(text.understood.plain):
        return _about_another_day(questions, person, text, now)
    if len(named or questions) > 1:
        return _say(text, "which", choices=_choices(questions, text))
    return _take((named or questions)[0], person, text, now)


def _about_another_day(questions: list[DutySwap], person: Person, text: IncomingText, now: datetime) -> TextAnswer:
    """Yes to a day of which nothing is asked (any more): it is never taken for the day that is asked."""
    over = _ended(person, now)
    days = days_meant(text.understood.plain, [swap.date for swap in over], now.date())
    if meant := next((swap for swap in over if swap.date in days), None):
        return _became_of(meant, person, text)
    return _say(text, "not_asked_then", choices=_choices(questions, text))


def _choices(questions: list[DutySwap], text: IncomingText) -> str:
    """How each of these is answered: JA 3 dec of JA 5 dec."""
    choices = [words.say("choice", text.language, short=short(swap.date, text.language)) for swap in questions]
    return words.listed(choices, text.language, by="or")


def _take(swap: DutySwap, person: Person, text: IncomingText, now: datetime) -> TextAnswer:
    circle, day = swaps.circle_of(swap.scope), with_weekday(swap.date, text.language)
    try:
        with transaction.atomic():
            swaps.take(swap.pk, taker=person, actor=actors.person(person.pk, "text"), now=now)
    except (SwapTaken, SwapOver):
        return _say(text, "taken_by_other", circle=circle.name, day=day)
    except RondjeError as error:
        return TextAnswer(_in(text.language, error))
    return _say(text, "taken_by_you", circle=circle.name, day=day)


def _too_late(person: Person, text: IncomingText, now: datetime) -> TextAnswer | None:
    """Yes to a question that is over: who comes second is told that somebody has it."""
    over = _ended(person, now)
    days = days_meant(text.understood.plain, [swap.date for swap in over], now.date())
    last = next((swap for swap in over if swap.date in days), over[0] if over else None)
    return None if last is None else _became_of(last, person, text)


def _ended(person: Person, now: datetime) -> list[DutySwap]:
    """What somebody was asked and cannot answer any more, the latest first."""
    over = DutySwap.objects.filter(asked__contains=[person.pk], ended_at__gt=now - REMEMBERED)
    return list(over.order_by("-ended_at"))


def _became_of(swap: DutySwap, person: Person, text: IncomingText) -> TextAnswer:
    circle, day = swaps.circle_of(swap.scope), with_weekday(swap.date, text.language)
    if swap.state == DutySwap.State.TAKEN and swap.taken_by_id == person.pk:
        return _say(text, "taken_by_you", circle=circle.name, day=day)
    code = "taken_by_other" if swap.state == DutySwap.State.TAKEN else "withdrawn"
    return _say(text, code, circle=circle.name, day=day)


def _say(text: IncomingText, code: str, **names: str) -> TextAnswer:
    return TextAnswer(texts.about_duty(text.organisation, code, text.language, **names))


def _in(language: str, error: RondjeError) -> str:
    with translation.override(language):
        return gettext(error.message)
