"""An alarm takes another way when one does not carry it: the other account, or text instead of call and back."""

from datetime import timedelta
from typing import Any

import pytest

from backend.events import clock
from backend.events.models import Lane
from backend.notifications.carriers.base import Refused
from backend.notifications.carriers.twilio.accounts import configured
from backend.notifications.models import Attempt, Message, OptOut, Way
from backend.notifications.selectors.health import carrier_trouble
from backend.notifications.services import opting_out
from backend.people.models import Person
from tests.integration.notifications.conftest import MOBILE, TUESDAY, Post, move_to
from tests.support.port import MemoryCarrier

LANDLINE = "+31130000300"


class Refusing(MemoryCarrier):
    """A carrier that refuses one way with a code."""

    def __init__(self, way: Way, code: str) -> None:
        super().__init__()
        self._way, self._code = way, code

    def place_call(self, request: Any) -> Any:
        if self._way == Way.CALL:
            raise Refused(self._code)
        return super().place_call(request)

    def send_text(self, request: Any) -> Any:
        if self._way == Way.TEXT:
            raise Refused(self._code)
        return super().send_text(request)


def others(message: Message) -> list[tuple[str, str, str]]:
    """What is told instead: its way, its line and its words."""
    return [(one.way, one.line, one.body) for one in Message.objects.exclude(pk=message.pk).order_by("pk")]


@pytest.mark.parametrize("code", ["21610", "21614", "30003", "30006", "21408"])
def test_an_alarming_text_that_is_refused_is_read_out_by_call(post: Post, code: str) -> None:
    post.carrier = Refusing(Way.TEXT, code)
    message = post.send(lane=Lane.ALARM, body="Kunt u gaan kijken? https://rondje.example/v/1")
    post.pass_time(timedelta(seconds=5))
    assert others(message) == [("call", MOBILE, "Kunt u gaan kijken?")]
    assert len(post.carrier.accepted) == 1


def test_an_alarming_call_that_is_refused_becomes_a_text(post: Post) -> None:
    post.carrier = Refusing(Way.CALL, "21215")
    message = post.send(lane=Lane.ALARM, way=Way.CALL)
    post.pass_time(timedelta(seconds=5))
    ((way, line, body),) = others(message)
    assert (way, line) == ("text", MOBILE)
    assert "bel 013 000 90 11" in body


def test_what_both_ways_refuse_is_not_sent_back_and_forth(post: Post) -> None:
    post.carrier = Refusing(Way.TEXT, "30003")
    message = post.send(lane=Lane.ALARM)
    post.carrier.place_call = post.carrier.send_text  # type: ignore[method-assign]
    post.pass_time()
    assert [way for way, _line, _body in others(message)] == ["call"]


def test_a_landline_that_cannot_be_rung_is_not_texted_and_a_notice_is_not_told_otherwise(post: Post) -> None:
    post.carrier = Refusing(Way.CALL, "13224")
    post.send(lane=Lane.ALARM, way=Way.CALL, line=LANDLINE)
    post.send(lane=Lane.NOTICE, way=Way.CALL)
    post.pass_time(timedelta(seconds=5))
    assert Message.objects.count() == 2


def test_an_alert_that_goes_both_ways_anyway_is_not_doubled(post: Post) -> None:
    post.carrier = Refusing(Way.TEXT, "30003")
    post.send(lane=Lane.ALARM, way=Way.CALL)
    post.send(lane=Lane.ALARM, way=Way.TEXT)
    post.pass_time()
    assert Message.objects.count() == 2


def test_stop_known_by_the_carrier_is_kept_and_the_next_text_is_refused_before_it_is_asked(post: Post) -> None:
    post.carrier = Refusing(Way.TEXT, "21610")
    post.send()
    post.pass_time(timedelta(seconds=5))
    assert OptOut.objects.get().how == OptOut.How.CARRIER
    again = post.send()
    post.pass_time(timedelta(seconds=5))
    again.refresh_from_db()
    assert (again.state, again.outcome, again.attempts.count()) == ("failed", "opted_out", 0)


def test_after_stop_an_alarm_rings_and_after_start_it_texts_again(post: Post) -> None:
    opting_out.opt_out(post.organisation, MOBILE, how=OptOut.How.KEYWORD)
    message = post.send(lane=Lane.ALARM, body="Kunt u gaan kijken?")
    post.pass_time(timedelta(seconds=5))
    assert others(message) == [("call", MOBILE, "Kunt u gaan kijken?")]
    assert opting_out.opt_in(post.organisation, MOBILE)
    text = post.send(lane=Lane.ALARM)
    post.pass_time(timedelta(seconds=5))
    assert text.attempts.exists()


@pytest.mark.parametrize("trouble", ["500 before acceptance", "429"])
def test_an_alarm_that_one_account_fails_goes_by_the_other(post: Post, settings, trouble: str) -> None:
    settings.TWILIO_ACCOUNT_SID_2 = "AC" + "0" * 24 + "second"
    post.carrier.outage_until = TUESDAY + timedelta(minutes=20)
    if trouble == "429":
        post.carrier = MemoryCarrier(failure="429")
    message = post.send(lane=Lane.ALARM, way=Way.CALL)
    post.pass_time(timedelta(minutes=1))
    assert message.attempts.order_by("created_at").last().account == "second"
    assert len(post.second.accepted) == 1


def test_once_the_first_account_is_known_to_be_in_trouble_alarms_begin_with_the_second(post: Post, settings) -> None:
    settings.TWILIO_ACCOUNT_SID_2 = "AC" + "0" * 24 + "second"
    post.carrier.outage_until = TUESDAY + timedelta(minutes=20)
    for number in range(4):
        post.send(lane=Lane.ALARM, way=Way.CALL, line=f"+3160000032{number}")
    post.pass_time(timedelta(minutes=2))
    late = post.send(lane=Lane.ALARM, way=Way.CALL, line="+31600000329")
    notice = post.send(lane=Lane.NOTICE, line="+31600000328")
    post.look()
    assert late.attempts.get().account == "second"
    assert notice.attempts.get().account == "first"


def test_without_a_second_account_an_alarm_goes_on_trying_until_the_carrier_is_back(post: Post) -> None:
    post.carrier.outage_until = TUESDAY + timedelta(minutes=5)
    message = post.send(lane=Lane.ALARM, way=Way.CALL, expires_at=TUESDAY + timedelta(minutes=3))
    post.pass_time(timedelta(minutes=10))
    message.refresh_from_db()
    assert message.state == "done"
    assert len(post.carrier.accepted) == 1


def test_the_second_account_sends_from_a_number_of_its_own(settings) -> None:
    assert list(configured()) == ["first"]
    settings.TWILIO_ACCOUNT_SID_2, settings.TWILIO_SENDER_2 = "AC" + "0" * 24 + "second", "+31130009009"
    assert configured()["second"].sender == "+31130009009"


@pytest.mark.parametrize(
    ("lane", "chosen", "goes"),
    [(Lane.NOTICE, False, False), (Lane.BULK, False, False), (Lane.NOTICE, True, True), (Lane.ALARM, False, True)],
)
def test_what_can_wait_waits_for_nine_in_the_morning(post: Post, lane: Lane, chosen: bool, goes: bool) -> None:
    move_to(TUESDAY.replace(hour=21))
    person = Person.objects.create(organisation=post.organisation, family_name="Linde", any_hour=chosen)
    message = post.send(lane=lane, person=person, expires_at=TUESDAY + timedelta(days=1))
    post.look()
    message.refresh_from_db()
    assert message.attempts.exists() == goes
    if not goes:
        assert message.due_at == TUESDAY.replace(day=25, hour=8)  # nine in Amsterdam
        post.pass_time(timedelta(hours=12))
        assert message.attempts.exists()


def test_what_would_come_too_late_by_then_is_refused_at_once_with_the_reason(post: Post) -> None:
    move_to(TUESDAY.replace(hour=21))
    message = post.send(expires_at=clock.now() + timedelta(hours=2))
    post.look()
    message.refresh_from_db()
    assert (message.state, message.outcome) == ("expired", "quiet_hours")


def test_an_alarm_that_the_second_account_takes_is_no_sign_that_the_first_is_well_again(post: Post) -> None:
    """Rounds go by the first account: its outage lasts, whatever the second one carries."""
    message = post.send(lane=Lane.ALARM)
    known = {"organisation": message.organisation, "line": MOBILE, "host": message.host, "subject_id": 1}
    for number in range(4):
        at = clock.now() - timedelta(minutes=4 - number)
        Attempt.objects.create(
            **known, kind="text", state="undecided", error_code="timeout", created_at=at, look_at=None
        )
    Attempt.objects.create(
        **known, kind="text", state="completed", sid="SM1", account="second", created_at=clock.now(), look_at=None
    )
    assert carrier_trouble(clock.now()) is not None
    assert carrier_trouble(clock.now(), account="second") is None


def test_a_process_of_ours_that_died_while_it_asked_is_no_carrier_that_does_not_answer(post: Post) -> None:
    """Only when the carrier has said nothing for two minutes about what became of it, it is."""
    message = post.send(lane=Lane.ALARM)
    died = Attempt.objects.create(
        organisation=message.organisation,
        line=MOBILE,
        host=message.host,
        subject_id=1,
        kind="call",
        state="sending",
        created_at=clock.now() - timedelta(minutes=10),
    )
    assert carrier_trouble(clock.now()) is None
    Attempt.objects.filter(pk=died.pk).update(state="undecided", unheard_since=clock.now())
    assert carrier_trouble(clock.now() + timedelta(seconds=119)) is None
    assert carrier_trouble(clock.now() + timedelta(minutes=2)) is not None
