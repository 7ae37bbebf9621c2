"""Recorded sentences in place of speech."""

from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.domain.recordings import Played, Spoken, pieces

HELP = "Heeft u hulp nodig? Druk op 9."
URL = "https://opname.example/hulp.mp3"


def test_a_recorded_sentence_is_played_and_the_rest_is_spoken() -> None:
    assert pieces(f"Goedemorgen Riet. {HELP} Een fijne dag.", {HELP: URL}) == (
        Spoken("Goedemorgen Riet."),
        Played(URL),
        Spoken("Een fijne dag."),
    )


def test_without_recordings_all_is_spoken() -> None:
    assert pieces("Goedemorgen Riet.", {}) == (Spoken("Goedemorgen Riet."),)


def test_a_longer_recording_goes_before_one_that_is_part_of_it() -> None:
    longer = f"{HELP} Blijf aan de lijn."
    assert pieces(longer, {HELP: URL, longer: "https://opname.example/lang.mp3"}) == (
        Played("https://opname.example/lang.mp3"),
    )


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=10), st.just(URL), max_size=4))
def test_nothing_that_is_to_be_said_gets_lost(text: str, recorded: dict[str, str]) -> None:
    left = text
    for piece in pieces(text, recorded):
        if isinstance(piece, Spoken):
            assert piece.text in left
    if not any(sentence in text for sentence in recorded if sentence.strip()):
        spoken = "".join(piece.text for piece in pieces(text, recorded) if isinstance(piece, Spoken))
        assert spoken.strip() == text.strip()
