"""Reading about incidents: for who claims, for boards, for the accounting."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from backend.events import clock
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.scripts import Briefing
from backend.incidents.words import say
from backend.people import doors
from backend.people.domain.known import LastKnown
from backend.people.domain.telephone import format_for_people
from backend.people.models import User
from backend.people.selectors import zone_of

BUS_SOURCE = "trip"
"""`Incident.source_kind` of what the bus opens: for its planners, not for the volunteers of circles."""

DINNER_SOURCE = "evening"
"""`Incident.source_kind` of what the dinners open: for those who run them."""


def visible_to(user: User | AnonymousUser) -> "QuerySet[Incident]":
    """The incidents that a user may see: each programme's are for who runs it."""
    of_bus, of_dinners = Q(source_kind=BUS_SOURCE), Q(source_kind=DINNER_SOURCE)
    theirs = of_bus & Q(organisation__in=doors.organisations_of(user, *doors.PLANNERS))
    theirs |= of_dinners & Q(organisation__in=doors.organisations_of(user, *doors.RESTO))
    theirs |= ~of_bus & ~of_dinners & Q(organisation__in=doors.organisations_of(user, *doors.STAFF))
    return Incident.objects.filter(theirs).select_related("organisation")


def briefing(incident: Incident, language: str) -> Briefing:
    """What is said to whoever claimed: names, addresses, numbers and key holders; never a safe code."""
    members = IncidentMember.objects.filter(incident=incident, outcome="").select_related("person").order_by("pk")
    if incident.kind == Incident.Kind.OUTAGE:
        return _list_of_names(members, language)
    people, addresses, contacts = [], [], []
    for member in members.prefetch_related("person__contacts", "person__phones"):
        person = member.person
        people.append(say("about", language, name=person.name))
        if person.address:
            addresses.append(f"{person.address}, {person.place}.")
        numbers = [format_for_people(phone.e164) for phone in person.phones.all()]
        if numbers:
            addresses.append(say("telephone", language, numbers=", ".join(numbers)))
        for contact in person.contacts.all():
            number = f", {format_for_people(contact.phone)}" if contact.phone else ""
            code = "contact_with_key" if contact.has_key else "contact"
            contacts.append(say(code, language, who=f"{contact.relation} {contact.name}".strip(), number=number))
    people += known_in_words(incident, language)
    return Briefing(people=tuple(people), addresses=tuple(addresses), contacts=tuple(contacts))


def known_in_words(incident: Incident, language: str) -> tuple[str, ...]:
    """What was known of the person from elsewhere when the case was opened, in sentences without a name."""
    known = LastKnown.of(incident.details.get("known", {}))
    return known.sentences(language, zone_of(incident.organisation), clock.now())


def known_in_brief(incident: Incident, language: str) -> str:
    """The same in a few letters, for a text message."""
    known = LastKnown.of(incident.details.get("known", {}))
    return known.in_brief(language, zone_of(incident.organisation), clock.now())


READ_OUT_AT_MOST = 40
"""Nobody remembers more names on the telephone; the whole list is behind the link, and in the mail."""


def _list_of_names(members: "QuerySet[IncidentMember]", language: str) -> Briefing:
    """Of an outage: who has not been reached yet, each with a number. Addresses are on the paper list."""
    rows = list(members.prefetch_related("person__phones"))
    if not rows:
        return Briefing((say("all_reached", language),), (), ())
    named = tuple(_name_and_number(row) for row in rows[:READ_OUT_AT_MOST])
    rest = len(rows) - len(named)
    others = (say("others", language, count=rest),) if rest else ()
    return Briefing((say("ring_these", language, count=len(rows)), *named, *others), (), ())


def _name_and_number(row: IncidentMember) -> str:
    numbers = ", ".join(format_for_people(phone.e164) for phone in row.person.phones.all())
    return f"{row.person.name}: {numbers}."


def open_incidents(user: User) -> "QuerySet[Incident]":
    """Unclosed incidents that a user may see, the oldest first."""
    unclosed = visible_to(user).exclude(state=Incident.State.CLOSED)
    return unclosed.prefetch_related("members__person").order_by("opened_at")
