"""The carrier's rate as a token bucket. Some tokens are kept for alarms, which therefore never wait for others.

The bucket runs on the product's clock, as the carrier's own queue does in a demo.
"""

from datetime import datetime

from backend.events.models import Lane
from backend.notifications.models import CarrierAccount, Way

FIRST_SETTINGS = {"per_second": 1.0, "burst": 3.0, "reserved": 1.0, "tokens": 3.0}
"""One request a second, which every account has (carrier text); a small burst that the carrier queues itself."""


def take(way: Way, lane: Lane, now: datetime) -> bool:
    """Take a token for one request, or say that there is none now. Call it last: it locks the bucket."""
    bucket, _made = CarrierAccount.objects.select_for_update().get_or_create(
        name=way.value, defaults={**FIRST_SETTINGS, "filled_at": now}
    )
    elapsed = max(0.0, (now - bucket.filled_at).total_seconds())
    bucket.tokens = min(bucket.burst, bucket.tokens + elapsed * bucket.per_second)
    # A clock that was ahead once must not stop the refill until it is reached again.
    bucket.filled_at = now
    kept_back = 0.0 if lane == Lane.ALARM else bucket.reserved
    enough = bucket.tokens - 1.0 >= kept_back
    if enough:
        bucket.tokens -= 1.0
    bucket.save(update_fields=["tokens", "filled_at"])
    return enough
