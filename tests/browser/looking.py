"""What is looked for on a page: violations of WCAG, what is too wide for the window, and what is too small to touch."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
