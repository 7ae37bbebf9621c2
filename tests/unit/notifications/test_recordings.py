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


SENTENCES = {"Druk op 1.": "https://opname.example/1.mp3", "Blijf aan de lijn.": "https://opname.example/lijn.mp3"}
ANYTHING = st.one_of(st.sampled_from([*SENTENCES, "Druk op 2.", "Riet", " "]), st.text(max_size=6))


@given(st.lists(ANYTHING, max_size=12).map("".join))
def test_nothing_that_is_to_be_said_gets_lost(text: str) -> None:
    """What is played and what is spoken are together the text, in its order, but for the spaces between."""
    sentences = {url: sentence for sentence, url in SENTENCES.items()}
    said = (piece.text if isinstance(piece, Spoken) else sentences[piece.url] for piece in pieces(text, SENTENCES))
    assert "".join("".join(said).split()) == "".join(text.split())
