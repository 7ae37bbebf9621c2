"""What the views of every programme have in common: only what belongs to the token's organisation exists."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.viewsets import GenericViewSet

from backend.common import actors
from backend.common.actors import Actor
from backend.people.api.access import TokenAuthentication, who_asks
from backend.people.models import Integration, Organisation


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the interface names the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """OpenAPI's words for it."""
        return {"type": "http", "scheme": "bearer", "description": "A token of one organisation."}


class InstantFilter(filters.IsoDateTimeFilter):  # type: ignore[misc]
    """An instant with any offset that ISO 8601 knows, which are more than the database does."""

    def filter(self, qs: Any, value: datetime | None) -> Any:
        """In UTC; before the first day of the calendar, or after its last, there is nothing."""
        try:
            return super().filter(qs, value and value.astimezone(UTC))
        except OverflowError:
            return qs.none()


class OrganisationViewSet(GenericViewSet[Any]):
    """What every view of the interface has in common: only what belongs to the token's organisation exists."""

    path_to_organisation = "organisation"

    def get_queryset(self) -> QuerySet[Model]:
        """The rows of the token's organisation; none while only the description is being made."""
        rows: QuerySet[Model] = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows.filter(**{self.path_to_organisation: self.organisation})

    @property
    def organisation(self) -> Organisation:
        """On whose behalf is asked."""
        return self.integration.organisation

    @property
    def integration(self) -> Integration:
        """Who asks."""
        integration = who_asks(self.request)
        assert integration is not None
        return integration

    def actor(self, on_behalf_of: str = "") -> Actor:
        """Who is written into events."""
        return actors.integration(self.integration.reference, on_behalf_of=on_behalf_of)
