"""One ring a morning: each telephone rings once; who stays on the line is joined to the next one in that call."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from backend.events import clock
from backend.notifications.models import Attempt
from backend.notifications.services import moving
from tests.support.circles import start_circle
from tests.support.story import ANNEKE, ANSWERS, Story

NAMES = ("riet", "halil", "truus", "sjef")
EVERYONE_WELL = {"Riet": "well", "Halil": "well", "Truus": "well", "Sjef": "well"}
LIFTS = {"pick_up": 5, "press": "1"}
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}


def four(story: Story, **habits: list[object]) -> None:
    """A circle of four with a ladder; who has no habits here answers and stays on the line."""
    start_circle(story, NAMES, habits)


def rings(story: Story) -> dict[str, int]:
    return {name: len(story.rings(name)) for name in (*NAMES, "anneke")}


def test_everyone_stays_on_the_line_and_every_telephone_rings_once(story: Story) -> None:
    four(story)
    story.run(until="09:30")
    assert story.round.closed_how == "received"
    assert story.standings() == EVERYONE_WELL
    assert story.incidents() == []
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}


def test_the_caller_ends_the_talk_by_star_and_is_asked_how_it_was(story: Story) -> None:
    four(story)
    story.run(until="08:34")
    assert "*" in [entry["digits"] for entry in story.journal_of("pressed", "riet")]
    assert "Was alles goed met Halil" in story.heard("riet")
    assert "Blijf aan de lijn, wij bellen nu Truus" in story.heard("halil")
    assert "Was alles goed" not in story.heard("sjef"), "who was rung is asked nothing"


def test_the_last_one_and_the_volunteer_hear_that_the_circle_is_round(story: Story) -> None:
    four(story)
    story.run(until="08:45")
    assert "Blijf aan de lijn, wij bellen nu de vrijwilliger" in story.heard("sjef")
    assert "De cirkel is rond" in story.heard("sjef")
    assert "Telefooncirkel De Linde is rond. Met iedereen is het goed." in story.heard("anneke")
    assert story.heard("anneke").endswith("De cirkel is rond. Dank u wel, en een fijne dag.")


def test_who_hangs_up_after_the_talk_is_rung_again_as_caller(story: Story) -> None:
    hangs_up = {**LIFTS, "on": [{"hears": "Blijf aan de lijn", "hang_up": True, "after": 1}]}
    four(story, halil=[hangs_up, ANSWERS])
    story.run(until="09:00")
    assert story.round.closed_how == "received"
    assert story.standings() == EVERYONE_WELL
    assert story.incidents() == []
    assert rings(story) == {"riet": 1, "halil": 2, "truus": 1, "sjef": 1, "anneke": 2}
    assert "Halil wil u spreken" in story.heard("truus")


def test_who_hangs_up_during_the_talk_is_rung_again_as_caller(story: Story) -> None:
    four(story, halil=[{**LIFTS, "talk": 30, "end": "hang_up"}, ANSWERS])
    story.run(until="09:00")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 2, "truus": 1, "sjef": 1, "anneke": 2}
    assert "Was alles goed met Halil" in story.heard("riet"), "the other one is asked"
    assert "Halil wil u spreken" in story.heard("truus")


def test_who_hangs_up_and_cannot_be_found_again_stays_well_and_the_one_before_reaches_the_next(story: Story) -> None:
    """Nobody is skipped because their caller is missing: Halil is rung again in vain, and Riet rings Truus."""
    hangs_up = {**LIFTS, "on": [{"hears": "Blijf aan de lijn", "hang_up": True, "after": 1}]}
    four(story, halil=[hangs_up, "no_answer"])
    story.run(until="09:00")
    assert story.standings() == EVERYONE_WELL
    assert "Riet wil u spreken" in story.heard("truus")
    assert "Truus wil u spreken" in story.heard("sjef")
    assert rings(story) == {"riet": 2, "halil": 2, "truus": 1, "sjef": 1, "anneke": 2}
    assert story.round.closed_how == "received"


def test_the_chain_goes_on_past_a_silent_member_who_is_found_by_the_platform(story: Story) -> None:
    """Riet waits for 35 seconds while Halil's telephone rings, and is joined to Truus in the same call."""
    four(story, halil=["no_answer", ANSWERS])
    story.run(until="09:00")
    assert "Halil neemt niet op. Wij bellen Halil straks opnieuw." in story.heard("riet")
    assert "Riet wil u spreken" in story.heard("truus")
    assert story.rings("halil") == ["08:31:35", "08:35:10"], "the second time three minutes after the miss"
    assert "08:32:10" < story.rings("truus")[0] < "08:32:50", "as soon as Riet has chosen to go on"
    assert rings(story) == {"riet": 1, "halil": 2, "truus": 1, "sjef": 1, "anneke": 2}
    assert story.standings() == EVERYONE_WELL
    assert story.incidents() == []


def test_a_silent_member_is_passed_in_the_same_call_and_searched_for_after_3_and_8_minutes(story: Story) -> None:
    """Rung six seconds after Halil's talk, and for 35 seconds; the tries after that count from the first miss."""
    four(story, truus=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.run(until="09:00")
    assert story.rings("truus") == ["08:32:50", "08:36:25", "08:41:25"]
    assert "Truus neemt niet op. Wij bellen Truus straks opnieuw." in story.heard("halil")
    assert "Halil wil u spreken" in story.heard("sjef")
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 3, "sjef": 1, "anneke": 3}
    assert story.standings() == {**EVERYONE_WELL, "Truus": "incident"}
    assert story.incidents() == [("no_answer", "claimed", ("Truus",))]


def test_voicemail_proves_nothing_and_nobody_talks_to_it(story: Story) -> None:
    four(story, truus=["voicemail"])
    story.run(until="08:55")
    assert story.standings()["Truus"] == "incident"
    assert story.journal_of("enters_conference", "truus") == []
    assert "Halil wil u spreken" in story.heard("sjef")


def test_who_hangs_up_before_the_key_is_missing_and_a_late_answer_ends_the_search(story: Story) -> None:
    four(story, truus=[{"pick_up": 3, "hang_up_after": 4}, ANSWERS])
    story.run(until="09:00")
    assert story.standings() == EVERYONE_WELL
    assert "Wilt u de vrijwilliger spreken" in story.heard("truus")
    assert story.incidents() == []


def test_a_busy_line_is_told_and_rung_again(story: Story) -> None:
    four(story, truus=["busy", ANSWERS])
    story.run(until="09:00")
    assert "Truus is in gesprek" in story.heard("halil")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"


def test_a_caller_who_hangs_up_while_it_rings_leaves_nobody_alone(story: Story) -> None:
    """Truus answers, and nobody is there to talk to: she is asked how she is, and stays on to ring Sjef."""
    gone = {**LIFTS, "on": [{"hears": "wij bellen nu Truus", "hang_up": True, "after": 9}]}
    four(story, halil=[gone, "no_answer"])
    story.run(until="09:00")
    assert "Gaat het goed met u" in story.heard("truus")
    assert "Blijf aan de lijn, wij bellen nu Sjef" in story.heard("truus")
    assert "Truus wil u spreken" in story.heard("sjef")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}


def test_nine_is_heard_while_waiting_for_the_next(story: Story) -> None:
    cries = {**LIFTS, "on": [{"hears": "Blijf aan de lijn", "press": "9", "after": 2}]}
    four(story, halil=[cries], anneke=[ANSWERS, CLAIMS])
    story.run(until="09:00")
    assert story.incidents()[0][::2] == ("help", ("Halil",))
    assert story.standings() == {**EVERYONE_WELL, "Halil": "incident"}
    assert "Wij waarschuwen de vrijwilliger nu meteen" in story.heard("halil")


def test_nine_at_the_question_lets_the_one_who_waits_go_on(story: Story) -> None:
    four(story, truus=[{"pick_up": 4, "press": "9"}])
    story.run(until="08:50")
    assert story.incidents()[0][0] == "help"
    assert story.standings() == {**EVERYONE_WELL, "Truus": "incident"}
    assert "Was alles goed met Truus" in story.heard("halil")


def test_a_worry_is_told_after_the_talk(story: Story) -> None:
    worried = {**LIFTS, "talk": 60, "on": [{"hears": "zorgen over Halil", "press": "2"}]}
    four(story, riet=[worried], anneke=[ANSWERS, CLAIMS])
    story.run(until="08:45")
    assert story.incidents()[0][::2] == ("worried", ("Halil",))
    assert story.standings()["Sjef"] == "well", "the chain goes on"


def test_half_a_minute_before_the_end_both_are_told(story: Story) -> None:
    four(story, riet=[{**LIFTS, "talk": 999}])
    story.run(until="08:45")
    for name in ("riet", "halil"):
        assert "U heeft nog een halve minuut" in story.heard(name)
    joined, parted, again, end = [
        datetime.fromisoformat(entry["at"])
        for entry in story.town.journal()
        if entry["kind"] in ("joined", "parted") and (entry["resident"], entry["with"]) == ("riet", "+31130001301")
    ]
    assert timedelta(seconds=148) <= parted - joined <= timedelta(seconds=151)
    assert timedelta(seconds=0) <= again - parted <= timedelta(seconds=4)
    assert timedelta(seconds=178) <= end - joined <= timedelta(seconds=186)
    assert "Was alles goed met Halil" in story.heard("riet")
    assert rings(story)["halil"] == 1


def test_a_talk_that_is_over_sooner_is_not_announced(story: Story) -> None:
    four(story)
    story.run(until="08:45")
    assert all("halve minuut" not in story.heard(name) for name in NAMES)


def test_two_people_on_one_line_are_asked_for_by_name_and_stay_on_together(story: Story) -> None:
    story.ladder()
    story.lives("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("halil", "+31130001300")
    story.member("sjef", "+31130001303")
    story.lives("riet_en_halil", "+31130001300")
    story.lives("sjef", "+31130001303")
    story.start()
    story.run(until="09:00")
    assert "Is Halil er ook? Halil, druk op 1." in story.heard("riet_en_halil")
    assert story.standings() == {"Riet": "well", "Halil": "well", "Sjef": "well"}
    assert len(story.rings("riet_en_halil")) == 1
    assert "Halil wil u spreken" in story.heard("sjef")
    assert story.round.closed_how == "received"


def test_who_cannot_ring_is_thanked_and_the_one_before_rings_again(story: Story) -> None:
    story.ladder()
    story.lives("anneke", ANNEKE)
    for number, name in enumerate(NAMES):
        story.member(name, f"+3113000130{number}", can_ring=name != "halil")
        story.lives(name, f"+3113000130{number}")
    story.start()
    story.run(until="09:00")
    assert "Riet wil u spreken" in story.heard("truus")
    assert story.standings() == EVERYONE_WELL
    assert rings(story) == {"riet": 2, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}


def test_without_a_volunteer_at_the_start_the_first_one_stays_on_the_line(story: Story) -> None:
    four(story, anneke=["no_answer", ANSWERS])
    story.run(until="09:00")
    assert "Gaat het goed met u" in story.heard("riet")
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}


def test_a_volunteer_absent_at_the_close_is_one_incident(story: Story) -> None:
    four(story, anneke=[ANSWERS, "no_answer"])
    story.run(until="09:15")
    assert "De vrijwilliger neemt niet op" in story.heard("sjef")
    assert story.round.closed_how == "not_received"
    assert story.incidents() == [("round", "open", ())]


def test_when_every_move_is_lost_whoever_waits_asks_by_themselves(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was to have calls moved dies each time, after it has taken them up."""

    def dies() -> int:
        Attempt.objects.filter(move_at__lte=clock.now()).update(move_at=None)
        return 0

    monkeypatch.setattr(moving, "move_due", dies)
    four(story, truus=["no_answer", ANSWERS])
    story.run(until="09:00")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 2, "sjef": 1, "anneke": 2}


@pytest.mark.parametrize(
    "failure",
    [
        {"status": 500, "times": 3},
        {"status": 503, "times": 200},
        {"status": 500, "after_acceptance": True, "times": 5},
        {"how": "broken", "times": 4},
    ],
    ids=["error three times", "never", "moved all the same", "broken off"],
)
def test_the_carrier_cannot_be_asked_to_move(story: Story, failure: dict[str, object]) -> None:
    four(story, truus=["no_answer", ANSWERS])
    story.town.set_faults({"rest": {"fail_next": [{"requests": ["update"], **failure}]}})
    story.run(until="09:00")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 2, "sjef": 1, "anneke": 2}


@pytest.mark.parametrize(
    "faults",
    [
        {"callbacks": {"drop": 1.0}},
        {"callbacks": {"double": True}},
        {"callbacks": {"late": 20}},
        {"callbacks": {"reorder": True}},
        {"twiml": {"double": True}},
    ],
    ids=["reports lost", "reports doubled", "reports late", "reports out of order", "answers lost, asked again"],
)
def test_however_the_carrier_reports_nobody_is_lost(story: Story, faults: dict[str, object]) -> None:
    four(story, halil=[{**LIFTS, "talk": 30, "end": "hang_up"}, ANSWERS])
    story.town.set_faults(faults)
    story.run(until="09:30")
    assert story.standings() == EVERYONE_WELL
    assert story.round.closed_how == "received"
    assert story.incidents() == []


def test_no_room_is_named_after_anybody(story: Story) -> None:
    four(story)
    story.run(until="08:45")
    rooms = {entry["room"] for entry in story.town.journal() if entry["kind"] == "enters_conference"}
    assert len(rooms) == 5
    assert all(UUID(room) for room in rooms)


@pytest.mark.parametrize("lines", [2, 3])
def test_an_account_that_allows_few_lines_at_a_time_can_run_a_circle(story: Story, lines: int) -> None:
    """Caller and callee, and for a moment the one before them in the menu: then the next one is rung a little later."""
    four(story)
    story.town.set_limits(live_legs=lines)
    story.run(until="09:00")
    assert story.round.closed_how == "received"
    assert rings(story) == {"riet": 1, "halil": 1, "truus": 1, "sjef": 1, "anneke": 2}
