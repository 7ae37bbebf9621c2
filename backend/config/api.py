"""The REST interface, composed: what each programme offers to other systems, under one door."""

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter
from rest_framework.views import exception_handler

from backend.circles.api.circles import CircleViewSet, MemberViewSet
from backend.circles.api.duties import DutyViewSet
from backend.circles.api.mornings import RoundViewSet
from backend.common.errors import RondjeError
from backend.incidents.api.incidents import IncidentViewSet
from backend.meals.api.crew import CrewPlaceViewSet
from backend.meals.api.evenings import EveningViewSet, RestoViewSet
from backend.meals.api.reservations import ReservationViewSet
from backend.people.api.absences import AbsenceViewSet
from backend.transport.api.bookings import BookingViewSet
from backend.transport.api.crew import CrewDutyViewSet
from backend.transport.api.programme import SeriesViewSet, TripViewSet

router = DefaultRouter(use_regex_path=False)
router.include_root_view = False
router.include_format_suffixes = False
router.register("circles", CircleViewSet, basename="api-circles")
router.register("members", MemberViewSet, basename="api-members")
router.register("absences", AbsenceViewSet, basename="api-absences")
router.register("duties", DutyViewSet, basename="api-duties")
router.register("rounds", RoundViewSet, basename="api-rounds")
router.register("incidents", IncidentViewSet, basename="api-incidents")
router.register("bus-trips", TripViewSet, basename="api-bus-trips")
router.register("bus-series", SeriesViewSet, basename="api-bus-series")
router.register("bus-bookings", BookingViewSet, basename="api-bus-bookings")
router.register("bus-crew", CrewDutyViewSet, basename="api-bus-crew")
router.register("restos", RestoViewSet, basename="api-restos")
router.register("resto-evenings", EveningViewSet, basename="api-resto-evenings")
router.register("resto-crew", CrewPlaceViewSet, basename="api-resto-crew")
router.register("resto-reservations", ReservationViewSet, basename="api-resto-reservations")

# The description and its reading room say nothing about anybody: they need no token.
_open: dict[str, Any] = {"authentication_classes": [], "permission_classes": []}

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/schema/", SpectacularAPIView.as_view(**_open), name="api-schema"),
    path("v1/docs/", SpectacularSwaggerView.as_view(url_name="api-schema", **_open), name="api-docs"),
]


def answer_refusals(error: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal in words is answered with its status; anything else as the framework does."""
    if isinstance(error, RondjeError):
        return Response({"detail": error.message}, status=error.status)
    return exception_handler(error, context)
