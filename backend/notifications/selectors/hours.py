"""When the people of an organisation may be disturbed about what can wait."""

import logging
from datetime import datetime, time

from backend.events.models import Lane
from backend.notifications.domain.quiet import Hours, next_allowed
from backend.notifications.models import Message
from backend.people.models import Organisation
from backend.people.selectors import zone_of

log = logging.getLogger(__name__)

AT_ANY_HOUR = (Lane.ALARM, Lane.LIVE)
"""An alarm cannot wait, and a circle's morning is chosen (domain text)."""


def hours_of(organisation: Organisation) -> Hours:
    """The organisation's own hours (settings: hours = {begin, end, sundays}); those of the domain text by default.

    Settings that cannot be read cost nobody a message: the defaults serve, and the log says so.
    """
    own = organisation.settings.get("hours", {})
    try:
        default = Hours()
        return Hours(
            begin=time.fromisoformat(own["begin"]) if "begin" in own else default.begin,
            end=time.fromisoformat(own["end"]) if "end" in own else default.end,
            sundays=bool(own.get("sundays", default.sundays)),
        )
    except (ValueError, TypeError):
        log.exception("Organisation %s has hours that cannot be read; the defaults are used.", organisation.pk)
        return Hours()


def allowed_from(message: Message, now: datetime) -> datetime:
    """The first instant (UTC) from `now` on at which this message may disturb somebody."""
    chosen = message.any_hour or message.lane in AT_ANY_HOUR
    if chosen or (message.person is not None and message.person.any_hour):
        return now
    organisation = message.organisation
    return next_allowed(now, zone_of(organisation), hours_of(organisation))
