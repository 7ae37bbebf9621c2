"""An evening without a cook or a host, the day before: a case, which gets louder until a person has it."""

from datetime import datetime

from backend.events.models import Event
from backend.incidents.models import Incident
from backend.incidents.selectors import DINNER_SOURCE
from backend.incidents.services import opening
from backend.incidents.services.ladders import ladder_of_the_dinners
from backend.meals.crew_words import say
from backend.meals.models import Evening
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, evenings
from backend.people.domain.short_days import with_weekday

NO_CREW = "no_dinner_crew"
"""Why a case was opened, as its details say."""


def watch(evening: Evening, now: datetime) -> datetime | None:
    """Open the case that is due, if one is; returns when to look again. Under the evening's lock.

    Of who drops out later than that, the others have as long as anybody has to answer: who runs the dinners knows it.
    A case that a person has closed comes back when somebody drops out after that, and once more in the last hours:
    whoever said that it was arranged may not have put it on the roster.
    """
    policy = reading.policy_for(evening)
    begins_at = min(policy.times(job, evening.doors_at, evening.ends_at)[0] for job in policy.key_jobs or ("host",))
    last_at = policy.last_offer_at(begins_at)
    lacks = reading.missing(evening)
    if not lacks:
        return None
    changes = evening.crew.filter(job__in=lacks, changed_at__isnull=False).values_list("changed_at", flat=True)
    case_at = max([policy.case_at(begins_at), *(at + policy.patience.shortest for at in changes if at is not None)])
    if now < case_at:
        return case_at
    then = last_at if now < last_at else None
    earlier = list(_cases(evening))
    if earlier and not _comes_back(earlier[-1], evening, last_at, now):
        return then
    organisation = evening.resto.organisation
    opening.open_incident(
        organisation=organisation,
        kind=Incident.Kind.EVENING,
        cause=f"evening:{evening.pk}:crew:{len(earlier)}",
        members=[],
        policy=ladder_of_the_dinners(organisation, day=evening.date, members=[]),
        source_kind=DINNER_SOURCE,
        source_id=evening.pk,
        source_label=say(
            "label",
            organisation.language,
            resto=evening.resto.name,
            day=with_weekday(evening.date, organisation.language),
        ),
        now=now,
        details={"reason": NO_CREW, "tasks": list(lacks)},
    )
    return then


def _cases(evening: Evening) -> "list[Incident]":
    rows = Incident.objects.filter(source_kind=DINNER_SOURCE, source_id=evening.pk, details__reason=NO_CREW)
    return list(rows.order_by("pk"))


def _comes_back(latest: Incident, evening: Evening, last_at: datetime, now: datetime) -> bool:
    if latest.is_open or latest.closed_at is None:
        return False
    if now >= last_at > latest.opened_at:
        return True
    dropped = Event.objects.filter(
        subject_kind=evenings.SUBJECT, subject_id=evening.pk, kind=f"meals.{crew.DROPPED}"
    ).filter(recorded_at__gt=latest.closed_at)
    return dropped.exists()
