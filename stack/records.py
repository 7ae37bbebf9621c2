"""Who is process 4711? Pid records that survive a kill and never point at a stranger."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_POLL_SECONDS = 0.02


def start_mark(pid: int) -> str | None:
    """Return what tells this process from a later one with the same pid; None when there is none.

    On Linux that is the kernel's start time in ticks since boot plus the boot id, so that a record
    from before a reboot matches nothing. A zombie is gone: it has ended and only waits to be counted.
    """
    if sys.platform != "linux":
        return _start_mark_from_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if fields[0] in "ZX":
        return None
    return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()}:{fields[19]}"


def _start_mark_from_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


class PidRecord:
    """A file that remembers one process and the moment it started."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, pid: int) -> None:
        """Remember `pid`; a process that is gone already is not remembered."""
        mark = start_mark(pid)
        if mark is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.write_text(json.dumps({"pid": pid, "started": mark}))
        fresh.replace(self.path)

    def forget(self) -> None:
        """Remove the record, if there is one."""
        self.path.unlink(missing_ok=True)

    def living(self) -> int | None:
        """Return the pid of the remembered process while that very process is alive."""
        try:
            remembered = json.loads(self.path.read_text())
            pid, mark = int(remembered["pid"]), str(remembered["started"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return pid if start_mark(pid) == mark else None

    def end(self, *, ask_with: signal.Signals, grace: float) -> bool:
        """Stop the remembered process and its group: `ask_with` first, SIGKILL after `grace` seconds.

        Returns whether there was anything to stop.
        """
        pid = self.living()
        if pid is not None:
            signal_group(pid, ask_with)
            deadline = time.monotonic() + grace
            while self.living() is not None and time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
            signal_group(pid, signal.SIGKILL)
            while self.living() is not None:
                time.sleep(_POLL_SECONDS)
        self.forget()
        return pid is not None


def signal_group(leader: int, signal_number: signal.Signals) -> None:
    """Signal a process group; one that has no members left is not an error."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal_number)


def end_recorded(directory: Path, *, grace: float = 5.0) -> None:
    """End every process on record in a directory: SIGTERM to all, SIGKILL after `grace` seconds."""
    records = [PidRecord(path) for path in sorted(directory.glob("*.pid.json"))]
    for record in records:
        pid = record.living()
        if pid is not None:
            signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    for record in records:
        record.end(ask_with=signal.SIGTERM, grace=max(0.0, deadline - time.monotonic()))
