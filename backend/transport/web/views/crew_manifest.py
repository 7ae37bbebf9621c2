"""The list of a trip behind the link in a text: for one of its crew who has no account, on the day itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.errors import NotFound
from backend.common.speaking import speak_unless_chosen
from backend.events import clock
from backend.people.admission import Admission
from backend.people.selectors import local_date
from backend.transport.models import ManifestLink
from backend.transport.services import manifest_links
from backend.transport.web import manifest_pages, trip_money
from backend.transport.web.manifest_pages import Reader
from backend.transport.web.trip_money import Till

ADMISSION = Admission(
    "rondje_bus", "transport.manifest", "crew-manifest", manifest_links.TICKS_ARE_TAKEN + timedelta(days=1)
)


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The list; before the button was pressed, or on another day, only that there is one."""
    link, now = _follow(request, token)
    if now >= link.expires_at:
        raise NotFound("The day of this list is over. What you ticked is sent, or waits on your telephone.")
    organisation = link.duty.trip.organisation
    if local_date(organisation, now) < link.duty.trip.date:
        facts = {"organisation": organisation, "trip": link.duty.trip}
        return render(request, "transport/manifest_early.html", facts)
    if not ADMISSION.is_admitted(request, link):
        return render(request, "transport/manifest_open.html", {"organisation": organisation, "token": token})
    return manifest_pages.show(request, _reader(link, token), now)


@login_not_required
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button that only a person presses: from here on this browser is shown names."""
    link, now = _follow(request, token)
    return ADMISSION.let_in(link, now, token)


def _pressed(act: Callable[[HttpRequest, Reader, datetime], HttpResponse]) -> Callable[..., HttpResponse]:
    """A button of the list, without a script; before the link was opened, back to where it is."""

    @login_not_required
    @require_POST
    def view(request: HttpRequest, token: str) -> HttpResponse:
        link, now = _follow(request, token)
        if not ADMISSION.is_admitted(request, link):
            return redirect("crew-manifest", token)
        return act(request, _reader(link, token), now)

    return view


tick = _pressed(manifest_pages.tick)
start = _pressed(manifest_pages.start)
close = _pressed(manifest_pages.close)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, token: str) -> HttpResponse:
    """Who paid how, and what is in the cash box: while the list itself is shown."""
    link, now = _follow(request, token)
    if now >= link.expires_at or not ADMISSION.is_admitted(request, link):
        return redirect("crew-manifest", token)
    here, back = reverse("crew-manifest-money", args=[token]), reverse("crew-manifest", args=[token])
    actor = actors.person(link.person_id, "link")
    till = Till(link.duty.trip, actor, here, back, base="transport/manifest_base.html", is_planner=False)
    return trip_money.page(request, till, now)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest, token: str) -> HttpResponse:
    """What a telephone ticked; taken for a week after the day, and from who has the duty no more, who sees no list."""
    now = clock.now()
    link = manifest_links.follow_to_send(token, now)
    speak_unless_chosen(request, link.person.language)
    if not ADMISSION.is_admitted(request, link):
        return JsonResponse({"detail": _("Open the link in your text message once more.")}, status=403)
    reader = replace(_reader(link, token), only_sends=not manifest_links.has_duty(link))
    return manifest_pages.entries(request, reader, now)


def _follow(request: HttpRequest, token: str) -> tuple[ManifestLink, datetime]:
    """The link, and now. Speaks the language of whoever was texted unless they chose another. Raises NotFound."""
    now = clock.now()
    link = manifest_links.follow(token, now)
    speak_unless_chosen(request, link.person.language)
    return link, now


def _reader(link: ManifestLink, token: str) -> Reader:
    return manifest_pages.by_link(link.duty.trip, actors.person(link.person_id, "link"), token)
