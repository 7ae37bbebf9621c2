"""A practice morning: rung as on a real one, told that it is practice, and without alarms."""

from datetime import date, time, timedelta
from typing import Any

from backend.circles.domain.modes import Mode
from backend.circles.models import Circle, Round, Seat
from backend.circles.selectors import accounting
from backend.circles.services import practice
from backend.common.actors import user
from backend.events import clock
from backend.people.models import Organisation
from tests.support.story import ANNEKE, ANSWERS, CIRCLE_NUMBER, Story

TODAY = date(2026, 11, 23)
BY = user(1)


def three(story: Story, **habits: Any) -> None:
    """A circle of three that is being formed; it practises on Monday at 10:00."""
    story.ladder()
    story.lives("anneke", ANNEKE)
    for number, name in enumerate(("riet", "halil", "truus")):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=habits.get(name), rings_in=habits.get(f"{name}_rings", []))
    story.circle.status = Circle.Status.FORMING
    story.circle.save()
    story.start()
    practice.plan(story.circle, TODAY, time(10, 0), now=clock.now(), actor=BY)


def results(story: Story) -> dict[str, tuple[str, str]]:
    """How each did, and how we know."""
    seats = Seat.objects.filter(round__circle=story.circle, round__practice=True).select_related("person")
    return {seat.person.given_name: (seat.standing, seat.how) for seat in seats}


def test_everybody_is_rung_and_hears_that_it_is_practice(story: Story) -> None:
    three(story)
    story.run(until="10:40")
    assert {standing for standing, _how in results(story).values()} == {"well"}
    for name in ("anneke", "riet", "halil", "truus"):
        assert "Dit is een oefening. Goedemorgen" in story.heard(name)
    assert story.rings("riet")[0][:5] == "10:00"


def test_who_does_not_manage_is_on_the_list_and_nobody_is_alarmed(story: Story) -> None:
    three(story, halil=["no_answer"], truus=[{**ANSWERS, "on": [{"hears": "Druk op 1", "stay_silent": True}]}])
    story.run(until="11:15")
    assert results(story) == {
        "Riet": ("well", "key_as_callee"),
        "Halil": ("missed", "no_answer"),
        "Truus": ("missed", "no_answer"),
    }
    assert story.incidents() == []
    assert story.texts("anneke") == []
    assert "Het oefenen lukte niet met" in story.heard("anneke") or "nog niets gehoord" in story.heard("anneke")


def test_nine_is_help_for_real(story: Story) -> None:
    three(story, riet=[{"pick_up": 5, "press": "9"}])
    story.run(until="10:20")
    assert story.incidents()[0][0] == "help"
    assert story.incidents()[0][2] == ("Riet",)


def test_a_practice_is_no_morning_of_the_accounting(story: Story) -> None:
    three(story, halil=["no_answer"])
    story.run(until="11:15")
    assert Round.objects.count() == 0
    assert accounting.day_lines(TODAY, Organisation.objects.all(), clock.now()) == []


def test_the_classic_circle_practises_with_the_last_one_ringing_in(story: Story) -> None:
    story.goes_round(Mode.OWN_PHONE)
    ring_in = [{"at": "10:10", "to": CIRCLE_NUMBER, "press": "3", "talk": 20}]
    three(story, riet_rings=ring_in)
    story.run(until="10:30")
    assert "Dit is een oefening. Goedemorgen Riet" in story.heard("riet")
    assert results(story) == {
        "Riet": ("well", "rang_in"),
        "Halil": ("missed", "mate_missed"),
        "Truus": ("well", "key_as_callee"),
    }
    assert story.incidents() == []


def test_a_practice_that_downtime_swallowed_is_not_held_and_alarms_nobody(story: Story) -> None:
    three(story)
    story.move_to(story.at(4 * 3600))
    story.run(until="13:00")
    assert Round.with_practice.get().closed_how == "not_held"
    assert story.rings("riet") == []
    assert story.incidents() == []


def test_it_may_be_called_off_and_planned_again(story: Story) -> None:
    three(story)
    planned = Round.with_practice.get()
    practice.call_off(story.circle, planned.pk, now=clock.now(), actor=BY)
    story.run(until="10:30")
    assert story.rings("riet") == []
    practice.plan(story.circle, TODAY, time(11, 0), now=clock.now(), actor=BY)
    story.run(until="11:40")
    assert {standing for standing, _how in results(story).values()} == {"well"}


def test_a_real_morning_and_a_practice_fit_on_one_day(story: Story) -> None:
    three(story)
    story.circle.status = Circle.Status.ACTIVE
    story.circle.save()
    assert practice.why_not(story.circle, TODAY, time(10, 0), clock.now()) == "morning"
    assert practice.why_not(story.circle, TODAY, time(11, 0), clock.now()) == ""
    assert practice.why_not(story.circle, TODAY + timedelta(days=6), time(11, 0), clock.now()) == "sunday"
    assert practice.why_not(story.circle, TODAY, time(8, 0), clock.now()) == "past"
    assert practice.why_not(story.circle, TODAY, time(19, 0), clock.now()) == "hours"
