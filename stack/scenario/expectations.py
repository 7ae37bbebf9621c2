"""Whether what was expected came true: pure, and in sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stack.scenario.model import Expectations, IncidentExpected, MemberExpected, Times
from stack.scenario.names import is_called, listed
from stack.scenario.programmes import EveningSeen, TripSeen, evening_failures, trip_failures


@dataclass(frozen=True)
class IncidentSeen:
    """An incident as it stood in the end. `about` are full names."""

    kind: str
    about: tuple[str, ...]
    state: str
    outcomes: tuple[str, ...]
    claimed_by: str

    def __str__(self) -> str:
        about = f" about {listed(self.about)}" if self.about else ""
        outcome = f", outcome {listed(self.outcomes)}" if self.outcomes else ""
        return f"{self.kind}{about} ({self.state}{outcome})"


@dataclass(frozen=True)
class Result:
    """What became of a scenario.

    `rings` and `texts` count by resident; `told` is all that a resident heard or read; `practice` says by full name how
    members did when they practised. `letters` (mails that went out) by address, `accepted` (requests) by attempt
    UUID, `by_account` the same by the account's name.
    """

    tally: Mapping[str, Any]
    incidents: tuple[IncidentSeen, ...] = ()
    closed_how: tuple[str, ...] = ()
    rings: Mapping[str, int] = field(default_factory=Counter)
    texts: Mapping[str, int] = field(default_factory=Counter)
    told: Mapping[str, str] = field(default_factory=dict)
    practice: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=Counter)
    accepted: Mapping[str | None, int] = field(default_factory=Counter)
    by_account: Mapping[str, int] = field(default_factory=Counter)
    trips: tuple[TripSeen, ...] = ()
    evenings: tuple[EveningSeen, ...] = ()
    mishaps: tuple[str, ...] = ()
    """What the player itself could not do, in sentences."""


def failures(expect: Expectations, result: Result) -> list[str]:
    """Every expectation that did not come true, as one sentence each; empty when all did."""
    return [
        *result.mishaps,
        *_unaccounted(result),
        *_tally(expect, result),
        *_members(expect, result),
        *_incidents(expect, result),
        *_round(expect, result),
        *_times(expect.calls.items(), result.rings, "call(s)"),
        *_times(expect.texts.items(), result.texts, "text(s)"),
        *_told(expect, result),
        *_practice(expect, result),
        *_times(expect.letters.items(), result.letters, "letter(s)"),
        *_times(expect.accounts.items(), result.by_account, "request(s)", "by the account"),
        *_accepted(expect, result),
        *trip_failures(expect.trips, result.trips),
        *evening_failures(expect.evenings, result.evenings),
    ]


def _unaccounted(result: Result) -> list[str]:
    return [
        f"Expected everybody to be accounted for, but of {member['name']} {member['how']}."
        for member in result.tally["members"]
        if member["status"] == "unaccounted"
    ]


def _tally(expect: Expectations, result: Result) -> list[str]:
    wanted = expect.tally.model_dump(exclude_none=True)
    return [
        f"Expected {number} members to be {name.replace('_', ' ')}, but there are {result.tally[name]}."
        if name != "expected"
        else f"Expected {number} members in all, but there are {result.tally[name]}."
        for name, number in wanted.items()
        if result.tally[name] != number
    ]


def _members(expect: Expectations, result: Result) -> list[str]:
    found = []
    for name, wanted in expect.members.items():
        lines = [line for line in result.tally["members"] if is_called(line["name"], name)]
        if len(lines) != 1:
            found.append(f"Expected one member called {name}, but there are {len(lines)} in the accounting.")
        elif not _is_as(lines[0], wanted):
            line = lines[0]
            how = f" ({wanted.how})" if wanted.how is not None else ""
            found.append(f"Expected {name} to be {wanted.status}{how}, but it is {line['status']} ({line['how']}).")
    return found


def _is_as(line: Mapping[str, Any], wanted: MemberExpected) -> bool:
    return line["status"] == wanted.status and wanted.how in (None, line["how"])


def _incidents(expect: Expectations, result: Result) -> list[str]:
    if expect.incidents is None:
        return []
    found = []
    left = list(result.incidents)
    for wanted in expect.incidents:
        seen = next((one for one in left if _is_this(one, wanted)), None)
        if seen is None:
            there = "; ".join(str(one) for one in left) or "no other incident"
            found.append(f"Expected an incident {_described(wanted)}, but there is {there}.")
        else:
            left.remove(seen)
    if left and not found:
        found += [f"Expected no other incident, but there is {one}." for one in left]
    return found


def _is_this(seen: IncidentSeen, wanted: IncidentExpected) -> bool:
    return (
        seen.kind == wanted.kind
        and len(seen.about) == len(wanted.about)
        and all(any(is_called(full, name) for full in seen.about) for name in wanted.about)
        and wanted.state in (None, seen.state)
        and (wanted.outcome is None or set(seen.outcomes) == {wanted.outcome})
        and (wanted.claimed_by is None or is_called(seen.claimed_by, wanted.claimed_by))
    )


def _described(wanted: IncidentExpected) -> str:
    parts: list[str] = [wanted.kind]
    if wanted.about:
        parts.append(f"about {listed(wanted.about)}")
    parts += [f"{name} {value}" for name in ("state", "outcome") if (value := getattr(wanted, name)) is not None]
    if wanted.claimed_by is not None:
        parts.append(f"claimed by {wanted.claimed_by}")
    return ", ".join(parts)


def _round(expect: Expectations, result: Result) -> list[str]:
    if expect.round is None or result.closed_how == (expect.round.closed_how,):
        return []
    how = listed(result.closed_how) if any(result.closed_how) else "it did not close"
    return [f"Expected the round to close as {expect.round.closed_how}, but: {how}."]


def _told(expect: Expectations, result: Result) -> list[str]:
    return [
        f"Expected {name} to be told '{words}', but that was neither said nor written."
        for name, wanted in expect.told.items()
        for words in wanted
        if words.casefold() not in result.told.get(name, "").casefold()
    ]


def _practice(expect: Expectations, result: Result) -> list[str]:
    found = []
    for name, wanted in expect.practice.items():
        seen = [how for full, how in result.practice.items() if is_called(full, name)]
        if seen != [wanted]:
            found.append(f"Expected {name} to practise and be {wanted}, but: {listed(seen) or 'did not take part'}.")
    return found


def _times(wanted: Iterable[tuple[str, Times]], seen: Mapping[str, int], what: str, whose: str = "to") -> list[str]:
    found = []
    for name, times in wanted:
        number = seen.get(name, 0)
        if number < times.at_least:
            found.append(f"Expected at least {times.at_least} {what} {whose} {name}, but there were {number}.")
        if times.at_most is not None and number > times.at_most:
            found.append(f"Expected at most {times.at_most} {what} {whose} {name}, but there were {number}.")
    return found


def _accepted(expect: Expectations, result: Result) -> list[str]:
    most = expect.accepted_per_attempt_at_most
    found = [
        f"Expected the carrier to accept at most {most} request(s) for one attempt, but attempt {attempt} had {number}."
        for attempt, number in result.accepted.items()
        if attempt is not None and number > most
    ]
    if result.accepted.get(None):
        found.append(f"Expected every request to name its attempt, but {result.accepted[None]} named none.")
    return found
