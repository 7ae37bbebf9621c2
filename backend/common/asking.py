"""Asking first: what cannot simply be taken back is a page of its own, which says what happens and to whom.

The page needs no JavaScript: the address that acts on POST asks on GET, and whoever says no follows a link back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Question:
    """What is asked, in the reader's language.

    `happens` are sentences: what follows, and for whom. `place` names where `back` (an address) leads.
    """

    title: str
    happens: Sequence[str]
    yes: str
    no: str
    place: str
    back: str


def ask_first(request: HttpRequest, question: Question) -> HttpResponse:
    """The page that asks; its button posts to the address it stands at."""
    return render(request, "web/ask_first.html", {"question": question})
