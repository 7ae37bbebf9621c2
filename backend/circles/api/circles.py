"""Circles, and the people in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.circles.domain.call_list.entries import MemberEntry, MemberStatus, PhoneEntry
from backend.circles.models import Circle, Membership
from backend.circles.services import membership
from backend.people.api.fields import KeyFilter, OwnedField
from backend.people.api.views import OrganisationViewSet
from backend.people.domain.telephone import read_numbers
from backend.people.models import Person


class CircleSerializer(serializers.ModelSerializer[Circle]):
    """A circle. `start_time` is local wall time; weekdays count from 0 (Monday)."""

    start_time = serializers.SerializerMethodField()
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), read_only=True)

    class Meta:
        model = Circle
        fields = ("id", "name", "status", "start_time", "weekdays", "first_day")

    @extend_schema_field({"type": "string", "pattern": r"^\d\d:\d\d$", "example": "08:30"})
    def get_start_time(self, circle: Circle) -> str:
        """Hours and minutes on the wall. Not OpenAPI's "time": that one has a zone."""
        return f"{circle.start_time:%H:%M}"


@extend_schema_view(list=extend_schema(summary="Circles"), retrieve=extend_schema(summary="One circle"))
class CircleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """The circles of the organisation."""

    queryset = Circle.objects.all()
    serializer_class = CircleSerializer
    filterset_fields = ("status",)
    lookup_value_converter = "int"


class PersonSerializer(serializers.ModelSerializer[Person]):
    """Who somebody is, and on which numbers (E.164) they are rung, in that order."""

    phones = serializers.SlugRelatedField[Any](many=True, read_only=True, slug_field="e164")

    class Meta:
        model = Person
        fields = ("id", "given_name", "family_name", "phones", "address", "postcode", "place", "language")


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A person's place in a circle."""

    person = PersonSerializer(read_only=True)
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "circle", "person", "position", "status", "weekdays", "can_ring")


class CircleField(OwnedField[Circle]):
    """A circle of the token's organisation; of others there are none."""

    rows = Circle.objects.all()


def one_number(written: str) -> None:
    """Refuse what is not exactly one telephone number that may be rung. Raises ValidationError."""
    reading = read_numbers(written)
    if reading.refused or len(reading.numbers) != 1:
        raise serializers.ValidationError(_("This is not one telephone number that may be rung. Write it in full."))


class SignUpSerializer(serializers.Serializer[Any]):
    """Somebody who would like to take part. They wait until a coordinator has given them their place."""

    circle = CircleField()
    given_name = serializers.CharField(max_length=80, allow_blank=True, default="")
    family_name = serializers.CharField(max_length=120)
    phones = serializers.ListField(
        child=serializers.CharField(max_length=40, validators=[one_number]), min_length=1, max_length=5
    )
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    postcode = serializers.CharField(max_length=12, allow_blank=True, default="")
    place = serializers.CharField(max_length=80, allow_blank=True, default="")
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), min_length=1, max_length=7, default=list(range(7))
    )
    can_ring = serializers.BooleanField(default=True)
    ring_longer = serializers.BooleanField(default=False)

    def as_entry(self) -> MemberEntry:
        """What was asked, as call lists say it."""
        asked = dict(self.validated_data)
        del asked["circle"]
        numbers = [number for written in asked["phones"] for number in read_numbers(written).numbers]
        asked["phones"] = tuple(PhoneEntry(number.e164, number.kind, number.as_written) for number in numbers)
        asked["weekdays"] = frozenset(asked["weekdays"])
        return MemberEntry(**asked, status=MemberStatus.WAITING)


class MemberFilter(filters.FilterSet):  # type: ignore[misc]
    """By circle, person and status."""

    circle = KeyFilter(field_name="circle_id")
    person = KeyFilter(field_name="person_id")
    status = filters.ChoiceFilter(choices=Membership.Status.choices)


@extend_schema_view(list=extend_schema(summary="Members"), retrieve=extend_schema(summary="One member"))
class MemberViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Who is in which circle."""

    queryset = Membership.objects.select_related("person").prefetch_related("person__phones")
    serializer_class = MemberSerializer
    filterset_class = MemberFilter
    path_to_organisation = "circle__organisation"
    lookup_value_converter = "int"

    @extend_schema(summary="Sign somebody up for a circle", request=SignUpSerializer, responses={201: MemberSerializer})
    def create(self, request: Request) -> Response:
        """Somebody would like to take part: they wait for a coordinator to give them their place.

        Answers 409 when the circle has somebody of this name on one of these numbers already.
        """
        asked = SignUpSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        place = membership.sign_up(asked.validated_data["circle"], asked.as_entry(), actor=self.actor())
        return Response(self.get_serializer(place).data, status=status.HTTP_201_CREATED)
