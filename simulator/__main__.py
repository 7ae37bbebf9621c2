"""`python -m simulator`: start the carrier and the town; stop on SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys

from aiohttp import web

from simulator.app import build_app
from simulator.settings import Settings, SettingsError, read_settings
from simulator.world import World

REFUSED = 2
FAREWELL = 0.5
"""Real seconds that open requests get when the simulator stops."""


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises OSError when the port is taken."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    runner = web.AppRunner(build_app(World(settings)), access_log=None, shutdown_timeout=FAREWELL)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        port = runner.addresses[0][1]
        print(f"Simulator ready on http://{settings.host}:{port}", flush=True)  # noqa: T201 - who starts it waits for this line
        await stop.wait()
    finally:
        await runner.cleanup()


def main() -> int:
    """The exit status: 0 after a stop, 2 when the simulator refuses to start."""
    logging.basicConfig(level=logging.WARNING, format="simulator: %(levelname)s %(message)s")
    try:
        settings = read_settings(sys.argv[1:], os.environ)
        asyncio.run(serve(settings))
    except SettingsError as error:
        sys.stderr.write(f"simulator: {error}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"simulator: cannot listen on that port: {error.strerror}. Choose another with --port.\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
