"""Which browser has opened a link by its button: a signed, short-lived cookie that counts for that link only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from backend.incidents.models import ClaimLink
from backend.incidents.services import links

COOKIE = "rondje_case"
SALT = "incidents.link"


def admit(response: HttpResponse, link: ClaimLink, token: str) -> None:
    """Let this browser see what the link leads to, for as long (real time) as links live."""
    response.set_signed_cookie(
        COOKIE,
        str(link.pk),
        salt=SALT,
        max_age=links.LIVES,
        path=reverse("volunteer", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_admitted(request: HttpRequest, link: ClaimLink) -> bool:
    """Whether this browser has pressed the button of this link."""
    admitted = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=links.LIVES)
    return admitted == str(link.pk)
