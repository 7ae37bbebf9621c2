"""The crew of a programme for other systems: read, and confirmed on somebody's word."""

from abc import ABC, abstractmethod
from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.actors import Actor
from backend.people.api.fields import KeyFilter, PersonField
from backend.people.api.views import OrganisationViewSet
from backend.people.domain.crews import Barred
from backend.people.models import Person


class ConfirmSerializer(serializers.Serializer[Any]):
    """Somebody has said that they come."""

    person = PersonField()


class CrewFilter(filters.FilterSet):  # type: ignore[misc]
    """By whoever is confirmed or asked; each programme adds what a place of its crew is."""

    person = KeyFilter(field_name="person_id")


class CrewViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OrganisationViewSet, ABC):
    """Places in a crew."""

    lookup_value_converter = "int"

    @abstractmethod
    def put(self, place: int, person: Person, actor: Actor) -> None:
        """Confirm somebody in the place with this key. Raises RondjeError, Barred for whoever may not."""

    @extend_schema(summary="Somebody comes", request=ConfirmSerializer, filters=False)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: int) -> Response:
        """Put somebody on the roster on their word; who stood there is told.

        Refused (409) for who may not, with the `reason` as a code such as missing:vog.
        """
        place = self.get_object()
        asked = ConfirmSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        person = asked.validated_data["person"]
        try:
            self.put(place.pk, person, self.actor(on_behalf_of=f"person:{person.pk}"))
        except Barred as error:
            return Response({"detail": error.message, "reason": error.reason}, status=error.status)
        return Response(self.get_serializer(self.get_object()).data)
