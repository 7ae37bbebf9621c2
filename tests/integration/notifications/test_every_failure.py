"""Every failure of a request, at every point at which a process may die, in every lane: the same end, or none twice.

A kill after the answer was saved needs no case of its own: nothing is in memory any more that the database lacks.
"""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from backend.events import clock
from backend.events.models import Lane
from backend.notifications.models import Attempt, Bucket, Message, Way
from tests.integration.notifications.conftest import TUESDAY, Post, move_to
from tests.support.port import MemoryCarrier

FAILURES = (
    "none",
    "429",
    "500 before acceptance",
    "500 after acceptance",
    "time-out before",
    "time-out after",
    "broken connection",
    "garbage",
    "outage",
    "outage after acceptance",
)
CRASHES = ("none", "before the request", "after the request")
CALLBACKS = ("before the answer", "after", "never")
PERMUTATIONS = list(product(FAILURES, CRASHES, CALLBACKS))

OUTAGE = timedelta(seconds=30)


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("lane", Lane)
def test_every_message_comes_to_its_end_whatever_fails_wherever_it_dies(post: Post, lane: Lane, way: Way) -> None:
    wrong = []
    post.lanes = (lane,)
    for failure, crash, callbacks in PERMUTATIONS:
        post.carrier = MemoryCarrier(failure=failure, crash=crash, callbacks=callbacks)
        found = play(post, lane, way)
        wrong += [f"{failure}, killed {crash}, callbacks {callbacks}: {fault}" for fault in found]
    assert wrong == []


def play(post: Post, lane: Lane, way: Way) -> list[str]:
    """Play one permutation; returns what went wrong."""
    failure, crash = post.carrier.failure, post.carrier.crash
    move_to(TUESDAY)
    Message.objects.all().delete()
    Bucket.objects.all().delete()
    post.listener.ends.clear()
    if failure.startswith("outage"):
        post.carrier.failure = "time-out after" if "acceptance" in failure else "none"
        post.carrier.outage_until = clock.now() + OUTAGE if failure == "outage" else None
    message = post.send(lane=lane, way=way)
    post.look()
    if failure == "outage after acceptance":
        post.carrier.outage_until = clock.now() + OUTAGE
    post.carrier.report("ringing")
    post.pass_time()
    message.refresh_from_db()
    return list(faults(post, message, lane, failure, crash))


def faults(post: Post, message: Message, lane: Lane, failure: str, crash: str) -> list[str]:
    """What must hold at the end of each."""
    found = []
    accepted = post.carrier.accepted
    if message.state in Message.OPEN:
        found.append(f"still {message.state}")
    if len(post.listener.ends) != 1:
        found.append(f"the host was told {post.listener.ends}")
    if Attempt.objects.filter(message=message, state__in=Attempt.LIVE).exists():
        found.append("an attempt lives for ever")
    if max(Counter(post.carrier.requests).values(), default=0) > 1:
        found.append("the carrier was asked twice for one attempt")
    if accepted and message.state != Message.State.DONE:
        found.append(f"accepted, yet {message.state}")
    if lane in (Lane.ALARM, Lane.LIVE) and not accepted:
        found.append("never went out")
    blind = failure.startswith("outage")  # the carrier could not say whether it had accepted
    if len(accepted) > (2 if lane == Lane.ALARM and blind else 1):
        found.append(f"went out {len(accepted)} times")
    unknown = crash != "none" or failure not in ("none", "429")
    if lane in (Lane.NOTICE, Lane.BULK) and unknown and len(set(post.carrier.requests)) > 1:
        certain = failure == "429" and crash != "before the request"
        if not certain:
            found.append("something that could wait was tried again although it may have gone out")
    return found


def test_undecided_call_of_a_round_waits_until_it_can_ring_no_more(post: Post) -> None:
    post.carrier.failure = "time-out before"
    message = post.send(lane=Lane.LIVE, way=Way.CALL, ring_seconds=40)
    post.pass_time(timedelta(seconds=39))
    assert [attempt.state for attempt in message.attempts.all()] == ["undecided"]
    post.pass_time(timedelta(seconds=15))
    assert [attempt.state for attempt in message.attempts.order_by("created_at")] == ["canceled", "ringing"]


def test_undecided_alarm_is_tried_anew_at_once_and_the_page_can_say_when_the_carrier_was_asked(post: Post) -> None:
    post.carrier.failure = "time-out before"
    message = post.send(lane=Lane.ALARM, way=Way.CALL)
    post.look()
    post.look()
    first, second = message.attempts.order_by("created_at", "state")
    assert (first.state, second.state) == ("canceled", "ringing")
    assert first.asked_at == TUESDAY


def test_undecided_text_is_found_among_the_carriers_by_its_words(post: Post) -> None:
    """Two texts to one line at the same moment, both accepted, both unanswered: neither is sent again."""
    post.carrier.failure = "time-out after"
    one = post.send(lane=Lane.ALARM, body="Neemt u dit op u?")
    post.look()
    post.carrier.failure = "time-out after"
    other = post.send(lane=Lane.ALARM, body="Wat heeft u gevonden?")
    post.pass_time()
    for message in (one, other):
        message.refresh_from_db()
        (attempt,) = message.attempts.all()
        sid = next(accepted.sid for accepted in post.carrier.accepted if accepted.body == message.body)
        assert (message.state, attempt.sid) == ("done", sid)
