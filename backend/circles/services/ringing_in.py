"""A member rings the circle's number: recognised, proves themselves, may report a worry or ask for help."""

from datetime import datetime

from django.db.models import QuerySet

from backend.circles.domain import schedule
from backend.circles.models import Circle, Membership, Round, Seat
from backend.circles.scripts import ring_in
from backend.circles.scripts.facts import Fact, HelpAsked, Proven, Worried
from backend.circles.scripts.ring_in import RingInView
from backend.circles.scripts.view import Named, Place
from backend.circles.scripts.words import say
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import cases, facts, own_phone_calls, practice
from backend.circles.services.ladders import ladder_for
from backend.circles.services.state import locked_round
from backend.common.actors import person as by_person
from backend.events import clock
from backend.incidents.models import Incident
from backend.incidents.services import opening
from backend.notifications.domain.prompts import Answered, Heard, Prompt
from backend.notifications.models import Attempt
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


def todays_round(circle_id: int) -> Round | None:
    """The round of the circle's local today, locked; None on a day without one."""
    circle = Circle.objects.select_related("organisation").get(pk=circle_id)
    today = schedule.local_date(clock.now(), zone_of(circle))
    found = Round.objects.filter(circle_id=circle_id, date=today).exclude(state=Round.State.PLANNED).first()
    return None if found is None else locked_round(found.pk)


def converse(circle_id: int, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a ring-in. Under the lock of today's round, if there is one."""
    own_phone = own_phone_calls.round_of(attempt, own_phone_calls.practising(circle_id), todays_round(circle_id))
    answer = own_phone_calls.converse(own_phone, attempt, heard, now)
    if answer is not None:
        return practice.announced(own_phone, heard, answer, attempt.language)
    if attempt.reference.get(own_phone_calls.ORDINARY) and not attempt.script:
        heard = Answered()
    circle = Circle.objects.select_related("organisation").get(pk=circle_id)
    members = list(_members(attempt.line).filter(circle=circle).order_by("position"))
    script = dict(attempt.script)
    caller: int | None = script.pop("caller", None)
    view = _view(circle, members, attempt.language)
    turn = ring_in.turn(view, Place(**script) if script else Place(), caller, heard)
    attempt.script = {"phase": turn.place.phase, "asked": turn.place.asked, "caller": turn.caller}
    if turn.said and turn.caller is not None:
        speaker = next(member.person for member in members if member.person_id == turn.caller)
        attempt.person = speaker
        mate = view.mates.get(turn.caller)
        _said(circle, speaker, turn.said, mate.seat if mate else None, now)
    return turn.prompt


def _members(line: str) -> "QuerySet[Membership]":
    active = Membership.objects.filter(status=Membership.Status.ACTIVE, person__phones__e164=line)
    return active.select_related("person", "circle__organisation").distinct()


def _view(circle: Circle, members: list[Membership], language: str) -> RingInView:
    """People are named by their row here: on a day without a round nobody has a seat."""
    ring = [
        member.person for member in circle.memberships.filter(status=Membership.Status.ACTIVE).select_related("person")
    ]
    mates: dict[int, Named] = {}
    for member in members:
        others = [*ring[ring.index(member.person) + 1 :], *ring[: ring.index(member.person)]]
        if others:
            mates[member.person_id] = Named(others[0].pk, others[0].spoken_name)
    return RingInView(
        circle=circle.name,
        language=language,
        callers=tuple(Named(member.person_id, member.person.spoken_name) for member in members),
        mates=mates,
        gather_seconds=policy_of(circle).gather_seconds,
    )


def _said(circle: Circle, speaker: Person, said: str, mate_id: int | None, now: datetime) -> None:
    """Somebody rang in and pressed a key: proof of life, and perhaps a worry or a cry for help."""
    round_ = todays_round(circle.pk)
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
        _open_without_round(circle, speaker, said, about_id or speaker.pk, now)


def _open_without_round(circle: Circle, speaker: Person, said: str, about_id: int, now: datetime) -> None:
    """A worry or a cry for help on a day, or at an hour, without a round: people act all the same."""
    about = Person.objects.get(pk=about_id)
    today = schedule.local_date(now, zone_of(circle))
    kind = Incident.Kind.WORRIED if said == "worried" else Incident.Kind.HELP
    opening.open_incident(
        organisation=circle.organisation,
        kind=kind,
        cause=f"circle:{circle.pk}:{today}:{kind}:{about.pk}",
        members=[about],
        policy=ladder_for(circle, today, [about]),
        source_kind="circle",
        source_id=circle.pk,
        source_label=say("label", circle.organisation.language, circle=circle.name),
        now=now,
        actor=by_person(speaker.pk, "call"),
    )
