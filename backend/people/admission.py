"""Which browser has opened a link by its button: a signed, short-lived cookie that counts for that link only.

A link that is copied, previewed or forwarded shows nothing personal until somebody presses the button themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from backend.common.link_rows import LinkRow, confirm


@dataclass(frozen=True)
class Admission:
    """How the links of one kind are opened. `page` is the address behind the link; `lives` is real time."""

    cookie: str
    salt: str
    page: str
    lives: timedelta

    def let_in(self, link: LinkRow, now: datetime, *address: object) -> HttpResponse:
        """The answer to the button that only a person presses: from here on this browser is shown names.

        Back to the page, for as long as links live. `address` is the page's: the token first.
        """
        confirm(link, now)
        response = redirect(self.page, *address)
        response.set_signed_cookie(
            self.cookie,
            str(link.pk),
            salt=self.salt,
            max_age=self.lives,
            path=reverse(self.page, args=list(address)),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def is_admitted(self, request: HttpRequest, link: LinkRow) -> bool:
        """Whether this browser has pressed the button of this link."""
        admitted = request.get_signed_cookie(self.cookie, default="", salt=self.salt, max_age=self.lives)
        return admitted == str(link.pk)
