"""What one programme says of what another knows of somebody: codes to keep, and sentences without a name."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.people.domain.known import Away, Engaged, LastKnown, Seen

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
"""A Monday, 9:45 on the wall."""

SEEN = Seen(datetime(2026, 11, 23, 7, 40, tzinfo=UTC), "rang_in")
LAST_WEEK = Seen(datetime(2026, 11, 18, 7, 40, tzinfo=UTC), "key_as_callee")
AWAY = Away(date(2026, 11, 29))
OUT = Engaged(1, datetime(2026, 11, 23, 8, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("known", "dutch", "english"),
    [
        (LastKnown(seen=SEEN), "Heeft om 8:40 zelf gebeld: alles goed.", "Rang in at 8:40: all well."),
        (
            LastKnown(seen=LAST_WEEK),
            "Is op woensdag 18 november om 8:40 nog gesproken: alles goed.",
            "Was spoken to on Wednesday 18 November at 8:40: all well.",
        ),
        (LastKnown(away=AWAY), "Is afgemeld tot en met zondag 29 november.", "Is away until Sunday 29 November."),
        (
            LastKnown(away=Away(None)),
            "Is afgemeld; tot wanneer is niet bekend.",
            "Is away; until when is not known.",
        ),
        (LastKnown(engaged=OUT), "Is met de bus mee van 9:00 tot 13:30.", "Is on the bus from 9:00 to 13:30."),
    ],
)
def test_each_thing_that_is_known_has_a_sentence(known: LastKnown, dutch: str, english: str) -> None:
    assert known.sentences("nl", AMSTERDAM, NOW) == (dutch,)
    assert known.sentences("en", AMSTERDAM, NOW) == (english,)


def test_an_absence_comes_first_for_it_explains_most() -> None:
    told = LastKnown(SEEN, AWAY, OUT).sentences("en", AMSTERDAM, NOW)
    assert [sentence.split(" ")[0] for sentence in told] == ["Is", "Rang", "Is"]
    assert LastKnown().sentences("nl", AMSTERDAM, NOW) == ()


@pytest.mark.parametrize(
    ("known", "brief"),
    [
        (LastKnown(SEEN), "gezien 8:40"),
        (LastKnown(LAST_WEEK), ""),
        (LastKnown(SEEN, AWAY), "afgemeld"),
        (LastKnown(LAST_WEEK, None, OUT), "op pad"),
        (LastKnown(), ""),
    ],
)
def test_a_text_message_has_room_for_one_thing(known: LastKnown, brief: str) -> None:
    assert known.in_brief("nl", AMSTERDAM, NOW) == brief


@pytest.mark.parametrize(
    "known", [LastKnown(), LastKnown(SEEN), LastKnown(None, Away(None)), LastKnown(SEEN, AWAY, OUT)]
)
def test_it_is_kept_as_codes_and_read_back(known: LastKnown) -> None:
    assert LastKnown.of(known.codes()) == known
