"""What somebody sees when something is refused, missing or broken: in words, in their language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from backend.common.errors import RondjeError


def refusal(request: HttpRequest, error: RondjeError) -> HttpResponse:
    """The error's own sentence and status."""
    return _answer(request, "web/refusal.html", gettext(error.message), error.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """There is no such page."""
    return _answer(request, "web/not_found.html", gettext("This page does not exist"), 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """The page is there, but not for whoever asks."""
    return _answer(request, "web/forbidden.html", gettext("You may not see this"), 403)


def broken(request: HttpRequest) -> HttpResponse:
    """The program failed. The answer asks nothing of the database: that may be what is broken."""
    return _answer(request, "web/broken.html", gettext("Something went wrong on our side"), 500)


def _answer(request: HttpRequest, template: str, sentence: str, status: int) -> HttpResponse:
    """The whole page; for a part of a page that refreshes itself, only the sentence."""
    if request.headers.get("HX-Request"):
        template = "web/_refusal.html"
    return render(request, template, {"sentence": sentence}, status=status)
