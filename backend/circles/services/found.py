"""What a person recorded about a member whom an outage left open is the end of it for the round, too."""

from datetime import datetime

from backend.circles.domain import morning
from backend.circles.domain.morning import Standing
from backend.circles.models import Round
from backend.circles.services import rounds, state
from backend.incidents.models import Incident, IncidentMember

FOUND = "found"
"""How we know: somebody has said how they are."""


def outcome_recorded(incident_id: int, now: datetime) -> None:
    """Members of an outage of whom somebody has said what was found are not waited for any more. Locks the rounds.

    Without this the deadline would raise an alarm about somebody who has been found well.
    """
    said = IncidentMember.objects.filter(incident_id=incident_id, incident__kind=Incident.Kind.OUTAGE)
    people = set(said.exclude(outcome="").values_list("person_id", flat=True))
    waiting = Round.objects.filter(state=Round.State.RUNNING, seats__person__in=people, seats__standing="expected")
    for round_id in waiting.order_by("pk").values_list("pk", flat=True).distinct():
        round_ = state.locked_round(round_id)
        if round_.state != Round.State.RUNNING:
            continue
        before = current = state.load(round_)
        for seat in round_.seats.filter(person__in=people):
            if current.member(seat.pk).standing is Standing.EXPECTED:
                current = morning.handed_to_incident(current, seat.pk, how=FOUND, at=now)
        rounds.go_on(round_, before, now, changed=current)
