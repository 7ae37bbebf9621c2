"""The day of a trip as a value: who rides, what was ticked off, and where each passenger is now. Pure.

Ticks come from telephones without signal and from paper: late, doubled, out of order, from a list that is two plans
old. So a run keeps all of them, and where somebody is follows from the whole: what was said last, by true time, holds.
Any order of arrival ends the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    """Fetched from home, or brought home."""

    THERE = "there"
    HOME = "home"


class What(StrEnum):
    """What is ticked."""

    ON_BOARD = "on_board"
    NOT_THERE = "not_there"
    AT_DESTINATION = "at_destination"
    HOME_INSIDE = "home_inside"
    UNDONE = "undone"


class State(StrEnum):
    """Where a ride is."""

    PLANNED = "planned"
    ON_BOARD = "on_board"
    DONE = "done"
    NOT_THERE = "not_there"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What became of an entry when it came in."""

    APPLIED = "applied"
    KNOWN = "known"
    KEPT = "kept"


class Why(StrEnum):
    """Why an entry was kept, but changes nothing."""

    LATER_FACT = "later_fact"
    NOTHING_TO_UNDO = "nothing_to_undo"
    OTHER_WAY = "other_way"
    HAD_CANCELLED = "had_cancelled"
    NO_SUCH_RIDE = "no_such_ride"


ENDS = {Way.THERE: What.AT_DESTINATION, Way.HOME: What.HOME_INSIDE}
"""What ends a ride of each way."""

_LEADS_TO = {
    What.ON_BOARD: State.ON_BOARD,
    What.NOT_THERE: State.NOT_THERE,
    What.AT_DESTINATION: State.DONE,
    What.HOME_INSIDE: State.DONE,
}


PLACE = {What.NOT_THERE: 0, What.ON_BOARD: 1, What.AT_DESTINATION: 2, What.HOME_INSIDE: 2, What.UNDONE: 3}
"""What comes first in a ride: whoever was not there may turn up, boards, and arrives."""

MINUTE = timedelta(minutes=1)
JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True)
class RideOfRun:
    """One way of a passenger. `is_cancelled`: the plan does not have it (any more)."""

    ride: int
    person: int
    way: Way
    round_number: int = 0
    position: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True)
class Entry:
    """One tick. `at` is the true time (UTC), `device_at` what that telephone's clock said.

    `is_to_the_minute`: from paper, where nobody writes seconds. `takes_back`: UNDONE of one entry, not of what was said
    last.
    """

    id: UUID
    ride: int
    what: What
    at: datetime
    device_at: datetime
    is_to_the_minute: bool = False
    takes_back: UUID | None = None

    @property
    def in_order(self) -> tuple[datetime, datetime, int, UUID]:
        """By true time; by the telephone's own where that is the same, for it knew the order of its ticks.

        What was written down for the same minute goes by its place in the ride.
        """
        return (self.at, self.device_at, PLACE[self.what], self.id)


@dataclass(frozen=True)
class Standing:
    """Where a ride is, and since when (UTC). `standing` is the entry that says so."""

    state: State
    on_board_at: datetime | None = None
    done_at: datetime | None = None
    not_there_at: datetime | None = None
    standing: UUID | None = None


@dataclass(frozen=True)
class Verdict:
    """What became of an entry, and what the ride was and is."""

    answer: Answer
    why: Why | None = None
    before: Standing | None = None
    after: Standing | None = None


class Missing(StrEnum):
    """How somebody is not known to be home."""

    NOT_FETCHED = "not_fetched"
    ON_THE_BUS = "on_the_bus"
    AT_DESTINATION = "at_destination"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Reason:
    """Somebody who is not known to be home."""

    person: int
    what: Missing


@dataclass(frozen=True)
class Run:
    """A trip's rides and all that was ticked."""

    rides: tuple[RideOfRun, ...]
    entries: frozenset[Entry] = frozenset()

    def ride(self, pk: int) -> RideOfRun | None:
        """The ride with this key, if it belongs to the trip."""
        return next((ride for ride in self.rides if ride.ride == pk), None)

    def meant(self, pk: int) -> RideOfRun | None:
        """The ride that an entry about `pk` is about now: a new plan may have replaced the one on an old list."""
        named = self.ride(pk)
        if named is None or not named.is_cancelled:
            return named
        same = (ride for ride in self.rides if (ride.person, ride.way) == (named.person, named.way))
        return next((ride for ride in same if not ride.is_cancelled), named)

    def standing(self, pk: int) -> Standing:
        """Where a ride is, from all that was ticked about it."""
        meant = self.meant(pk)
        if meant is None:
            return Standing(State.CANCELLED)
        return _standing(meant, _fold(meant, self.told(meant)).said)

    def told(self, meant: RideOfRun) -> list[Entry]:
        """What was ticked about a ride and not taken back by name, in order."""
        about = [one for one in self.entries if self.meant(one.ride) == meant]
        gone = {one.takes_back for one in about}
        left = [one for one in about if one.takes_back is None and one.id not in gone]
        return sorted((_placed(one, left) for one in left), key=lambda one: one.in_order)

    def to_replace(self, pk: int, what: What) -> list[UUID]:
        """What has to be taken back for another time of `what` to hold: what said it, and what took that back."""
        meant = self.meant(pk)
        if meant is None:
            return []
        told = self.told(meant)
        undone = _fold(meant, told).undone
        return [one.id for one in told if one.what is what or (one.id in undone and undone[one.id] is what)]

    def seen_after(self, person: int, at: datetime) -> bool:
        """Whether something ticked about one of their rides, and not taken back, shows them after `at` (UTC)."""
        found = (self.standing(ride.ride) for ride in self.rides if ride.person == person)
        return any(one is not None and one > at for each in found for one in (each.on_board_at, each.done_at))

    def missed_after(self, person: int, at: datetime) -> frozenset[Way]:
        """The ways to which nobody came after `at` (UTC), as was said last about them."""
        own = [ride for ride in self.rides if ride.person == person]
        found = [(ride.way, self.standing(ride.ride).not_there_at) for ride in own]
        return frozenset(way for way, missed_at in found if missed_at is not None and missed_at > at)

    def states(self) -> dict[int, State]:
        """Where each ride is, by its key."""
        return {ride.ride: self.standing(ride.ride).state for ride in self.rides}


def apply(run: Run, entry: Entry) -> tuple[Run, Verdict]:
    """Take an entry in. The run afterwards is the same whatever came first; the verdict says what it changed now.

    Of an entry that comes again it says again why it does not count: the first answer may have been lost on its way.
    """
    known = next((one for one in run.entries if one.id == entry.id), None)
    if known is not None:
        why = why_kept(run, known)
        return run, Verdict(Answer.KEPT, why) if why else Verdict(Answer.KNOWN)
    meant = run.meant(entry.ride)
    if meant is None:
        return run, Verdict(Answer.KEPT, Why.NO_SUCH_RIDE)
    before = run.standing(meant.ride)
    after_it = replace(run, entries=run.entries | {entry})
    after = after_it.standing(meant.ride)
    return after_it, _verdict(meant, entry, before, after, said_before=_said(run, meant))


def why_kept(run: Run, entry: Entry) -> Why | None:
    """Why an entry of the run is kept without counting; None when it counts, or was taken back."""
    if any(one.takes_back == entry.id for one in run.entries):
        return None
    _run, verdict = apply(replace(run, entries=run.entries - {entry}), entry)
    return verdict.why if verdict.answer is Answer.KEPT else None


EARLIEST = timedelta(hours=1)
"""Nobody is fetched, and no bus is started, earlier than so long before it should leave the garage."""


def true_time(device_at: datetime, *, device_now: datetime, received_at: datetime, not_before: datetime) -> datetime:
    """When something really happened: a telephone's clock may be wrong by hours, but not between tick and sending.

    All aware. `device_now` is what that clock said when it sent. Never later than received; never before `not_before`,
    an hour before the bus leaves, unless it was received before that.
    """
    try:
        at = device_at + (received_at - device_now)
    except OverflowError:
        at = received_at if device_at > device_now else not_before
    return min(max(at, not_before), received_at)


SAME_CLOCK = timedelta(minutes=5)
"""Two ticks of one telephone whose clock was off by about as much were made by the same clock."""


def in_sequence(at: datetime, device_at: datetime, earlier: Iterable[Entry]) -> datetime:
    """`at`, but not before what the same telephone ticked earlier by the same clock (`earlier`: all that it ticked).

    What is sent slowly seems to have happened later, by as long as sending took; the order of its ticks a telephone
    knows.
    """
    off = at - device_at
    before = [
        one.at for one in earlier if one.device_at < device_at and abs(one.at - one.device_at - off) <= SAME_CLOCK
    ]
    return max([at, *before])


def may_close(run: Run, *, cases: Iterable[int] = (), settled: Iterable[int] = ()) -> list[Reason]:
    """Why the run may not be closed: every passenger who is not known to be home, each once; none when it may.

    `cases` are rides that nobody came to and of which an incident (or a question to who is away) says so; `settled` are
    people of whom somebody has recorded what became of them.
    """
    explained, accounted = frozenset(cases), frozenset(settled)
    found = []
    for person, ways in _passengers(run).items():
        missing = None if person in accounted else _missing(run, ways, explained)
        if missing is not None:
            found.append(Reason(person, missing))
    return found


def _passengers(run: Run) -> dict[int, dict[Way, RideOfRun]]:
    """The rides of each person; the planned one where a plan or a booking has replaced another."""
    found: dict[int, dict[Way, RideOfRun]] = {}
    for ride in run.rides:
        ways = found.setdefault(ride.person, {})
        if ride.way not in ways or ways[ride.way].is_cancelled:
            ways[ride.way] = ride
    return found


def _placed(entry: Entry, told: list[Entry]) -> Entry:
    """A time on paper is somewhere in its minute: after what was ticked within it and comes earlier in a ride."""
    if not entry.is_to_the_minute or entry.what is What.UNDONE:
        return entry
    within = [
        one
        for one in told
        if entry.at <= one.at < entry.at + MINUTE and not one.is_to_the_minute and PLACE[one.what] < PLACE[entry.what]
    ]
    if not within:
        return entry
    last = max(within, key=lambda one: one.in_order)
    return replace(entry, at=last.at, device_at=last.device_at + JUST_AFTER)


@dataclass(frozen=True)
class _Fold:
    """What holds of all that was ticked about a ride, and what each UNDONE (by its key) took back."""

    said: list[Entry]
    undone: dict[UUID, What]


def _fold(ride: RideOfRun, told: list[Entry]) -> _Fold:
    """What was taken back was never said."""
    found = _Fold([], {})
    for entry in told:
        if entry.what is What.UNDONE:
            if found.said:
                found.undone[entry.id] = found.said.pop().what
        elif _belongs(entry.what, ride.way) and not _adds_nothing(ride, found.said, entry):
            found.said.append(entry)
    return found


def _standing(ride: RideOfRun, said: list[Entry]) -> Standing:
    """What was said last holds."""
    if not said:
        return Standing(State.CANCELLED if ride.is_cancelled else State.PLANNED)
    last = said[-1]
    since = {one.what: one.at for one in said if _holds(one, last)}
    return Standing(
        state=_LEADS_TO[last.what],
        on_board_at=since.get(What.ON_BOARD),
        done_at=since.get(ENDS[ride.way]),
        not_there_at=since.get(What.NOT_THERE),
        standing=last.id,
    )


def _belongs(what: What, way: Way) -> bool:
    return what in (What.ON_BOARD, What.NOT_THERE) or what is ENDS[way]


def _adds_nothing(ride: RideOfRun, said: list[Entry], entry: Entry) -> bool:
    """Two telephones ticking the same is one tick; who had cancelled is not missing."""
    if not said:
        return ride.is_cancelled and entry.what is What.NOT_THERE
    return said[-1].what is entry.what


def _holds(one: Entry, last: Entry) -> bool:
    """Whether an earlier tick is still part of the story: boarding is, of a ride that has ended."""
    return one is last or (one.what is What.ON_BOARD and last.what in (What.AT_DESTINATION, What.HOME_INSIDE))


def _said(run: Run, ride: RideOfRun) -> bool:
    return any(run.meant(one.ride) == ride for one in run.entries)


def _verdict(ride: RideOfRun, entry: Entry, before: Standing, after: Standing, *, said_before: bool) -> Verdict:
    if after != before:
        return Verdict(Answer.APPLIED, None, before, after)
    if entry.takes_back is not None:
        return Verdict(Answer.KNOWN, None, before, after)
    if entry.what is What.UNDONE:
        why = Why.LATER_FACT if said_before else Why.NOTHING_TO_UNDO
        return Verdict(Answer.KEPT, why, before, after)
    if not _belongs(entry.what, ride.way):
        return Verdict(Answer.KEPT, Why.OTHER_WAY, before, after)
    if _LEADS_TO[entry.what] is after.state:
        return Verdict(Answer.KNOWN, None, before, after)
    why = Why.HAD_CANCELLED if after.state is State.CANCELLED else Why.LATER_FACT
    return Verdict(Answer.KEPT, why, before, after)


def _missing(run: Run, ways: dict[Way, RideOfRun], cases: frozenset[int]) -> Missing | None:
    """What is not known of one passenger; None when they are home, never came and it is known why, or had cancelled."""
    there, home = ways.get(Way.THERE), ways.get(Way.HOME)
    there_is = run.standing(there.ride).state if there else None
    home_is = run.standing(home.ride).state if home else None
    if home_is is State.DONE or (home is None and there_is is State.DONE):
        return None
    # Who did not come to the bus home was fetched, or not: only a case about the way home explains it.
    for ride, state in ((home, home_is), (there, there_is)):
        if ride is not None and state is State.NOT_THERE:
            return None if ride.ride in cases else Missing.NOT_THERE
        if state is State.ON_BOARD:
            return Missing.ON_THE_BUS
    if there_is is State.DONE:
        return Missing.AT_DESTINATION
    if home_is is State.PLANNED and there_is is not State.PLANNED:
        return Missing.AT_DESTINATION
    return Missing.NOT_FETCHED if State.PLANNED in (there_is, home_is) else None
