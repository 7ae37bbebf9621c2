"""Mornings: how each went, and where everyone is."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers

from backend.circles.domain.tally import Status
from backend.circles.models import Round
from backend.circles.selectors.accounting import tally_lines
from backend.events import clock
from backend.people.api.views import OrganisationViewSet


class StandingSerializer(serializers.Serializer[Any]):
    """Where a member is in the accounting of a morning, how that is known, and since when."""

    name = serializers.CharField()
    status = serializers.ChoiceField(choices=[status.value for status in Status])
    how = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)


class RoundSerializer(serializers.ModelSerializer[Round]):
    """One circle's morning on a local date."""

    class Meta:
        model = Round
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "circle", "date", "state", "planned_start", "started_at"),
            *("deadline_at", "closed_at", "closed_how"),
        )


class RoundWithStandingsSerializer(RoundSerializer):
    """A morning with everyone who was expected."""

    standings = serializers.SerializerMethodField()

    class Meta(RoundSerializer.Meta):
        fields: ClassVar[tuple[str, ...]] = (*RoundSerializer.Meta.fields, "standings")

    @extend_schema_field(StandingSerializer(many=True))
    def get_standings(self, round_: Round) -> list[Any]:
        """The same accounting as on the board and in the tally."""
        return list(StandingSerializer(tally_lines([round_], clock.now()), many=True).data)


class RoundFilter(filters.FilterSet):  # type: ignore[misc]
    """By circle, state and date."""

    circle = filters.NumberFilter(field_name="circle_id", min_value=1, max_value=2**63 - 1)
    state = filters.ChoiceFilter(choices=Round.State.choices)
    first_day = filters.DateFilter(field_name="date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="date", lookup_expr="lte")


@extend_schema_view(
    list=extend_schema(summary="Mornings"),
    retrieve=extend_schema(summary="One morning, with everyone's standing", responses=RoundWithStandingsSerializer),
)
class RoundViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """How each morning went."""

    queryset = Round.objects.all()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    path_to_organisation = "circle__organisation"
    lookup_value_converter = "int"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Round]]:
        """Everyone's standing comes with one morning, not with a list of them."""
        return RoundWithStandingsSerializer if self.action == "retrieve" else RoundSerializer

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """With everyone where they are shown."""
        rows = super().get_queryset()
        if self.action != "retrieve":
            return rows
        return rows.select_related("circle__organisation", "volunteer").prefetch_related("seats__person")
