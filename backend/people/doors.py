"""The doors: the one place that says what a signed-in user may see and do.

Every view goes through one of these. What belongs to another organisation does not exist for the asker: NotFound,
never NotAllowed, so that nothing is told about it.
"""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from backend.common.errors import NotAllowed, NotFound
from backend.people.models import Organisation, Role, User

M = TypeVar("M", bound=Model)


def organisations_of(user: User | AnonymousUser, *kinds: str) -> "QuerySet[Organisation]":
    """The organisations in which a user has one of these roles (any role, when none is named)."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    roles = Role.objects.filter(user=user)
    if kinds:
        roles = roles.filter(kind__in=kinds)
    return Organisation.objects.filter(pk__in=roles.values("organisation_id"))


def visible(
    user: User | AnonymousUser, queryset: "QuerySet[M]", *kinds: str, path: str = "organisation"
) -> "QuerySet[M]":
    """Only what belongs to the user's own organisations; `path` leads from the model to its organisation."""
    return queryset.filter(**{f"{path}__in": organisations_of(user, *kinds)})


def enter(user: User | AnonymousUser, queryset: "QuerySet[M]", pk: int, *kinds: str, path: str = "organisation") -> M:
    """The one thing with this key, if the user may see it. Raises NotFound."""
    return only(visible(user, queryset, *kinds, path=path).filter(pk=pk))


def only(queryset: "QuerySet[M]") -> M:
    """The one row of what has been made visible. Raises NotFound."""
    found = queryset.first()
    if found is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    return found


def kinds_of(user: User | AnonymousUser) -> set[str]:
    """What a user is, in whichever organisation: for what is told to roles, such as where their pages are."""
    return set(Role.objects.filter(user=user).values_list("kind", flat=True)) if isinstance(user, User) else set()


def require_somewhere(user: User | AnonymousUser, *kinds: str) -> None:
    """Raise NotAllowed unless the user has one of these roles in some organisation."""
    require_any(organisations_of(user, *kinds))


def require_any(organisations: "QuerySet[Organisation]") -> None:
    """Raise NotAllowed when there is no organisation in which a user may do something."""
    if not organisations.exists():
        raise NotAllowed("Your role does not allow this. Ask a coordinator of your organisation.")


def require(user: User | AnonymousUser, organisation: Organisation, *kinds: str) -> None:
    """Raise NotAllowed unless the user has one of these roles in the organisation."""
    if not organisations_of(user, *kinds).filter(pk=organisation.pk).exists():
        raise NotAllowed("Your role does not allow this. Ask a coordinator of your organisation.")


STAFF = (Role.Kind.COORDINATOR, Role.Kind.CIRCLE_VOLUNTEER)
"""Who runs a circle from day to day."""

PLANNERS = (Role.Kind.COORDINATOR, Role.Kind.BUS_PLANNER)
"""Who runs the bus: a coordinator may do all that its planner may."""

FIGURES = (*PLANNERS, Role.Kind.READER)
"""Who sees the figures of the bus: counts only."""

RESTO = (Role.Kind.COORDINATOR, Role.Kind.RESTO_MANAGER)
"""Who runs the dinners: a coordinator may do all that the manager of a resto may."""

RESTO_FIGURES = (*RESTO, Role.Kind.READER)
"""Who sees the figures of the dinners: counts only."""
