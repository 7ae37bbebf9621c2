"""Numbers of a dinner that reach nobody, or that nobody saw: a case, which gets louder until a person has it."""

from datetime import datetime

from backend.incidents.models import Incident
from backend.incidents.selectors import DINNER_SOURCE
from backend.incidents.services import opening
from backend.incidents.services.ladders import ladder_of_the_dinners
from backend.meals.crew_words import say
from backend.meals.models import KitchenCount
from backend.people.domain.short_days import with_weekday

UNTOLD, UNSEEN = "kitchen_untold", "kitchen_unseen"
"""Why a case was opened, as its details say."""


def open_untold(count: KitchenCount, now: datetime) -> Incident:
    """Neither a cook nor who runs the resto could be told a count. Once; under the evening's lock."""
    return _open(count, UNTOLD, now)


def open_unseen(count: KitchenCount, now: datetime) -> Incident:
    """Who runs the resto was told that the kitchen has not looked, and it still has not. Once; under the same lock."""
    return _open(count, UNSEEN, now)


def _open(count: KitchenCount, reason: str, now: datetime) -> Incident:
    """One case for each count, whatever the reason: a later one is news, also when the first case is closed."""
    evening = count.evening
    organisation = evening.resto.organisation
    day = with_weekday(evening.date, organisation.language)
    return opening.open_incident(
        organisation=organisation,
        kind=Incident.Kind.EVENING,
        cause=f"evening:{evening.pk}:kitchen:{count.pk}",
        members=[],
        policy=ladder_of_the_dinners(organisation, day=evening.date, members=[]),
        source_kind=DINNER_SOURCE,
        source_id=evening.pk,
        source_label=say("label", organisation.language, resto=evening.resto.name, day=day),
        now=now,
        details={"reason": reason},
    )
