"""The programme of the bus: what recurs, and each trip with the room it has. Nobody's name."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers

from backend.people.api.fields import KeyFilter
from backend.people.api.views import OrganisationViewSet
from backend.transport.models import Booking, Series, Trip

WALL = {"type": "string", "pattern": r"^\d\d:\d\d$", "example": "09:30"}


class TripSerializer(serializers.ModelSerializer[Trip]):
    """A trip on a local date. Times are instants: the bus leaves the garage; the first round home leaves; all are home.

    `seats`, `wheelchair_places` and `rollator_places` are what one round carries, without the host; `booked` and
    `waiting` are people.
    """

    name = serializers.CharField(read_only=True)
    area = serializers.SlugRelatedField[Any](read_only=True, slug_field="name")
    destination = serializers.SlugRelatedField[Any](read_only=True, slug_field="name")
    seats = serializers.SerializerMethodField()
    wheelchair_places = serializers.IntegerField(source="layout.wheelchair_places", read_only=True)
    rollator_places = serializers.IntegerField(source="layout.rollator_places", read_only=True)
    booked = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(read_only=True)

    class Meta:
        model = Trip
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "series", "name", "note", "area", "destination", "date", "state", "cancelled_because"),
            *("leaves_at", "returns_at", "ends_at", "cutoff_at", "max_rounds"),
            *("seats", "wheelchair_places", "rollator_places", "booked", "waiting"),
        )

    def get_seats(self, trip: Trip) -> int:
        """For guests: the host has one as well."""
        return trip.layout.seats - 1


class TripFilter(filters.FilterSet):  # type: ignore[misc]
    """By area, series, state and local date."""

    area = KeyFilter(field_name="area_id")
    series = KeyFilter(field_name="series_id")
    state = filters.ChoiceFilter(choices=Trip.State.choices)
    first_day = filters.DateFilter(field_name="date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="date", lookup_expr="lte")


@extend_schema_view(list=extend_schema(summary="Trips of the bus"), retrieve=extend_schema(summary="One trip"))
class TripViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """The trips that were made, cancelled ones among them."""

    queryset = (
        Trip.objects.select_related("area", "destination", "layout")
        .annotate(
            booked=Count("bookings", filter=Q(bookings__state=Booking.State.BOOKED)),
            waiting=Count("bookings", filter=Q(bookings__state=Booking.State.WAITING)),
        )
        .order_by()
    )
    serializer_class = TripSerializer
    filterset_class = TripFilter
    lookup_value_converter = "int"


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """Trips that recur: an RRULE (RFC 5545) in local dates, with local wall times."""

    area = serializers.SlugRelatedField[Any](read_only=True, slug_field="name")
    destination = serializers.SlugRelatedField[Any](read_only=True, slug_field="name")
    leaves_at = serializers.SerializerMethodField()
    returns_at = serializers.SerializerMethodField()

    class Meta:
        model = Series
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "title", "note", "area", "destination", "rule", "first_day", "last_day"),
            *("leaves_at", "returns_at", "on_holidays"),
        )

    @extend_schema_field(WALL)
    def get_leaves_at(self, series: Series) -> str:
        """Hours and minutes on the wall. Not OpenAPI's "time": that one has a zone."""
        return f"{series.leaves_at:%H:%M}"

    @extend_schema_field(WALL)
    def get_returns_at(self, series: Series) -> str:
        """The same for the first round home."""
        return f"{series.returns_at:%H:%M}"


@extend_schema_view(list=extend_schema(summary="Trips that recur"), retrieve=extend_schema(summary="One series"))
class SeriesViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """What recurs, and when."""

    queryset = Series.objects.select_related("area", "destination")
    serializer_class = SeriesSerializer
    lookup_value_converter = "int"
