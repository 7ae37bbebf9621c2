"""What an organisation chooses for the programme of its bus."""

from collections.abc import Sequence
from datetime import time

from backend.common.actors import Actor
from backend.people.models import Organisation
from backend.people.services import settings
from backend.transport.domain.policy import SETTING

PROGRAMME_SET = "transport.programme_set"
"""The subject is the organisation."""


def set_programme(
    organisation: Organisation,
    *,
    cutoff: time,
    weeks_ahead: int,
    holidays: Sequence[str],
    phone: str,
    actor: Actor,
) -> None:
    """From the next trip that is made on; those that are there keep what people were told.

    `cutoff` is a local wall time on the day before; `holidays` are codes; `phone` is E.164, or empty for the
    organisation's own.
    """
    chosen = {
        "cutoff": cutoff.isoformat("minutes"),
        "weeks_ahead": weeks_ahead,
        "holidays": sorted(holidays),
        "phone": phone,
    }
    settings.merge(organisation, SETTING, chosen, kind=PROGRAMME_SET, actor=actor)
