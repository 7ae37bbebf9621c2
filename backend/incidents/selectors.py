"""Reading about incidents: for who claims, for boards, for the accounting."""

from django.db.models import QuerySet

from backend.incidents.models import Incident, IncidentMember
from backend.incidents.scripts import Briefing
from backend.incidents.words import say
from backend.people.domain.telephone import format_for_people
from backend.people.models import Organisation


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
    return Briefing(people=tuple(people), addresses=tuple(addresses), contacts=tuple(contacts))


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


def open_incidents(organisations: "QuerySet[Organisation]") -> "QuerySet[Incident]":
    """Unclosed incidents of these organisations, the oldest first."""
    return (
        Incident.objects.filter(organisation__in=organisations)
        .exclude(state=Incident.State.CLOSED)
        .select_related("organisation")
        .prefetch_related("members__person")
        .order_by("opened_at")
    )
