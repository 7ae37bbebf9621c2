"""Incidents, to read: a claim or an outcome comes from a person, never from another system."""

from typing import ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers

from backend.incidents.models import Incident, IncidentMember, Step
from backend.people.api.views import InstantFilter, OrganisationViewSet


class IncidentMemberSerializer(serializers.ModelSerializer[IncidentMember]):
    """Somebody whom the incident is about, and what was found."""

    class Meta:
        model = IncidentMember
        fields = ("person", "outcome", "outcome_at")


class StepSerializer(serializers.ModelSerializer[Step]):
    """A line of the timeline: a code, who did it by which way, and when it happened."""

    class Meta:
        model = Step
        fields = ("what", "actor", "channel", "at", "recorded_at")


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """An incident as a list shows it."""

    members = IncidentMemberSerializer(many=True, read_only=True)

    class Meta:
        model = Incident
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "kind",
            "state",
            "source_kind",
            "source_id",
            "opened_at",
            "closed_at",
            "members",
        )


class IncidentWithStepsSerializer(IncidentSerializer):
    """An incident with its timeline."""

    steps = StepSerializer(many=True, read_only=True)

    class Meta(IncidentSerializer.Meta):
        fields: ClassVar[tuple[str, ...]] = (*IncidentSerializer.Meta.fields, "steps")


class IncidentFilter(filters.FilterSet):  # type: ignore[misc]
    """By state, kind and the time of opening."""

    state = filters.ChoiceFilter(choices=Incident.State.choices)
    kind = filters.CharFilter()
    opened_after = InstantFilter(field_name="opened_at", lookup_expr="gte")
    opened_before = InstantFilter(field_name="opened_at", lookup_expr="lt")


@extend_schema_view(
    list=extend_schema(summary="Incidents"),
    retrieve=extend_schema(summary="One incident, with its timeline", responses=IncidentWithStepsSerializer),
)
class IncidentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """What went wrong, who was found how, and by whom."""

    queryset = Incident.objects.prefetch_related("members")
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter
    lookup_value_converter = "int"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Incident]]:
        """The timeline comes with one incident, not with a list of them."""
        return IncidentWithStepsSerializer if self.action == "retrieve" else IncidentSerializer

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """With the timeline where it is shown."""
        rows = super().get_queryset()
        return rows.prefetch_related("steps") if self.action == "retrieve" else rows
