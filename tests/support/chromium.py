"""The browser of the tests: Debian's Chromium, or the one that playwright installed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped without one, unless RONDJE_REQUIRE_BROWSER=1 says that there must be one."""
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=installed, args=ARGUMENTS)
        except Error as error:
            if os.environ.get("RONDJE_REQUIRE_BROWSER") == "1":
                raise
            pytest.skip(f"No browser: install chromium. ({error.message.splitlines()[0]})")
        yield started
        started.close()
