"""The carrier's rate as a token bucket, an account's calls and texts apart.

Some tokens are kept for alarms, which therefore never wait for others. The bucket runs on the product's clock, as the
carrier's own queue does in a demo.
"""

from datetime import datetime

from django.db import transaction

from backend.events.models import Lane
from backend.notifications.carriers import FIRST
from backend.notifications.models import Attempt, Bucket, CarrierAccount, Way


def take(way: Way, lane: Lane, now: datetime, *, account: str = FIRST) -> bool:
    """Take a token for one request, or say that there is none now. Call it last: it locks the bucket."""
    bucket = _locked(way, account, now)
    limits = bucket.account
    per_second = limits.calls_per_second if way == Way.CALL else limits.texts_per_second
    elapsed = max(0.0, (now - bucket.filled_at).total_seconds())
    bucket.tokens = min(limits.burst, bucket.tokens + elapsed * per_second)
    # A clock that was ahead once must not stop the refill until it is reached again.
    bucket.filled_at = now
    kept_back = 0.0 if lane == Lane.ALARM else limits.reserved
    enough = bucket.tokens - 1.0 >= kept_back and (way != Way.CALL or _has_a_leg_left(limits, lane))
    if enough:
        bucket.tokens -= 1.0
    bucket.save(update_fields=["tokens", "filled_at"])
    return enough


def account_row(name: str) -> CarrierAccount:
    """What we know of an account's limits; those that every account has, until an operator says otherwise."""
    return CarrierAccount.objects.get_or_create(name=name)[0]


@transaction.atomic
def set_limits(name: str, **limits: float) -> CarrierAccount:
    """Say how much an account takes. Raises IntegrityError for limits that let nothing through."""
    account = account_row(name)
    for limit, value in limits.items():
        setattr(account, limit, value)
    account.save(update_fields=list(limits))
    return account


def _locked(way: Way, account: str, now: datetime) -> Bucket:
    rows = Bucket.objects.select_for_update(of=("self",)).select_related("account")
    bucket = rows.filter(account__name=account, way=way).first()
    if bucket is None:
        limits = account_row(account)
        Bucket.objects.get_or_create(account=limits, way=way, defaults={"tokens": limits.burst, "filled_at": now})
        bucket = rows.get(account=limits, way=way)
    return bucket


def _has_a_leg_left(limits: CarrierAccount, lane: Lane) -> bool:
    """Whether the account can carry one more call at once. One leg is left for alarms, and alarms are always asked for:

    the carrier is the one to refuse them. The attempt that asks has been written already, hence is counted.
    """
    if limits.calls_at_once is None or lane == Lane.ALARM:
        return True
    legs = Attempt.objects.filter(account=limits.name, state__in=Attempt.LIVE).exclude(kind=Attempt.Kind.TEXT)
    return legs.count() <= max(1, limits.calls_at_once - 1)
