"""Which browser has opened a link by its button: a signed, short-lived cookie that counts for that link only.

A link that is copied, previewed or forwarded shows nothing personal until somebody presses the button themselves.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


@dataclass(frozen=True)
class Admission:
    """How the links of one kind are opened. `page` is the address behind the link; `lives` is real time."""

    cookie: str
    salt: str
    page: str
    lives: timedelta

    def admit(self, response: HttpResponse, link: Model, token: str) -> None:
        """Let this browser see what the link leads to, for as long as links live."""
        response.set_signed_cookie(
            self.cookie,
            str(link.pk),
            salt=self.salt,
            max_age=self.lives,
            path=reverse(self.page, args=[token]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def is_admitted(self, request: HttpRequest, link: Model) -> bool:
        """Whether this browser has pressed the button of this link."""
        admitted = request.get_signed_cookie(self.cookie, default="", salt=self.salt, max_age=self.lives)
        return admitted == str(link.pk)
