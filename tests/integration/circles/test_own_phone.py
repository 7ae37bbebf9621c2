"""The classic circle: members ring one another on their own telephones, and ring the circle's number for the rest."""

from typing import Any

from django.utils.translation import override

from backend.circles.domain.modes import Mode
from backend.circles.web.board import state_words
from backend.circles.web.ring import ring_of
from backend.common.actors import user
from backend.events import clock
from backend.people.models import Person
from backend.people.services.absences import record_absence
from tests.support.story import ANNEKE, CIRCLE_NUMBER, Story

NAMES = ("riet", "halil", "truus", "sjef", "nel")
EVERYBODY = ("Riet", "Halil", "Truus", "Sjef", "Nel")
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}


def rings(at: str, press: str, **more: Any) -> list[dict[str, Any]]:
    """Rings the circle's number at a wall time, and presses this key at every question."""
    return [{"at": at, "to": CIRCLE_NUMBER, "press": press, **more}]


def five(story: Story, *, habits: dict[str, Any] | None = None, on_duty: bool = True, **ring_in: Any) -> None:
    """A circle of five; who rings the circle's number is told by name, who is rung and has no habits answers."""
    story.goes_round(Mode.OWN_PHONE)
    if on_duty:
        story.ladder()
    story.lives("anneke", ANNEKE, habits=[CLAIMS], rings_in=ring_in.get("anneke", []))
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}")
        telephone = (habits or {}).get(name)
        story.lives(name, f"+3113000130{number}", habits=telephone, rings_in=ring_in.get(name, []))
    story.start()


def how(story: Story) -> dict[str, str]:
    """How each member is known to be well, or what else became of them."""
    return {seat.person.given_name: seat.how for seat in story.round.seats.select_related("person")}


def test_the_last_one_presses_one_key_and_the_circle_is_round_without_a_single_call_of_ours(story: Story) -> None:
    five(story, nel=rings("08:50", "1"))
    story.run(until="10:30")
    assert story.round.closed_how == "received"
    assert how(story) == dict.fromkeys(EVERYBODY[:4], "ring_closed") | {"Nel": "rang_in"}
    assert [story.rings(name) for name in (*NAMES, "anneke")] == [[]] * 6, "no cost"
    assert "U bent vandaag de laatste. Bent u gebeld? Druk op 1" in story.heard("nel")
    assert story.incidents() == []


def test_who_gets_no_answer_presses_one_key_the_case_opens_and_they_are_put_through_to_the_next(story: Story) -> None:
    five(story, halil=rings("08:38", "3", talk=60), nel=rings("08:55", "1"))
    story.run(until="08:40")
    assert story.incidents()[0] == ("no_answer", "claimed", ("Truus",)), "at once, not after retries"
    assert "Halil wil u spreken. Belt u daarna Nel" in story.heard("sjef")
    story.run(until="10:30")
    assert story.round.closed_how == "received"
    assert how(story) == {
        "Riet": "ring_passed",
        "Halil": "rang_in",
        "Truus": "mate_missed",
        "Sjef": "key_as_callee",
        "Nel": "rang_in",
    }
    assert story.rings("truus") == [], "the volunteer goes; the platform does not ring her as well"


def test_the_missed_one_rings_in_later_and_nobody_needs_to_go(story: Story) -> None:
    five(story, halil=rings("08:38", "3"), truus=rings("08:41", "1"), nel=rings("08:55", "1"))
    story.run(until="09:10")
    assert story.incidents() == [("no_answer", "closed", ("Truus",))]


def test_nobody_who_speaks_for_others_speaks_past_a_gap(story: Story) -> None:
    """Sjef is in need before the ring has come to him: what Nel says proves nothing about those ahead of him."""
    five(story, sjef=rings("08:31", "9"), nel=rings("08:40", "1"))
    story.run(until="08:55")
    assert how(story)["Sjef"] == "help"
    assert [how(story)[name] for name in ("Riet", "Halil", "Truus")] == ["checked_in"] * 3
    assert len(story.rings("riet")) == 1, "the platform asks them itself, at once"


def test_the_next_but_one_does_not_answer_either(story: Story) -> None:
    """Put through to Sjef in vain, Halil is offered Nel; Sjef is rung again by the platform as the policy says."""
    five(story, habits={"sjef": ["no_answer"]}, halil=rings("08:38", "3", on=[{"hears": "ook niet op", "press": "1"}]))
    story.run(until="09:00")
    assert how(story)["Nel"] == "key_as_callee"
    assert story.round.closed_how == "received", "Nel is the last one: her key closes the ring"
    assert len(story.rings("sjef")) == 3
    assert [about for _kind, _state, about in story.incidents()] == [("Truus",), ("Sjef",)]


def test_who_hangs_up_after_the_report_breaks_nothing_the_platform_reaches_the_next(story: Story) -> None:
    five(story, halil=rings("08:38", "3", hang_up_after=18), nel=rings("08:55", "1"))
    story.run(until="09:10")
    assert story.incidents()[0][2] == ("Truus",)
    assert "Wilt u nu Nel bellen" in story.heard("sjef")
    assert story.round.closed_how == "received"


def test_who_was_not_rung_says_so_and_the_platform_looks_for_the_break(story: Story) -> None:
    five(story, habits={"riet": ["no_answer"]}, truus=rings("08:50", "4"), nel=rings("08:58", "1"))
    story.run(until="09:20")
    assert "Wilt u nu Sjef bellen" in story.heard("truus")
    assert how(story)["Halil"] == "key_to_platform"
    assert story.standings()["Riet"] == "incident", "rung three times, then somebody goes to look"
    assert story.round.closed_how == "received"


def test_not_round_by_the_deadline_the_platform_rings_along_the_ring(story: Story) -> None:
    """Start 8:30, six legs of three minutes and fifteen of slack: at 9:03."""
    five(story, habits={"truus": ["no_answer"]})
    story.run(until="09:02")
    assert story.rings("riet") == []
    story.run(until="09:40")
    assert story.rings("riet")[0][:5] == "09:03"
    assert how(story) == dict.fromkeys(EVERYBODY, "checked_in") | {"Truus": "no_answer"}
    assert len(story.rings("truus")) == 3
    assert story.incidents() == [("no_answer", "claimed", ("Truus",))]
    assert story.round.closed_how == "accounted"


def test_a_late_word_of_the_last_one_ends_the_check_in(story: Story) -> None:
    five(story, habits={"riet": [{"pick_up": 20, "press": "1"}]}, nel=rings("09:03:10", "1"))
    story.run(until="09:30")
    assert story.round.closed_how == "received"
    assert story.rings("truus") == []


def test_the_volunteer_reports_that_the_first_one_does_not_answer(story: Story) -> None:
    five(story, anneke=rings("08:33", "3"), nel=rings("08:55", "1"))
    story.run(until="09:10")
    assert story.incidents()[0][2] == ("Riet",)
    assert "Anneke wil u spreken" in story.heard("halil")
    assert how(story)["Sjef"] == "ring_closed"


def test_with_nobody_on_duty_the_platform_rings_the_first_one_and_the_ring_goes_on_from_there(story: Story) -> None:
    five(story, on_duty=False, nel=rings("08:55", "1"))
    story.run(until="09:10")
    assert len(story.rings("riet")) == 1
    assert "Wilt u nu Halil bellen" in story.heard("riet")
    assert story.round.closed_how == "received"


def test_who_cannot_ring_is_rung_by_the_platform_and_left_out_of_the_ring(story: Story) -> None:
    """Mixed: a star within the circle."""
    story.goes_round(Mode.OWN_PHONE)
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("wim", "+31130001301", can_ring=False)
    story.member("sjef", "+31130001302")
    story.lives("riet", "+31130001300", rings_in=rings("08:35", "3", talk=60))
    story.lives("wim", "+31130001301")
    story.lives("sjef", "+31130001302", habits=["no_answer"])
    story.start()
    story.run(until="09:10")
    assert how(story) == {"Riet": "rang_in", "Wim": "key_to_platform", "Sjef": "mate_missed"}
    assert "neemt Sjef niet op" in story.heard("riet"), "she rings Sjef, past Wim"


def test_somebody_away_is_passed_by_without_a_case(story: Story) -> None:
    five(story, halil=rings("08:38", "3"), nel=rings("08:55", "1"))
    is_away(story, "Truus")
    story.run(until="09:10")
    assert "Truus doet vandaag niet mee" in story.heard("halil")
    assert story.standings()["Truus"] == "excused"
    assert story.incidents() == []
    assert story.round.closed_how == "received"


def is_away(story: Story, name: str) -> None:
    """This member is away today."""
    today = story.begin.date()
    person = Person.objects.get(given_name=name)
    record_absence(person=person, first_day=today, last_day=today, reason="away", actor=user(1))


def test_of_two_who_live_together_at_the_end_the_first_is_away_and_the_ring_goes_on_to_the_other(story: Story) -> None:
    """Riet rings Piet every morning; today she rings the same telephone for Mien."""
    story.goes_round(Mode.OWN_PHONE)
    story.ladder()
    for name, phone in (("riet", "+31130001300"), ("piet", "+31130001301"), ("mien", "+31130001301")):
        story.member(name, phone)
    story.lives("riet", "+31130001300", rings_in=rings("08:35", "3", talk=60))
    story.lives("thuis", "+31130001301")
    story.start()
    is_away(story, "Piet")
    story.run(until="09:10")
    assert "Piet doet vandaag niet mee. Bent u gebeld? Druk op 3, dan verbinden wij u met Mien" in story.heard("riet")
    assert how(story) == {"Riet": "rang_in", "Piet": "absent_away", "Mien": "key_as_callee"}
    assert (story.incidents(), story.round.closed_how) == ([], "received")


def test_the_volunteer_rings_in_when_there_is_nobody_to_ring_today(story: Story) -> None:
    """The only one who rings and is rung is away; the platform rings the other one, who cannot ring."""
    story.goes_round(Mode.OWN_PHONE)
    story.ladder()
    story.lives("anneke", ANNEKE, rings_in=rings("08:30:02", "3"))
    story.member("riet", "+31130001300")
    story.member("wim", "+31130001301", can_ring=False)
    story.lives("wim", "+31130001301", habits=[{"pick_up": 25, "press": "1"}])
    story.start()
    is_away(story, "Riet")
    story.run(until="09:10")
    assert "Goedemorgen Anneke" in story.heard("anneke")
    assert "Druk op 3" not in story.heard("anneke")
    assert story.standings() == {"Riet": "excused", "Wim": "well"}
    assert story.incidents() == []


def test_a_worry_and_the_ordinary_menu_are_one_key_away(story: Story) -> None:
    worried = [{"at": "08:40", "to": CIRCLE_NUMBER, "press": "0", "on": [{"hears": "zorgen over", "press": "2"}]}]
    five(story, halil=worried)
    story.run(until="08:45")
    assert story.incidents() == [("worried", "claimed", ("Truus",))]


def test_two_on_one_line_are_asked_who_they_are(story: Story) -> None:
    story.goes_round(Mode.OWN_PHONE)
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("jan", "+31130001300")
    story.member("sjef", "+31130001302")
    ring_in = rings("08:35", "3", on=[{"hears": "Bent u Riet", "press": "2", "times": 1}])
    story.lives("thuis", "+31130001300", rings_in=ring_in)
    story.lives("sjef", "+31130001302", habits=["no_answer"])
    story.start()
    story.run(until="08:40")
    assert "neemt Sjef niet op" in story.heard("thuis")
    assert how(story)["Jan"] == "rang_in"
    assert story.incidents()[0][2] == ("Sjef",)


def test_when_even_the_check_in_does_not_find_everybody_the_round_itself_is_an_incident(story: Story) -> None:
    """A line that is busy the whole morning is never missed often enough; the second deadline takes everybody in."""
    five(story, habits={"truus": ["busy"]}, nel=[])
    story.circle.policy = {"morning": {"busy_counts_at": 10, "busy_again_seconds": 600}}
    story.circle.save()
    story.run(until="10:30")
    assert story.round.closed_how == "deadline"
    assert story.incidents()[0][0] == "round"
    assert story.incidents()[0][2] == ("Truus",)


@override("en")
def test_the_pages_say_how_the_ring_stands_and_how_each_is_known(story: Story) -> None:
    five(story, habits={"truus": ["no_answer"]})
    story.run(until="08:40")
    ring = ring_of(story.circle, clock.now())
    assert ring.volunteer.standing == "begins the round"
    assert {place.standing for place in ring.members} == {"not heard of yet"}
    assert state_words(story.round, story.circle, clock.now()) == ("ringing", "under way")
    story.run(until="09:06")
    look, words = state_words(story.round, story.circle, clock.now())
    assert (look, words) == ("missed", "not round in time; Rondje rings along the ring")
    assert ring_of(story.circle, clock.now()).members[0].how == "answered when Rondje rang along the ring"
