"""A duty changes hands: the first who says yes has it, and nobody's silence takes it from its owner."""

from datetime import date, timedelta

import pytest

from backend.circles.models import Circle
from backend.circles.selectors.settings import scope_of
from backend.circles.services import swaps
from backend.circles.services.ladders import ladder_for
from backend.circles.web import own_duties
from backend.common import actors
from backend.common.errors import Conflict
from backend.events import clock
from backend.notifications.services import incoming
from backend.people.models import DutyShift, DutySwap, Person, PhoneNumber
from backend.people.selectors import on_duty
from backend.people.services import duty
from backend.people.services.duty import SwapOver, SwapTaken
from tests.support.story import ANNEKE, BRAM, CARLA, MONDAY, Story

THURSDAY = MONDAY.date() + timedelta(days=3)
DORA = "+31600000103"


def person(name: str) -> Person:
    return Person.objects.get(given_name=name.capitalize())


def roster(story: Story) -> None:
    """Anneke is on duty each day, Bram behind her, Carla coordinates; Dora comes on Sundays. Monday, eleven o'clock."""
    story.begin = MONDAY.replace(hour=11)
    story.circle.first_day = THURSDAY
    story.circle.save()
    story.ladder()
    dora = story.on_duty("dora", DORA)
    for weekday in range(6):
        duty.put_on_duty(
            person=person("anneke"), scope=scope_of(story.circle), rank=DutyShift.Rank.PRIMARY, weekday=weekday
        )
    assert dora.duty_shifts.count() == 1
    for name, line in (("anneke", ANNEKE), ("bram", BRAM), ("carla", CARLA), ("dora", DORA)):
        story.lives(name, line, habits=["no_answer"])


def offer(story: Story, day: date = THURSDAY) -> DutySwap:
    owner = person("anneke")
    actor = actors.person(owner.pk, "link")
    rank = DutyShift.Rank.PRIMARY
    return swaps.offer(story.circle, owner=owner, rank=rank, day=day, actor=actor, now=clock.now())[0]


def take(swap: DutySwap, name: str) -> DutySwap:
    taker = person(name)
    return swaps.take(swap.pk, taker=taker, actor=actors.person(taker.pk, "link"), now=clock.now())


def test_the_first_who_says_yes_has_the_duty_and_everybody_is_told(story: Story) -> None:
    roster(story)
    story.start()
    swap = offer(story)
    story.run(until="11:35")
    for name in ("bram", "carla", "dora"):
        assert story.texts(name)[0].startswith("Telefooncirkel De Linde: kunt u op do 26 nov dienst doen?")
    take(swap, "dora")
    with pytest.raises(SwapTaken):
        take(swap, "bram")
    take(swap, "dora")
    story.run(until="12:00")
    assert story.texts("anneke") == [
        "Telefooncirkel De Linde: Dora neemt uw dienst van do 26 nov over. U bent die dag vrij."
    ]
    assert "iemand anders heeft de dienst van do 26 nov al" in story.texts("bram")[1]
    assert len(story.texts("dora")) == 1


def test_the_ladder_of_that_morning_begins_with_who_took_it(story: Story) -> None:
    roster(story)
    story.start()
    take(offer(story), "dora")
    scope = scope_of(story.circle)
    assert on_duty(scope, THURSDAY)["primary"] == person("dora")
    assert ladder_for(story.circle, THURSDAY, []).levels[0].targets[0].lines == (DORA,)
    assert on_duty(scope, THURSDAY + timedelta(days=1))["primary"] == person("anneke")


def test_nobody_takes_it_the_owner_keeps_it_and_the_coordinator_is_told(story: Story) -> None:
    roster(story)
    story.start()
    day = MONDAY.date() + timedelta(days=1)
    story.circle.first_day = day
    story.circle.save()
    swap = offer(story, day)
    story.run(until="17:05")
    swap.refresh_from_db()
    assert swap.state == "lapsed"
    assert any("De dienst blijft van u" in text for text in story.texts("anneke"))
    assert any("Niemand nam die over" in text for text in story.texts("carla"))
    assert on_duty(scope_of(story.circle), day)["primary"] == person("anneke")
    with pytest.raises(SwapOver):
        take(swap, "bram")


def sends(name: str, line: str, body: str) -> None:
    """Somebody texts the circle's number; the worker reads it at the next look."""
    incoming.receive(person(name).organisation, sid=f"SM{name}{body}", line=line, body=body, now=clock.now())


def test_by_text_a_duty_is_offered_and_the_first_ja_takes_it(story: Story) -> None:
    roster(story)
    story.start()
    sends("anneke", ANNEKE, "Ruil donderdag?")
    story.run(until="11:40")
    (answer,) = story.texts("anneke")
    assert answer.startswith("Wij vragen de anderen of zij uw dienst van do 26 nov kunnen overnemen.")
    sends("dora", DORA, "ja hoor, 26 nov")
    sends("bram", BRAM, "Ja!")
    story.run(until="11:50")
    assert "U heeft op do 26 nov dienst" in story.texts("dora")[-1]
    assert "iemand anders heeft de dienst van do 26 nov al" in story.texts("bram")[-1]
    assert "Dora neemt uw dienst van do 26 nov over" in story.texts("anneke")[-1]
    assert on_duty(scope_of(story.circle), THURSDAY)["primary"] == person("dora")


def test_ja_to_two_questions_is_asked_back(story: Story) -> None:
    roster(story)
    story.start()
    offer(story)
    offer(story, THURSDAY + timedelta(days=1))
    sends("dora", DORA, "ja")
    story.run(until="11:40")
    assert "U bent over meer dan één dag gevraagd. Antwoord JA 26 nov of JA 27 nov." in story.texts("dora")
    sends("dora", DORA, "JA 27-11")
    story.run(until="11:50")
    assert on_duty(scope_of(story.circle), THURSDAY + timedelta(days=1))["primary"] == person("dora")
    assert on_duty(scope_of(story.circle), THURSDAY)["primary"] == person("anneke")


def test_ja_with_another_day_than_the_one_asked_takes_nothing(story: Story) -> None:
    """Asked about Thursday, Dora says yes to Friday: it must not become Thursday."""
    roster(story)
    story.start()
    offer(story)
    sends("dora", DORA, "JA 27 nov")
    story.run(until="11:40")
    answer = next(text for text in story.texts("dora") if text.startswith("Over die dag is u niets gevraagd"))
    assert answer.endswith("er is niets veranderd. Wel over een andere. Antwoord JA 26 nov.")
    assert on_duty(scope_of(story.circle), THURSDAY)["primary"] == person("anneke")


def test_ja_to_a_day_that_somebody_else_took_says_so_though_another_is_asked(story: Story) -> None:
    roster(story)
    story.start()
    take(offer(story, THURSDAY + timedelta(days=1)), "bram")
    offer(story)
    sends("dora", DORA, "JA 27 nov")
    story.run(until="11:40")
    answers = story.texts("dora")
    assert any("iemand anders heeft de dienst van vr 27 nov al" in text for text in answers)
    assert not any("U heeft op" in text for text in answers)
    assert on_duty(scope_of(story.circle), THURSDAY)["primary"] == person("anneke")


def test_where_nobody_can_be_texted_nobody_is_said_to_have_been_asked(story: Story) -> None:
    roster(story)
    PhoneNumber.objects.exclude(person=person("anneke")).update(kind="landline")
    with pytest.raises(Conflict, match="nobody else on this roster whom we could ask"):
        offer(story)
    assert not DutySwap.objects.exists()


def test_ruil_for_a_circle_that_has_closed_is_a_day_that_is_not_theirs(story: Story) -> None:
    """The page shows no such duty either."""
    roster(story)
    story.start()
    Circle.objects.update(status="closed")
    sends("anneke", ANNEKE, "Ruil 26 nov")
    story.run(until="11:40")
    assert any(text.startswith("U staat op die dag niet op het rooster.") for text in story.texts("anneke"))
    assert own_duties.facts(person("anneke"), clock.now())["duties"] == []


def test_put_on_the_roster_by_hand_meanwhile_the_question_is_over(story: Story) -> None:
    roster(story)
    story.start()
    swap = offer(story)
    duty.put_on_duty(person=person("carla"), scope=scope_of(story.circle), rank=DutyShift.Rank.PRIMARY, day=THURSDAY)
    with pytest.raises(SwapOver):
        take(swap, "bram")
    assert on_duty(scope_of(story.circle), THURSDAY)["primary"] == person("carla")
    sends("bram", BRAM, "Ja")
    story.run(until="11:40")
    assert any("de vraag over do 26 nov is niet meer nodig" in text for text in story.texts("bram"))
