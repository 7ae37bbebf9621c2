"""The door for other systems: a token of one organisation, and nothing of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from backend.people.models import Integration

if TYPE_CHECKING:  # the framework loads this module while it loads its own views
    from rest_framework.views import APIView

KEYWORD = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: Request) -> tuple[Integration, None] | None:
        """Who asks; None when no token was sent. Raises AuthenticationFailed for a token that opens nothing."""
        words = request.headers.get("Authorization", "").split()
        if not words or words[0].lower() != KEYWORD.lower():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send the token as: Authorization: Bearer TOKEN."))
        try:
            integration = cast(Integration, Integration.objects.get_from_key(words[1]))
        except (Integration.DoesNotExist, ValueError) as error:
            raise AuthenticationFailed(_("This token is not known, or it has been revoked.")) from error
        if integration.has_expired:
            raise AuthenticationFailed(_("This token has expired."))
        return integration, None

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says is wanted."""
        return KEYWORD


def who_asks(request: Request) -> Integration | None:
    """The token's row; None for whoever came without."""
    who: object = request.user
    return who if isinstance(who, Integration) else None


class MayAsk(BasePermission):
    """A token that may read may read; one that may write may write, too."""

    message = _("This token may only read. Ask your organisation for one that may write.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether this request may go on."""
        integration = who_asks(request)
        return integration is not None and (request.method in SAFE_METHODS or integration.may_write)


class PerToken(SimpleRateThrottle):
    """So many requests a minute for each token, so that a program gone wild is no outage."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """What is counted: the token."""
        integration = who_asks(request)
        return None if integration is None else f"api-{integration.pk}"


class Pages(CursorPagination):
    """Lists come in pages; however long a list is, a page costs the same."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500
    ordering = "pk"
