"""In which language a public page speaks: as its address says, else as the browser asks. No cookie is needed for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from backend.common.languages import LANGUAGES
from backend.common.speaking import speak

View = Callable[..., HttpResponse]


def asked(request: HttpRequest) -> str:
    """The language that the address asks for; "" when it asks for none that there is."""
    found = request.GET.get("language", "")
    return found if found in LANGUAGES else ""


def speaks(view: View) -> View:
    """The view, in the language that its address asks for."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if language := asked(request):
            speak(request, language)
        return view(request, *args, **kwargs)

    return spoken


def remembers(view: View) -> View:
    """The view; a language that its address asks for holds for later pages. For pages that use cookies anyhow."""

    @wraps(view)
    def remembered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if language := asked(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
        return response

    return remembered
