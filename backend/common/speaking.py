"""In which language a page speaks to who is not signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def speak(request: HttpRequest, language: str) -> None:
    """Speak this language for the rest of the request."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def speak_unless_chosen(request: HttpRequest, language: str) -> None:
    """The same, unless this browser has chosen a language: theirs to whom a link was sent."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(request, language)
