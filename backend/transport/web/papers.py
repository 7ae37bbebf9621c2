"""The panel of the board about papers of buses: those that end soon, and the trips that need another bus."""

from datetime import datetime
from typing import Any

from backend.people import doors
from backend.people.models import User
from backend.transport.models import VehiclePaper
from backend.transport.selectors.fleet import papers_ending, stranded
from backend.transport.web import words


def ending(user: User, now: datetime) -> dict[str, Any]:
    """For whoever plans a bus."""
    organisations = list(doors.organisations_of(user, *doors.PLANNERS))
    papers = [
        {"paper": one.paper, "name": words.PAPERS[VehiclePaper.Kind(one.paper.kind)], "ending": one}
        for one in papers_ending(organisations, now)
    ]
    lacking = [(one.trip, words.why_left_out(one.why)) for one in stranded(organisations, now)]
    return {"papers": papers, "stranded": lacking} if papers or lacking else {}
