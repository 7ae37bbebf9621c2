"""Becomes another programme, after tying its life to that of the process that started it.

Run by path, as `python -I -S launch.py PARENT SIGNAL UID GID COMMAND…`, in place of a `preexec_fn`:
Python between fork and exec may deadlock when the parent has threads, and this parent has.
UID and GID are `-` to stay who we are.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(*, parent: int, death_signal: int, uid: str, gid: str, command: list[str]) -> None:
    """Drop privileges if asked, ask the kernel for `death_signal` when `parent` dies, and exec.

    The request comes after the change of user, because such a change clears it (prctl(2)). It exists
    on Linux only; elsewhere an orphan is found by its pid record at the next start.
    """
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    ask_for_signal_at_death_of_parent(death_signal)
    if os.getppid() != parent:
        sys.exit("The process that wanted this one is gone.")
    os.execvp(command[0], command)  # noqa: S606


def ask_for_signal_at_death_of_parent(death_signal: int) -> None:
    """Have the kernel signal this process when its parent dies (prctl(2)); on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)


if __name__ == "__main__":
    become(
        parent=int(sys.argv[1]),
        death_signal=int(sys.argv[2]),
        uid=sys.argv[3],
        gid=sys.argv[4],
        command=sys.argv[5:],
    )
