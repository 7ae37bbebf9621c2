"""A whole circle in one go, from a description: for scenarios and the demo."""

import re
from datetime import date, datetime
from io import StringIO

from django.core.management import CommandError, call_command

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, PhoneEntry
from backend.circles.domain.setup import AbsenceSetup, ContactSetup, MemberSetup, Setup, VolunteerSetup
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of
from backend.circles.services import joining, membership, planning
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.people.domain.names import split_full_name
from backend.people.domain.telephone import kind_of
from backend.people.models import DutyShift, Organisation
from backend.people.services.absences import record_absence
from backend.people.services.duty import put_on_duty
from backend.people.services.registering import register_organisation, register_person

BY_COMMAND = Actor(who="system", channel="command")


def set_up(setup: Setup, *, day: date, now: datetime) -> Circle:
    """Make organisation, circle, members with their consent, volunteers and absences, and plan the mornings of `day`
    and the next.

    Run it in a transaction that also sets the clock: nobody may see the circle at another time than its own.
    `day` is the local date that is about to be played, `now` an instant (UTC). Raises RondjeError.
    """
    organisation = register_organisation(
        slug=slug_of(setup.organisation.name),
        name=setup.organisation.name,
        phone=setup.organisation.number,
        duty_phone=setup.organisation.duty_number,
        language=setup.organisation.language,
        timezone=setup.organisation.timezone,
        email=setup.organisation.email,
    )
    if setup.organisation.duty:
        organisation.settings["duty"] = setup.organisation.duty
    if setup.organisation.evening is not None:
        organisation.settings["paper"] = {"evening": setup.organisation.evening.isoformat("minutes")}
    organisation.save(update_fields=["settings"])
    circle = membership.create_circle(
        organisation=organisation,
        name=setup.circle.name,
        start=setup.circle.start,
        weekdays=list(setup.circle.weekdays),
        mode=setup.circle.mode,
        policy={name: part for name, part in setup.circle.policy.model_dump().items() if part},
    )
    for volunteer in setup.volunteers:
        _put_on_duty(organisation, circle, volunteer)
    if setup.call_list is not None:
        _import(setup.call_list, circle)
    for member in setup.members:
        place = membership.add_member(circle, _entry(member))
        joining.agree(place, given_at=now, how="visit", on_behalf_by="", actor=BY_COMMAND, now=now)
    for absence in setup.absences:
        _excuse(circle, absence, day)
    membership.check_reachable(circle, day)
    planning.plan(now)
    return circle


def slug_of(name: str) -> str:
    """The name of an organisation as it stands in commands: "Welzijn Rondje" gives "welzijn-rondje"."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:50] or "organisation"


def _put_on_duty(organisation: Organisation, circle: Circle, volunteer: VolunteerSetup) -> None:
    given, family = split_full_name(volunteer.name)
    person = register_person(
        organisation=organisation,
        given_name=given,
        family_name=family,
        phones=volunteer.phones,
        email=volunteer.email,
    )
    for weekday in volunteer.weekdays:
        put_on_duty(
            person=person,
            scope=scope_of(circle),
            rank=DutyShift.Rank(volunteer.duty),
            weekday=weekday,
            actor=BY_COMMAND,
        )


def _import(path: str, circle: Circle) -> None:
    """Read a call list as a coordinator would. Rows that need a person are no failure; nothing read is one."""
    said = StringIO()
    try:
        call_command(
            "import_circle",
            path,
            f"--organisation={circle.organisation.slug}",
            f"--circle={circle.name}",
            stdout=said,
            stderr=said,
        )
    except (CommandError, SystemExit) as stopped:
        status = getattr(stopped, "returncode", getattr(stopped, "code", 2))
        if status != 1:
            message = f"The call list {path} could not be imported: {stopped if str(stopped) != '2' else ''}"
            raise RondjeError(f"{message}\n{said.getvalue().strip()}") from stopped
    if not circle.memberships.filter(status=Membership.Status.ACTIVE).exists():
        raise RondjeError(f"The call list {path} holds no member who can be rung.\n{said.getvalue().strip()}")


def _entry(member: MemberSetup) -> MemberEntry:
    given, family = split_full_name(member.name)
    return MemberEntry(
        given_name=given,
        family_name=family,
        phones=tuple(_phone(line) for line in member.phones),
        address=member.address,
        place=member.place,
        weekdays=frozenset(member.weekdays),
        contacts=tuple(_contact(contact) for contact in member.contacts),
        can_ring=member.can_ring,
        ring_longer=member.ring_longer,
    )


def _contact(contact: ContactSetup) -> ContactEntry:
    return ContactEntry(
        name=contact.name,
        relation=contact.relation,
        phone=_phone(contact.phone) if contact.phone else None,
        has_key=contact.has_key,
        key_note=contact.key_note,
    )


def _phone(line: str) -> PhoneEntry:
    return PhoneEntry(e164=line, kind=kind_of(line), as_written=line)


def _excuse(circle: Circle, absence: AbsenceSetup, day: date) -> None:
    for member in circle.memberships.select_related("person"):
        if member.person.name == absence.member:
            first = absence.first_day or day
            last = absence.last_day or (day if absence.first_day is None else None)
            record_absence(
                person=member.person, first_day=first, last_day=last, reason=absence.reason, actor=BY_COMMAND
            )
            return
    raise RondjeError(f"No member of {circle.name} is called {absence.member}, who is to be absent.")
