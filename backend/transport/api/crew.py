"""Who drives and hosts the bus, for other systems."""

from typing import ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from backend.common.actors import Actor
from backend.events import clock
from backend.people.api.crews import CrewFilter, CrewViewSet
from backend.people.api.fields import KeyFilter
from backend.people.models import Person
from backend.transport.models import CrewDuty
from backend.transport.models.crew import Task
from backend.transport.services import crew


class CrewDutySerializer(serializers.ModelSerializer[CrewDuty]):
    """The driver's or the host's place on a trip. `person` is whoever is asked or confirmed; only confirmed counts."""

    date = serializers.DateField(source="trip.date", read_only=True)

    class Meta:
        model = CrewDuty
        fields: ClassVar[tuple[str, ...]] = ("id", "trip", "date", "task", "state", "person", "changed_at")


class CrewDutyFilter(CrewFilter):
    """By trip, person, task, state and local date."""

    trip = KeyFilter(field_name="trip_id")
    task = filters.ChoiceFilter(choices=Task.choices)
    state = filters.ChoiceFilter(choices=CrewDuty.State.choices)
    first_day = filters.DateFilter(field_name="trip__date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="trip__date", lookup_expr="lte")


@extend_schema_view(
    list=extend_schema(summary="Crews of the bus"),
    retrieve=extend_schema(summary="One place"),
    confirm=extend_schema(responses={200: CrewDutySerializer}),
)
class CrewDutyViewSet(CrewViewSet):
    """Who drives and hosts which trip."""

    queryset = CrewDuty.objects.select_related("trip").order_by()
    serializer_class = CrewDutySerializer
    filterset_class = CrewDutyFilter
    path_to_organisation = "trip__organisation"

    def put(self, place: int, person: Person, actor: Actor) -> None:
        """Confirm them for that task."""
        crew.confirm(duty_id=place, person=person, actor=actor, now=clock.now())
