"""Failures on command, as `PUT /town/faults` describes them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveInt, model_validator

Way = Literal["call", "text"]
Deed = Literal["create", "update", "fetch", "list"]
Silence = Literal["silence", "broken", "garbage"]
BOTH: list[Way] = ["call", "text"]
Fraction = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Between(_Strict):
    """A number of scenario seconds, drawn from the seed for each webhook."""

    between: tuple[NonNegativeFloat, NonNegativeFloat]


class CallbackFaults(_Strict):
    """What happens to status callbacks, of calls and texts or of one of them. `late` is in scenario seconds."""

    late: NonNegativeFloat | Between | None = None
    double: bool = False
    drop: Fraction | list[str] = Field(default_factory=list)
    reorder: bool = False
    before_rest_answer: bool = False
    of: list[Way] = Field(default=BOTH)


class TwimlFaults(_Strict):
    """What happens to requests for TwiML, of calls and of texts that come in.

    `late` is in scenario seconds. `double`: the first answer is lost on its way back, and the carrier asks again.
    `drop`: request and retry both get lost, so that the fallback address is asked. `times`: only the next so many.
    """

    late: NonNegativeFloat | Between | None = None
    double: bool = False
    drop: Fraction = 0.0
    of: list[Way] = Field(default=BOTH)
    times: PositiveInt | None = None


class RestFailure(_Strict):
    """The next `times` requests of these kinds fail.

    `how`: an error with `status` (500), `silence` (no answer until the client gives up), a connection that is `broken`
    off, or an answer that is `garbage`. `after_acceptance`: what was asked for happens all the same. `to` restricts it
    to calls and texts to one number.
    """

    status: Literal[429, 500, 503] | None = None
    how: Literal["error"] | Silence = "error"
    after_acceptance: bool = False
    times: PositiveInt = 1
    of: list[Way] = Field(default=BOTH)
    requests: list[Deed] = Field(default=["create"])
    to: str | None = None

    @model_validator(mode="after")
    def _has_a_status_only_with_an_error(self) -> RestFailure:
        if self.how != "error" and self.status is not None:
            raise ValueError(f"'status' belongs to 'how: error', not to {self.how!r}")
        return self


class RestFaults(_Strict):
    """`hang_next`: so many creations are accepted and then never answered. `late`: real seconds before each answer."""

    fail_next: list[RestFailure] = Field(default_factory=list)
    hang_next: NonNegativeInt = 0
    late: Annotated[float, Field(ge=0, le=30)] = 0.0


class Outage(_Strict):
    """Nothing works from `from_now`, for `for` scenario seconds: no REST, no webhooks, no new calls.

    `rest` is how requests fail: with 503, or like a `RestFailure`. Status callbacks, and texts that come in, are
    `dropped`, or `held` back until the end.
    """

    from_now: NonNegativeFloat = 0
    lasts: NonNegativeFloat = Field(alias="for")
    rest: Literal["error"] | Silence = "error"
    callbacks: Literal["dropped", "held"] = "dropped"


class Quirks(_Strict):
    """What the real carrier's own words leave open.

    `conference_time_limit`: whether a <Dial>'s timeLimit ends it when it holds a conference. `recordings`: files that
    <Play> names are played; or they cannot be fetched and are `skipped`, or the script is `ended` with error 11200.
    """

    conference_time_limit: bool = True
    recordings: Literal["played", "skipped", "ended"] = "played"


class FaultPlan(_Strict):
    """The whole of `PUT /town/faults`; what is left out works. `account`: sid or name of the only one concerned."""

    account: str | None = None
    callbacks: CallbackFaults = Field(default_factory=CallbackFaults)
    twiml: TwimlFaults = Field(default_factory=TwimlFaults)
    rest: RestFaults = Field(default_factory=RestFaults)
    quirks: Quirks = Field(default_factory=Quirks)
    outage: Outage | None = None


NO_CALLBACK_FAULTS = CallbackFaults()
NO_TWIML_FAULTS = TwimlFaults()


class Faults:
    """The faults in force. Deterministic: what is left to chance is drawn from the seed and what it concerns."""

    def __init__(self, now: Callable[[], float], seed: int) -> None:
        self._now = now
        self._seed = seed
        self.clear()

    def clear(self) -> None:
        """Everything works again."""
        self.apply(FaultPlan(), None)

    def apply(self, plan: FaultPlan, account_sid: str | None) -> None:
        """Replace the faults in force; the outage is counted from this moment. `account_sid` None: all accounts."""
        self.plan = plan.model_copy(deep=True)
        self._account_sid = account_sid
        self._outage_from = self._outage_until = 0.0
        if plan.outage is not None:
            self._outage_from = self._now() + plan.outage.from_now
            self._outage_until = self._outage_from + plan.outage.lasts

    def callbacks(self, account_sid: str, way: Way) -> CallbackFaults:
        """What happens to this account's status callbacks of calls or texts."""
        faults = self.plan.callbacks
        return faults if self._concerns(account_sid) and way in faults.of else NO_CALLBACK_FAULTS

    def take_twiml(self, account_sid: str, way: Way) -> TwimlFaults:
        """What happens to this request for TwiML, used up by asking."""
        faults = self.plan.twiml
        if not self._concerns(account_sid) or way not in faults.of or faults.times == 0:
            return NO_TWIML_FAULTS
        if faults.times is not None:
            faults.times -= 1
        return faults.model_copy()

    @property
    def quirks(self) -> Quirks:
        """How the carrier behaves where its own words leave that open; the same for all accounts."""
        return self.plan.quirks

    def outage_ends(self, account_sid: str) -> float | None:
        """When the account's present outage ends (scenario time, unix seconds); None when there is none."""
        now = self._now()
        return (
            self._outage_until
            if self._concerns(account_sid) and self._outage_from <= now < self._outage_until
            else None
        )

    @property
    def outage(self) -> Outage:
        """How the present outage shows."""
        assert self.plan.outage is not None, "asked during an outage only"
        return self.plan.outage

    def held_until(self, account_sid: str) -> float | None:
        """Until when callbacks and texts for the account's product are held back; None when they are not."""
        ends = self.outage_ends(account_sid)
        return ends if ends is not None and self.outage.callbacks == "held" else None

    def drops(self, drop: Fraction | list[str], event: str, about: str) -> bool:
        """Whether the webhook for `event` gets lost; `about` tells it from the others."""
        if isinstance(drop, list):
            return event in drop
        return drop > 0 and self._chance("drop", event, about).random() < drop

    def lateness(self, late: float | Between | None, event: str, about: str) -> float:
        """By how many scenario seconds the webhook for `event` comes late."""
        if isinstance(late, Between):
            return self._chance("late", event, about).uniform(*late.between)
        return late or 0.0

    def take_failure(self, account_sid: str, way: Way, deed: Deed, to: str | None) -> RestFailure | None:
        """The failure for this REST request, used up by asking."""
        if not self._concerns(account_sid):
            return None
        waiting = self.plan.rest.fail_next
        for failure in waiting:
            if way in failure.of and deed in failure.requests and failure.to in (None, to):
                failure.times -= 1
                if failure.times == 0:
                    waiting.remove(failure)
                return failure
        if deed == "create" and self.plan.rest.hang_next:
            self.plan.rest.hang_next -= 1
            return RestFailure(how="silence", after_acceptance=True)
        return None

    def rest_late(self, account_sid: str) -> float:
        """Real seconds by which the answer to a REST request comes late."""
        return self.plan.rest.late if self._concerns(account_sid) else 0.0

    def _concerns(self, account_sid: str) -> bool:
        return self._account_sid in (None, account_sid)

    def _chance(self, *about: str) -> random.Random:
        return random.Random("/".join([str(self._seed), *about]))  # noqa: S311 - repeatable on purpose
