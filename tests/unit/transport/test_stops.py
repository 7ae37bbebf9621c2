"""The stops of a trip in their order, which is next, and who may be told that the bus is near."""

from datetime import UTC, datetime, timedelta

from backend.transport.domain.run import RideOfRun, State, Way
from backend.transport.domain.stops import Kind, Stop, ahead, seen_from_the_bus, stops_of, to_tell

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
RIDES = (
    RideOfRun(2, 2, Way.THERE, round_number=0, position=1),
    RideOfRun(1, 1, Way.THERE, round_number=0, position=0),
    RideOfRun(3, 3, Way.THERE, round_number=1, position=0),
    RideOfRun(5, 3, Way.HOME, round_number=0, position=0),
    RideOfRun(4, 1, Way.HOME, round_number=0, position=1),
)
ALL = [
    Stop(Kind.FETCH, 0, (1,)),
    Stop(Kind.FETCH, 0, (2,)),
    Stop(Kind.ARRIVE, 0, (1, 2)),
    Stop(Kind.FETCH, 1, (3,)),
    Stop(Kind.ARRIVE, 1, (3,)),
    Stop(Kind.BOARD, 0, (5, 4)),
    Stop(Kind.BRING, 0, (5,)),
    Stop(Kind.BRING, 0, (4,)),
]


PLANNED = {1: NINE, 2: NINE, 3: NINE + timedelta(minutes=30), 4: NINE, 5: NINE}


def states(**changed: State) -> dict[int, State]:
    return {ride.ride: changed.get(f"r{ride.ride}", State.PLANNED) for ride in RIDES}


def told(now: datetime = NINE, **changed: State) -> int | None:
    return to_tell(stops_of(RIDES), states(**changed), planned_at=PLANNED, last_tick=NINE, now=now)


def test_everybody_is_fetched_round_by_round_then_boards_and_is_brought_home() -> None:
    assert stops_of(RIDES) == ALL


def test_a_stop_lies_behind_when_everything_at_it_is_ticked() -> None:
    assert ahead(ALL, states()) == ALL
    assert ahead(ALL, states(r1=State.NOT_THERE, r2=State.ON_BOARD))[0] == ALL[2]
    done = dict.fromkeys(("r1", "r2", "r3", "r4"), State.DONE)
    assert ahead(ALL, states(**done, r5=State.ON_BOARD)) == [ALL[6]]


def test_who_was_not_there_in_the_morning_is_not_looked_for_on_the_way_home() -> None:
    seen = seen_from_the_bus(RIDES, states(r1=State.NOT_THERE, r2=State.DONE, r3=State.DONE, r5=State.DONE))
    assert seen[4] is State.NOT_THERE
    assert ahead(ALL, seen) == []
    came_after_all = seen_from_the_bus(RIDES, states(r1=State.NOT_THERE, r4=State.ON_BOARD))
    assert came_after_all[4] is State.ON_BOARD


def test_the_next_to_be_fetched_may_be_told_that_the_bus_is_near() -> None:
    assert told() == 1
    assert told(r1=State.ON_BOARD) == 2
    assert told(r1=State.NOT_THERE) == 2
    assert told(r1=State.ON_BOARD, r2=State.CANCELLED) is None, "the bus goes to the destination first"
    assert told(**dict.fromkeys(("r1", "r2", "r3"), State.DONE)) is None


def test_the_first_of_a_round_is_told_minutes_before_the_bus_is_planned_there() -> None:
    first_round = {"r1": State.DONE, "r2": State.CANCELLED}
    assert told(**first_round) is None, "the bus has only just arrived at the destination"
    assert told(NINE + timedelta(minutes=19), **first_round) is None
    assert told(NINE + timedelta(minutes=20), **first_round) == 3
    assert told(NINE + timedelta(minutes=31), **first_round) is None, "it should have been there: nobody knows"


def test_a_tick_that_came_late_says_nothing_about_where_the_bus_is() -> None:
    assert told(NINE + timedelta(minutes=10), r1=State.ON_BOARD) == 2
    assert told(NINE + timedelta(minutes=11), r1=State.ON_BOARD) is None
