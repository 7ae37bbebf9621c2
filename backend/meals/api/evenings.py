"""Restos and their evenings, with the chairs that are left. Nobody's name."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers

from backend.events import clock
from backend.meals.models import Evening, Resto
from backend.meals.selectors.counting import chairs_of_each
from backend.meals.selectors.series import in_programme
from backend.people.api.fields import KeyFilter
from backend.people.api.views import OrganisationViewSet


class RestoSerializer(serializers.ModelSerializer[Resto]):
    """A place where people eat together. `chairs` are for guests, crew and speakers; degrees are WGS 84."""

    class Meta:
        model = Resto
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "name", "address", "place", "latitude", "longitude", "chairs", "public", "in_use"),
        )


@extend_schema_view(list=extend_schema(summary="Restos"), retrieve=extend_schema(summary="One resto"))
class RestoViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """Where people eat together."""

    queryset = Resto.objects.order_by()
    serializer_class = RestoSerializer
    lookup_value_converter = "int"


class EveningSerializer(serializers.ModelSerializer[Evening]):
    """A dinner on a local date. Times are instants: reserving and cancelling until `cutoff_at`; doors, dinner, end.

    `covers` is for how many is cooked: guests, crew and speakers. `free` chairs can be given away now.
    """

    covers = serializers.SerializerMethodField()
    free = serializers.SerializerMethodField()

    class Meta:
        model = Evening
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "resto", "date", "state", "cancelled_because", "theme", "speaker"),
            *("cutoff_at", "doors_at", "dinner_at", "ends_at", "chairs", "covers", "free"),
        )

    def get_covers(self, evening: Evening) -> int:
        """Guests who are expected or came, crew who eat along, speakers."""
        return self.context["chairs"][evening.pk].covers if "chairs" in self.context else 0

    def get_free(self, evening: Evening) -> int:
        """Not below zero."""
        return max(self.context["chairs"][evening.pk].free, 0) if "chairs" in self.context else 0


class EveningFilter(filters.FilterSet):  # type: ignore[misc]
    """By resto, state and local date."""

    resto = KeyFilter(field_name="resto_id")
    state = filters.ChoiceFilter(choices=Evening.State.choices)
    first_day = filters.DateFilter(field_name="date", lookup_expr="gte")
    last_day = filters.DateFilter(field_name="date", lookup_expr="lte")


@extend_schema_view(list=extend_schema(summary="Evenings of the restos"), retrieve=extend_schema(summary="One evening"))
class EveningViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet):
    """The dinners that were planned, cancelled ones among them."""

    queryset = in_programme(Evening.objects.order_by())
    serializer_class = EveningSerializer
    filterset_class = EveningFilter
    lookup_value_converter = "int"
    path_to_organisation = "resto__organisation"

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """With the chairs of all evenings of the page, counted at once."""
        shown = args[0] if args else []
        evenings: Sequence[Evening] = [shown] if isinstance(shown, Evening) else list(shown)
        context = {**self.get_serializer_context(), "chairs": chairs_of_each(evenings, clock.now())}
        return self.get_serializer_class()(*args, **{**kwargs, "context": context})
