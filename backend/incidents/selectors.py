"""Reading about incidents: for who claims, for boards, for the accounting."""

from django.db.models import QuerySet

from backend.incidents.models import Incident, IncidentMember
from backend.incidents.scripts import Briefing
from backend.people.domain.telephone import format_for_people
from backend.people.models import Organisation


def briefing(incident: Incident) -> Briefing:
    """What is said to whoever claimed: names, addresses, numbers and key holders; never a safe code."""
    nl = incident.organisation.language != "en"
    members = IncidentMember.objects.filter(incident=incident).select_related("person")
    people, addresses, contacts = [], [], []
    for member in members.prefetch_related("person__contacts", "person__phones"):
        person = member.person
        people.append(f"Het gaat om {person.name}." if nl else f"It is about {person.name}.")
        if person.address:
            addresses.append(f"{person.address}, {person.place}.")
        numbers = [format_for_people(phone.e164) for phone in person.phones.all()]
        if numbers:
            addresses.append(("Telefoon: " if nl else "Telephone: ") + ", ".join(numbers) + ".")
        for contact in person.contacts.all():
            key = (" heeft een sleutel" if nl else " has a key") if contact.has_key else ""
            number = f", {format_for_people(contact.phone)}" if contact.phone else ""
            contacts.append(f"{contact.relation} {contact.name}{key}{number}.".strip())
    return Briefing(people=tuple(people), addresses=tuple(addresses), contacts=tuple(contacts))


def open_incidents(organisations: "QuerySet[Organisation]") -> "QuerySet[Incident]":
    """Unclosed incidents of these organisations, the oldest first."""
    return (
        Incident.objects.filter(organisation__in=organisations)
        .exclude(state=Incident.State.CLOSED)
        .select_related("organisation")
        .prefetch_related("members__person")
        .order_by("opened_at")
    )
