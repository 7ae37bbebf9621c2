"""What an organisation chooses for its dinners."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.meals.domain.crew import DinnerCrew
from backend.meals.selectors.crew import SETTING as CREW_SETTING
from backend.meals.selectors.series import SETTING
from backend.meals.services import crew_people
from backend.people.models import Organisation
from backend.people.services import settings

PROGRAMME_SET, CREW_SET = "meals.programme_set", "meals.crew_set"
"""The subject is the organisation."""


def set_programme(organisation: Organisation, *, weeks_ahead: int, holidays: Sequence[str], actor: Actor) -> None:
    """From the next evening that is made on; those that are there stay. `holidays` are codes."""
    chosen = {"weeks_ahead": weeks_ahead, "holidays": sorted(holidays)}
    settings.merge(organisation, SETTING, chosen, kind=PROGRAMME_SET, actor=actor)


@transaction.atomic
def set_crew(organisation: Organisation, crew: DinnerCrew, *, actor: Actor, now: datetime) -> None:
    """From now on, also for evenings that are planned: each is looked at, and whoever that concerns is told."""
    row = settings.locked(organisation)
    settings.save(row, {CREW_SETTING: crew.chosen}, kind=CREW_SET, payload={}, actor=actor)
    organisation.settings = row.settings
    crew_people.look_at_coming(row.pk, now)
