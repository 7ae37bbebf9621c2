"""Members who do not answer: rung again by the policy while the chain goes on, then people go and look.

What a caller does next depends on how two members come to talk. Where it matters a story says `dialled`, and its
counterpart for one ring a morning is in `test_one_ring`.
"""

from datetime import datetime, timedelta

from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import DIALLED
from backend.circles.models import Membership
from tests.support.circles import start_circle
from tests.support.story import ANNEKE, ANSWERS, Story

NAMES = ("riet", "halil", "truus", "sjef")
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}


def four(story: Story, **habits: list[object]) -> None:
    """A circle of four with a ladder; who has no habits here answers."""
    start_circle(story, NAMES, habits)


def dialled(story: Story) -> None:
    """Each caller is rung, and the other one is dialled in that call."""
    story.goes_round(Mode.BRIDGED, joining=DIALLED)


def test_silent_member_is_rung_again_after_3_and_8_minutes_then_somebody_goes_to_look(story: Story) -> None:
    dialled(story)
    four(story, truus=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.run(until="09:00")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "incident", "Sjef": "well"}
    first, second, third = story.rings("truus")
    assert (first[:5], second[:5], third[:5]) == ("08:33", "08:37", "08:42")
    assert story.incidents() == [("no_answer", "claimed", ("Truus",))]
    assert story.timeline()[:3] == ["opened", "alerted", "claimed"]
    assert "Het gaat om Truus Linde." in story.heard("anneke")


def test_chain_goes_on_past_a_silent_member_in_the_same_call(story: Story) -> None:
    dialled(story)
    four(story, halil=["no_answer", ANSWERS])
    story.run(until="09:00")
    assert story.round.closed_how == "received"
    assert "Halil neemt niet op" in story.heard("riet")
    assert "Riet wil u spreken" in story.heard("truus")
    assert len(story.rings("riet")) == 2, "rung as callee and once as caller: the next was offered in the same call"
    assert story.incidents() == []


def test_voicemail_proves_nothing(story: Story) -> None:
    four(story, sjef=["voicemail"])
    story.run(until="08:55")
    assert story.standings()["Sjef"] == "incident"
    assert len(story.rings("sjef")) == 3


def test_who_hangs_up_before_the_key_is_missing_and_a_late_answer_ends_the_search(story: Story) -> None:
    four(story, truus=[{"pick_up": 3, "hang_up_after": 4}, ANSWERS])
    story.run(until="09:00")
    assert story.standings()["Truus"] == "well"
    assert "Wilt u de vrijwilliger spreken" in story.heard("truus"), "the platform speaks, and offers the volunteer"
    assert story.incidents() == []
    assert story.round.closed_how == "received"


def test_busy_is_rung_again_after_a_minute(story: Story) -> None:
    four(story, halil=["busy", ANSWERS])
    story.run(until="09:00")
    assert "Halil is in gesprek" in story.heard("riet")
    busy_at = next(entry["at"] for entry in story.town.journal() if entry.get("status") == "busy")
    waited = datetime.fromisoformat(story.journal_of("rings", "halil")[0]["at"]) - datetime.fromisoformat(busy_at)
    assert timedelta(seconds=60) <= waited <= timedelta(seconds=63)
    assert story.standings()["Halil"] == "well"


def test_the_other_number_is_tried_next(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001301", "+31600000301")
    story.member("sjef", "+31130001302")
    story.lives("riet_thuis", "+31130001301", habits=["no_answer"])
    story.lives("riet_mobiel", "+31600000301")
    story.lives("sjef", "+31130001302")
    story.start()
    story.run(until="09:00")
    assert len(story.rings("riet_thuis")) == 1
    assert len(story.rings("riet_mobiel")) == 1
    assert story.standings() == {"Riet": "well", "Sjef": "well"}


def test_nobody_is_skipped_because_their_caller_is_missing(story: Story) -> None:
    """Halil answers as callee, but not when he is to ring Truus: he stays well, and Riet reaches Truus."""
    dialled(story)
    four(story, halil=[ANSWERS, "no_answer"])
    story.run(until="09:00")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well", "Sjef": "well"}
    assert "Riet wil u spreken" in story.heard("truus")
    assert story.round.closed_how == "received"


def test_who_cannot_ring_is_reached_and_the_one_before_rings_on(story: Story) -> None:
    """Mixed: Halil is rung as everybody is, and Riet, the last proven one who can ring, reaches Truus."""
    four(story)
    Membership.objects.filter(person__given_name="Halil").update(can_ring=False)
    story.run(until="09:00")
    assert set(story.standings().values()) == {"well"}
    assert "Riet wil u spreken" in story.heard("truus")
    assert len(story.rings("halil")) == 1
    assert story.round.closed_how == "received"


def test_volunteer_absent_at_the_start_does_not_hold_up_the_chain(story: Story) -> None:
    four(story, anneke=["no_answer", ANSWERS])
    story.lives("bram", "+31600000101")
    story.town.settle(story.residents)
    story.run(until="09:15")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Truus": "well", "Sjef": "well"}
    assert "niet bij het begin" in story.heard("bram"), "the backup is told"
    assert story.round.closed_how == "received"


def test_volunteer_absent_at_the_close_is_one_incident(story: Story) -> None:
    four(story, anneke=[ANSWERS, "no_answer"])
    story.run(until="09:15")
    assert story.round.closed_how == "not_received"
    assert story.incidents() == [("round", "open", ())]


def test_worried_mate_sends_somebody_to_look_at_once(story: Story) -> None:
    worried = {**ANSWERS, "on": [{"hears": "zorgen over Halil", "press": "2"}]}
    four(story, riet=[worried])
    story.run(until="08:45")
    assert story.incidents() == [("worried", "claimed", ("Halil",))]
    assert story.standings()["Truus"] == "well", "the chain goes on"


def test_nine_is_help_on_either_side(story: Story) -> None:
    four(story, truus=[{"pick_up": 4, "press": "9"}])
    story.run(until="08:50")
    assert story.incidents()[0][0] == "help"
    assert story.standings()["Truus"] == "incident"
