"""Scenarios played by the real command: whole stacks, killed workers and all."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stack.settings import ROOT
from tests.support.stepped import can_be_stepped
from tests.support.waiting import all_end, watch

SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
FOR_REAL = [
    "all_well",
    "carrier_answers_badly",
    "everything_restarted",
    "webhooks_in_disorder",
    "worker_killed_broker_flushed",
]
"""What real processes and a clock that runs add to. The others are played in `test_stepping_scenarios.py`."""

LONGEST = 200
"""Real seconds for one scenario, on a busy machine."""

pytestmark = pytest.mark.timeout(LONGEST + 60)


def command(file: Path) -> list[str]:
    return [sys.executable, "-m", "stack", "scenario", str(file)]


def play(file: Path) -> tuple[int, list[str]]:
    """The exit status, and the lines that were printed."""
    done = subprocess.run(
        command(file),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def accounting(lines: list[str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


@pytest.mark.parametrize("name", FOR_REAL)
def test_a_shipped_scenario_ends_as_it_says(name: str) -> None:
    status, lines = play(ROOT / "scenarios" / f"{name}.yaml")

    assert status == 0, "\n".join(lines[-40:])
    answer = accounting(lines)
    assert list(answer) == [
        *("date", "organisation", "expected", "well", "excused", "in_progress"),
        *("incident_open", "incident_closed", "unaccounted", "members"),
    ]
    assert answer["unaccounted"] == 0
    assert answer["well"] + answer["excused"] + answer["incident_closed"] == answer["expected"] > 0


def test_every_shipped_scenario_is_played_in_one_way_at_least() -> None:
    assert [file.stem for file in SHIPPED if file.stem not in FOR_REAL and not can_be_stepped(file)] == []


def test_all_that_the_issue_asks_for_is_shipped() -> None:
    assert [file.stem for file in SHIPPED] == [
        "all_well",
        "asking_for_help",
        "bus_evening",
        "bus_not_home",
        "bus_stranded",
        "bus_tuesday",
        "carrier_answers_badly",
        "carrier_hiccups",
        "carrier_outage",
        "crew_drops_out",
        "dialled",
        "dinner",
        "dinner_evening_before",
        "dinner_full",
        "duty_gap",
        "everything_restarted",
        "on_the_bus",
        "one_number",
        "one_ring",
        "one_silent_late_ring_in",
        "own_phone",
        "own_phone_broken",
        "paper",
        "practice",
        "second_account",
        "star",
        "strange_input",
        "swap_by_text",
        "texts",
        "transfer",
        "voicemail_and_worried",
        "volunteer_absent",
        "webhooks_in_disorder",
        "worker_killed_broker_flushed",
    ]


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A morning that is broken off two minutes after it began."""
    text = (ROOT / "scenarios" / "all_well.yaml").read_text(encoding="utf-8")
    file = tmp_path / "short.yaml"
    file.write_text(text.replace('until: "09:15"', 'until: "08:32"'), encoding="utf-8")
    return file


def test_when_nothing_is_left_that_works_nobody_is_accounted_for_and_it_says_so(short: Path) -> None:
    text = (ROOT / "scenarios" / "all_well.yaml").read_text(encoding="utf-8")
    text = text.replace("rate: 50", "rate: 150").replace('until: "09:15"', 'until: "09:14"')
    dead = "events:\n  - {at: 0, do: kill, target: [drain, worker-alarm, worker-notice, beat, web]}\n"
    expected = "expect: {tally: {well: 7}, round: {closed_how: received}}\n"
    short.write_text(text[: text.index("expect:\n")] + dead + expected, encoding="utf-8")

    status, lines = play(short)

    assert status == 1, "\n".join(lines)
    assert "Expected everybody to be accounted for, but of Riet Wolters nothing is known." in lines
    assert "Expected 7 members to be well, but there are 0." in lines
    assert "Expected the round to close as received, but: it did not close." in lines
    answer = accounting(lines)
    assert (answer["unaccounted"], answer["excused"]) == (7, 1)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("rate: 50", "rate: fast", "line 7: rate: Input should be a valid number"),
        ("duty: primary", "duty: boss", "volunteers[0].duty: Input should be 'primary', 'backup' or 'coordinator'"),
        ("circle:\n", "circle: {{\n", "not YAML"),
    ],
)
def test_a_broken_file_exits_2_before_anything_is_started(short: Path, right: str, wrong: str, message: str) -> None:
    text = short.read_text(encoding="utf-8")
    assert right in text
    short.write_text(text.replace(right, wrong), encoding="utf-8")

    status, lines = play(short)

    assert status == 2
    assert "is not a scenario that can be played" in lines[0]
    assert message in "\n".join(lines)
    assert not any("starting" in line for line in lines)


def test_a_file_that_is_not_there_exits_2(tmp_path: Path) -> None:
    status, lines = play(tmp_path / "nowhere.yaml")
    assert (status, lines[1].strip()) == (2, "it cannot be read: No such file or directory")


@pytest.fixture
def playing(short: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command(short), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    yield process
    process.kill()
    process.wait()


def test_ctrl_c_stops_everything(playing: subprocess.Popen[str]) -> None:
    assert playing.stdout is not None
    assert any("THE ROUND BEGINS" in line for line in playing.stdout)
    children = watch(descendants(playing.pid))
    assert len(children) >= 8

    playing.send_signal(signal.SIGINT)

    rest = playing.stdout.read()
    assert playing.wait(30) == 130
    assert "Traceback" not in rest
    all_end(children)


def descendants(pid: int) -> set[int]:
    """The processes that this one started, and those that they did."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}
