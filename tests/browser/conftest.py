"""A browser on the pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from backend.people.models import Role, User
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.chromium import chromium

DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}

# Playwright keeps an event loop running in this thread, which Django takes for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a file; its loop must end before other tests run loops of their own."""
    with chromium() as started:
        yield started


@pytest.fixture
def morning(settings, transactional_db) -> Morning:
    """The circle De Linde with eight members, at 8:30, just started."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    mornings.set_time("08:30")
    morning = Morning(mornings.an_organisation())
    morning.start()
    return morning


@pytest.fixture
def coordinator(morning: Morning) -> User:
    """Marijke, who coordinates and looks after the machine."""
    return mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR, Role.Kind.OPERATOR)


@pytest.fixture
def desk(browser: Browser, live_server) -> Iterator[Page]:
    """A browser window on a desk."""
    yield from _window(browser, live_server.url, DESK)


@pytest.fixture
def telephone(browser: Browser, live_server) -> Iterator[Page]:
    """A browser on a telephone."""
    yield from _window(browser, live_server.url, TELEPHONE)


@pytest.fixture
def without_javascript(browser: Browser, live_server) -> Iterator[Page]:
    """A browser window on a desk that runs no script."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="nl-NL",
        viewport=DESK,
        java_script_enabled=False,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def _window(browser: Browser, url: str, size: dict[str, int]) -> Iterator[Page]:
    context = browser.new_context(base_url=url, locale="nl-NL", viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def sign_in(page: Page, username: str = "marijke") -> None:
    """Come in as staff."""
    page.goto("/sign-in/")
    page.get_by_label("Naam").fill(username)
    page.get_by_label("Wachtwoord").fill(mornings.PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/today/")


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page when RONDJE_PICTURES names a directory."""
    directory = os.environ.get("RONDJE_PICTURES")
    if directory:
        Path(directory).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(directory) / f"{name}.png"), full_page=True)


def hold(page: Page, address: str) -> list[Route]:
    """A slow line: whatever is asked at this address (a pattern) is kept, in this list, until it is continued."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held
