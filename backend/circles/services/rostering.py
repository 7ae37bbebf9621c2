"""What staff do to a circle's roster: weekly duties, exceptions, volunteers' absences, questions to the others."""

from datetime import date, datetime

from django.db import transaction

from backend.circles import texts
from backend.circles.models import Circle
from backend.circles.selectors.settings import scope_of
from backend.circles.services import duty_watch, swaps
from backend.common.actors import Actor
from backend.common.errors import NotAllowed, RondjeError
from backend.people.models import DutyShift, Person
from backend.people.selectors import on_roster
from backend.people.services import duty, duty_links
from backend.people.services.absences import record_absence
from backend.people.services.registering import register_person


def set_weekday(circle: Circle, person: Person | None, *, rank: DutyShift.Rank, weekday: int, actor: Actor) -> None:
    """`person` has the duty every week on this weekday (0 is Monday); None: nobody has it any more."""
    _check(circle, person)
    duty.set_duty(person, scope=scope_of(circle), rank=rank, weekday=weekday, actor=actor)


def set_date(circle: Circle, person: Person | None, *, rank: DutyShift.Rank, day: date, actor: Actor) -> None:
    """`person` has the duty on one local date; None: the weekday's holds again."""
    _check(circle, person)
    duty.set_duty(person, scope=scope_of(circle), rank=rank, day=day, actor=actor)


def volunteer_away(person: Person, *, first_day: date, last_day: date | None, actor: Actor) -> None:
    """A volunteer is away, both days included: their duties are gaps until somebody else takes them."""
    on_behalf = Actor(actor.who, actor.channel, on_behalf_of=f"person:{person.pk}")
    record_absence(person=person, first_day=first_day, last_day=last_day, reason="away", actor=on_behalf)


def offer_on_behalf(circle: Circle, *, rank: DutyShift.Rank, day: date, actor: Actor, now: datetime) -> int:
    """Ask the others to take the duty of a local date over; returns how many get a text."""
    owner = {**on_roster(scope_of(circle), day)}.get(rank.value)
    if not isinstance(owner, Person):
        raise RondjeError("Nobody has this duty on that day. Put somebody on it in the form for one day.")
    on_behalf = Actor(actor.who, actor.channel, on_behalf_of=f"person:{owner.pk}")
    _swap, asked = swaps.offer(circle, owner=owner, rank=rank, day=day, actor=on_behalf, now=now)
    return asked


@transaction.atomic
def send_link(circle: Circle, person: Person, *, now: datetime) -> None:
    """Text somebody a link to their own duties. Raises RondjeError when they have no mobile."""
    _check(circle, person)
    body = texts.about_duty(circle.organisation, "link", person.language, link=duty_links.make(person, now))
    if not duty_watch.text(circle.organisation, person, body, expires_at=now + duty_links.LIVES):
        raise RondjeError("This person has no mobile number, so no text can be sent. Ring them instead.")


def add_volunteer(circle: Circle, given_name: str, family_name: str, phones: list[str]) -> Person:
    """Somebody who can be put on duty. Numbers are E.164."""
    return register_person(
        organisation=circle.organisation, given_name=given_name, family_name=family_name, phones=phones
    )


def _check(circle: Circle, person: Person | None) -> None:
    """A person of another organisation does not exist here."""
    if person is not None and person.organisation_id != circle.organisation_id:
        raise NotAllowed("This person is not one of your organisation's.")
