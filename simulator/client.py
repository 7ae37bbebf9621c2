"""Tells a town what to do and reads what happened there, for stories in tests. Synchronous, stdlib only.

    town = Town("http://127.0.0.1:8100")
    town.resident("truus").expect_call("goedemorgen").press("1").hang_up()
    town.no_unexpected()

Every call that rings at a *manual* resident, and every text to one, has to be claimed by an `expect_…`;
`no_unexpected` fails on the others.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Entry = Mapping[str, Any]
"""One journal entry: {n, at, kind, number, resident, call_sid, …}."""

POLL = 0.05
"""Real seconds between two looks at something that is no journal entry."""
LINK = re.compile(r"https?://\S+")


class TownAnswered(Exception):
    """The town refused; `status` is the HTTP status, the message is the town's own sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def to_next_event(town: Town) -> None:
    """A `step` for a town with a frozen clock: jump to whatever is due next in it."""
    due = town.clock()["next_due"]
    if due is None:
        time.sleep(POLL)
    else:
        town.advance_to(due)


class Town:
    """The control API of one simulator.

    `patience` is how many real seconds an expectation may take. `step` is called between two looks, to move
    a frozen clock (`to_next_event`, or a function that moves the product's clock as well).
    """

    def __init__(self, base_url: str, *, patience: float = 10.0, step: Callable[[Town], None] | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self.patience = patience
        self._step = step
        self._claimed: set[int] = set()
        self._known: list[Entry] = []

    def resident(self, name: str) -> Person:
        """The person of this name, to act for them."""
        phones = [phone["number"] for phone in self.phones() if phone["resident"] == name]
        if not phones:
            raise AssertionError(f"Nobody in the town is called {name!r}.")
        return Person(self, name, phones)

    def settle(self, residents: Sequence[Mapping[str, Any]]) -> None:
        """Replace the residents; the format is in docs/simulator.md."""
        self.request("PUT", "/town/residents", list(residents))

    def own_numbers(self, *numbers: Mapping[str, Any], account: str = "first") -> None:
        """The numbers of an account, with their voice_url and sms_url."""
        self.request("PUT", f"/town/numbers?{urlencode({'account': account})}", list(numbers))

    def numbers(self) -> list[dict[str, Any]]:
        """All numbers of all accounts, as `own_numbers` takes them."""
        return [
            {name: value for name, value in own.items() if name != "account"}
            for own in self.request("GET", "/town/numbers")
        ]

    def accounts(self) -> list[dict[str, Any]]:
        """All accounts: name, account_sid, limits, numbers, and how many calls are queued."""
        return list(self.request("GET", "/town/accounts"))

    def add_account(self, name: str, sid: str, token: str, **limits: Any) -> None:
        """Let the carrier serve one more account, until the reset."""
        form = {"name": name, "account_sid": sid, "auth_token": token, "limits": limits}
        self.request("POST", "/town/accounts", form)

    def set_limits(self, account: str = "first", **limits: Any) -> None:
        """What an account may do from now on: calls_per_second, live_legs, when_full, permitted."""
        self.request("PUT", f"/town/accounts/{account}/limits", limits)

    def set_day(self, start: float, date: str, timezone: str = "Europe/Amsterdam") -> None:
        """What `at` is counted from: scenario time (unix seconds) and the date of wall times."""
        self.request("PUT", "/town/day", {"start": start, "date": date, "timezone": timezone})

    def set_faults(self, faults: Mapping[str, Any]) -> None:
        """Failures on command; {} ends them."""
        self.request("PUT", "/town/faults", faults)

    def fail_next(self, status: int | None = None, **how: Any) -> None:
        """Instead of all faults in force: the next REST request fails.

        With a status, or how="silence", "broken", "garbage"; see docs/simulator.md.
        """
        self.set_faults({"rest": {"fail_next": [how if status is None else {"status": status, **how}]}})

    def outage(self, minutes: float, *, account: str | None = None, **how: Any) -> None:
        """Instead of all faults in force: nothing works for so many scenario minutes.

        `account`: only for that one; rest="error", "silence", "broken" or "garbage"; callbacks="dropped" or "held".
        """
        self.set_faults({"account": account, "outage": {"for": minutes * 60, **how}})

    def set_clock(self, virtual: float, rate: float) -> None:
        """From now on it is `virtual` (unix seconds) and time goes `rate` times as fast; 0 is frozen."""
        self.request("PUT", "/town/clock", {"real": time.time(), "virtual": virtual, "rate": rate})

    def clock(self) -> dict[str, Any]:
        """The anchor, now, next_due and in_flight."""
        return dict(self.request("GET", "/town/clock"))

    def advance_to(self, virtual: float) -> dict[str, Any]:
        """Move a frozen clock to a moment, with everything that happens until then."""
        return dict(self.request("POST", "/town/clock/advance", {"to": virtual}))

    def advance(self, seconds: float) -> dict[str, Any]:
        """Move a frozen clock on by scenario seconds."""
        return self.advance_to(self.clock()["now"] + seconds)

    def phones(self) -> list[dict[str, Any]]:
        """All telephones with their state."""
        return list(self.request("GET", "/town/phones"))

    def accepted(self) -> list[dict[str, Any]]:
        """The POSTs that the carrier accepted, with the attempt UUID of each."""
        return list(self.request("GET", "/town/accepted"))

    def journal(self, after: int = 0, wait: float = 0.0) -> list[Entry]:
        """Entries later than number `after`; waits up to `wait` real seconds for the first."""
        return list(self.request("GET", f"/town/journal?after={after}&wait={wait}"))

    def story(self) -> list[Entry]:
        """All entries since the last reset; only what is new is asked for."""
        after = int(self._known[-1]["n"]) if self._known else 0
        for entry in self.journal(after):
            if entry["kind"] == "reset":
                self._known.clear()
            self._known.append(entry)
        return self._known

    def reset(self) -> None:
        """An empty town at rest."""
        self.request("POST", "/town/reset")
        self._claimed.clear()

    def wait_until(self, happened: Callable[[], Any], what: str) -> Any:
        """The first true answer of `happened`, stepping the clock between looks; fails after `patience`."""
        deadline = time.monotonic() + self.patience
        while True:
            if self._step is not None:
                # What is still in flight must land before anybody looks, or the jump would be too far.
                self.advance(0)
            if answer := happened():
                return answer
            if time.monotonic() > deadline:
                raise AssertionError(f"Expected {what}, but it did not happen.\n{self._recent()}")
            if self._step is None:
                time.sleep(POLL)
            else:
                self._step(self)

    def claim(self, what: str, wanted: Callable[[Entry], bool]) -> Entry:
        """Wait for the first unclaimed entry that is wanted, and claim it."""

        def look() -> Entry | None:
            found = (one for one in self.story() if one["n"] not in self._claimed and wanted(one))
            return next(found, None)

        entry: Entry = self.wait_until(look, what)
        self._claimed.add(entry["n"])
        return entry

    def no_unexpected(self) -> None:
        """Fail if a manual resident was rung or texted and no `expect_…` claimed it."""
        manual = {
            resident["name"]
            for resident in self.request("GET", "/town/residents")
            if "manual" in resident.get("calls", ["manual"])
        }
        left = [entry for entry in self.story() if entry["n"] not in self._claimed and _is_for_a_test(entry, manual)]
        if left:
            lines = "\n".join(_line(entry) for entry in left)
            raise AssertionError(f"{len(left)} call(s) or text(s) that nobody expected:\n{lines}")

    def verify(self) -> None:
        """The end of a story: the same as `no_unexpected`."""
        self.no_unexpected()

    def request(self, method: str, path: str, body: object = None) -> Any:
        """One request to the control API. Raises TownAnswered when the town refuses."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the address of a simulator on loopback
            self.base_url + path, data=data, method=method, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.patience + 120) as response:  # noqa: S310 - see above
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise TownAnswered(error.code, json.load(error)["error"]) from error

    def _recent(self) -> str:
        return "The journal ends with:\n" + "\n".join(_line(entry) for entry in self.story()[-15:])


@dataclass(frozen=True)
class Person:
    """A resident whose part the test plays."""

    town: Town
    name: str
    phones: Sequence[str]

    def expect_ring(self, phone: str | None = None) -> Ringing:
        """Their telephone rings (the given one, or any of theirs); calls that are over are passed by."""

        def wanted(entry: Entry) -> bool:
            if entry["kind"] != "rings" or entry["resident"] != self.name:
                return False
            return phone in (None, entry["number"]) and not self._is_over(entry["call_sid"])

        entry = self.town.claim(f"a call to {self.name}", wanted)
        return Ringing(self.town, str(entry["number"]), str(entry["call_sid"]))

    def _is_over(self, call_sid: str) -> bool:
        ended = (one for one in self.town.journal() if one["kind"] == "call_ended")
        return any(one.get("call_sid") == call_sid for one in ended)

    def expect_call(self, text: str = "", phone: str | None = None) -> Call:
        """Their telephone rings, they pick it up, and hear something that matches `text`."""
        return self.expect_ring(phone).pick_up().hears(text)

    def expect_text(self, text: str = "") -> Text:
        """A text arrives that matches `text`."""

        def wanted(entry: Entry) -> bool:
            return (
                entry["kind"] == "text_received"
                and entry["resident"] == self.name
                and re.search(text, entry["text"], re.IGNORECASE) is not None
            )

        entry = self.town.claim(f"a text to {self.name} that matches {text!r}", wanted)
        return Text(str(entry["text"]), str(entry["from"]))

    def ring_in(self, to: str, phone: str | None = None, *, withheld: str | None = None) -> Call:
        """They ring one of the carrier's numbers; withheld="anonymous" if they do not show their own."""
        caller = phone or self.phones[0]
        answer = self.town.request("POST", f"/town/phones/{caller}/ring-in", {"to": to, "withheld": withheld})
        return Call(self.town, caller, answer["call_sid"])

    def send_text(self, to: str, body: str, phone: str | None = None) -> None:
        """They text one of the carrier's numbers."""
        self.town.request("POST", f"/town/phones/{phone or self.phones[-1]}/text", {"to": to, "body": body})


@dataclass(frozen=True)
class Text:
    """A text that was received."""

    body: str
    sender: str

    @property
    def link(self) -> str:
        """The first link in it."""
        found = LINK.search(self.body)
        assert found is not None, f"There is no link in {self.body!r}."
        return found.group()


@dataclass(frozen=True)
class Ringing:
    """A telephone that rings; left alone it goes on until the carrier gives up."""

    town: Town
    number: str
    call_sid: str

    def pick_up(self) -> Call:
        """Take the call."""
        self.town.request("POST", f"/town/phones/{self.number}/pick-up")
        return Call(self.town, self.number, self.call_sid)

    def decline(self) -> None:
        """Refuse the call: the caller hears the busy tone."""
        self.town.request("POST", f"/town/phones/{self.number}/hang-up")


@dataclass(frozen=True)
class Call:
    """A call that the person is in."""

    town: Town
    number: str
    call_sid: str

    def hears(self, text: str) -> Call:
        """Something that matches `text` is said in this call, now or later."""

        def said() -> bool:
            sentences = " ".join(str(entry["text"]) for entry in self._entries("hears"))
            return re.search(text, sentences, re.IGNORECASE) is not None

        self.town.wait_until(said, f"{self.number} to hear {text!r}")
        return self

    def press(self, digits: str) -> Call:
        """Wait for a question, and press keys."""

        def asked() -> bool:
            return any(
                phone["call_sid"] == self.call_sid and phone["question"] is not None for phone in self.town.phones()
            )

        self.town.wait_until(asked, f"a question to {self.number}")
        return self.press_now(digits)

    def press_now(self, digits: str) -> Call:
        """Press keys whether anything listens or not, such as `*` during a talk."""
        self.town.request("POST", f"/town/phones/{self.number}/press", {"digits": digits})
        return self

    def expect_joined(self, other: str = "") -> Call:
        """The person is joined to somebody (to this number, if given)."""

        def joined() -> bool:
            return any(other in (entry["with"], "") for entry in self._entries("joined"))

        self.town.wait_until(joined, f"{self.number} to be joined to {other or 'somebody'}")
        return self

    def hang_up(self) -> None:
        """Put the receiver down."""
        self.town.request("POST", f"/town/phones/{self.number}/hang-up")

    def expect_end(self) -> str:
        """The call ends, by whomever; its final status."""
        entries = self.town.wait_until(lambda: self._entries("call_ended"), f"the call with {self.number} to end")
        return str(entries[0]["status"])

    def _entries(self, kind: str) -> list[Entry]:
        return [
            entry for entry in self.town.story() if entry["kind"] == kind and entry.get("call_sid") == self.call_sid
        ]


def _line(entry: Entry) -> str:
    rest = {key: value for key, value in entry.items() if key not in {"n", "at", "kind", "call_sid"}}
    return f"  {entry['n']:>4} {entry['at']} {entry['kind']} {rest}"


def _is_for_a_test(entry: Entry, manual: set[str]) -> bool:
    if entry["kind"] == "rings":
        return bool(entry["habit"] == "manual")
    return bool(entry["kind"] == "text_received" and entry["habit"] == "none" and entry["resident"] in manual)
