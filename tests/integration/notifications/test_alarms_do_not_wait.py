"""While a carrier hangs, an alarm waits neither for the calls of rounds nor for the questions about them."""

from datetime import timedelta

import pytest

from backend.events import clock
from backend.events.models import Lane
from backend.notifications.models import Attempt, Way
from backend.notifications.selectors.numbers import organisation_behind
from backend.notifications.services import reconciling
from tests.integration.notifications.conftest import MOBILE, TUESDAY, Post, organisation

SECOND_NUMBER = "+31130009009"


@pytest.fixture
def two_accounts(post: Post, settings) -> Post:
    settings.TWILIO_ACCOUNT_SID_2, settings.TWILIO_SENDER_2 = "AC" + "0" * 24 + "second", SECOND_NUMBER
    return post


def test_an_undecided_call_of_a_round_does_not_keep_an_alarm_from_the_same_line(two_accounts: Post) -> None:
    """The volunteer was rung to begin the round when the outage began. At the deadline they are to be alarmed."""
    two_accounts.carrier.outage_until = TUESDAY + timedelta(hours=1)
    two_accounts.send(lane=Lane.LIVE, way=Way.CALL, expires_at=TUESDAY + timedelta(minutes=4))
    two_accounts.pass_time(timedelta(minutes=1))
    two_accounts.send(lane=Lane.ALARM, way=Way.CALL)
    two_accounts.pass_time(timedelta(minutes=2))
    assert [one.to for one in two_accounts.second.accepted] == [MOBILE]


def test_a_call_whose_end_the_carrier_never_told_does_not_either(two_accounts: Post) -> None:
    two_accounts.send(lane=Lane.LIVE, way=Way.CALL)
    two_accounts.look()
    two_accounts.carrier.outage_until = TUESDAY + timedelta(hours=1)
    two_accounts.pass_time(timedelta(minutes=1))
    assert Attempt.objects.get().state == "ringing"
    two_accounts.send(lane=Lane.ALARM, way=Way.CALL, expires_at=TUESDAY + timedelta(minutes=12))
    two_accounts.pass_time(timedelta(minutes=4))
    assert two_accounts.second.accepted == []
    two_accounts.pass_time(timedelta(minutes=2))
    assert [one.to for one in two_accounts.second.accepted] == [MOBILE]


def test_the_alarm_lane_asks_about_alarms_only(two_accounts: Post) -> None:
    two_accounts.carrier.outage_until = TUESDAY + timedelta(hours=1)
    for number in range(3):
        two_accounts.send(lane=Lane.LIVE, way=Way.CALL, line=f"+3160000031{number}")
    alarm = two_accounts.send(lane=Lane.ALARM, way=Way.CALL)
    two_accounts.look()
    clock.set_clock(virtual=TUESDAY + timedelta(seconds=20), rate=0)
    assert reconciling.look_at_due(Lane.ALARM) == 1
    assert alarm.attempts.get().state == "canceled"
    assert reconciling.look_at_due(Lane.LIVE) == Attempt.objects.filter(state="undecided").count() > 0


def test_whoever_answers_the_second_number_reaches_the_organisation_that_alarmed_them(two_accounts: Post) -> None:
    other = organisation("zorg", 2)
    two_accounts.carrier.outage_until = TUESDAY + timedelta(hours=1)
    two_accounts.send(lane=Lane.ALARM, body="Neemt u dit op u?", organisation=other)
    two_accounts.pass_time(timedelta(minutes=1))
    assert [one.to for one in two_accounts.second.accepted] == [MOBILE]
    assert organisation_behind(SECOND_NUMBER, MOBILE) == other
    assert organisation_behind(two_accounts.organisation.phone, MOBILE) == two_accounts.organisation
    assert organisation_behind("+31130009999", MOBILE) is None
