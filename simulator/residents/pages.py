"""Forms on a page, as a small browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNSENT = frozenset({"submit", "button", "image", "reset", "file"})


@dataclass
class Form:
    """A form: where it goes and what it sends if nothing is changed: names may come more than once."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)

    def filled_in(self, fields: dict[str, str]) -> list[tuple[str, str]]:
        """What it sends when these fields are filled in."""
        return [*((name, value) for name, value in self.values if name not in fields), *fields.items()]


class _FormFinder(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self._form_id = form_id
        self._inside = False
        self.form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form" and attributes.get("id") == self._form_id:
            self.form = Form(attributes.get("action", ""), attributes.get("method", "get").upper())
            self._inside = True
        elif tag == "input" and self._inside:
            self._take(attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _take(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text").lower()
        name = attributes.get("name")
        if self.form is None or not name or kind in _UNSENT or "disabled" in attributes:
            return
        if kind in {"radio", "checkbox"}:
            if "checked" in attributes:
                self.form.values.append((name, attributes.get("value", "on")))
            return
        self.form.values.append((name, attributes.get("value", "")))


def find_form(page: str, form_id: str) -> Form | None:
    """The form with this id, with its hidden and prefilled inputs; None when the page has no such form."""
    finder = _FormFinder(form_id)
    finder.feed(page)
    return finder.form
