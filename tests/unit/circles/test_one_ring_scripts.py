"""What is said where each member is rung once: whatever is heard, there is an answer, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from backend.circles.domain.morning import VOLUNTEER
from backend.circles.scripts import one_ring
from backend.circles.scripts.facts import HelpAsked, OnTo, Proven, Received, Stays, TalkBegins, TargetMet
from backend.circles.scripts.view import Bridge, CallView, Named, Place, ToConnect, Turn
from backend.notifications.domain.prompts import (
    Answered,
    Ask,
    End,
    Heard,
    Hold,
    Key,
    Moved,
    Room,
    Silence,
    TalkOver,
)
from tests.support.profiles import examples
from tests.unit.circles.callers import ANNEKE, NEL, RIET, SJEF, VIEW

BRIDGE = Bridge(call=7, line="+31130000102", room="0b9e6c1e", other_there=True, onward=NEL)
WAITS = replace(VIEW, bridge=BRIDGE)
HEARD: list[Heard] = [Answered(), Silence(), TalkOver(), Moved(), *(Key(each) for each in "0123456789*#")]
PHASES = ["greet", "dialling", "talk", "last", "menu", "next", "mate", "over"]
Script = Callable[[CallView, Place, Heard], Turn]
SCRIPTS: dict[str, Script] = {
    "caller": one_ring.caller_turn,
    "target": one_ring.target_turn,
    "platform": one_ring.platform_turn,
}
bridges = st.builds(
    Bridge,
    call=st.just(7),
    line=st.just("+31130000102"),
    room=st.just("0b9e6c1e"),
    target_over=st.booleans(),
    was_busy=st.booleans(),
    other_there=st.booleans(),
    rung_for=st.sampled_from([0.0, 60.0, 301.0]),
    talked=st.sampled_from([None, 0.0, 100.0, 150.0, 179.0, 181.0]),
    onward=st.sampled_from([NEL, ANNEKE, None]),
)
views = st.builds(
    CallView,
    circle=st.just("Vijverhof"),
    language=st.sampled_from(["nl", "en"]),
    caller=st.just(RIET),
    target=st.sampled_from([SJEF, ANNEKE]),
    next_up=st.sampled_from([NEL, ANNEKE, None]),
    target_proven=st.booleans(),
    housemate=st.sampled_from([None, NEL]),
    summary=st.just("Met iedereen is het goed."),
    gather_seconds=st.just(9),
    leg_minutes=st.sampled_from([1, 3]),
    target_is_away=st.booleans(),
    bridge=bridges,
)


@examples(300)
@given(
    script=st.sampled_from(sorted(SCRIPTS)),
    view=views,
    phase=st.sampled_from(PHASES),
    asked=st.integers(0, 3),
    heard=st.sampled_from(HEARD),
)
def test_whatever_is_heard_there_is_an_answer(
    script: str, view: CallView, phase: str, asked: int, heard: Heard
) -> None:
    turn = SCRIPTS[script](view, Place(phase, asked), heard)
    note(f"{turn}")
    assert isinstance(turn.answer, Ask | End | Hold | Room | ToConnect)
    if isinstance(turn.answer, Room):
        assert 1 <= turn.answer.seconds <= view.leg_minutes * 60 - 30 or turn.place.phase == "last"
        assert view.bridge.other_there, "nobody is put into a room alone"
    if isinstance(turn.answer, Hold):
        assert turn.place.phase == "dialling"
    if not isinstance(heard, Key):
        assert not any(isinstance(fact, Proven | Received) for fact in turn.facts)


@pytest.mark.parametrize("script", ["caller", "target"])
@pytest.mark.parametrize("phase", ["greet", "dialling", "talk", "menu", "next", "mate"])
def test_nine_is_help_wherever_the_call_is(script: str, phase: str) -> None:
    turn = SCRIPTS[script](WAITS, Place(phase, 1), Key("9"))
    whose = RIET.seat if script == "caller" else SJEF.seat
    assert turn.facts == (Proven(whose, "key_help"), HelpAsked(whose))
    assert isinstance(turn.answer, End)


def test_the_caller_waits_and_hears_that_somebody_is_being_rung() -> None:
    turn = one_ring.caller_turn(WAITS, Place("dialling"), Silence())
    assert turn.answer == Hold(
        "Een ogenblik nog, wij bellen meneer Sjef. Druk op 9 als u hulp nodig heeft.", seconds=10
    )
    assert turn.facts == ()


def test_nobody_waits_for_ever() -> None:
    turn = one_ring.caller_turn(replace(WAITS, bridge=replace(BRIDGE, rung_for=301)), Place("dialling"), Silence())
    assert isinstance(turn.answer, End)
    assert turn.answer.text.startswith("Wij kunnen meneer Sjef nu niet bereiken.")


def test_a_key_brings_the_target_into_the_room_and_the_caller_is_moved_there() -> None:
    target = one_ring.target_turn(WAITS, Place("greet", 1), Key("1"))
    assert target.facts == (Proven(SJEF.seat, "key_as_callee"), TalkBegins())
    assert target.answer == Room("U bent verbonden.", name="0b9e6c1e", seconds=150, star_ends=False)
    talking = replace(WAITS, bridge=replace(BRIDGE, talked=3.0))
    caller = one_ring.caller_turn(talking, Place("dialling"), Moved())
    assert caller.answer == Room("U bent verbonden.", name="0b9e6c1e", seconds=147, star_ends=True)


@pytest.mark.parametrize("script", ["caller", "target"])
def test_half_a_minute_before_the_end_both_are_told_and_put_together_again(script: str) -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, talked=150.0))
    turn = SCRIPTS[script](view, Place("talk"), TalkOver())
    assert turn.answer == Room(
        "U heeft nog een halve minuut.", name="0b9e6c1e-last", seconds=30, star_ends=script == "caller"
    )
    assert turn.facts == ()
    over = SCRIPTS[script](replace(view, bridge=replace(BRIDGE, talked=183.0)), turn.place, TalkOver())
    assert not isinstance(over.answer, Room)


@pytest.mark.parametrize("script", ["caller", "target"])
def test_who_is_left_alone_at_half_a_minute_is_not_put_into_a_room(script: str) -> None:
    alone = replace(WAITS, bridge=replace(BRIDGE, talked=150.0, other_there=False))
    assert not isinstance(SCRIPTS[script](alone, Place("talk"), TalkOver()).answer, Room)


def test_moved_by_mistake_they_go_on_talking_for_what_is_left() -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, talked=60.0))
    turn = one_ring.target_turn(view, Place("talk"), Moved())
    assert turn.answer == Room("", name="0b9e6c1e", seconds=90, star_ends=False)


def test_after_the_talk_the_caller_is_asked_and_the_target_stays_for_the_next() -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, talked=60.0))
    caller = one_ring.caller_turn(view, Place("talk"), TalkOver())
    assert isinstance(caller.answer, Ask) and "Was alles goed met meneer Sjef" in caller.answer.text
    target = one_ring.target_turn(view, Place("talk"), TalkOver())
    assert target.facts == (TargetMet(), Stays(SJEF.seat, line="+31130000102", call=7))
    assert isinstance(target.answer, Hold)
    assert target.answer.text.startswith("Het gesprek is klaar. Blijf aan de lijn, wij bellen nu mevrouw Nel.")


def test_who_is_to_ring_nobody_is_thanked() -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, talked=60.0, onward=None))
    turn = one_ring.target_turn(view, Place("talk"), TalkOver())
    assert turn == Turn(End("Dank u wel, en een fijne dag."), Place("over"), (TargetMet(),))


def test_whose_caller_has_gone_is_asked_by_the_platform_and_goes_on() -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, other_there=False))
    asked = one_ring.target_turn(view, Place(), Answered())
    assert isinstance(asked.answer, Ask) and "Gaat het goed met u" in asked.answer.text
    turn = one_ring.target_turn(view, asked.place, Key("1"))
    assert turn.facts == (
        Proven(SJEF.seat, "key_to_platform"),
        TargetMet(),
        Stays(SJEF.seat, line="+31130000102", call=7),
    )
    assert isinstance(turn.answer, Hold)


@pytest.mark.parametrize(("was_busy", "says"), [(False, "neemt niet op"), (True, "is in gesprek")])
def test_a_miss_is_told_and_the_next_one_offered(was_busy: bool, says: str) -> None:
    view = replace(WAITS, bridge=replace(BRIDGE, target_over=True, was_busy=was_busy, other_there=False))
    turn = one_ring.caller_turn(view, Place("dialling"), Moved())
    assert isinstance(turn.answer, Ask)
    assert turn.answer.text.startswith(f"meneer Sjef {says}.")
    onward = one_ring.caller_turn(view, turn.place, Key("1"))
    assert (onward.facts, onward.place.phase) == ((OnTo(NEL.seat),), "dialling")


def test_a_target_who_turned_out_to_be_away_is_passed_without_a_question() -> None:
    view = replace(WAITS, target_is_away=True, bridge=replace(BRIDGE, target_over=True))
    turn = one_ring.caller_turn(view, Place("dialling"), Moved())
    assert isinstance(turn.answer, ToConnect) and turn.answer.seat == NEL.seat


def test_the_circle_is_round_for_both() -> None:
    closing = replace(WAITS, target=ANNEKE, next_up=None, bridge=replace(BRIDGE, onward=None, talked=30.0))
    words = End("De cirkel is rond. Dank u wel, en een fijne dag.")
    assert one_ring.caller_turn(closing, Place("talk"), TalkOver()).answer == words
    assert one_ring.target_turn(closing, Place("talk"), TalkOver()).answer == words


def test_an_absent_volunteer_at_the_close_is_told_to_the_last_one() -> None:
    closing = replace(WAITS, target=ANNEKE, next_up=None, bridge=replace(BRIDGE, target_over=True))
    turn = one_ring.caller_turn(closing, Place("dialling"), Moved())
    assert turn.answer == End("De vrijwilliger neemt niet op. Wij geven het door. Dank u wel, en een fijne dag.")


def test_the_first_one_whom_the_platform_reached_stays_for_the_next() -> None:
    reached = replace(WAITS, caller=None, target=Named(SJEF.seat, SJEF.name))
    turn = one_ring.platform_turn(reached, Place("greet", 1), Key("1"))
    assert isinstance(turn.answer, Hold)
    assert Stays(SJEF.seat, line="+31130000102", call=7) in turn.facts
    assert VOLUNTEER not in [fact.seat for fact in turn.facts if isinstance(fact, Stays)]
