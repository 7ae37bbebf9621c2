"""A member rings the one number: recognised, proves themselves, may report a worry or ask for help.

The menu itself is general (`notifications/menu`); here are the circles' entries in it, and the calls that a ring of own
telephones leads itself.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from backend.circles.models import Circle, Membership, Round, Seat
from backend.circles.scripts.facts import Fact, HelpAsked, Proven, Worried
from backend.circles.scripts.words import say
from backend.circles.services import cases, facts, own_phone_calls, practice, reports
from backend.circles.services.reports import todays_round
from backend.common.actors import person as by_person
from backend.incidents.models import Incident
from backend.notifications.domain.prompts import Answered, End, Heard, Prompt
from backend.notifications.menu import human, leading
from backend.notifications.models import Attempt
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry
from backend.people.models import Organisation, Person
from backend.people.services import sightings

HOST = "circles.ring_in"


def recognise(organisation: Organisation, line: str) -> tuple[str, int, int] | None:
    """The inbound menu's question: is this the number of a member? The subject is the circle."""
    member = _members(line).filter(circle__organisation=organisation).order_by("circle_id", "position").first()
    if member is not None:
        return HOST, member.circle_id, member.person_id
    volunteer = own_phone_calls.volunteer_ringing(organisation, line)
    return None if volunteer is None else (HOST, *volunteer)


def converse(circle_id: int, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a ring-in, under the lock of today's round, if there is one: own telephones, or the menu."""
    if attempt.reference.get(human.HUMAN):
        return leading.converse(attempt, heard, now)
    own_phone = own_phone_calls.round_of(attempt, own_phone_calls.practising(circle_id), todays_round(circle_id))
    answer = own_phone_calls.converse(own_phone, attempt, heard, now)
    if answer is not None:
        return practice.announced(own_phone, heard, answer, attempt.language)
    if attempt.reference.get(own_phone_calls.ORDINARY) and not attempt.script:
        heard = Answered()
    return leading.converse(attempt, heard, now)


def _members(line: str) -> "QuerySet[Membership]":
    active = Membership.objects.filter(status=Membership.Status.ACTIVE, person__phones__e164=line)
    return active.select_related("person", "circle__organisation").distinct()


def _membership(call: MenuCall) -> Membership | None:
    """The place of whom the call is about: the caller, or the member whose contact they are."""
    active = Membership.objects.filter(
        person=call.caller.person, status=Membership.Status.ACTIVE, circle__organisation=call.organisation
    )
    return active.select_related("person", "circle__organisation").order_by("circle_id").first()


def _mate(membership: Membership) -> Person | None:
    """Whom a member rings in the morning: the next in the ring."""
    active = membership.circle.memberships.filter(status=Membership.Status.ACTIVE).select_related("person")
    ring = [member.person for member in active]
    place = next((i for i, person in enumerate(ring) if person.pk == membership.person_id), -1)
    others = [*ring[place + 1 :], *ring[:place]] if place >= 0 else []
    return others[0] if others else None


def offer_well(call: MenuCall) -> str:
    return say("ring_in_how", call.language) if call.caller.contact is None and _membership(call) else ""


def well(call: MenuCall, _place: dict[str, Any], _heard: Heard | None) -> EntryTurn:
    """A key of one's own is proof of life."""
    membership = _membership(call)
    if membership is not None:
        _said(membership.circle, membership.person, "well", None, call.now)
    return EntryTurn(End(say("ring_in_well", call.language)))


def _worried_about(call: MenuCall) -> tuple[Membership, Person] | None:
    membership = _membership(call)
    if membership is None:
        return None
    about = _mate(membership) if call.caller.contact is None else membership.person
    return None if about is None else (membership, about)


def offer_worry(call: MenuCall) -> str:
    """A member about whom they ring, family about their own."""
    found = _worried_about(call)
    return say("ring_in_worry", call.language, mate=found[1].spoken_name) if found else ""


def worry(call: MenuCall, _place: dict[str, Any], _heard: Heard | None) -> EntryTurn:
    found = _worried_about(call)
    assert found is not None
    membership, about = found
    if call.caller.contact is None:
        _said(membership.circle, membership.person, "worried", about.pk, call.now)
    else:
        reports.report(membership.circle, about, Incident.Kind.WORRIED, actor=call.caller.actor, now=call.now)
    return EntryTurn(End(say("worried", call.language, target=about.spoken_name)))


def help_by_call(call: MenuCall) -> str:
    """9: for oneself, or by family for the member."""
    membership = _membership(call)
    if membership is None:
        return ""
    if call.caller.contact is None:
        _said(membership.circle, membership.person, "help", None, call.now)
    else:
        reports.report(membership.circle, membership.person, Incident.Kind.HELP, actor=call.caller.actor, now=call.now)
    return say("help", call.language)


WELL = MenuEntry("circles.well", digit="1", order=10, offer=offer_well, converse=well)
WORRY = MenuEntry("circles.worry", digit="2", order=20, offer=offer_worry, converse=worry)


def _said(circle: Circle, speaker: Person, said: str, mate_id: int | None, now: datetime) -> None:
    """Somebody rang in and pressed a key: proof of life, and perhaps a worry or a cry for help."""
    round_: Round | None = todays_round(circle.pk)
    about_id = mate_id if said == "worried" else speaker.pk
    seats: dict[int, Seat] = {} if round_ is None else {seat.person_id: seat for seat in round_.seats.all()}
    if round_ is not None and speaker.pk in seats and (said == "well" or about_id in seats):
        found: list[Fact] = [Proven(seats[speaker.pk].pk, facts.HELP_KEY if said == "help" else "rang_in")]
        if said == "worried" and about_id is not None:
            found.append(Worried(seats[about_id].pk, by=seats[speaker.pk].pk))
        elif said == "help":
            found.append(HelpAsked(seats[speaker.pk].pk))
        facts.take(round_, None, found, now)
        return
    sightings.saw(speaker.pk, at=now, source="circle:rang_in")
    if said != "help":
        cases.late_proof(speaker.pk, how="rang_in", now=now)
    if said in ("worried", "help"):
        kind = Incident.Kind.WORRIED if said == "worried" else Incident.Kind.HELP
        about = Person.objects.get(pk=about_id or speaker.pk)
        reports.open_without_round(circle, about, kind, actor=by_person(speaker.pk, "call"), now=now)
