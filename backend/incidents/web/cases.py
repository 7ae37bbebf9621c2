"""An incident as pages show it: whom it is about, where they live, who has a key, and how it stands for the reader."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import translation

from backend.incidents.domain.escalation import Progress, may_claim
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.web.words import FOUND, HOW_OPENED, REASONS
from backend.people.models import Contact
from backend.people.selectors import last_known, zone_of
from backend.people.words import say


@dataclass(frozen=True)
class Concerned:
    """Somebody whom the case is about. `phones` are E.164; `outcome` is in words, empty while there is none."""

    pk: int
    name: str
    address: str
    phones: tuple[str, ...]
    contacts: tuple[Contact, ...]
    outcome: str
    outcome_at: datetime | None


class Turn(StrEnum):
    """What the case asks of the reader now."""

    CLAIM = "claim"
    ARRIVE = "arrive"
    OUTCOME = "outcome"
    OTHERS = "others"
    OVER = "over"


def reason(incident: Incident) -> str:
    """Why the case was opened, in words."""
    detail = HOW_OPENED.get(str(incident.details.get("reason", "")))
    return str(detail or REASONS[Incident.Kind(incident.kind)])


def known(incident: Incident, now: datetime) -> tuple[str, ...]:
    """What is known by now of somebody who was not at the door, in the reader's language; or that nothing is."""
    if incident.kind != Incident.Kind.NOT_AT_DOOR or not incident.is_open:
        return ()
    language = translation.get_language()
    found: list[str] = []
    for member in IncidentMember.objects.filter(incident=incident).select_related("person__organisation"):
        found += last_known(member.person, now).sentences(language, zone_of(incident.organisation), now)
    return tuple(found) or (say("nothing", language),)


def concerned(incident: Incident) -> list[Concerned]:
    """Whom the case is about, in a constant number of queries."""
    rows = IncidentMember.objects.filter(incident=incident).select_related("person").order_by("pk")
    return [_one(row) for row in rows.prefetch_related("person__contacts", "person__phones")]


def without_outcome(people: list[Concerned]) -> list[Concerned]:
    """Those of whom nobody has said what was found."""
    return [one for one in people if not one.outcome]


GO_NOWHERE = (Incident.Kind.DUTY, Incident.Kind.OUTAGE, Incident.Kind.RUN, Incident.Kind.EVENING)
"""Cases for which nobody has to go anywhere."""


def turn_of(incident: Incident, ref: str, now: datetime) -> Turn:
    """What the case asks of the reader `ref` (such as person:7 or user:3) at `now` (UTC)."""
    if not incident.is_open:
        return Turn.OVER
    progress = Progress.from_json(incident.progress)
    if progress.claimant == ref:
        goes_nowhere = incident.kind in GO_NOWHERE
        return Turn.OUTCOME if goes_nowhere or incident.arrived_at is not None else Turn.ARRIVE
    return Turn.CLAIM if may_claim(progress, ref, now) else Turn.OTHERS


def is_held_by(incident: Incident, ref: str) -> bool:
    """Whether the case is open and `ref` is the one who has it."""
    return incident.is_open and Progress.from_json(incident.progress).claimant == ref


def holder(incident: Incident) -> str:
    """The name of whoever has the case now; empty before the first claim and after a claim was given back."""
    return incident.claimed_by_name if Progress.from_json(incident.progress).claimant else ""


def _one(row: IncidentMember) -> Concerned:
    person = row.person
    town = f"{person.postcode} {person.place}".strip()
    return Concerned(
        pk=row.pk,
        name=f"{person.title} {person.name}".strip(),
        address=", ".join(part for part in (person.address, town) if part),
        phones=tuple(phone.e164 for phone in person.phones.all()),
        contacts=tuple(person.contacts.all()),
        outcome=str(FOUND.get(row.outcome, "")),
        outcome_at=row.outcome_at,
    )
