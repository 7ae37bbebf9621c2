"""Which cases somebody has been alerted about, and how each stands for them: for answers by text and by ringing in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.incidents.domain.escalation import Progress, may_claim
from backend.incidents.domain.policy import EscalationPolicy, Target
from backend.incidents.models import Incident
from backend.incidents.services import escalating
from backend.notifications.models import Message
from backend.people.models import Organisation

STILL_ASKED = timedelta(hours=12)
"""So long after an alert an answer to it is still understood as one."""


@dataclass(frozen=True)
class Case:
    """A case that somebody was alerted about, and how it stands for them."""

    incident: Incident
    target: Target
    is_mine: bool
    can_claim: bool


def cases_of(organisation: Organisation, refs: list[str], now: datetime) -> list[Case]:
    """The cases that these (person:7, contact:3) were alerted about: open ones first, each by its age."""
    alerts = Message.objects.filter(
        host=escalating.HOST,
        organisation=organisation,
        reference__target__in=refs,
        created_at__gte=now - STILL_ASKED,
    )
    found = Incident.objects.filter(pk__in=alerts.values("subject_id"), organisation=organisation).order_by("pk")
    cases = [_case(incident, refs, now) for incident in found]
    return sorted(cases, key=lambda case: not case.incident.is_open)


def _case(incident: Incident, refs: list[str], now: datetime) -> Case:
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    targets = [target for ref in refs if (target := policy.target(ref)) is not None]
    held = [target for target in targets if target.ref == progress.claimant]
    target = (held or targets)[0]
    is_mine = bool(held) and incident.is_open
    return Case(incident, target, is_mine, incident.is_open and not is_mine and may_claim(progress, target.ref, now))
