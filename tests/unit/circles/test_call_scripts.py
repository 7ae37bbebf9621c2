"""What is said and asked in a morning's calls: whatever is heard, there is an answer, and nobody gets stuck."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from backend.circles.domain.morning import VOLUNTEER
from backend.circles.scripts import callee, caller, platform, words
from backend.circles.scripts.facts import (
    BackupHeard,
    CallerReady,
    HelpAsked,
    OnTo,
    Proven,
    Received,
    TalkBegins,
    TargetMet,
    TargetMissed,
    Worried,
)
from backend.circles.scripts.view import CallView, Place, ToConnect, Turn
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Join, Key, Prompt, Silence, TalkOver
from tests.support.profiles import examples
from tests.unit.circles.callers import ANNEKE, NEL, RIET, SJEF, VIEW

HEARD: list[Heard] = [
    Answered(),
    Silence(),
    TalkOver(),
    TalkOver(was_busy=True),
    *(Key(each) for each in "0123456789*#"),
]
PHASES = ["greet", "dialling", "menu", "next", "mate", "offer", "over"]
VIEWS = [
    replace(VIEW, target=target, next_up=next_up, target_proven=proven, housemate=housemate)
    for target in (SJEF, ANNEKE)
    for next_up in (NEL, ANNEKE, None)
    for proven in (True, False)
    for housemate in (NEL, None)
]

Script = Callable[[CallView, Place, Heard], Turn]
SCRIPTS: dict[str, Script] = {
    "caller": caller.turn,
    "callee": callee.turn,
    "platform": platform.turn,
    "backup": lambda view, place, heard: platform.backup_turn(view, heard),
    "volunteer": lambda view, place, heard: platform.volunteer_turn(view, heard),
}
ASKING = {
    "caller": ["greet", "menu", "next"],
    "callee": ["greet", "mate"],
    "platform": ["greet", "mate", "offer"],
    "volunteer": ["screen"],
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("phase", PHASES)
def test_whatever_is_heard_there_is_an_answer(script: str, phase: str) -> None:
    for view in VIEWS:
        for heard in HEARD:
            for asked in range(4):
                turn = SCRIPTS[script](view, Place(phase, asked), heard)
                assert isinstance(turn.answer, Ask | End | Join | ToConnect)
                if isinstance(turn.answer, Ask):
                    assert turn.answer.text.strip() and turn.answer.seconds == 9


@pytest.mark.parametrize(
    ("script", "phase"), [(script, phase) for script, phases in ASKING.items() for phase in phases]
)
def test_nine_is_help_at_every_prompt_on_either_side(script: str, phase: str) -> None:
    """The call ends with the promise that the volunteer is told, and somebody is alerted."""
    turn = SCRIPTS[script](VIEW, Place(phase, 1), Key("9"))
    whose = {"caller": RIET.seat, "volunteer": VOLUNTEER}.get(script, SJEF.seat)
    assert HelpAsked(whose) in turn.facts
    assert turn.answer == End("Wij waarschuwen de vrijwilliger nu meteen. Blijf bij de telefoon.")


@pytest.mark.parametrize(
    ("script", "phase"), [(script, phase) for script, phases in ASKING.items() for phase in phases]
)
def test_silence_ends_every_call(script: str, phase: str) -> None:
    """A question is put twice at the most: an answering machine is not talked to for long."""
    place = Place(phase, 1)
    answers: list[Prompt | ToConnect] = []
    while not answers or isinstance(answers[-1], Ask):
        turn = SCRIPTS[script](VIEW, place, Silence())
        assert not any(isinstance(fact, Proven | Received) for fact in turn.facts)
        place = turn.place
        answers.append(turn.answer)
        assert len(answers) <= 3
    assert isinstance(answers[-1], End | Join)


@examples(200)
@given(
    script=st.sampled_from(sorted(SCRIPTS)),
    view=st.sampled_from(VIEWS),
    inputs=st.lists(st.sampled_from(HEARD), max_size=12),
)
def test_nobody_gets_stuck(script: str, view: CallView, inputs: list[Heard]) -> None:
    """Any input in any order: each turn asks, connects, joins or ends; what is over stays over."""
    place, is_over = Place(), False
    for heard in [Answered(), *inputs]:
        turn = SCRIPTS[script](view, place, heard)
        note(f"{heard} → {turn}")
        if is_over and script in ("caller", "callee", "platform"):
            assert turn.answer == End()
            assert turn.facts == ()
        is_over = turn.place.phase == "over"
        assert is_over or not isinstance(turn.answer, End | Join)
        place = turn.place


def test_a_caller_and_a_callee_prove_themselves_and_talk() -> None:
    greeting = caller.turn(VIEW, Place(), Answered())
    assert greeting.answer == Ask(
        "Goedemorgen mevrouw Riet. Dit is telefooncirkel Vijverhof. Druk op 1, dan verbinden wij u met meneer Sjef. "
        "Druk op 9 als u hulp nodig heeft.",
        seconds=9,
    )
    ready = caller.turn(VIEW, greeting.place, Key("1"))
    assert ready.facts == (Proven(RIET.seat, "key_as_caller"), CallerReady())
    assert ready.answer == ToConnect(
        "Een ogenblik, wij bellen meneer Sjef. U heeft 3 minuten. Druk op het sterretje als u klaar bent.",
        seat=SJEF.seat,
    )
    screen = callee.turn(VIEW, Place(), Answered())
    assert isinstance(screen.answer, Ask)
    assert screen.answer.text.startswith("Goedemorgen meneer Sjef. Dit is telefooncirkel Vijverhof. mevrouw Riet wil u")
    joined = callee.turn(VIEW, screen.place, Key("1"))
    assert (joined.answer, joined.facts) == (Join(), (Proven(SJEF.seat, "key_as_callee"), TalkBegins()))
    menu = caller.turn(replace(VIEW, target_proven=True), ready.place, TalkOver())
    assert menu.facts == (TargetMet(),)
    assert isinstance(menu.answer, Ask)
    for key in ("Druk op 1", "Druk op 2", "Druk op 9"):
        assert key in menu.answer.text


@pytest.mark.parametrize(
    ("heard", "facts"),
    [
        (Key("1"), ()),
        (Key("2"), (Worried(SJEF.seat, by=RIET.seat),)),
        (Key("9"), (Proven(RIET.seat, "key_help"), HelpAsked(RIET.seat))),
    ],
)
def test_the_menu_after_a_talk(heard: Heard, facts: tuple[object, ...]) -> None:
    """1 well · 2 I worry · 9 help."""
    turn = caller.turn(replace(VIEW, target_proven=True), Place("menu"), heard)
    assert turn.facts == facts
    assert isinstance(turn.answer, End)


@pytest.mark.parametrize(("was_busy", "says"), [(False, "neemt niet op"), (True, "is in gesprek")])
def test_the_caller_hears_that_the_target_was_missed_and_is_offered_the_next(was_busy: bool, says: str) -> None:
    missed = caller.turn(VIEW, Place("dialling"), TalkOver(was_busy=was_busy))
    assert missed.facts == (TargetMissed(was_busy),)
    assert isinstance(missed.answer, Ask)
    assert missed.answer.text.startswith(f"meneer Sjef {says}. Wij bellen meneer Sjef straks opnieuw.")
    onward = caller.turn(VIEW, missed.place, Key("1"))
    assert onward.facts == (OnTo(NEL.seat),)
    assert isinstance(onward.answer, ToConnect) and onward.answer.seat == NEL.seat


def test_the_carriers_word_that_a_talk_took_place_proves_nothing() -> None:
    """An answering machine completes a call as well: without a key the target was missed."""
    assert caller.turn(VIEW, Place("dialling"), TalkOver()).facts == (TargetMissed(was_busy=False),)


def test_the_last_caller_and_the_volunteer() -> None:
    closing = replace(VIEW, target=ANNEKE, next_up=None)
    assert "U bent de laatste" in str(caller.turn(closing, Place(), Answered()).answer)
    took = callee.turn(closing, Place("greet", 1), Key("1"))
    assert took.facts == (Received(), TalkBegins())
    met = caller.turn(replace(closing, target_proven=True), Place("dialling"), TalkOver())
    assert (met.answer, met.facts) == (End("De cirkel is rond. Dank u wel, en een fijne dag."), (TargetMet(),))
    missed = caller.turn(closing, Place("dialling"), TalkOver())
    assert missed.answer == End("De vrijwilliger neemt niet op. Wij geven het door. Dank u wel, en een fijne dag.")
    assert missed.facts == (TargetMissed(was_busy=False),)


@pytest.mark.parametrize(
    ("unheard", "cases", "says"),
    [
        ([], [], "Met iedereen is het goed."),
        (["Riet"], [], "Van Riet hebben wij nog niets gehoord; wij bellen door."),
        ([], ["Riet", "Sjef", "Nel"], "Over Riet, Sjef en Nel is een melding gedaan."),
        (
            ["Riet", "Nel"],
            ["Sjef"],
            "Van Riet en Nel hebben wij nog niets gehoord; wij bellen door. Over Sjef is een melding gedaan.",
        ),
    ],
)
def test_what_the_volunteer_hears_at_the_close(unheard: list[str], cases: list[str], says: str) -> None:
    assert words.summary(unheard=unheard, cases=cases, language="nl") == says


@pytest.mark.parametrize("script", ["callee", "platform"])
def test_a_housemate_is_asked_by_name_and_has_a_key_of_their_own(script: str) -> None:
    couple = replace(VIEW, housemate=NEL)
    first = SCRIPTS[script](couple, Place("greet", 1), Key("1"))
    assert [fact.seat for fact in first.facts if isinstance(fact, Proven)] == [SJEF.seat]
    assert first.answer == Ask("Dank u wel. Is mevrouw Nel er ook? mevrouw Nel, druk op 1.", seconds=9)
    both = SCRIPTS[script](couple, first.place, Key("1"))
    assert Proven(NEL.seat, "key_with_housemate") in both.facts
    for heard in (Silence(), Key("2")):
        alone = SCRIPTS[script](couple, first.place, heard)
        assert not any(isinstance(fact, Proven) for fact in alone.facts)


def test_the_backup_hears_that_the_volunteer_was_absent() -> None:
    assert isinstance(platform.backup_turn(VIEW, Answered()).answer, Ask)
    assert platform.backup_turn(VIEW, Key("1")).facts == (BackupHeard(),)
    assert platform.backup_turn(VIEW, Silence()).facts == ()


# The words.


@dataclass(frozen=True)
class Sentence:
    """A sentence of a catalogue."""

    code: str
    language: str

    @property
    def placeholders(self) -> set[str]:
        parsed = string.Formatter().parse(words.CATALOGUES[self.language][self.code])
        return {name for _text, name, _spec, _conversion in parsed if name}


def test_dutch_and_english_are_complete() -> None:
    """The same sentences with the same placeholders; none of them empty."""
    assert words.NL.keys() == words.EN.keys()
    for code in words.NL:
        assert Sentence(code, "nl").placeholders == Sentence(code, "en").placeholders, code
        assert words.NL[code].strip() and words.EN[code].strip()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_prompt_that_asks_names_its_keys(language: str) -> None:
    press = "op" if language == "nl" else "ress"
    for code in ("greet_caller", "greet_last_caller", "screen", "platform", "menu", "who"):
        assert f"{press} 9" in words.CATALOGUES[language][code], code


def test_a_language_without_a_catalogue_is_spoken_to_in_dutch() -> None:
    assert words.say("well", "tr") == words.NL["well"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_to_the_backup_fits_one_message(language: str) -> None:
    assert len(words.say("backup_text", language, circle="Vijverhof-Noord")) <= 160
