"""What can be read on a page."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

HIDDEN = re.compile(r"<(title|symbol|script)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ANSWERED = re.compile(r'name="answered" value="([^"]*)"')


def one_line(answer: HttpResponse) -> str:
    """A page with its tags: single spaces, and characters as they are read."""
    return unescape(" ".join(answer.content.decode().split()))


def text_of(page: str) -> str:
    """What stands on a page: without tags, with single spaces."""
    return unescape(" ".join(TAG.sub(" ", HIDDEN.sub("", page)).split()))


def read(client: Client, address: str, fields: dict[str, object] | None = None) -> tuple[int, str]:
    """The status and the text of a page, after its form was sent if there are fields."""
    answer = client.get(address) if fields is None else client.post(address, fields, follow=True)
    return answer.status_code, text_of(answer.content.decode())


def answered(answer: HttpResponse) -> dict[str, str]:
    """What the answer on a desk's page is about, as its buttons send it along; nothing when there is no answer."""
    found = ANSWERED.search(answer.content.decode())
    return {"answered": found[1]} if found else {}
