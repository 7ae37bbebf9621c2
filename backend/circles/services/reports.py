"""A worry or a cry for help about a member that does not come out of a call of the round: by text, or from family."""

from datetime import datetime

from backend.circles.domain import morning, schedule
from backend.circles.models import Circle, Membership, Round
from backend.circles.scripts.words import say
from backend.circles.selectors.settings import zone_of
from backend.circles.services import cases, rounds, state
from backend.circles.services.ladders import ladder_for
from backend.circles.services.state import locked_round
from backend.common import actors
from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Lane
from backend.incidents.models import Incident
from backend.incidents.services import opening
from backend.notifications.domain.keywords import Keyword
from backend.notifications.registry import IncomingText, TextAnswer
from backend.people.models import Person

HELP_RULE = "circles.help"


def todays_round(circle_id: int) -> Round | None:
    """The round of the circle's local today, locked; None on a day without one."""
    found = of_today(circle_id)
    return None if found is None else locked_round(found.pk)


def of_today(circle_id: int) -> Round | None:
    """The round of the circle's local today, once it has begun; not locked."""
    circle = Circle.objects.select_related("organisation").get(pk=circle_id)
    today = schedule.local_date(clock.now(), zone_of(circle))
    return Round.objects.filter(circle_id=circle_id, date=today).exclude(state=Round.State.PLANNED).first()


def report(circle: Circle, about: Person, kind: Incident.Kind, *, actor: Actor, now: datetime) -> None:
    """Open a case about a member, at any hour, and let a running round know. Takes the round's lock."""
    round_ = todays_round(circle.pk)
    seat = None if round_ is None else round_.seats.select_related("person").filter(person=about).first()
    if round_ is None or seat is None:
        open_without_round(circle, about, kind, actor=actor, now=now)
        return
    before = state.load(round_)
    cases.open_for_seat(round_, seat, kind, now=now, actor=actor, by=actor.who)
    changed = morning.handed_to_incident(before, seat.pk, how=kind.value, at=now)
    rounds.go_on(round_, before, now, changed=changed)


def open_without_round(circle: Circle, about: Person, kind: Incident.Kind, *, actor: Actor, now: datetime) -> None:
    """A worry or a cry for help on a day, or at an hour, without a round: people act all the same."""
    today = schedule.local_date(now, zone_of(circle))
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
        actor=actor,
    )


def help_by_text(text: IncomingText, now: datetime) -> TextAnswer | None:
    """HULP: from a member about themselves, from their contact about the member. A case is opened at once.

    Of several who share a telephone it is the first: they live at one address. A contact of several members means all.
    """
    if text.understood.keyword is not Keyword.HELP:
        return None
    members = _active(text, [person.pk for person in text.people])[:1]
    found = [(member, actors.person(member.person_id, "text")) for member in members]
    if not found:
        by = {contact.person_id: contact.pk for contact in text.contacts}
        for member in _active(text, list(by)):
            on_behalf_of = f"person:{member.person_id}"
            found.append((member, actors.contact(by[member.person_id], "text", on_behalf_of=on_behalf_of)))
    for member, actor in found:
        report(member.circle, member.person, Incident.Kind.HELP, actor=actor, now=now)
    return TextAnswer(say("help_text", text.language), lane=Lane.ALARM) if found else None


def _active(text: IncomingText, person_ids: list[int]) -> list[Membership]:
    """One membership for each of these people, in the order of circles: rounds are locked in that order."""
    rows = Membership.objects.filter(
        circle__organisation=text.organisation, person__in=person_ids, status=Membership.Status.ACTIVE
    ).select_related("circle__organisation", "person")
    first: dict[int, Membership] = {}
    for row in rows.order_by("circle_id", "position"):
        first.setdefault(row.person_id, row)
    return list(first.values())
