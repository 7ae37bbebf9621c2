"""How long an organisation keeps what: changed here, and recorded."""

from collections.abc import Mapping

from django.db import transaction

from backend.common.actors import Actor
from backend.keeping.domain.periods import SETTING, Periods
from backend.people.models import Organisation
from backend.people.services import settings

DAYS_SET = "keeping.days_set"
"""Payload: the days that were given, by name. The subject is the organisation."""


@transaction.atomic
def set_days(organisation: Organisation, days: Mapping[str, int], *, actor: Actor) -> Periods:
    """Keep things for so many days from now on; what is not named stays. Returns all of its periods.

    Raises RondjeError for a name that there is not, and for days that make no sense.
    """
    row = settings.locked(organisation)
    known = row.settings.get(SETTING, {})
    changed = {**known, **days}
    periods = Periods.of({SETTING: changed})
    if changed != known:
        settings.save(row, {SETTING: changed}, kind=DAYS_SET, payload=dict(days), actor=actor)
    return periods
