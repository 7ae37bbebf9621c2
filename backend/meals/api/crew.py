"""Who cooks, serves and hosts at the dinners, for other systems."""

from typing import ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from backend.common.actors import Actor
from backend.events import clock
from backend.meals.models import CrewPlace, Job
from backend.meals.services import crew
from backend.people.api.crews import CrewFilter, CrewViewSet
from backend.people.api.fields import KeyFilter
from backend.people.models import Person


class CrewPlaceSerializer(serializers.ModelSerializer[CrewPlace]):
    """A place in the crew of an evening: open, or somebody's who has confirmed, and who takes a chair."""

    date = serializers.DateField(source="evening.date", read_only=True)

    class Meta:
        model = CrewPlace
        fields: ClassVar[tuple[str, ...]] = ("id", "evening", "date", "job", "state", "person", "changed_at")


class CrewPlaceFilter(CrewFilter):
    """By evening, person, job, state and local date."""

    evening = KeyFilter(field_name="evening_id")
    job = filters.ChoiceFilter(choices=Job.choices)
    state = filters.ChoiceFilter(choices=CrewPlace.State.choices)
    first_day = filters.DateFilter(field_name="evening__date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="evening__date", lookup_expr="lte")


@extend_schema_view(
    list=extend_schema(summary="Crews of the dinners"),
    retrieve=extend_schema(summary="One place in a crew"),
    confirm=extend_schema(responses={200: CrewPlaceSerializer}),
)
class CrewPlaceViewSet(CrewViewSet):
    """Who helps at which evening."""

    queryset = CrewPlace.objects.select_related("evening").order_by()
    serializer_class = CrewPlaceSerializer
    filterset_class = CrewPlaceFilter
    path_to_organisation = "evening__resto__organisation"

    def put(self, place: int, person: Person, actor: Actor) -> None:
        """Confirm them for that job."""
        crew.confirm(place_id=place, person=person, actor=actor, now=clock.now())
