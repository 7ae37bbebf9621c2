"""Bookings of the bus, for other systems: asked, made, put on the waiting list, and cancelled."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.events import clock
from backend.people.api.fields import KeyFilter, OwnedField, PersonField
from backend.people.api.views import OrganisationViewSet
from backend.transport.domain.booking import DIMENSIONS, MOST_COMPANIONS, Refusal
from backend.transport.models import Booking, Ride, Trip
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import desk
from backend.transport.services.desk import Held


class TripField(OwnedField[Trip]):
    """A trip of the token's organisation; of others there are none."""

    rows = Trip.objects.all()


class RideSerializer(serializers.ModelSerializer[Ride]):
    """One way, with what the passenger was told: the bus is at their door between the two."""

    class Meta:
        model = Ride
        fields: ClassVar[tuple[str, ...]] = ("way", "state", "promised_from", "promised_until")


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """Somebody's place on a trip, or on its waiting list. Friends who travel together have the same `party`."""

    rides = RideSerializer(many=True, read_only=True)

    class Meta:
        model = Booking
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "trip", "person", "state", "companions", "party", "there", "home", "note"),
            *("booked_at", "answer", "cancelled_at", "cancelled_because", "rides"),
        )


class NewBookingSerializer(serializers.Serializer[Any]):
    """Who would like to come along. With `wait` they are put on the waiting list where there is no room."""

    trip = TripField()
    person = PersonField()
    companions = serializers.IntegerField(min_value=0, max_value=MOST_COMPANIONS, default=0)
    there = serializers.BooleanField(default=True)
    home = serializers.BooleanField(default=True)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")
    wait = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One way at least."""
        if not attrs["there"] and not attrs["home"]:
            raise serializers.ValidationError(_("Choose at least one of there and home."))
        return attrs


class RefusalSerializer(serializers.Serializer[Any]):
    """Why not: `dimension` is what is full; `seconds` a ride or a shift would take, `allowed` it may."""

    detail = serializers.CharField()
    why = serializers.ChoiceField(choices=[(code.value, code.value) for code in Refusal])
    dimension = serializers.ChoiceField(choices=[*((one, one) for one in DIMENSIONS), ("", "")])
    seconds = serializers.IntegerField()
    allowed = serializers.IntegerField()
    alternatives = serializers.ListField(child=serializers.IntegerField(), help_text="Trips that have room.")


class BookingFilter(filters.FilterSet):  # type: ignore[misc]
    """By trip, person, state and local date."""

    trip = KeyFilter(field_name="trip_id")
    person = KeyFilter(field_name="person_id")
    state = filters.ChoiceFilter(choices=Booking.State.choices)
    first_day = filters.DateFilter(field_name="trip__date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="trip__date", lookup_expr="lte")


@extend_schema_view(list=extend_schema(summary="Bookings of the bus"), retrieve=extend_schema(summary="One booking"))
class BookingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Who comes along, and who waits."""

    queryset = Booking.objects.prefetch_related("rides").order_by()
    serializer_class = BookingSerializer
    filterset_class = BookingFilter
    lookup_value_converter = "int"
    path_to_organisation = "trip__organisation"

    @extend_schema(
        summary="Book a place",
        request=NewBookingSerializer,
        responses={201: BookingSerializer, 200: BookingSerializer, 409: RefusalSerializer},
    )
    def create(self, request: Request) -> Response:
        """Book a place, or wait for one. Asked again for the same person and trip, it is the booking that there is."""
        asked = NewBookingSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        person, trip, now = wanted["person"], wanted["trip"], clock.now()
        known = trip.bookings.filter(person=person).exclude(state=Booking.State.CANCELLED).first()
        if known is not None:
            return Response(self.get_serializer(known).data)
        wish = Wish(person, wanted["companions"], None, wanted["there"], wanted["home"], wanted["note"])
        actor = self.actor(on_behalf_of=f"person:{person.pk}")
        found = desk.book(trip.pk, [wish], actor=actor, now=now)
        if isinstance(found, No | Held) and wanted["wait"] and now < trip.cutoff_at:
            waiting = desk.wait(trip.pk, [wish], actor=actor, now=now)
            if not isinstance(waiting, No):
                return self._made(waiting[0])
            found = waiting
        if isinstance(found, No | Held):
            return self._refused(desk.instead(found, trip.pk, [wish], now))
        return self._made(found.booking)

    @extend_schema(summary="Cancel a booking", request=None, responses={200: BookingSerializer}, filters=False)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """They do not come along, or do not wait any more. What is cancelled stays so."""
        booking: Booking = self.get_object()
        if booking.state != Booking.State.CANCELLED:
            actor = self.actor(on_behalf_of=f"person:{booking.person_id}")
            desk.cancel(booking.pk, because="api", actor=actor, now=clock.now())
        return Response(self.get_serializer(self.get_object()).data)

    def _made(self, booking: Booking) -> Response:
        row = self.get_queryset().get(pk=booking.pk)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    def _refused(self, found: No | Held) -> Response:
        no = found if isinstance(found, No) else No(Refusal.OFFERED, alternatives=found.alternatives)
        told = {
            "detail": _("There is no place for this person on this trip; “why” says what stands in the way."),
            "why": no.why.value,
            "dimension": no.dimension,
            "seconds": no.seconds,
            "allowed": no.allowed,
            "alternatives": [trip.pk for trip in no.alternatives],
        }
        return Response(told, status=status.HTTP_409_CONFLICT)
