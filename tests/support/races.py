"""Two things at once: threads with connections of their own, and a place where they meet if nothing keeps one out."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection

PATIENCE = 4.0
"""Seconds that one thread waits for the other to come as far: with a lock it never does."""


def at_once(*works: Callable[[], object]) -> list[BaseException | None]:
    """Run each in a thread of its own, with a connection of its own; their errors, in order."""
    ends: list[BaseException | None] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            ends[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, work), daemon=True) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads), "A thread hangs: what it did is not known."
    return ends


def meet_in(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Let two threads meet before a function that decides or writes, if nothing keeps one of them out."""
    barrier = threading.Barrier(2)
    original = getattr(owner, name)

    def meeting(*args: object, **kwargs: object) -> object:
        _meet(barrier)
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, meeting)


def meet_after(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Let two threads meet after a function that reads, if nothing keeps one of them out: neither read the other's."""
    barrier = threading.Barrier(2)
    original = getattr(owner, name)

    def meeting(*args: object, **kwargs: object) -> object:
        read = original(*args, **kwargs)
        _meet(barrier)
        return read

    monkeypatch.setattr(owner, name, meeting)


def _meet(barrier: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        barrier.wait(PATIENCE)


def locked_in_turn(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[int]:
    """The keys that a locking function is called with from here on, in order, each where it came first."""
    keys: list[int] = []
    original = getattr(owner, name)

    def locking(key: int) -> object:
        if key not in keys:
            keys.append(key)
        return original(key)

    monkeypatch.setattr(owner, name, locking)
    return keys
