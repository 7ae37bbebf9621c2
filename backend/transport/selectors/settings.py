"""What an organisation chose for its bus."""

from datetime import datetime

from backend.notifications.selectors.asking_settings import AskingSettings
from backend.people.models import Organisation
from backend.transport.domain.programme import ProgrammeSettings
from backend.transport.models import Trip

ASKING = AskingSettings("bus_asking")
patience_of, evening_times = ASKING.patience_of, ASKING.evening_times


def programme_settings(organisation: Organisation) -> ProgrammeSettings:
    """The part of the setting "bus" that concerns the programme; defaults for what is not there."""
    found = organisation.settings.get("bus", {})
    return ProgrammeSettings.of(found if isinstance(found, dict) else {})


def asking_begins(trip: Trip) -> datetime:
    """When (UTC) the passengers of a trip are asked, on the evening before."""
    return ASKING.begins(trip.organisation, trip.date, trip.cutoff_at)
