"""Somebody rings whose number is withheld: they reach a person or leave a number, or it is shown that they rang."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.events import clock
from backend.events.models import Timer
from backend.notifications.domain.prompts import Answered, AskDigits, Connect, End, Heard, Key, Keyed, Prompt, TalkOver
from backend.notifications.menu import leading
from backend.notifications.models import Attempt, InboxItem, Message
from backend.notifications.services import conversation
from backend.people.models import Organisation
from backend.people.services.registering import register_organisation

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Ringing:
    """A call to the one number from a withheld one."""

    def __init__(self, organisation: Organisation) -> None:
        self.pk = conversation.begin_inbound(
            organisation, line="anonymous", sid="CA1", account="first", now=clock.now()
        ).pk
        self.step = 0

    def hears(self, heard: Heard) -> Prompt:
        prompt = conversation.turn(self.pk, step=self.step, heard=heard, sid="", now=clock.now())[1]
        self.step += 1
        return prompt

    def hangs_up(self) -> None:
        leading.hung_up(Attempt.objects.get(pk=self.pk), clock.now())


@pytest.fixture
def ringing(settings: Any) -> Ringing:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=MORNING, rate=0)
    organisation = register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    return Ringing(organisation)


def alarms() -> tuple[int, int]:
    """How many calls to people wait, and how many timers ring them again."""
    return Message.objects.count(), Timer.objects.filter(kind="notifications.call_back").count()


def test_hanging_up_while_it_rings_is_shown_and_alarms_nobody_about_a_number_that_is_not_there(
    ringing: Ringing,
) -> None:
    assert isinstance(ringing.hears(Answered()), Connect)
    ringing.hangs_up()
    assert [(item.kind, item.line) for item in InboxItem.objects.all()] == [("no_number", "")]
    assert alarms() == (0, 0)


def test_hanging_up_instead_of_leaving_a_number_is_shown(ringing: Ringing) -> None:
    ringing.hears(Answered())
    assert isinstance(ringing.hears(TalkOver()), AskDigits)
    ringing.hangs_up()
    assert [(item.kind, item.line) for item in InboxItem.objects.all()] == [("no_number", "")]
    assert alarms() == (0, 0)


def test_a_number_that_was_keyed_in_and_not_confirmed_is_shown_with_it(ringing: Ringing) -> None:
    ringing.hears(Answered())
    ringing.hears(TalkOver())
    ringing.hears(Keyed("0130001888"))
    ringing.hangs_up()
    assert [(item.kind, item.line) for item in InboxItem.objects.all()] == [("no_number", "+31130001888")]


def test_whoever_leaves_a_number_is_rung_back_and_shown_once(ringing: Ringing) -> None:
    ringing.hears(Answered())
    ringing.hears(TalkOver())
    ringing.hears(Keyed("0130001888"))
    assert isinstance(ringing.hears(Key("1")), End)
    ringing.hangs_up()
    assert [(item.kind, item.line) for item in InboxItem.objects.all()] == [("call_back", "+31130001888")]
    assert alarms()[1] == 1
