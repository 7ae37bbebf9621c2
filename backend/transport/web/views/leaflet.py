"""The programme for whoever has no screen, and for whoever has a calendar on theirs."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from backend.common.errors import NotFound, RondjeError
from backend.common.languages import LANGUAGES
from backend.events import clock
from backend.people import doors
from backend.people.selectors import local_date
from backend.transport.models import Area, Trip
from backend.transport.printing import calendar
from backend.transport.printing import leaflet as printing
from backend.transport.selectors.leaflet import MOST_MONTHS, leaflet

AREAS = Area.objects.select_related("organisation")
BEHIND = timedelta(days=31)
"""Trips that were so long ago stay in calendars."""

_signer = Signer(salt="transport.calendar", sep=".")


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The leaflet: `month` (2026-12; empty: this one), `months` (1 to 3), `language` (nl, en)."""
    area = doors.enter(request.user, AREAS, pk, *doors.PLANNERS)
    now = clock.now()
    asked = request.GET.get("language", get_language() or "")
    language = asked if asked in LANGUAGES else area.organisation.language
    month = _month(request.GET.get("month", ""), local_date(area.organisation, now))
    told = leaflet(area, month, _months(request.GET.get("months", "1")), now, language=language)
    answer = HttpResponse(printing.as_pdf(told, language=language, now=now), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="bus-{area.pk}-{month:%Y-%m}-{language}.pdf"'
    return answer


@login_not_required
@require_safe
def ical(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of an area, for whoever was given its address: what hangs on the wall, and nobody's name."""
    try:
        area = AREAS.get(pk=int(_signer.unsign(token.removesuffix(".ics"))))
    except (BadSignature, ValueError, Area.DoesNotExist) as error:
        raise NotFound("This calendar does not exist. Ask for its address once more.") from error
    now = clock.now()
    known = Trip.objects.filter(area=area, date__gte=local_date(area.organisation, now) - BEHIND)
    trips = list(known.select_related("destination").order_by("leaves_at", "pk"))
    return HttpResponse(calendar.as_ical(area, trips, now=now), content_type="text/calendar; charset=utf-8")


def token_of(area: Area) -> str:
    """What stands in the address of an area's calendar: nobody guesses it, and no table keeps it."""
    return f"{_signer.sign(str(area.pk))}.ics"


def _month(written: str, today: date) -> date:
    """The first day of a month. Raises RondjeError."""
    if not written:
        return today.replace(day=1)
    try:
        month = date.fromisoformat(f"{written}-01")
    except ValueError as error:
        raise RondjeError("This is not a month. Write it as 2026-12.") from error
    if not 2000 <= month.year <= 2100:
        raise RondjeError("This is not a month. Write it as 2026-12.")
    return month


def _months(written: str) -> int:
    if not written.isascii() or not written.isdigit() or int(written[:3]) not in range(1, MOST_MONTHS + 1):
        raise RondjeError("A leaflet is for one, two or three months.")
    return int(written)
