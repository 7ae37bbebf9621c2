"""Ports on loopback that nobody else has."""

import socket
import sys

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Say whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """Return a loopback port that is free at this moment, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


class PortClaim:
    """A loopback port that no other stack on this machine will choose while we hold the claim.

    Two stacks that look at the same moment both find the port free, and the slower one would take the
    answers of the faster for its own. The claim is an abstract Unix socket (unix(7)): the kernel lets
    go of it when its holder dies. Without those (not Linux) the claim is a look only.
    """

    def __init__(self, wanted: int) -> None:
        """Claim `wanted` when it is free and unclaimed, otherwise any such port."""
        self._holder: socket.socket | None = None
        self.port = wanted
        while not self._claim():
            self.port = free_port()

    def _claim(self) -> bool:
        if not is_free(self.port):
            return False
        if sys.platform == "linux":
            holder = socket.socket(socket.AF_UNIX)
            try:
                holder.bind(f"\0rondje-port-{self.port}")
            except OSError:
                holder.close()
                return False
            self._holder = holder
        return True

    def release(self) -> None:
        """Let others have the port."""
        if self._holder is not None:
            self._holder.close()
            self._holder = None
