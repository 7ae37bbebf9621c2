"""Sightings: when somebody was last known to be well."""

from datetime import datetime

from backend.people.models import Sighting


def saw(person_id: int, *, at: datetime, source: str) -> None:
    """Somebody is known to be well: every programme may ask for the latest such moment."""
    Sighting.objects.create(person_id=person_id, at=at, source=source)


def took_back(person_id: int, *, at: datetime, source: str) -> None:
    """It was somebody else, or a slip of the finger: what was said with `saw` was never so."""
    Sighting.objects.filter(person_id=person_id, at=at, source=source).delete()
