"""Somebody who was excused this morning is back: shown as such, and seen to be well when they ring in."""

from datetime import date

from backend.circles.models import Seat
from backend.common.actors import user
from backend.people.models import Absence, Person, Sighting
from backend.people.services.absences import record_absence
from tests.support.story import ANNEKE, ANSWERS, CIRCLE_NUMBER, Story

RIET, SJEF = "+31690001300", "+31130001301"
TODAY = date(2026, 11, 23)


def town(story: Story, **riet: object) -> None:
    """Riet is away today; Sjef answers."""
    story.ladder()
    story.lives("anneke", ANNEKE)
    story.member("riet", RIET)
    story.member("sjef", SJEF)
    story.lives("riet", RIET, **riet)
    story.lives("sjef", SJEF)
    story.start()
    riet_ = Person.objects.get(given_name="Riet")
    record_absence(person=riet_, first_day=TODAY, last_day=TODAY, reason=Absence.Reason.AWAY, actor=user(1))


def seat() -> tuple[str, str]:
    found = Seat.objects.get(person__given_name="Riet")
    return found.standing, found.how


def test_back_by_text_is_shown_and_proves_nothing(story: Story) -> None:
    town(story)
    story.run(until="08:32")
    assert seat() == ("excused", "absent_away")
    (answer,) = story.sends("riet", "TERUG")
    assert answer.startswith("U bent niet meer afwezig")
    assert seat() == ("excused", "back")
    story.run(until="09:10")
    assert story.rings("riet") == [], "nobody is rung in mid-round who was excused"
    assert not Sighting.objects.filter(person__given_name="Riet").exists()
    assert story.round.closed_how == "received"


def test_back_by_text_after_the_close_is_shown_too(story: Story) -> None:
    town(story)
    story.run(until="09:10")
    assert story.round.state == "closed"
    story.sends("riet", "TERUG")
    assert seat() == ("excused", "back")


def test_back_by_a_key_is_proof_of_life(story: Story) -> None:
    rings = {"at": "08:32", "to": CIRCLE_NUMBER, "on": [{"hears": "weer thuis", "press": "4", "times": 1}]}
    town(story, rings_in=[rings], habits=[ANSWERS])
    story.run(until="09:10")
    assert "U bent niet meer afwezig" in story.heard("riet")
    assert seat() == ("well", "rang_in")
    assert Sighting.objects.get(person__given_name="Riet").source == "circle:rang_in"
    assert story.rings("riet") == [], "well, and still not rung this morning"
    assert story.round.closed_how == "received"
