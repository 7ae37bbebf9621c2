"""Prompts are remembered on a row, so that a request that comes again gets the same answer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.domain.prompts import (
    Answered,
    Ask,
    Connect,
    End,
    Heard,
    Hold,
    Join,
    Key,
    Prompt,
    Room,
    Silence,
    TalkOver,
    heard_as_text,
    prompt_as_json,
    prompt_from_json,
)
from tests.support.profiles import examples

seconds = st.integers(1, 600)
prompts = st.one_of(
    st.builds(Ask, st.text(), seconds),
    st.builds(Connect, st.text(), st.just("+31130000101"), st.uuids().map(str), seconds, seconds),
    st.builds(Hold, st.text(), seconds),
    st.builds(Room, st.text(), st.uuids().map(str), seconds, st.booleans()),
    st.just(Join()),
    st.builds(End, st.text()),
)


@examples(100)
@given(prompts)
def test_a_prompt_comes_back_from_its_row(prompt: Prompt) -> None:
    assert prompt_from_json(json.loads(json.dumps(prompt_as_json(prompt)))) == prompt


def test_reading_a_prompt_leaves_the_row_as_it_is() -> None:
    stored = prompt_as_json(Ask("Druk op 1.", seconds=9))
    before = dict(stored)
    prompt_from_json(stored)
    assert stored == before == {"kind": "ask", "text": "Druk op 1.", "seconds": 9}


def test_a_row_on_which_nothing_was_answered() -> None:
    with pytest.raises(KeyError):
        prompt_from_json({})


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (Answered(), "answered"),
        (Silence(), "silence"),
        (Key("1"), "key 1"),
        (Key("*"), "key *"),
        (TalkOver(), "talkover"),
        (TalkOver(was_busy=True), "talkover"),
    ],
)
def test_what_was_heard_in_a_word(heard: Heard, words: str) -> None:
    """Short enough for a column, and different for different keys."""
    assert heard_as_text(heard) == words
