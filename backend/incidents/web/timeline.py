"""The timeline of an incident, and who was alerted and how that ended, in words and in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember, Step
from backend.incidents.services import escalating
from backend.incidents.web import words
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.web.rows import undecided
from backend.people.models import Contact, Person, User
from backend.people.selectors import zone_of

UNDECIDED = Attempt.State.UNDECIDED


@dataclass(frozen=True)
class Line:
    """A step in words. `at` is its true time, `recorded_at` differs when it was entered later (both UTC)."""

    what: str
    detail: str
    who: str
    channel: str
    at: datetime
    recorded_at: datetime | None


@dataclass(frozen=True)
class AlertLine:
    """One call or text to somebody about the case. `at` is when it was asked for (UTC)."""

    name: str
    way: str
    at: datetime
    end: str


def steps(incident: Incident) -> list[Line]:
    """Every step with its actor and true time, the first one first."""
    rows = list(incident.steps.all())
    people = _names(incident, rows)
    return [_line(step, people) for step in rows]


def alerts(incident: Incident) -> list[AlertLine]:
    """Every call and text about the case, and how it ended."""
    policy = EscalationPolicy.from_json(incident.policy)
    messages = Message.objects.filter(host=escalating.HOST, subject_id=incident.pk).order_by("created_at", "pk")
    answered = set(Attempt.objects.filter(message__in=messages, step__gt=1).values_list("message_id", flat=True))
    unknown = {one.message_id: one for one in Attempt.objects.filter(message__in=messages, state=UNDECIDED)}
    zone = zone_of(incident.organisation)
    return [_alert(message, policy, answered, _unknown(unknown.get(message.pk), zone)) for message in messages]


def _alert(message: Message, policy: EscalationPolicy, answered: set[int], unknown: str) -> AlertLine:
    target = policy.target(str(message.reference.get("target", "")))
    return AlertLine(
        name=target.name if target else "",
        way=str(words.WAYS[message.way]),
        at=message.created_at,
        end=unknown or _end(message, heard=message.pk in answered),
    )


def _unknown(attempt: Attempt | None, zone: ZoneInfo) -> str:
    return undecided(attempt, zone) if attempt is not None else ""


def _end(message: Message, *, heard: bool) -> str:
    if message.state in (Message.State.QUEUED, Message.State.UNDER_WAY):
        return str(words.ENDS[message.state])
    if message.outcome == Attempt.State.COMPLETED:
        if message.way == Way.TEXT:
            return str(words.ENDS["done"])
        return str(words.ENDS["completed"]) if heard else _("answered, but no key was pressed")
    return str(words.ENDS.get(message.outcome, words.ENDS["failed"]))


def _line(step: Step, people: dict[str, str]) -> Line:
    return Line(
        what=str(words.STEPS.get(step.what, step.what)),
        detail=_detail(step, people),
        who=step.actor_name or people.get(step.actor, ""),
        channel=str(words.CHANNELS.get(step.channel, "")),
        at=step.at,
        recorded_at=step.recorded_at if step.recorded_at != step.at else None,
    )


def _detail(step: Step, people: dict[str, str]) -> str:  # noqa: PLR0911 -- one case a kind of step
    """What a step says besides: its reason, role or outcome, or whom it concerns."""
    details = step.details
    match step.what:
        case "opened":
            return str(words.HOW_OPENED.get(details.get("reason", "")) or words.KINDS.get(str(details.get("kind")), ""))
        case "alerted" | "alerted_again" | "level_skipped":
            return str(words.ROLES.get(details.get("role", ""), ""))
        case "alert_not_answered":
            parts = people.get(details.get("target", "")), words.WAYS.get(details.get("way", ""))
            end = words.ENDS.get(details.get("outcome", ""))
            return ", ".join(str(part) for part in (*parts, end) if part)
        case "outcome":
            about = people.get(f"member:{details.get('member')}", "")
            text = words.FOUND.get(details.get("outcome", ""), "")
            return f"{about}: {text}" if about else str(text)
        case "outcome_overdue":
            return people.get(details.get("claimant", ""), "")
        case "member_added":
            return people.get(f"member-person:{details.get('member')}", "")
        case _:
            return ""


def _names(incident: Incident, rows: list[Step]) -> dict[str, str]:
    """Names by reference (person:7, contact:3, user:2, member:5), for whoever occurs in the steps."""
    policy = EscalationPolicy.from_json(incident.policy)
    found = {target.ref: target.name for level in policy.levels for target in level.targets}
    refs = {step.actor for step in rows} | {str(step.details.get("claimant", "")) for step in rows}
    found |= {f"person:{p.pk}": p.name for p in Person.objects.filter(pk__in=_keys(refs, "person"))}
    found |= {f"contact:{c.pk}": c.name for c in Contact.objects.filter(pk__in=_keys(refs, "contact"))}
    found |= {f"user:{u.pk}": u.get_full_name() or u.username for u in User.objects.filter(pk__in=_keys(refs, "user"))}
    for member in IncidentMember.objects.filter(incident=incident).select_related("person"):
        found[f"member:{member.pk}"] = member.person.name
        found[f"member-person:{member.person_id}"] = member.person.name
    return found


def _keys(refs: set[str], kind: str) -> list[int]:
    return [int(pk) for ref in refs for found, _colon, pk in [ref.partition(":")] if found == kind and pk.isdigit()]
