"""Ctrl-C, once, wherever it comes."""

import signal
from collections.abc import Callable
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Turns the first SIGINT, SIGTERM or SIGHUP into KeyboardInterrupt; later ones change nothing."""

    def __init__(self, *, tell: Callable[[str], None]) -> None:
        """`tell` gets a sentence for a signal that comes while everything is being stopped."""
        self._tell = tell
        self._stopping = False

    def install(self) -> None:
        """Handle the signals from now on; what the caller of this process ignores (nohup) stays ignored."""
        for number in _SIGNALS:
            if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._handle)

    def ignore_from_now_on(self) -> None:
        """From here on everything is being stopped anyway."""
        self._stopping = True

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopping:
            self._tell("Still stopping; a moment.")
            return
        self._stopping = True
        raise KeyboardInterrupt
