"""For machines: whether we are up, and what time it is in a demo. For people: whether anything is at work."""

from enum import StrEnum
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from backend.common.clock import real_now
from backend.events import clock, heartbeat
from backend.events.models import Heartbeat


class Trouble(StrEnum):
    """What every page says of the machine."""

    NONE = ""
    SLOWER = "slower"
    """The chain through the broker is broken; alarms and running rounds go on through the drain loop."""
    ALARMS_ALONE = "alarms_alone"
    """The drain loop is gone, but the workers are there: everything goes on, without its second rope."""
    STANDSTILL = "standstill"
    """Nothing is at work: people take over, with the list on paper."""


def trouble() -> Trouble:
    """Whether the machine is at work, from the heartbeats (real time). One query."""
    oldest = real_now() - heartbeat.STALE_AFTER
    alive = set(Heartbeat.objects.filter(seen_at__gte=oldest).values_list("name", flat=True))
    match heartbeat.WORKERS in alive, heartbeat.DRAIN in alive:
        case True, True:
            return Trouble.NONE
        case False, True:
            return Trouble.SLOWER
        case True, False:
            return Trouble.ALARMS_ALONE
        case _:
            return Trouble.STANDSTILL


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def at_work(request: HttpRequest) -> HttpResponse:
    """For machines that watch us: when each part was last seen at work (unix seconds); 503 while anything stands still.

    `trouble` is what every page then says. Nothing personal.
    """
    seen = {name: moment.timestamp() for name, moment in heartbeat.all_last_seen().items()}
    now = trouble()
    return JsonResponse({"trouble": now, "seen": seen}, status=HTTPStatus.SERVICE_UNAVAILABLE if now else HTTPStatus.OK)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """The demo's clock for the simulated town; a POST says that a person takes part. Absent outside a demo."""
    if not settings.RONDJE_DEMO:
        raise Http404
    if request.method == "POST":
        clock.hold()
    anchor = clock.anchor()
    return JsonResponse({"real": anchor.real.timestamp(), "virtual": anchor.virtual.timestamp(), "rate": anchor.rate})
