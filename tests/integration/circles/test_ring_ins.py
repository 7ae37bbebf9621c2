"""Members who ring the circle's number, couples on one line, absences, and the edges of a morning."""

from datetime import date

from backend.circles.services import planning
from backend.common.actors import user
from backend.events import clock
from backend.people.models import Absence, Person
from backend.people.services.absences import record_absence
from tests.support.story import ANNEKE, ANSWERS, CIRCLE_NUMBER, DUTY_PHONE, Story


def two(story: Story, **riet: object) -> None:
    """Riet and Sjef, with a ladder that answers."""
    story.ladder()
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", **riet)
    story.lives("sjef", "+31130001301")


def test_member_who_rings_in_between_two_tries_is_not_rung_again(story: Story) -> None:
    two(story, habits=["no_answer"], rings_in=[{"at": "08:33", "to": CIRCLE_NUMBER, "press": "1"}])
    story.start()
    story.run(until="09:10")
    assert story.standings()["Riet"] == "well"
    assert len(story.rings("riet")) == 1
    assert "Goedemorgen Riet" in story.heard("riet")
    assert story.incidents() == []


def test_ring_in_with_a_worry_opens_a_case_about_the_mate(story: Story) -> None:
    two(story, rings_in=[{"at": "09:00", "to": CIRCLE_NUMBER, "press": "2"}])
    story.start()
    story.run(until="09:02")
    assert "Maakt u zich zorgen over Sjef" in story.heard("riet")
    assert story.incidents() == [("worried", "claimed", ("Sjef",))]


def test_ring_in_with_a_cry_for_help_works_at_any_hour(story: Story) -> None:
    two(story, rings_in=[{"at": "08:26", "to": CIRCLE_NUMBER, "press": "9"}])
    story.start()
    story.run(until="08:28")
    assert story.incidents()[0][0] == "help"


def test_unknown_caller_reaches_a_person(story: Story) -> None:
    two(story)
    story.lives("kantoor", DUTY_PHONE)
    story.lives("vreemd", "+31130001999", rings_in=[{"at": "09:00", "to": CIRCLE_NUMBER}])
    story.start()
    story.run(until="09:05")
    assert "Wij kennen dit nummer niet" in story.heard("vreemd")
    assert len(story.rings("kantoor")) == 1


def test_couple_on_one_line_is_asked_for_by_name_one_key_each(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("jan", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("thuis", "+31130001300")
    story.lives("sjef", "+31130001301")
    story.start()
    story.run(until="09:10")
    assert "Is Jan er ook? Jan, druk op 1" in story.heard("thuis")
    assert story.standings() == {"Riet": "well", "Jan": "well", "Sjef": "well"}
    assert story.round.closed_how == "received"


def test_one_of_a_couple_who_does_not_press_is_searched_for(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("jan", "+31130001300")
    only_riet = {**ANSWERS, "on": [{"hears": "Jan", "stay_silent": True}]}
    story.lives("thuis", "+31130001300", habits=[only_riet])
    story.start()
    story.run(until="09:10")
    assert story.standings() == {"Riet": "well", "Jan": "incident"}


def test_absence_reported_before_the_start_relinks_the_ring(story: Story) -> None:
    two(story)
    story.start()
    riet = Person.objects.get(given_name="Riet")
    record_absence(
        person=riet, first_day=date(2026, 11, 23), last_day=None, reason=Absence.Reason.HOSPITAL, actor=user(1)
    )
    story.run(until="09:00")
    assert story.standings() == {"Riet": "excused", "Sjef": "well"}
    assert story.rings("riet") == []
    assert story.round.closed_how == "received"


def test_absence_reported_in_mid_round_ends_the_ringing(story: Story) -> None:
    two(story, habits=["no_answer"])
    story.start()
    story.run(until="08:32")
    riet = Person.objects.get(given_name="Riet")
    record_absence(person=riet, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), reason="away", actor=user(1))
    story.run(until="09:10")
    assert story.standings()["Riet"] == "excused"
    assert len(story.rings("riet")) == 1
    assert story.incidents() == []


def test_round_of_one_is_rung_by_the_platform(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.lives("riet", "+31130001300")
    story.start()
    story.run(until="09:00")
    assert story.standings() == {"Riet": "well"}
    assert "Gaat het goed met u" in story.heard("riet")


def test_round_of_none_closes_itself(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.start()
    story.run(until="08:31")
    assert story.round.closed_how == "nobody_today"


def test_morning_missed_by_downtime_starts_late(story: Story) -> None:
    """Boot at 9:20 after a missed 8:30."""
    two(story)
    story.begin = story.begin.replace(hour=9, minute=20)
    story.start()
    story.run(until="10:00")
    assert story.standings() == {"Riet": "well", "Sjef": "well"}
    assert story.round.started_at == story.at(0)


def test_morning_missed_for_too_long_is_an_incident(story: Story) -> None:
    two(story)
    story.begin = story.begin.replace(hour=10, minute=45)
    story.start()
    story.run(until="10:46")
    assert story.round.closed_how == "not_held"
    assert story.incidents()[0][0] == "round"
    assert story.incidents()[0][2] == ("Riet", "Sjef")


def test_planning_again_changes_nothing(story: Story) -> None:
    two(story)
    story.start()
    assert planning.plan(clock.now()) == 0
    story.run(until="09:00")
    assert planning.plan(clock.now()) == 0


def test_without_any_volunteer_everyone_is_still_rung(story: Story) -> None:
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300")
    story.lives("sjef", "+31130001301")
    story.lives("kantoor", DUTY_PHONE)
    story.start()
    story.run(until="09:10")
    assert story.standings() == {"Riet": "well", "Sjef": "well"}
    assert story.round.closed_how == "not_received"
    assert story.incidents() == [("round", "claimed", ())], "the organisation's own number is alerted"
