"""Requests of which nobody knows whether they were accepted: reconciled, and for one attempt at most one call."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from backend.events import clock
from backend.notifications.models import Attempt
from tests.support.story import ANNEKE, ANSWERS, Story

ROOT = Path(__file__).resolve().parents[3]


def accepted_per_attempt(story: Story) -> Counter[str]:
    return Counter(entry["attempt"] for entry in story.town.accepted())


@pytest.mark.parametrize(
    "failure",
    [
        {"fail_next": [{"status": 500, "after_acceptance": True, "times": 1}]},
        {"fail_next": [{"status": 500, "after_acceptance": False, "times": 1}]},
        {"fail_next": [{"status": 429, "after_acceptance": False, "times": 3}]},
        {"fail_next": [{"status": 503, "after_acceptance": False, "times": 2}]},
        {"hang_next": 1},
    ],
    ids=["500 after acceptance", "500 before", "too many requests", "503 twice", "no answer to the request"],
)
def test_the_round_closes_whatever_the_carrier_answers(pair: Story, failure: dict[str, object]) -> None:
    pair.town.set_faults({"rest": failure})
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert max(accepted_per_attempt(pair).values()) == 1
    assert pair.incidents() == []


@pytest.mark.parametrize(
    "callbacks",
    [{"late": 20}, {"double": True}, {"drop": 1.0}, {"reorder": True}, {"before_rest_answer": True}],
    ids=["late", "doubled", "lost", "out of order", "before the answer"],
)
def test_the_round_closes_however_callbacks_come(pair: Story, callbacks: dict[str, object]) -> None:
    pair.town.set_faults({"callbacks": callbacks})
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert pair.incidents() == []
    assert not Attempt.objects.filter(state__in=Attempt.LIVE).exists()


def test_silent_member_is_found_out_although_all_callbacks_are_lost(story: Story) -> None:
    story.ladder()
    story.lives("anneke", ANNEKE, habits=[ANSWERS, ANSWERS, {"pick_up": 4, "press": "1"}])
    story.member("riet", "+31130001300")
    story.lives("riet", "+31130001300", habits=["no_answer"])
    story.start()
    story.town.set_faults({"callbacks": {"drop": 1.0}})
    story.run(until="09:10")
    assert story.incidents()[0][0] == "no_answer"


def test_worker_killed_between_request_and_saving_with_the_call_still_queued(pair: Story, simulator_url: str) -> None:
    """A real worker process is killed while its request hangs; the carrier has accepted the call."""
    pair.run(until="08:30")
    pair.town.set_faults({"rest": {"hang_next": 1}})
    clock.set_clock(virtual=pair.at(315), rate=0)
    worker = subprocess.Popen([sys.executable, "-m", "worker.drain"], cwd=ROOT, env=environment(simulator_url))
    try:
        pair.town._step = None
        pair.town.wait_until(pair.town.accepted, "the carrier to accept a call")
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait(10)
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.sid) == ("sending", ""), "the kill came between the request and the saving"
    Attempt.objects.update(looking_until=None)  # twelve seconds of real time, which the lease would last
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert max(accepted_per_attempt(pair).values()) == 1
    assert Attempt.objects.get(pk=attempt.pk).sid, "it was found with the carrier and adopted"


def environment(simulator_url: str) -> dict[str, str]:
    """For a process of the product beside this test: the same database, carrier and addresses."""
    database = connection.settings_dict
    host = (database.get("OPTIONS") or {}).get("host") or database["HOST"]
    return os.environ | {
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={host}",
        "RONDJE_DEMO": "1",
        "RONDJE_CARRIER_URL": simulator_url,
        "RONDJE_PUBLIC_URL": django_settings.RONDJE_PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": django_settings.TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": django_settings.TWILIO_AUTH_TOKEN,
    }
