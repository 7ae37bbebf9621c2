"""The clock that domain rows take their time from.

Without an anchor row (production) it is the machine's own. With one (demo, scenario) all processes share it,
and it survives their restarts. While a person takes part by hand it runs at 1 ×.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from backend.common.clock import Anchor, real_now
from backend.events.models import ClockAnchor

HOLD = timedelta(seconds=60)
"""How long (real time) one act of a person keeps the demo clock at 1 ×."""


def anchor() -> Anchor:
    """The anchor in force; in production one that makes virtual time real time."""
    real = real_now()
    if not settings.RONDJE_DEMO:
        return Anchor(real=real, virtual=real, rate=1.0)
    row = ClockAnchor.objects.filter(pk=ClockAnchor.SINGLETON).first()
    if row is None:
        return Anchor(real=real, virtual=real, rate=1.0)
    current = Anchor(real=row.real, virtual=row.virtual, rate=row.rate)
    if row.held_until is not None and row.held_until <= real:
        return current.with_rate(row.usual_rate, real=row.held_until)
    return current


def now() -> datetime:
    """The instant (UTC) that it is for the product."""
    current = anchor()
    return current.at(real_now())


def set_clock(*, virtual: datetime, rate: float) -> None:
    """Let the demo's time be `virtual` from now on, running at `rate`."""
    ClockAnchor.objects.update_or_create(
        pk=ClockAnchor.SINGLETON,
        defaults={
            "real": real_now(),
            "virtual": virtual,
            "rate": rate,
            "usual_rate": rate,
            "held_until": None,
        },
    )


@transaction.atomic
def hold() -> None:
    """A person takes part: run at 1 × for a minute of real time. Nothing happens outside a demo."""
    if not settings.RONDJE_DEMO:
        return
    row = ClockAnchor.objects.select_for_update().filter(pk=ClockAnchor.SINGLETON).first()
    if row is None or row.rate == 0:
        return
    real = real_now()
    slowed = anchor().with_rate(min(1.0, row.usual_rate), real=real)
    row.real, row.virtual, row.rate = slowed.real, slowed.virtual, slowed.rate
    row.held_until = real + HOLD
    row.save()
