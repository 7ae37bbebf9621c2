"""Status callbacks in every order, every subset of them missing, each doubled: the same end, told once.

What no callback tells is asked of the carrier.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import permutations

import pytest

from backend.events import clock
from backend.events.models import Lane
from backend.notifications.domain.states import CarrierState
from backend.notifications.models import Bucket, Callback, Message, Way
from backend.notifications.running import look_outside
from backend.notifications.services import reporting, sending
from tests.integration.notifications.conftest import TUESDAY, Post, move_to
from tests.support.port import MemoryCarrier

CALL = {
    "initiated": CarrierState.QUEUED,
    "ringing": CarrierState.RINGING,
    "answered": CarrierState.IN_PROGRESS,
    "completed": CarrierState.COMPLETED,
}
TEXT = {"queued": CarrierState.QUEUED, "sent": CarrierState.IN_PROGRESS, "delivered": CarrierState.COMPLETED}


def any_order(statuses: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every order of every subset; and each of them with every callback twice; the whole set also once more."""
    for size in range(len(statuses) + 1):
        for order in permutations(statuses, size):
            yield order
            yield tuple(status for one in order for status in (one, one))
            if size == len(statuses):
                yield order + order


@pytest.mark.parametrize(("way", "states"), [(Way.CALL, CALL), (Way.TEXT, TEXT)])
def test_however_callbacks_come_the_end_is_the_same(post: Post, way: Way, states: dict[str, CarrierState]) -> None:
    ends = {play(post, way, states, order) for order in any_order(list(states))}
    assert ends == {("done", "completed", "completed", 1)}


def play(post: Post, way: Way, states: dict[str, CarrierState], order: tuple[str, ...]) -> tuple[str, str, str, int]:
    """One order; returns the states of message and attempt, the outcome, and how often its host was told."""
    move_to(TUESDAY)
    Message.objects.all().delete()
    Bucket.objects.all().delete()
    post.carrier = MemoryCarrier()
    post.listener.ends.clear()
    message = post.send(way=way, lane=Lane.LIVE)
    sending.send_due(Lane.LIVE)
    (attempt,) = message.attempts.all()
    move_to(TUESDAY + timedelta(seconds=31))  # by then it is over, whoever has heard of it
    for status in order:
        details = {"state": states[status].value, "error_code": "", "seconds": ""}
        reporting.store_callback(
            attempt.pk, sid=attempt.sid, status=status, sequence=0, details=details, now=clock.now()
        )
        reporting.work_off_callbacks(Lane.LIVE)
    attempt.refresh_from_db()
    while attempt.look_at is not None:
        move_to(max(attempt.look_at, clock.now()))
        look_outside(Lane.LIVE)
        attempt.refresh_from_db()
    message.refresh_from_db()
    assert not Callback.objects.filter(done=False).exists()
    return message.state, attempt.state, message.outcome, len(post.listener.ends)
