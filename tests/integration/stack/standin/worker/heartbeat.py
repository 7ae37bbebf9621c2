"""Pings nobody, until it is told to stop."""

import signal

signal.pause()
