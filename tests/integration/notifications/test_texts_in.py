"""Texts that people send us: stored first, understood by a rule or shown to a person, and never lost or done twice."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from backend.notifications import registry
from backend.notifications.models import InboundText, InboxItem, Message
from backend.notifications.registry import IncomingText, TextAnswer, register_text_rule
from backend.notifications.running import run_lane
from tests.support.story import CIRCLE_NUMBER, Story

RIET = "+31600001300"


def send(settings, body: str, sid: str = "SM1", line: str = RIET) -> str:
    """A text as the carrier delivers it; returns what we answer the carrier."""
    form = {"MessageSid": sid, "From": line, "To": CIRCLE_NUMBER, "Body": body}
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
        f"{settings.RONDJE_PUBLIC_URL}/carrier/inbound/text", form
    )
    answer = Client().post("/carrier/inbound/text", form, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told(story: Story) -> Story:
    story.member("riet", RIET)
    story.lives("riet", RIET)
    story.start()
    return story


@pytest.fixture
def rule() -> Iterator[list[str]]:
    """A programme's rule that takes whatever says "bus", and what it took."""
    taken: list[str] = []

    def bus(text: IncomingText, _now: datetime) -> TextAnswer | None:
        if "bus" not in text.understood.words:
            return None
        taken.append(text.understood.plain)
        return TextAnswer("Er is plaats.", asks={"trip": 7})

    register_text_rule("test.bus", bus, order=90)
    yield taken
    del registry._text_rules["test.bus"]


def test_a_text_that_nobody_understands_is_answered_and_shown_to_a_person(told: Story, settings) -> None:
    assert "<Message>" not in send(settings, "Ik heb een vraag over volgende week")
    told.run(until="08:26")
    assert told.texts("riet") == [
        "Dank u voor uw bericht. Wij begrijpen het niet vanzelf; een medewerker leest het. Is er haast bij? Bel dan "
        "013 000 90 01."
    ]
    item = InboxItem.objects.get()
    assert (item.kind, item.person.given_name, item.text.body) == (
        "text",
        "Riet",
        "Ik heb een vraag over volgende week",
    )


def test_the_same_text_delivered_twice_is_one_text(told: Story, settings, rule: list[str]) -> None:
    send(settings, "BUS")
    send(settings, "BUS")
    told.run(until="08:26")
    send(settings, "BUS")
    told.run(until="08:27")
    assert rule == ["bus"]
    assert told.texts("riet") == ["Er is plaats."]


def test_a_rule_of_a_programme_is_asked_and_remembers_what_it_asked(told: Story, settings, rule: list[str]) -> None:
    send(settings, "bus!")
    told.run(until="08:26")
    text = InboundText.objects.get()
    assert (text.rule, text.asked, text.answer) == ("test.bus", {"trip": 7}, "Er is plaats.")
    assert not InboxItem.objects.exists()


def test_a_text_waits_for_the_worker_and_survives_one_that_dies(
    told: Story, settings, rule: list[str], monkeypatch
) -> None:
    """The rule acts and the process dies before the commit: nothing has happened, and then it happens once."""

    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    send(settings, "bus")
    monkeypatch.setattr("backend.notifications.services.incoming._reply", dies)
    with pytest.raises(KeyboardInterrupt):
        run_lane("alarm")
    assert not InboundText.objects.get().done
    assert not Message.objects.filter(host="notifications.replies").exists()
    monkeypatch.undo()
    InboundText.objects.update(leased_until=None)
    told.run(until="08:26")
    assert told.texts("riet") == ["Er is plaats."]


def test_a_rule_that_always_fails_leaves_the_text_to_a_person(told: Story, settings) -> None:
    told.may_fail = True

    def broken(text: IncomingText, _now: datetime) -> TextAnswer | None:
        raise ValueError

    register_text_rule("test.broken", broken, order=1)
    try:
        send(settings, "Hallo")
        send(settings, "Nog iets", sid="SM2")
        told.run(until="08:27")
    finally:
        del registry._text_rules["test.broken"]
    assert sorted(InboxItem.objects.values_list("text__body", flat=True)) == ["Hallo", "Nog iets"]
    assert len(told.texts("riet")) == 2


@pytest.mark.parametrize("body", ["😀" * 900, "مرحبا، كيف حالك؟ " * 200, "x" * 4096, "\u202eomgekeerd", "", "a\x00b"])
def test_a_text_of_any_size_and_script_is_kept_and_shown(told: Story, settings, body: str) -> None:
    send(settings, body)
    told.run(until="08:26")
    assert InboxItem.objects.get().text.body == body.replace("\x00", "")


@pytest.mark.parametrize("line", ["KPN", "1008", "+31130001999", "", "+31112"])
def test_a_text_from_what_cannot_be_texted_back_is_only_shown(told: Story, settings, line: str) -> None:
    send(settings, "Uw pakket staat klaar", line=line)
    told.run(until="08:26")
    assert InboxItem.objects.get().line == line
    assert not Message.objects.filter(host="notifications.replies").exists()


def test_two_machines_do_not_talk_to_each_other_for_ever(told: Story, settings) -> None:
    for number in range(6):
        send(settings, "Ik ben met vakantie, dit is een automatisch antwoord op uw bericht aan mij", sid=f"SM{number}")
        told.run(until=f"08:{26 + number}")
    assert len(told.texts("riet")) == 3
    assert InboxItem.objects.count() == 6
