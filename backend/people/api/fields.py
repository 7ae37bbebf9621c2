"""Naming a row by its key: in what is sent, and in what is asked for."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.people.models import Person

M = TypeVar("M", bound=Model)

BIGGEST_KEY = 2**63 - 1


@extend_schema_field(OpenApiTypes.INT64)
class OwnedField(serializers.PrimaryKeyRelatedField[M]):
    """One of `rows` that belongs to the token's organisation; of others there are none."""

    rows: QuerySet[M]
    path_to_organisation = "organisation"

    def get_queryset(self) -> QuerySet[M]:
        """Which may be named; none while only the description is being made."""
        view = self.context.get("view")
        if view is None or getattr(view, "swagger_fake_view", False):
            return self.rows.none()
        return self.rows.filter(**{self.path_to_organisation: view.organisation})


class PersonField(OwnedField[Person]):
    """A person of the token's organisation; of others there are none."""

    rows = Person.objects.all()


class KeyFilter(filters.NumberFilter):  # type: ignore[misc]
    """By the key of another row."""

    def __init__(self, **how: Any) -> None:
        super().__init__(min_value=1, max_value=BIGGEST_KEY, **how)
