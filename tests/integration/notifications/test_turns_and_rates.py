"""Lanes, turns and rates: nobody waits for somebody else's many messages, and an alarm for nobody's."""

from datetime import timedelta

import pytest

from backend.events import clock
from backend.events.models import Lane
from backend.notifications.models import Attempt, Message, Turn, Way
from backend.notifications.services import rates
from backend.notifications.services.turns import next_in_turn
from tests.integration.notifications.conftest import TUESDAY, Post, move_to, organisation


def sent_by(post: Post) -> list[str]:
    """Whose messages the carrier was given, in order."""
    by_attempt = {str(one.pk): one.organisation.slug for one in Attempt.objects.select_related("organisation")}
    return [by_attempt[attempt] for attempt in post.carrier.requests]


def seconds_pass(post: Post, seconds: int) -> None:
    for _second in range(seconds):
        move_to(clock.now() + timedelta(seconds=1))
        post.look()


def test_a_single_message_waits_one_turn_however_many_another_organisation_has(post: Post) -> None:
    for _message in range(60):
        post.send(lane=Lane.BULK)
    post.look()
    before = len(sent_by(post))
    post.send(lane=Lane.BULK, organisation=organisation("klein", 2))
    seconds_pass(post, 2)
    assert "klein" in sent_by(post)[before : before + 2]


def test_six_large_organisations_and_a_small_one_take_turns(post: Post) -> None:
    """More organisations than fit in one look: who waited longest goes next, not who has the oldest message."""
    large = [organisation(f"groot-{number}", number) for number in range(2, 8)]
    for one in large:
        for _message in range(10):
            post.send(lane=Lane.BULK, organisation=one)
    seconds_pass(post, 7)
    post.send(lane=Lane.BULK, organisation=organisation("klein", 8))
    before = len(sent_by(post))
    seconds_pass(post, 7)
    assert "klein" in sent_by(post)[before:]
    counts = [sent_by(post).count(one.slug) for one in large]
    assert max(counts) - min(counts) <= 1


def test_turns_go_round_within_one_look(post: Post) -> None:
    mine = [post.send().pk for _message in range(3)]
    other = organisation("anders", 2)
    theirs = [post.send(organisation=other).pk for _message in range(3)]
    assert next_in_turn(Lane.NOTICE, TUESDAY, limit=4) == [mine[0], theirs[0], mine[1], theirs[1]]
    Turn.objects.create(organisation=post.organisation, lane=Lane.NOTICE, served_at=TUESDAY)
    assert next_in_turn(Lane.NOTICE, TUESDAY, limit=3) == [theirs[0], mine[0], theirs[1]]


def test_an_alarm_goes_at_once_while_bulk_has_used_the_rate(post: Post) -> None:
    for _message in range(20):
        post.send(lane=Lane.BULK)
    post.look()
    alarm = post.send(lane=Lane.ALARM)
    post.look()
    assert alarm.attempts.exists()


def test_calls_and_texts_have_rates_of_their_own(post: Post) -> None:
    for _message in range(5):
        post.send(lane=Lane.NOTICE, way=Way.TEXT)
    post.look()
    call = post.send(lane=Lane.NOTICE, way=Way.CALL)
    post.look()
    assert call.attempts.exists()


@pytest.mark.parametrize(("at_once", "calls"), [(None, 2), (2, 1), (3, 2)])
def test_no_more_calls_at_once_than_the_account_carries_but_alarms_are_asked_for(
    post: Post, at_once: int | None, calls: int
) -> None:
    account = rates.account_row("first")
    account.calls_at_once = at_once
    account.save()
    for number in range(2):
        post.send(lane=Lane.LIVE, way=Way.CALL, line=f"+3160000031{number}")
    post.look()
    assert Attempt.objects.count() == calls
    alarm = post.send(lane=Lane.ALARM, way=Way.CALL, line="+31600000319")
    post.look()
    assert alarm.attempts.exists()


def test_an_expired_message_is_refused_with_its_reason(post: Post) -> None:
    message = post.send(expires_at=TUESDAY + timedelta(seconds=1), not_before=TUESDAY + timedelta(seconds=1))
    post.pass_time()
    message.refresh_from_db()
    assert (message.state, message.outcome, post.listener.ends) == (Message.State.EXPIRED, "expired", ["expired"])
    assert not message.attempts.exists()
