"""In a star somebody may choose to be rung later: the chain waits for them, and for nobody who needs no call."""

from dataclasses import replace
from datetime import timedelta

from backend.circles.domain.decisions import decide, next_look
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import Morning, Standing
from tests.unit.circles.driver import START
from tests.unit.circles.stories import circle

NINE = START + timedelta(minutes=30)


def star(**second: object) -> Morning:
    """The first is well already; the second chose to be rung half an hour after the start."""
    first = {"standing": Standing.WELL, "in_chain": True}
    return replace(
        circle(2, m1=first, m2={"not_before": NINE, **second}), mode=Mode.STAR, deadline_at=NINE + timedelta(hours=1)
    )


def test_nobody_is_rung_before_the_time_that_they_chose() -> None:
    assert not [action for action in decide(star(), NINE - timedelta(seconds=1)) if hasattr(action, "line")]
    assert [action.target for action in decide(star(), NINE) if hasattr(action, "line")] == [2]


def test_the_morning_is_looked_at_when_the_time_has_come() -> None:
    assert next_look(star()) == NINE


def test_a_carrier_that_takes_no_call_is_waited_for_as_well() -> None:
    later = NINE + timedelta(minutes=1)
    assert next_look(replace(star(), again_at=later)) == later
    assert not [action for action in decide(replace(star(), again_at=later), NINE) if hasattr(action, "line")]


def test_who_is_known_to_be_well_holds_nobody_up() -> None:
    assert decide(star(standing=Standing.WELL), START) != ()
