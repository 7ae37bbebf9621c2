"""Reservations for dinners, for other systems: made, put on the waiting list, changed, and cancelled."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.events import clock
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.diets import Food
from backend.meals.models import Evening, Plate, Reservation
from backend.meals.selectors.habits import plates_of
from backend.meals.services import desk
from backend.meals.services.desk import ELSEWHERE, Change, DoesNotFit, Refused
from backend.meals.services.wishes import PlateWish, Wish
from backend.people.api.fields import KeyFilter, OwnedField, PersonField
from backend.people.api.views import OrganisationViewSet
from backend.people.models import Person

MOST_COVERS = 999
CODES = [*(code.value for code in Refusal), ELSEWHERE]


class EveningField(OwnedField[Evening]):
    """An evening of the token's organisation; of others there are none."""

    rows = Evening.objects.select_related("resto__organisation")
    path_to_organisation = "resto__organisation"


class PlateSerializer(serializers.ModelSerializer[Plate]):
    """One of the party who does not eat everything. `without` are foods, never a reason."""

    without = serializers.ListField(child=serializers.ChoiceField(choices=[(food.value, food.value) for food in Food]))
    own_plate = serializers.BooleanField(default=False)

    class Meta:
        model = Plate
        fields: ClassVar[tuple[str, ...]] = ("without", "own_plate")


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """Chairs for a party at an evening, or its place on the waiting list. Who sit together have the same `party`."""

    plates = PlateSerializer(many=True, read_only=True)

    class Meta:
        model = Reservation
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "evening", "person", "state", "covers", "way", "party", "plates", "wants_ride", "note"),
            *("reserved_at", "answer", "cancelled_at", "cancelled_because", "arrived_at", "arrived_covers"),
        )


class ChangeSerializer(serializers.Serializer[Any]):
    """What a reservation is to be; what is left out stays."""

    covers = serializers.IntegerField(min_value=1, max_value=MOST_COVERS, required=False)
    plates = PlateSerializer(many=True, required=False)
    wants_ride = serializers.BooleanField(required=False)
    note = serializers.CharField(max_length=200, allow_blank=True, required=False)


class NewReservationSerializer(serializers.Serializer[Any]):
    """Who would like to come. With `wait` they are put on the waiting list where there are no chairs.

    Without `plates` it is what we know that they do not eat; an empty list is that they eat everything.
    """

    evening = EveningField()
    person = PersonField()
    covers = serializers.IntegerField(min_value=1, max_value=MOST_COVERS, default=1)
    plates = PlateSerializer(many=True, required=False)
    wants_ride = serializers.BooleanField(default=False)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")
    wait = serializers.BooleanField(default=False)


class NoChairsSerializer(serializers.Serializer[Any]):
    """Why not: how many chairs are `free`, and how many the `largest` table has; 0 where that plays no part.

    `detail` alone where it is not about chairs: what was cancelled, or has come, is not changed any more.
    """

    detail = serializers.CharField()
    why = serializers.ChoiceField(choices=[(code, code) for code in CODES], required=False)
    free = serializers.IntegerField(required=False)
    largest = serializers.IntegerField(required=False)
    alternatives = serializers.ListField(
        child=serializers.IntegerField(), required=False, help_text="Evenings that have room."
    )


class ReservationFilter(filters.FilterSet):  # type: ignore[misc]
    """By evening, person, state and local date."""

    evening = KeyFilter(field_name="evening_id")
    person = KeyFilter(field_name="person_id")
    state = filters.ChoiceFilter(choices=Reservation.State.choices)
    first_day = filters.DateFilter(field_name="evening__date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="evening__date", lookup_expr="lte")


@extend_schema_view(
    list=extend_schema(summary="Reservations for dinners"), retrieve=extend_schema(summary="One reservation")
)
class ReservationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Who comes, and who waits."""

    queryset = Reservation.objects.prefetch_related("plates").order_by()
    serializer_class = ReservationSerializer
    filterset_class = ReservationFilter
    lookup_value_converter = "int"
    path_to_organisation = "evening__resto__organisation"

    @extend_schema(
        summary="Reserve",
        request=NewReservationSerializer,
        responses={201: ReservationSerializer, 200: ReservationSerializer, 409: NoChairsSerializer},
    )
    def create(self, request: Request) -> Response:
        """Reserve, or wait. Asked again for the same person and evening, it is the reservation that there is."""
        asked = NewReservationSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        person, evening, now = wanted["person"], wanted["evening"], clock.now()
        known = evening.reservations.filter(person=person).exclude(state=Reservation.State.CANCELLED).first()
        if known is not None:
            return Response(self.get_serializer(known).data)
        wish = Wish(
            person,
            wanted["covers"],
            _plates(wanted["plates"]) if "plates" in wanted else _known(person, wanted["covers"]),
            way=Reservation.Way.API,
            wants_ride=wanted["wants_ride"],
            note=wanted["note"],
        )
        actor = self.actor(on_behalf_of=f"person:{person.pk}")
        found = desk.reserve(evening.pk, [wish], actor=actor, now=now)
        if isinstance(found, Refused) and wanted["wait"] and found.why in (Refusal.FULL, Refusal.OFFERED):
            found = desk.wait(evening.pk, [wish], actor=actor, now=now)
        if isinstance(found, Refused):
            return _refused(desk.instead(found, evening, [wish], now))
        return self._answer(found[0].pk, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a reservation",
        request=ChangeSerializer,
        responses={200: ReservationSerializer, 409: NoChairsSerializer},
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        """More or fewer people, other plates. They keep what they have unless it fits."""
        row: Reservation = self.get_object()
        asked = ChangeSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        change = Change(
            wanted.get("covers", row.covers),
            _plates(wanted["plates"]) if "plates" in wanted else None,
            wanted.get("wants_ride", row.wants_ride),
            wanted.get("note", row.note),
        )
        try:
            desk.change(row.pk, change, actor=self.actor(on_behalf_of=f"person:{row.person_id}"), now=clock.now())
        except DoesNotFit as no:
            return _refused(Refused(no.why.why.value, row.person, no.why.free, no.why.largest))
        return self._answer(row.pk, status.HTTP_200_OK)

    @extend_schema(summary="Cancel a reservation", request=None, responses={200: ReservationSerializer}, filters=False)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """They do not come, or do not wait any more. What is cancelled stays so."""
        row: Reservation = self.get_object()
        if row.state != Reservation.State.CANCELLED:
            actor = self.actor(on_behalf_of=f"person:{row.person_id}")
            desk.cancel(row.pk, because="api", actor=actor, now=clock.now())
        return self._answer(row.pk, status.HTTP_200_OK)

    def _answer(self, pk: int, code: int) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)


def _plates(given: list[dict[str, Any]]) -> tuple[PlateWish, ...]:
    return tuple(PlateWish(tuple(one["without"]), one["own_plate"]) for one in given)


def _known(person: Person, covers: int) -> tuple[PlateWish, ...]:
    """What is known of them, where nothing was said."""
    known = plates_of(person)[:covers]
    return tuple(PlateWish(one.without, one.own_plate, one.name, one.note) for one in known)


def _refused(found: Refused) -> Response:
    told = {
        "detail": _("There are no chairs for this party on this evening; “why” says what stands in the way."),
        "why": found.why,
        "free": found.free,
        "largest": found.largest,
        "alternatives": [evening.pk for evening in found.alternatives],
    }
    return Response(told, status=status.HTTP_409_CONFLICT)
