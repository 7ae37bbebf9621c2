"""The supervisor: what dies comes back, what is stopped stays down, nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.errors import StackError
from stack.processes import Program, Supervisor
from stack.records import PidRecord, start_mark
from tests.support.waiting import all_end, eventually, watch

SLEEPER = "import time; time.sleep(600)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('deaf', flush=True)
time.sleep(600)
"""
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
time.sleep(600)
"""


class Trial:
    """A supervisor with its messages."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.told: list[str] = []
        self.supervisor = Supervisor(tell=self.told.append)

    def add(self, name: str, code: str, *, grace: float = 10.0) -> Program:
        program = Program(
            name,
            [sys.executable, "-c", code],
            env=os.environ,
            cwd=self.directory,
            logs=self.directory,
            records=self.directory,
            grace=grace,
        )
        self.supervisor.add(program)
        return program

    def log(self, name: str) -> str:
        return (self.directory / f"{name}.log").read_text()


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    trial = Trial(tmp_path)
    yield trial
    trial.supervisor.stop_all()


def test_who_dies_by_itself_is_started_again_and_the_user_is_told(trial: Trial) -> None:
    trial.add("worker", SLEEPER)
    trial.supervisor.watch()
    trial.supervisor.start("worker")
    first = trial.supervisor.pid("worker")
    assert first is not None

    os.kill(first, signal.SIGKILL)

    eventually(lambda: trial.supervisor.pid("worker") not in (None, first), "the worker is started again")
    log = trial.directory / "worker.log"
    assert trial.told == [f"'worker' was ended by SIGKILL; starting it again in 0.5 s. Its log: {log}"]


def test_the_delay_grows_while_it_keeps_dying(trial: Trial) -> None:
    trial.add("worker", "raise SystemExit(3)")
    trial.supervisor.watch()
    trial.supervisor.start("worker")
    eventually(lambda: len(trial.told) == 3, "the user is told three times")
    assert [message.split(";")[0] for message in trial.told] == ["'worker' ended by itself with exit status 3"] * 3
    assert [message.split(" in ")[1].split(" s.")[0] for message in trial.told] == ["0.5", "1", "2"]


def test_who_is_killed_through_the_supervisor_stays_down_until_it_is_started(trial: Trial) -> None:
    trial.add("worker", SLEEPER)
    trial.add("witness", "raise SystemExit(1)")
    trial.supervisor.watch()
    trial.supervisor.start("worker")

    trial.supervisor.kill("worker")
    # The supervisor has looked since: it noticed the other one.
    trial.supervisor.start("witness")
    eventually(lambda: trial.told, "the supervisor notices the other one")
    assert trial.supervisor.pid("worker") is None
    assert not any("'worker'" in message for message in trial.told)

    trial.supervisor.start("worker")
    assert trial.supervisor.pid("worker") is not None


def test_who_does_not_listen_is_killed_after_the_grace_period(trial: Trial) -> None:
    trial.add("deaf", STUBBORN, grace=0.2)
    trial.supervisor.start("deaf")
    pid = trial.supervisor.pid("deaf")
    assert pid is not None
    eventually(lambda: "deaf" in trial.log("deaf"), "it stopped listening")
    trial.supervisor.stop("deaf")
    assert start_mark(pid) is None


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_the_children_of_a_programme_end_with_it(trial: Trial, end: str) -> None:
    trial.add("parent", PARENT)
    trial.supervisor.start("parent")
    grandchild = int(
        eventually(lambda: trial.log("parent") if trial.log("parent").endswith("\n") else "", "it has a child")
    )
    watched = watch([grandchild])
    getattr(trial.supervisor, end)("parent")
    all_end(watched)


def test_a_programme_that_ends_during_the_start_is_an_error_with_its_last_words(trial: Trial) -> None:
    trial.add("web", "raise SystemExit('port taken')")
    trial.supervisor.start("web")
    eventually(lambda: trial.supervisor.pid("web") is None, "it ends")
    with pytest.raises(StackError, match=r"'web' ended by itself with exit status 1(.|\n)*port taken"):
        trial.supervisor.require_alive()


def test_a_command_that_does_not_exist_is_told_in_the_log(trial: Trial, tmp_path: Path) -> None:
    program = Program("ghost", ["/no/such/programme"], env=os.environ, cwd=tmp_path, logs=tmp_path, records=tmp_path)
    program.start()
    eventually(lambda: program.pid is None, "it ends")
    assert "/no/such/programme" in trial.log("ghost") or "No such file" in trial.log("ghost")


def test_a_recycled_pid_is_never_killed(tmp_path: Path) -> None:
    """A stranger has the number of a process that we remember, but did not start when that one did."""
    stranger = subprocess.Popen([sys.executable, "-c", SLEEPER], start_new_session=True)
    try:
        record = PidRecord(tmp_path / "worker.pid.json")
        record.write(stranger.pid)
        assert record.living() == stranger.pid
        remembered = json.loads(record.path.read_text())
        record.path.write_text(json.dumps({**remembered, "started": remembered["started"] + "1"}))

        assert record.living() is None
        assert record.end(ask_with=signal.SIGKILL, grace=0) is False

        assert start_mark(stranger.pid) == remembered["started"]
    finally:
        stranger.kill()
        stranger.wait()


def test_an_unknown_name_is_answered_with_the_known_ones(trial: Trial) -> None:
    trial.add("web", SLEEPER)
    with pytest.raises(StackError, match=r"no part called 'wbe'. There are: web"):
        trial.supervisor.kill("wbe")
