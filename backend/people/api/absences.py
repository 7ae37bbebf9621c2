"""Absences: recorded once, for all programmes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.events import clock
from backend.people.api.fields import KeyFilter, PersonField
from backend.people.api.views import OrganisationViewSet
from backend.people.models import Absence, Person
from backend.people.selectors import in_force_on, local_date
from backend.people.services import absences


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """From one local date to another, both included; without a last day until further notice."""

    person = PersonField()
    recorded_at = serializers.DateTimeField(read_only=True)
    withdrawn_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Absence
        fields = ("id", "person", "first_day", "last_day", "reason", "channel", "recorded_at", "withdrawn_at")
        read_only_fields = ("channel",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The last day does not lie before the first."""
        last: date | None = attrs.get("last_day")
        if last is not None and last < attrs["first_day"]:
            raise serializers.ValidationError(
                {"last_day": _("The last day of an absence lies before its first. Exchange the two dates.")}
            )
        return attrs


class AbsenceFilter(filters.FilterSet):  # type: ignore[misc]
    """By person, and by a day on which somebody is away."""

    person = KeyFilter(field_name="person_id")
    on = filters.DateFilter(method="away_on", label="Away on this local date")

    def away_on(self, rows: Any, _name: str, day: date) -> Any:
        """Who is away on a day, withdrawn ones left out."""
        return rows.filter(in_force_on(day))


@extend_schema_view(list=extend_schema(summary="Absences"), retrieve=extend_schema(summary="One absence"))
class AbsenceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Who is away, and until when."""

    queryset = Absence.objects.all()
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilter
    path_to_organisation = "person__organisation"
    lookup_value_converter = "int"

    @extend_schema(summary="Report an absence", request=AbsenceSerializer, responses={201: AbsenceSerializer})
    def create(self, request: Request) -> Response:
        """Somebody is away. Who is being waited for at this moment is not rung any more."""
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        person: Person = asked.validated_data["person"]
        absence = absences.record_absence(
            person=person,
            first_day=asked.validated_data["first_day"],
            last_day=asked.validated_data.get("last_day"),
            reason=asked.validated_data.get("reason", Absence.Reason.AWAY),
            actor=self.actor(on_behalf_of=f"person:{person.pk}"),
        )
        return Response(self.get_serializer(absence).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="End an absence", request=None, responses={200: AbsenceSerializer})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        """Somebody is back, or does not go. Rung again from the next morning that starts.

        One that has begun ends yesterday; one that has not is withdrawn. One that is over stays as it was.
        """
        absence: Absence = self.get_object()
        absences.end_absence(
            absence,
            today=local_date(self.organisation, clock.now()),
            actor=self.actor(on_behalf_of=f"person:{absence.person_id}"),
        )
        return Response(self.get_serializer(absence).data)
