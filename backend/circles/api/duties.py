"""The duty roster of the circles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.circles.api.circles import CircleField
from backend.circles.selectors.settings import scope_of
from backend.people.api.fields import KeyFilter, PersonField
from backend.people.api.views import OrganisationViewSet
from backend.people.models import DutyShift
from backend.people.services.duty import put_on_duty

SCOPE = "circle:"


class DutySerializer(serializers.ModelSerializer[DutyShift]):
    """Who is on duty, on a weekday (0 is Monday) or on one local date."""

    circle = serializers.SerializerMethodField()

    class Meta:
        model = DutyShift
        fields = ("id", "circle", "person", "rank", "weekday", "date")

    def get_circle(self, shift: DutyShift) -> int:
        """The circle that the duty is for: the key in a scope such as circle:3."""
        return int(shift.scope.removeprefix(SCOPE))


class NewDutySerializer(serializers.Serializer[Any]):
    """Somebody to put on duty: on a weekday, or on one date, which then replaces the weekday's."""

    circle = CircleField()
    person = PersonField()
    rank = serializers.ChoiceField(choices=DutyShift.Rank.choices)
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    date = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of weekday and date, not both and not neither."""
        if ("weekday" in attrs) == ("date" in attrs):
            raise serializers.ValidationError(_("Give either a weekday or a date."))
        return attrs


class DutyFilter(filters.FilterSet):  # type: ignore[misc]
    """By circle, person and rank."""

    circle = KeyFilter(method="of_circle", label="Circle")
    person = KeyFilter(field_name="person_id")
    rank = filters.ChoiceFilter(choices=DutyShift.Rank.choices)

    def of_circle(self, rows: Any, _name: str, circle: int) -> Any:
        """Duties name a scope, because people know of no programme."""
        return rows.filter(scope=f"{SCOPE}{circle}")


@extend_schema_view(list=extend_schema(summary="Duties"), retrieve=extend_schema(summary="One duty"))
class DutyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Who is on duty when."""

    queryset = DutyShift.objects.filter(scope__startswith=SCOPE)
    serializer_class = DutySerializer
    filterset_class = DutyFilter
    lookup_value_converter = "int"

    @extend_schema(summary="Put somebody on duty", request=NewDutySerializer, responses={201: DutySerializer})
    def create(self, request: Request) -> Response:
        """Somebody is on duty; who stood there before is replaced."""
        asked = NewDutySerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        shift = put_on_duty(
            person=wanted["person"],
            scope=scope_of(wanted["circle"]),
            rank=DutyShift.Rank(wanted["rank"]),
            weekday=wanted.get("weekday"),
            day=wanted.get("date"),
            actor=self.actor(),
        )
        return Response(self.get_serializer(shift).data, status=status.HTTP_201_CREATED)
