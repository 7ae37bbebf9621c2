"""What is looked for on a page: violations of WCAG, what is too wide for the window, and what is too small to touch."""

from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import picture

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

TARGETS = """() => {
  const inText = link => link.tagName === 'A' && getComputedStyle(link).display === 'inline';
  const shown = one => one.checkVisibility() && !one.closest('.skip') && one.getBoundingClientRect().width > 1;
  const target = one => one.type === 'radio' || one.type === 'checkbox' ? one.closest('label') || one : one;
  return [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
    .filter(one => shown(one) && !inText(one))
    .map(one => [target(one).getBoundingClientRect(), one])
    .filter(([box]) => box.height < 43.5 || box.width < 23.5)
    .map(([box, one]) => `${one.outerHTML.slice(0, 90)} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
}"""


COVERED = """() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const shown = one.closest('label') || one;
  const box = shown.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const above = document.elementFromPoint(x, y);
  return above && (shown.contains(above) || above.contains(shown)) ? '' : one.outerHTML.slice(0, 90);
}"""


TO_THE_END = """() => {
  if (document.querySelector('.pair > .answer')) window.scrollTo(0, document.documentElement.scrollHeight);
}"""
"""A bar at the bottom of a narrow screen lies over half a field while a page is scrolled, and over none at its end."""


def covered(page: Page, times: int) -> list[str]:
    """What lies hidden under something else, or outside of the window, as a keyboard goes from one to the next."""
    found = []
    for _step in range(times):
        page.keyboard.press("Tab")
        found.append(page.evaluate(COVERED))
    return [one for one in found if one]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    found = Axe().run(page, options=RULES)
    return [
        f"{page.url}: {one['id']} at {node['target']}: {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def flaws(page: Page) -> list[str]:
    """The same, and what does not fit the window or a finger (44 px; links in running text excepted)."""
    found = violations(page)
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        found.append(f"{page.url}: {too_wide} px wider than the window")
    return found + [f"{page.url}: too small: {one}" for one in page.evaluate(TARGETS)]


def look_at(page: Page, addresses: Mapping[str, str], window: str) -> list[str]:
    """What is wrong with each of these pages, all that is folded unfolded; not to be there is wrong as well."""
    found = []
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        if answer.status != 200:
            found.append(f"{address} answers {answer.status}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(TO_THE_END)
        picture(page, f"{name}-{window}")
        found += flaws(page)
    return found


def send_as_they_stand(page: Page, forms: Mapping[str, tuple[str, str]], window: str) -> list[str]:
    """What is wrong with what comes back when these forms are sent unfilled: for each its page, and its id on it."""
    found = []
    for name, (address, form) in forms.items():
        page.goto(address)
        page.evaluate("form => { document.getElementById(form).noValidate = true; }", form)
        with page.expect_navigation():
            page.evaluate("form => document.getElementById(form).requestSubmit()", form)
        picture(page, f"refused-{name}-{window}")
        found += flaws(page)
    return found
