"""How long an alarm waits from its due time until the carrier is asked, with 50,000 bulk messages waiting.

    make test ARGS="bench/test_alarm_lag.py -s"

Real Postgres, the real lanes on threads of their own as in the drain loop, in real time; the carrier answers from
memory, so that nothing but our own work is measured: the bucket's lock and the commit before the request are in it.
About a minute.
"""

import statistics
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import close_old_connections, connection

from backend.common.clock import real_now
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.models import Attempt, CarrierAccount, Message, Way
from backend.notifications.services import reconciling, sending
from backend.people.services import registering
from tests.support.port import Listener, MemoryCarrier
from tests.support.waiting import eventually
from worker import lanes

WAITING = 50_000
ALARMS = 150
EVERY = 0.25
"""Seconds between two alarms."""

PAUSE = 0.2
"""Seconds between two looks that found nothing, as in the drain loop."""

ALLOWED = 2.0
"""Seconds: the measure of success, for 99 of a hundred alarms."""


@pytest.mark.timeout(180)
def test_alarm_lane_with_fifty_thousand_bulk_messages_waiting(
    transactional_db, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = MemoryCarrier()
    for module in (sending, reconciling):
        monkeypatch.setattr(module, "carrier", lambda _account: carrier)
    monkeypatch.setitem(registry.hosts, "bench", Listener())
    CarrierAccount.objects.create(name="first", calls_per_second=100, texts_per_second=10, burst=100, reserved=5)
    organisations = [
        registering.register_organisation(
            slug=f"o{n}", name=f"Organisatie {n}", phone=f"+3113000{n:04}", duty_phone="+31130009999"
        )
        for n in range(50)
    ]
    now = real_now()
    values = {"host": "bench", "subject_id": 1, "created_at": now, "expires_at": now + timedelta(hours=9)}
    bulk = [
        Message(organisation=organisations[n % 50], way=Way.TEXT, line=f"+3160000{n % 10_000:04}", body="Dag!",
                lane=Lane.BULK, due_at=now, any_hour=True, **values)
        for n in range(WAITING)
    ]  # fmt: skip
    Message.objects.bulk_create(bulk, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    stop = threading.Event()
    threads = [threading.Thread(target=look_on, args=(lane, stop)) for lane in (Lane.ALARM, Lane.LIVE, Lane.BULK)]
    for thread in threads:
        thread.start()
    try:
        for number in range(ALARMS):
            queue_alarm(organisations[number % 50], number)
            time.sleep(EVERY)
        eventually(lambda: len(asked(carrier)) == ALARMS, "the carrier has been asked for every alarm")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    report(asked(carrier))


def asked(carrier: MemoryCarrier) -> list[tuple[datetime, datetime]]:
    """When the carrier was asked for each alarm, and when the alarm was due."""
    requests = {request.attempt: request.at for request in list(carrier.accepted)}
    alarms = Attempt.objects.filter(message__lane=Lane.ALARM).values_list("pk", "message__due_at")
    return [(requests[str(pk)], due) for pk, due in alarms if str(pk) in requests]


def queue_alarm(organisation, number: int) -> None:
    due = real_now()
    Message.objects.create(
        organisation=organisation, way=Way.CALL, line=f"+3160001{number:04}", lane=Lane.ALARM, host="bench",
        subject_id=1, due_at=due, created_at=due, expires_at=due + timedelta(hours=1),
    )  # fmt: skip


def look_on(lane: str, stop: threading.Event) -> None:
    """The drain loop's own loop, for one lane."""
    while not stop.is_set():
        if not lanes.look(lane):
            stop.wait(PAUSE)
    close_old_connections()
    connection.close()


def report(rows) -> None:
    lags = sorted((asked - due).total_seconds() for asked, due in rows)
    p99 = lags[int(len(lags) * 0.99) - 1]
    sent = Attempt.objects.filter(message__lane=Lane.BULK).count()
    print(f"\n{len(lags)} alarms: median {statistics.median(lags):.3f} s, p99 {p99:.3f} s, worst {lags[-1]:.3f} s;")
    print(f"{sent} of {WAITING} bulk messages went out meanwhile.")
    assert len(lags) == ALARMS
    assert p99 < ALLOWED
