"""What is served on an evening, and what instead to who does not eat something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.domain.diets import foods, simplest
from backend.meals.models import Course, Evening, Variant
from backend.meals.services import evenings

MENU_CHANGED = "menu_changed"
"""The subject is the evening."""


@dataclass(frozen=True)
class Dish:
    """A course, with the codes of the foods it is without, and its variants: of each the name and the same."""

    name: str
    variants: Sequence[tuple[str, Sequence[str]]] = ()
    without: Sequence[str] = ()


@transaction.atomic
def save(evening_id: int, dishes: Mapping[str, Dish], *, actor: Actor) -> Evening:
    """The whole menu, by kind of course, instead of what was written down before.

    Raises:
        Conflict: the evening is over, or was cancelled.
        UnknownFood: a code that stands for no food.
    """
    evening = evenings.locked(evening_id)
    if evening.state not in (Evening.State.PLANNED, Evening.State.OPEN):
        raise Conflict("This evening is over, or was cancelled: its menu is not changed any more.")
    evening.courses.exclude(kind__in=dishes).delete()
    for kind, dish in dishes.items():
        facts = {"name": dish.name, "without": _codes(dish.without)}
        course, _made = Course.objects.update_or_create(evening=evening, kind=kind, defaults=facts)
        course.variants.exclude(name__in=[name for name, _without in dish.variants]).delete()
        for name, without in dish.variants:
            Variant.objects.update_or_create(course=course, name=name, defaults={"without": _codes(without)})
    evenings.changed(evening)
    evenings.tell(evening, MENU_CHANGED, actor)
    return evening


def _codes(without: Sequence[str]) -> list[str]:
    return [food.value for food in simplest(foods(without))]
