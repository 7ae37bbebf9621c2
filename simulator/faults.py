"""Failures on command, as `PUT /town/faults` describes them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveInt


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CallbackFaults(_Strict):
    """What happens to status callbacks (never to TwiML requests). `late` is in scenario seconds."""

    late: NonNegativeFloat | None = None
    double: bool = False
    drop: Annotated[float, Field(ge=0, le=1)] | list[str] = Field(default_factory=list)
    reorder: bool = False
    before_rest_answer: bool = False


class RestFailure(_Strict):
    """The next `times` requests that create something are answered with `status`."""

    status: Literal[429, 500, 503]
    after_acceptance: bool = False
    times: PositiveInt = 1


class RestFaults(_Strict):
    """`hang_next`: so many requests are accepted and then never answered."""

    fail_next: list[RestFailure] = Field(default_factory=list)
    hang_next: NonNegativeInt = 0


class Outage(_Strict):
    """Nothing works from `from_now`, for `for` scenario seconds: no REST, no webhooks, no new calls."""

    from_now: NonNegativeFloat = 0
    lasts: NonNegativeFloat = Field(alias="for")


class FaultPlan(_Strict):
    """The whole of `PUT /town/faults`; what is left out works."""

    callbacks: CallbackFaults = Field(default_factory=CallbackFaults)
    rest: RestFaults = Field(default_factory=RestFaults)
    outage: Outage | None = None


class Faults:
    """The faults in force. Deterministic: fractions are drawn from the seed."""

    def __init__(self, now: Callable[[], float], seed: int) -> None:
        self._now = now
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.clear()

    def clear(self) -> None:
        """Everything works again."""
        self.apply(FaultPlan())

    def apply(self, plan: FaultPlan) -> None:
        """Replace the faults in force; the outage is counted from this moment."""
        self.plan = plan.model_copy(deep=True)
        self._outage_from = self._outage_until = 0.0
        if plan.outage is not None:
            self._outage_from = self._now() + plan.outage.from_now
            self._outage_until = self._outage_from + plan.outage.lasts

    @property
    def callbacks(self) -> CallbackFaults:
        """What happens to status callbacks."""
        return self.plan.callbacks

    def outage_ends(self) -> float | None:
        """When the present outage ends (scenario time, unix seconds); None when there is none."""
        return self._outage_until if self._outage_from <= self._now() < self._outage_until else None

    def drops(self, event: str) -> bool:
        """Whether the status callback for `event` gets lost."""
        drop = self.callbacks.drop
        if isinstance(drop, list):
            return event in drop
        return self._random.random() < drop

    def take_failure(self) -> RestFailure | None:
        """The failure for this REST request, used up by asking."""
        waiting = self.plan.rest.fail_next
        if not waiting:
            return None
        failure = waiting[0]
        failure.times -= 1
        if failure.times == 0:
            waiting.pop(0)
        return failure

    def take_hang(self) -> bool:
        """Whether this REST request is never answered, used up by asking."""
        if self.plan.rest.hang_next == 0:
            return False
        self.plan.rest.hang_next -= 1
        return True
