"""A star: members who do not ring one another are rung one by one, by the platform or by the volunteer."""

from datetime import time

from backend.circles.domain.modes import Mode
from backend.people.models import Person
from tests.support.story import ANNEKE, ANSWERS, CIRCLE_NUMBER, Story

NAMES = ("riet", "halil", "truus")
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}


def star(story: Story, *, by: str = "platform", anneke: list[object] | None = None, **habits: list[object]) -> None:
    """A star of three with a ladder; who has no habits here answers."""
    story.goes_round(Mode.STAR, star_by=by)
    story.ladder()
    story.lives("anneke", ANNEKE, habits=anneke)
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=habits.get(name))
    story.start()


def test_each_is_rung_once_and_the_volunteer_is_told_the_result(story: Story) -> None:
    star(story)
    story.run(until="09:15")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well"}
    assert story.round.closed_how == "received"
    assert [len(story.rings(name)) for name in NAMES] == [1, 1, 1]
    assert "Wilt u dat de vrijwilliger u belt? Druk op 2" in story.heard("riet")
    assert len(story.rings("anneke")) == 1, "only the result, no talk"
    assert "is rond. Met iedereen is het goed" in story.heard("anneke")
    assert story.incidents() == []


def test_nobody_is_rung_while_another_is(story: Story) -> None:
    star(story)
    story.run(until="09:15")
    riet, halil, truus = (story.rings(name)[0] for name in NAMES)
    assert riet < halil < truus


def test_who_does_not_answer_is_rung_again_while_the_others_are_rung_then_somebody_goes(story: Story) -> None:
    star(story, halil=["no_answer"], anneke=[ANSWERS, CLAIMS])
    story.run(until="09:00")
    assert story.standings() == {"Riet": "well", "Halil": "incident", "Truus": "well"}
    assert len(story.rings("halil")) == 3
    assert story.incidents() == [("no_answer", "claimed", ("Halil",))]
    assert "Van Halil hebben wij nog niets gehoord" in story.heard("anneke")


def test_two_asks_to_be_rung_back_and_a_person_must_say_that_it_was_done(story: Story) -> None:
    star(story, truus=[{"pick_up": 5, "press": "2"}], anneke=[CLAIMS])
    story.run(until="08:50")
    assert "De vrijwilliger krijgt het nu te horen en belt u" in story.heard("truus")
    assert story.incidents() == [("worried", "claimed", ("Truus",))]
    assert story.round.seats.get(person__given_name="Truus").how == "wants_call"


def test_nine_is_help(story: Story) -> None:
    star(story, riet=[{"pick_up": 5, "press": "9"}], anneke=[CLAIMS])
    story.run(until="08:50")
    assert story.incidents()[0] == ("help", "claimed", ("Riet",))
    assert story.standings()["Truus"] == "well", "the others are rung all the same"


def test_who_has_rung_in_is_not_rung(story: Story) -> None:
    star(story, riet=["no_answer"])
    story.residents[2]["rings_in"] = [{"at": "08:30:10", "to": CIRCLE_NUMBER, "press": "1"}]
    story.town.settle(story.residents)
    story.run(until="09:15")
    assert story.rings("halil") == []
    assert story.standings()["Halil"] == "well"


def test_the_volunteer_rings_all_of_them_in_one_call(story: Story) -> None:
    star(story, by="volunteer")
    story.run(until="09:15")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well"}
    assert len(story.rings("anneke")) == 2, "one call for the talks, one for the result"
    assert "Anneke wil u spreken" in story.heard("truus")
    assert story.round.closed_how == "received"


def test_a_volunteer_who_does_not_answer_is_replaced_by_the_platform(story: Story) -> None:
    star(story, by="volunteer", anneke=["no_answer"])
    story.run(until="09:15")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well"}
    assert story.round.closed_how == "not_received"
    assert story.incidents()[0][0] == "round", "nobody took the result"


def test_a_worry_of_the_volunteer_opens_a_case_and_the_next_is_rung(story: Story) -> None:
    worried = {**ANSWERS, "on": [{"hears": "zorgen over Riet", "press": "2"}]}
    star(story, by="volunteer", anneke=[worried, CLAIMS])
    story.run(until="09:00")
    assert story.incidents() == [("worried", "claimed", ("Riet",))]
    assert story.standings() == {"Riet": "incident", "Halil": "well", "Truus": "well"}


def test_who_chose_a_time_is_rung_then_after_the_others_and_the_round_waits_for_them(story: Story) -> None:
    story.goes_round(Mode.STAR)
    story.ladder()
    story.lives("anneke", ANNEKE)
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}")
    Person.objects.filter(given_name="Riet").update(ring_from=time(9, 10))
    story.start()
    story.run(until="09:05")
    assert story.standings() == {"Riet": "expected", "Halil": "well", "Truus": "well"}
    assert story.round.state == "running", "not an alarm: its deadline counts from the latest chosen time"
    story.run(until="09:30")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well"}
    assert [len(story.rings(name)) for name in NAMES] == [1, 1, 1]
    assert story.round.closed_how == "received"
    assert story.incidents() == []
