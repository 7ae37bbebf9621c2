"""Answers to alerts by text: JA, NEE, ER and what was found. Everything is done by the services that links use, too.

A sender is somebody on the frozen ladder of a case, known by their number, who has been alerted about it. With more
than one case the answer is asked for by number; the numbers keep their meaning for an hour.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.models import Lane
from backend.incidents.domain.outcomes import numbered_for
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.scripts import reason_in_words
from backend.incidents.services import claiming, closing, escalating, links
from backend.incidents.services.cases_of import STILL_ASKED, Case, cases_of
from backend.incidents.services.timeline import add_step
from backend.incidents.words import say
from backend.notifications.domain.keywords import Keyword
from backend.notifications.models import Message, Way
from backend.notifications.registry import IncomingText, TextAnswer
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import zone_of

NAME = "incidents"
HELP_NAME = "incidents.help"
LAST_NAME = "incidents.last"

DOES = {Keyword.YES: "yes", Keyword.NO: "no", Keyword.ARRIVED: "there"}


def answer(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule. Declines whoever was not alerted, what is no answer to an alert, and what answers something else."""
    keyword = text.understood.keyword
    if keyword is Keyword.NUMBER:
        return None if _was_asked_something_else(text) else _numbered(text, _cases(text, now), now)
    if keyword is None or keyword not in DOES:
        return None
    cases = _cases(text, now)
    return _one_of(text, cases, _options(cases, keyword), DOES[keyword], now) if cases else None


def _numbered(text: IncomingText, cases: list[Case], now: datetime) -> TextAnswer | None:
    if not cases:
        return None
    return _the_chosen(text, cases, now) if "incidents" in text.earlier else _outcome(text, cases, now)


def what_nobody_understood(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule that is asked last: to whoever was alerted it says who has the case, or what can be answered.

    Not before the other rules: "JA" may be about a duty, "t/m 3 dec" about an absence.
    """
    keyword = text.understood.keyword
    if keyword not in (None, Keyword.NUMBER, *DOES):
        return None
    cases = _cases(text, now)
    if any(case.is_mine or case.can_claim for case in cases):
        return _unclear(text, cases)
    if not cases or keyword is None or _was_asked_something_else(text):
        return None
    return _too_late(text, cases[0])


def _was_asked_something_else(text: IncomingText) -> bool:
    """Whether our last answer asked something of another rule: a bare number answers that, and never closes a case."""
    return bool(text.earlier) and "incidents" not in text.earlier


def _options(cases: list[Case], keyword: Keyword) -> list[Case]:
    """Which cases an answer can be about. Whoever says ER without a claim stands at the door, and takes the case."""
    mine = [case for case in cases if case.is_mine]
    claimable = [case for case in cases if case.can_claim]
    if keyword is Keyword.YES:
        return claimable
    return (claimable or mine) if keyword is Keyword.NO else (mine or claimable)


def claimant_needs_help(text: IncomingText, now: datetime) -> TextAnswer | None:
    """HULP from whoever has a case: others are alerted at once, beside them."""
    if text.understood.keyword is not Keyword.HELP:
        return None
    mine = [case for case in _cases(text, now) if case.is_mine]
    if not mine:
        return None
    for case in mine:
        incident = claiming.locked(case.incident.pk)
        if incident.is_open:
            actor = Actor(case.target.ref, "text")
            add_step(incident, "asked_again", now=now, actor=actor, actor_name=case.target.name)
            escalating.be_loud(incident, now)
    return _says(text, mine[0], "help_coming")


def _cases(text: IncomingText, now: datetime) -> list[Case]:
    refs = [f"person:{person.pk}" for person in text.people] + [f"contact:{contact.pk}" for contact in text.contacts]
    if text.line == text.organisation.duty_phone:
        refs.append(f"organisation:{text.organisation.pk}")
    return cases_of(text.organisation, refs, now)


def _one_of(text: IncomingText, cases: list[Case], options: list[Case], do: str, now: datetime) -> TextAnswer | None:
    """Do it for the one case that can be meant; with several, ask which."""
    number = text.understood.number
    listed = text.earlier.get("incidents", [])
    if number is not None and 1 <= number <= len(listed):
        chosen = [case for case in cases if case.incident.pk == listed[number - 1]]
        return _do(text, chosen[0], do, now) if chosen else _which(text, options or cases, do)
    if not options:
        mine = [case for case in cases if case.is_mine]
        if mine:
            return _do(text, mine[0], do, now)
        return _too_late(text, cases[0]) if _was_last_texted_about_a_case(text, now) else None
    if len(options) > 1 or (number or 1) > 1:
        return _which(text, options, do)
    return _do(text, options[0], do, now)


def _the_chosen(text: IncomingText, cases: list[Case], now: datetime) -> TextAnswer:
    """Only a number, after we asked which: the answer to that."""
    listed, do, number = text.earlier["incidents"], text.earlier["do"], text.understood.numbers[-1]
    chosen = [case for case in cases if 1 <= number <= len(listed) and case.incident.pk == listed[number - 1]]
    if not chosen:
        return _which(text, [case for case in cases if case.incident.pk in listed] or cases, do)
    return _do(text, chosen[0], do, now)


def _which(text: IncomingText, options: list[Case], do: str) -> TextAnswer:
    """ "JA 1 of JA 2?" and what each is: the circle, why, since when. No names: a telephone lies on a table."""
    language = text.language
    word = say("code", language, code=do.partition(":")[2]) if do.startswith("code:") else say(do, language)
    answers = f" {say('or', language)} ".join(f"{word} {number}" for number in range(1, len(options) + 1))
    listed = " ".join(f"{number}: {_about(case, language)}." for number, case in enumerate(options, start=1))
    words = say("which", language, count=len(options), answers=answers, list=listed)
    asks: dict[str, Any] = {"incidents": [case.incident.pk for case in options], "do": do}
    return TextAnswer(words, asks=asks, lane=Lane.ALARM)


def _about(case: Case, language: str) -> str:
    incident = case.incident
    since = timezone.localtime(incident.opened_at, zone_of(incident.organisation)).strftime("%H:%M")
    return f"{incident.source_label}, {reason_in_words(incident.kind, language)} ({since})"


def _do(text: IncomingText, case: Case, do: str, now: datetime) -> TextAnswer:
    """Do it under the case's lock, and say how it went; who comes too late is told so."""
    incident = claiming.locked(case.incident.pk)
    what, _, code = do.partition(":")
    try:
        if not incident.is_open:
            raise claiming.AlreadyClosed("This case is closed already. Nothing has been changed.")
        if what == "code":
            return _found(text, case, incident, int(code), now)
        return {"yes": _claim, "no": _decline, "there": _arrive}[what](text, case, incident, now)
    except Conflict:
        return _too_late(text, replace(case, incident=incident))


def _too_late(text: IncomingText, case: Case) -> TextAnswer:
    """Somebody else has it, or it is over: who comes too late is told so."""
    if case.incident.is_open:
        return _says(text, case, "taken", name=case.incident.claimed_by_name)
    return _says(text, case, "closed", phone=format_for_people(text.organisation.duty_phone))


def _was_last_texted_about_a_case(text: IncomingText, now: datetime) -> bool:
    """Whether the last text that went to this number was an alert or its news: a yes or no answers the last text."""
    recent = Message.objects.filter(organisation=text.organisation, created_at__gte=now - STILL_ASKED)
    last = (
        recent.filter(way=Way.TEXT, line=text.line)
        .exclude(state__in=(Message.State.QUEUED, Message.State.CANCELLED))
        .order_by("-pk")
        .first()
    )
    return last is not None and last.host == escalating.HOST


def _claim(text: IncomingText, case: Case, incident: Incident, now: datetime) -> TextAnswer:
    """The claim itself texts the link; this says what can be answered by text."""
    claiming.claim(incident, target=case.target, actor=Actor(case.target.ref, "text"), now=now)
    return _says(text, case, "claimed", codes=codes_in_words(incident, text.language))


def _decline(text: IncomingText, case: Case, incident: Incident, now: datetime) -> TextAnswer:
    claiming.decline(incident, target=case.target, actor=Actor(case.target.ref, "text"), now=now)
    return _says(text, case, "declined")


def _arrive(text: IncomingText, case: Case, incident: Incident, now: datetime) -> TextAnswer:
    actor = Actor(case.target.ref, "text")
    claiming.claim(incident, target=case.target, actor=actor, now=now)
    closing.record_arrival(incident, actor=actor, name=case.target.name, now=now)
    code = "arrived" if _waits_for(incident) else "claimed"
    return _says(text, case, code, codes=codes_in_words(incident, text.language))


def _outcome(text: IncomingText, cases: list[Case], now: datetime) -> TextAnswer | None:
    """A bare number: what was found in the case that the sender has; "1 bij 2" when they have several."""
    code = text.understood.numbers[0]
    mine = [case for case in cases if case.is_mine]
    if len(mine) > 1:
        return _which(text, mine, f"code:{code}")
    if mine:
        return _do(text, mine[0], f"code:{code}", now)
    claimable = [case for case in cases if case.can_claim]
    if claimable:
        return _says(text, claimable[0], "first_claim")
    return None


def _found(text: IncomingText, case: Case, incident: Incident, number: int, now: datetime) -> TextAnswer:
    members = _waits_for(incident)
    codes = codes_in_words(incident, text.language)
    code = numbered_for(incident.kind, has_members=bool(members)).get(number)
    if code is None:
        return _says(text, case, "no_such_code", number=number, codes=codes)
    if members > 1:
        return _says(text, case, "per_person", count=members, link=links.make(incident, case.target.ref, now))
    actor, outcome = Actor(case.target.ref, "text"), Outcome(code)
    closing.record_outcome(incident, member_id=None, outcome=outcome, actor=actor, name=case.target.name, now=now)
    if outcome is Outcome.KEY_FAILED:
        return _says(text, case, "key_failed", codes=codes)
    words = say(outcome.value, text.language)
    return _says(text, case, "noted_open" if incident.is_open else "noted", outcome=words, codes=codes)


def _waits_for(incident: Incident) -> int:
    """How many people in the case have no outcome yet."""
    return IncidentMember.objects.filter(incident=incident, outcome="").count()


CODES = {
    Incident.Kind.DUTY: "codes_duty",
    Incident.Kind.RUN: "codes_run",
    Incident.Kind.EVENING: "codes_run",
}
"""What can be answered about a case that is about nobody, by its kind."""


def codes_in_words(incident: Incident, language: str) -> str:
    """What can be answered about this case, and with which numbers."""
    if _waits_for(incident):
        return say("codes", language)
    return say(CODES.get(Incident.Kind(incident.kind), "codes_round"), language)


def _unclear(text: IncomingText, cases: list[Case]) -> TextAnswer | None:
    """Not understood, while something is asked of the sender: they hear what can be answered, and a person sees it."""
    phone = format_for_people(text.organisation.duty_phone)
    mine = [case for case in cases if case.is_mine]
    if mine:
        codes = codes_in_words(mine[0].incident, text.language)
        words = say("unclear_mine", text.language, codes=codes, phone=phone)
    elif any(case.can_claim for case in cases):
        words = say("unclear", text.language, phone=phone)
    else:
        return None
    return TextAnswer(words, for_a_person=True, lane=Lane.ALARM)


def _says(text: IncomingText, case: Case, code: str, **values: object) -> TextAnswer:
    words = say(code, text.language, label=case.incident.source_label, **values)
    return TextAnswer(words, lane=Lane.ALARM)
