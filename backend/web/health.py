"""For machines: whether we are up, and what time it is in a demo."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from backend.events import clock


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


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
