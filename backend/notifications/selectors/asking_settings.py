"""What an organisation chose for asking those who take part in a programme."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.notifications.domain import asking_times
from backend.notifications.domain.asking_times import EveningTimes
from backend.notifications.domain.patience import WakingPatience
from backend.notifications.selectors.hours import hours_of
from backend.people.models import Organisation
from backend.people.selectors import zone_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AskingSettings:
    """An organisation's setting of this name, such as {"evening_at": "18:30", "offer_minutes": 60}.

    What is not there, or cannot be read, has its default: people must be asked all the same.
    """

    name: str

    def of(self, organisation: Organisation) -> dict[str, Any]:
        """All that was chosen, as it was written."""
        found = organisation.settings.get(self.name, {})
        return found if isinstance(found, dict) else {}

    def patience_of(self, organisation: Organisation) -> WakingPatience:
        """How long what came free is held for whom it is offered to."""
        zone, hours = zone_of(organisation), hours_of(organisation)
        try:
            return WakingPatience.of(self.of(organisation), zone, hours)
        except (ValueError, TypeError):
            log.exception(
                "Organisation %s has offer_minutes that cannot be read; the default is used.", organisation.pk
            )
            return WakingPatience(zone=zone, hours=hours)

    def evening_times(self, organisation: Organisation) -> EveningTimes:
        """When people are asked on the evening before."""
        try:
            return EveningTimes.of(self.of(organisation))
        except (ValueError, TypeError):
            log.exception(
                "Organisation %s has an evening_at that cannot be read; the default is used.", organisation.pk
            )
            return EveningTimes()

    def begins(self, organisation: Organisation, day: date, not_before: datetime) -> datetime:
        """When (UTC) people are asked about a local date: the evening before, or the last one on which they may be.

        As `asking_times.begins`, whose cutoff `not_before` is.
        """
        zone, hours, times = zone_of(organisation), hours_of(organisation), self.evening_times(organisation)
        return asking_times.begins(day, not_before, zone, hours, times)
