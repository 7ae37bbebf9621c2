"""`make run` as a person meets it: up, used, interrupted, killed, started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from stack_trials import Running, make_checkout, processes_of

from stack.place import remove_place
from stack.settings import without_settings
from stack.town import Town
from tests.support.waiting import eventually

PARTS = ["postgres", "valkey", "simulator", "web", "worker-alarm", "worker-notice", "drain", "heartbeat", "beat"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_leaves_no_process_behind(running: Running, number: signal.Signals) -> None:
    running.wait_until_running()
    assert running.page() == "ok"
    assert len(processes_of(running.checkout)) >= len(PARTS)

    running.signal(number)

    assert running.process.wait(30) == 0
    assert processes_of(running.checkout) == []


def test_ctrl_c_twice_is_no_worse_than_once(running: Running) -> None:
    running.wait_until_running()
    running.signal(signal.SIGINT)
    eventually(lambda: "Stopping" in running.text, "it says that it stops")
    running.signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert processes_of(running.checkout) == []


@pytest.mark.parametrize(
    "awaited", ["postgres/lock", "postgres/place.json", "logs/simulator.log", "pids/beat.pid.json"]
)
def test_ctrl_c_during_the_start_leaves_no_process_behind(running: Running, awaited: str) -> None:
    eventually((running.checkout / ".run" / awaited).exists, f"{awaited} is made", within=60)
    running.signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert "Traceback" not in running.text
    assert processes_of(running.checkout) == []


def test_after_a_sigkill_the_next_start_has_the_data_of_the_first(running: Running) -> None:
    running.wait_until_running()
    running.signal(signal.SIGKILL)
    running.process.wait()

    again = Running(running.checkout)
    try:
        again.wait_until_running()
        assert "Demo start number 2." in again.text
    finally:
        again.end()
    assert processes_of(running.checkout) == []


def test_after_a_sigkill_of_make_alone_the_next_start_waits_for_the_old_one_to_stop(checkout: Path) -> None:
    # The recipe without its first line: what is installed already.
    (checkout / "Makefile").write_text(f"run:\n\t@exec {sys.executable} -m stack run\n")
    make = subprocess.Popen(["make", "run"], cwd=checkout, env=without_settings(os.environ), stdout=subprocess.DEVNULL)
    eventually((checkout / ".run" / "pids" / "beat.pid.json").exists, "beat is started", within=60)
    make.kill()
    make.wait()

    again = Running(checkout)
    try:
        again.wait_until_running()
        assert again.page() == "ok"
    finally:
        again.end()
    assert processes_of(checkout) == []


def test_two_checkouts_run_side_by_side(running: Running, tmp_path: Path) -> None:
    neighbour = Running(make_checkout(tmp_path / "the neighbour"))
    try:
        for rondje in (running, neighbour):
            rondje.wait_until_running()
            assert rondje.page() == "ok"
        assert running.url != neighbour.url
    finally:
        neighbour.end()
        remove_place(neighbour.checkout / ".run" / "postgres")
    assert running.page() == "ok"


def test_a_second_run_in_one_checkout_is_refused_and_harms_nothing(running: Running) -> None:
    running.wait_until_running()
    second = Running(running.checkout, output="second.txt")
    assert second.process.wait(30) == 1
    assert f"is in use by process {running.process.pid}. Stop that one first." in second.text
    assert running.page() == "ok"


def test_a_broken_programme_stops_the_start_with_its_last_words(checkout: Path) -> None:
    (checkout / "worker" / "drain.py").write_text("raise SystemExit('the drain is blocked')\n")
    (checkout / "simulator" / "__main__.py").write_text("import time\ntime.sleep(600)\n")
    rondje = Running(checkout)
    assert rondje.process.wait(60) == 1
    assert "'drain' ended by itself with exit status 1" in rondje.text
    assert "the drain is blocked" in rondje.text
    assert processes_of(checkout) == []


def test_a_part_that_was_never_seen_at_work_is_not_waited_for_for_ever(checkout: Path) -> None:
    pages = checkout / "backend" / "config" / "wsgi.py"
    pages.write_text(pages.read_text().replace("sign: time.time()", "sign: 0.0"))
    said: list[str] = []
    town = Town(checkout / ".run", root=checkout, tell=said.append, at_work_within=1.0)
    try:
        with town:
            assert said == ["Not all parts were seen at work within 1 seconds: worker-alarm, worker-notice, drain."]
    finally:
        town.remove()


def test_each_part_of_a_town_can_be_killed_and_started_by_name(checkout: Path) -> None:
    town = Town(checkout / ".run", root=checkout, tell=lambda _: None)
    try:
        with town:
            assert town.names == PARTS
            for name in PARTS:
                before = town.pid(name)
                town.kill(name)
                assert town.pid(name) is None
                town.start_part(name)
                assert town.pid(name) not in (None, before)
            town.wait_until_ready()
            assert town.manage("start_demo").stdout == "Demo start number 1.\n"
        assert processes_of(checkout) == []
    finally:
        town.remove()
