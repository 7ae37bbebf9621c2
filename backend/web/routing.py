"""What holds for every page, wherever its view lives.

Addresses are composed here and not decorated one by one, so that no page can forget: whoever is not signed in is sent
to the sign-in page (unless the view says `login_not_required`), a refusal is answered in words, what a person does
slows a demo's clock down, and nothing personal stays in a browser's cache: a page is kept nowhere unless its view says
that it is public.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from backend.common.errors import RondjeError
from backend.events import clock
from backend.web.views.errors import refusal

View = Callable[..., HttpResponseBase]


def pages(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, includes among them, with every view made a page."""
    return [_made_pages(pattern) for pattern in patterns]


def _made_pages(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        return URLPattern(pattern.pattern, page(pattern.callback), pattern.default_args, pattern.name)
    return URLResolver(
        pattern.pattern,
        pages(pattern.url_patterns),
        pattern.default_kwargs,
        app_name=pattern.app_name,
        namespace=pattern.namespace,
    )


def page(view: View) -> View:
    """The view with what holds for every page. Raises what is a defect of the program; answers every RondjeError."""
    for_staff = getattr(view, "login_required", True)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if for_staff and not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.method == "POST" and _is_a_person(request):
            clock.hold()
        try:
            response = view(request, *args, **kwargs)
        except RondjeError as error:
            response = refusal(request, error)
        if isinstance(response, HttpResponse) and not _is_for_everybody(response):
            add_never_cache_headers(response)
        return response

    return guarded


def _is_for_everybody(response: HttpResponse) -> bool:
    """Its view says that it is the same for whoever asks, and holds nothing personal."""
    return "public" in response.get("Cache-Control", "")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a panel that refreshes itself takes the whole page along."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("sign-in"))
    return redirect_to_login(request.get_full_path(), "sign-in")


def _is_a_person(request: HttpRequest) -> bool:
    """Every browser says Mozilla; the volunteers of a simulated town do not, and must not slow their town down."""
    return "Mozilla" in request.headers.get("User-Agent", "")
