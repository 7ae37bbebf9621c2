"""The town's clock: actors rest on it, and a frozen one jumps from event to event."""

from __future__ import annotations

import asyncio
import time

import pytest

from simulator.clock import Anchor, Clock, ClockError, Signal


def frozen() -> Clock:
    failures: list[BaseException] = []
    clock = Clock(lambda error, _name: failures.append(error))
    clock.set_anchor(Anchor(real=time.time(), virtual=1000.0, rate=0))
    return clock


def test_an_hour_passes_in_no_time_and_in_order() -> None:
    async def story() -> list[tuple[str, float]]:
        clock, seen = frozen(), []

        async def actor(name: str, seconds: float) -> None:
            await clock.sleep(seconds)
            seen.append((name, clock.now()))

        for name, seconds in [("late", 3600), ("early", 1), ("middle", 60)]:
            clock.spawn(actor(name, seconds), name)
        await clock.advance(1000 + 3600)
        return seen

    assert asyncio.run(story()) == [("early", 1001), ("middle", 1060), ("late", 4600)]


def test_an_event_brings_its_consequences_before_time_goes_on() -> None:
    async def story() -> list[float]:
        clock, seen = frozen(), []

        async def slow_webhook() -> None:
            await clock.sleep(10)
            for _turn in range(100):  # a webhook that takes real time: everybody else could go on meanwhile
                await asyncio.sleep(0)
            await clock.sleep(5)
            seen.append(clock.now())

        async def other() -> None:
            await clock.sleep(12)
            seen.append(clock.now())

        clock.spawn(slow_webhook(), "webhook")
        clock.spawn(other(), "other")
        await clock.advance(1100)
        return seen

    assert asyncio.run(story()) == [1012, 1015]


def test_a_signal_ends_a_wait_and_leaves_nothing_due() -> None:
    async def story() -> tuple[bool, float | None, int]:
        clock, signal, rang = frozen(), Signal(), []

        async def actor() -> None:
            rang.append(await clock.wait_for(signal, lambda: bool(rang_bell), seconds=60))

        rang_bell: list[bool] = []
        clock.spawn(actor(), "actor")
        await clock.settled()
        signal.fire()
        await clock.settled()
        assert rang == [], "a signal without the fact does not end the wait"
        rang_bell.append(True)
        signal.fire()
        await clock.settled()
        return rang[0], clock.next_due(), clock.in_flight

    assert asyncio.run(story()) == (True, None, 0)


def test_a_running_clock_fires_by_itself_and_cannot_be_advanced() -> None:
    async def story() -> float:
        clock = frozen()
        done = asyncio.Event()

        async def actor() -> None:
            await clock.sleep(30)
            done.set()

        clock.spawn(actor(), "actor")
        began = time.monotonic()
        clock.set_anchor(Anchor(real=time.time(), virtual=1000.0, rate=300))
        with pytest.raises(ClockError, match="runs by itself"):
            await clock.advance(2000)
        await asyncio.wait_for(done.wait(), 20)
        return time.monotonic() - began

    assert 0.09 < asyncio.run(story()) < 20, "thirty seconds take a tenth of one, or longer on a busy machine"


def test_time_does_not_go_back() -> None:
    async def story() -> None:
        clock = frozen()
        with pytest.raises(ClockError, match="forward"):
            await clock.advance(999)

    asyncio.run(story())


def test_one_failing_actor_is_reported_and_does_not_stop_the_others() -> None:
    async def story() -> list[str]:
        reports: list[str] = []
        clock = Clock(lambda error, name: reports.append(f"{name}: {error}"))
        clock.set_anchor(Anchor(real=time.time(), virtual=0.0, rate=0))

        async def broken() -> None:
            await clock.sleep(1)
            raise RuntimeError("boom")

        async def fine() -> None:
            await clock.sleep(2)
            reports.append("fine")

        clock.spawn(broken(), "broken")
        clock.spawn(fine(), "fine")
        await clock.advance(3)
        return reports

    assert asyncio.run(story()) == ["broken: boom", "fine"]


def test_closing_stops_resting_actors() -> None:
    async def story() -> int:
        clock = frozen()
        clock.spawn(clock.sleep(100), "sleeper")
        await clock.settled()
        await clock.close()
        return clock.in_flight

    assert asyncio.run(story()) == 0
