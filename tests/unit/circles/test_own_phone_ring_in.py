"""Somebody rings in from a ring of own telephones: whatever is known of them, there are words for it."""

from dataclasses import replace
from itertools import product

import pytest

from backend.circles.scripts.facts import NextMissed, RingClosed
from backend.circles.scripts.own_phone_ring_in import OwnPhoneView, target_turn, turn
from backend.circles.scripts.view import Place, ToConnect
from backend.notifications.domain.prompts import Answered, Heard, Key, Silence, TalkOver
from tests.unit.circles.callers import ANNEKE, NEL, RIET, SJEF

PICKED_UP, BEGIN = Answered(), Place()
HEARD: list[Heard] = [Answered(), Silence(), TalkOver(), *(Key(each) for each in "0123456789*#")]

VIEW = OwnPhoneView(
    circle="Vijverhof",
    language="nl",
    caller=RIET,
    neighbour=SJEF,
    neighbour_is_out=False,
    onward=NEL,
    is_last=False,
    gather_seconds=9,
    minutes=3,
)
VIEWS = [
    replace(
        VIEW,
        language=language,
        caller=caller,
        neighbour=neighbour,
        neighbour_is_out=is_out,
        onward=onward,
        is_last=is_last,
        target=target,
        target_proven=proven,
        knows_other_menu=knows_other_menu,
    )
    for language, caller, neighbour, is_out, onward, is_last, target, proven, knows_other_menu in product(
        ("nl", "en"),
        (RIET, ANNEKE),
        (SJEF, None),
        (False, True),
        (NEL, None),
        (False, True),
        (None, SJEF),
        (False, True),
        (False, True),
    )
]


def said(view: OwnPhoneView, heard: Heard = PICKED_UP, place: Place = BEGIN) -> str:
    """What this caller hears."""
    return str(getattr(turn(view, place, heard).answer, "text", ""))


@pytest.mark.parametrize("phase", ["greet", "dialling", "next", "over"])
def test_there_are_words_for_every_combination_of_what_is_known(phase: str) -> None:
    for view, heard, asked in product(VIEWS, HEARD, range(3)):
        if phase in ("dialling", "next") and view.target is None:
            continue
        if isinstance(heard, Answered) and phase != "greet":
            continue
        words = said(view, heard, Place(phase, asked))
        assert "{" not in words and "  " not in words, (view, heard, words)
        if phase == "greet":
            assert words or (asked and not isinstance(heard, Answered)), (
                "nobody is left in silence at the first question"
            )


def test_there_are_words_on_the_line_of_whoever_is_put_through_to() -> None:
    for view, onward, heard, asked in product(VIEWS, (NEL, None), HEARD, range(3)):
        answer = target_turn(view, SJEF, onward, Place("greet", asked), heard).answer
        words = str(getattr(answer, "text", ""))
        assert "{" not in words and "  " not in words


def test_nothing_is_offered_about_a_neighbour_who_is_out_when_nobody_comes_behind() -> None:
    for caller in (RIET, ANNEKE):
        view = replace(VIEW, caller=caller, neighbour_is_out=True, onward=None)
        assert "Druk op 3" not in said(view)
        assert turn(view, Place(), Key("3")).facts == (), "and 3 tells us nothing"


def test_the_last_one_whose_neighbour_is_out_closes_the_ring_with_3_and_nobody_is_said_to_go_and_look() -> None:
    done = turn(replace(VIEW, neighbour_is_out=True, onward=None, is_last=True), Place(), Key("3"))
    assert RingClosed(RIET.seat) in done.facts
    assert "gaat kijken" not in str(getattr(done.answer, "text", ""))


def test_a_neighbour_who_does_not_answer_is_reported_and_the_caller_is_put_through() -> None:
    done = turn(VIEW, Place(), Key("3"))
    assert NextMissed(RIET.seat, SJEF.seat) in done.facts
    assert isinstance(done.answer, ToConnect) and done.answer.seat == NEL.seat
