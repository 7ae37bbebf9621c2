"""`make backup` and `make restore` on the data of `make run`, as a person meets them. The product is a stand-in."""

import os
import subprocess
import sys
from pathlib import Path

from stack_trials import Running

from stack.clean import clean
from stack.settings import without_settings


def stack(checkout: Path, *arguments: str) -> tuple[int, str]:
    """The exit status, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-m", "stack", *arguments],
        cwd=checkout,
        env=without_settings(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def start_and_stop(checkout: Path) -> str:
    """What it printed; the stand-in says how often it was started, from a row in its database for each time."""
    rondje = Running(checkout)
    try:
        rondje.wait_until_running()
    finally:
        rondje.end()
    return rondje.text


def test_what_was_cleaned_away_comes_back_from_a_backup(checkout: Path) -> None:
    assert "Demo start number 1." in start_and_stop(checkout)
    status, said = stack(checkout, "backup", "kept.dump")
    assert (status, said.strip()) == (0, "Backed up to kept.dump")

    clean(checkout)
    status, said = stack(checkout, "restore", "kept.dump")
    assert status == 0, said
    assert "Demo start number 2." in start_and_stop(checkout)


def test_a_running_town_is_backed_up_as_it_runs_and_is_not_restored_under_its_feet(running: Running) -> None:
    running.wait_until_running()
    assert stack(running.checkout, "backup", "kept.dump")[0] == 0
    status, said = stack(running.checkout, "restore", "kept.dump", "--force")
    assert status == 1
    assert "is in use by process" in said
    assert running.page() == "ok"
