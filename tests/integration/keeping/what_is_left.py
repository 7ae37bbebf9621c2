"""What is left of somebody when they have been erased."""

from django.apps import apps

from backend.common.actors import user
from backend.events import clock
from backend.keeping.models import Erasure
from backend.keeping.services.erasing import erase
from backend.people.models import Person

COORDINATOR = user(3)


def erased(person: Person) -> Erasure:
    """They asked for it themselves, and it is done now."""
    return erase(person, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())


def everywhere(*words: str) -> list[str]:
    """Every column of the product in which one of these words stands."""
    return [
        f"{model.__name__}.{field.name}: {word}"
        for model in apps.get_models()
        if model.__module__.startswith("backend.")
        for field in model._meta.concrete_fields
        for word in words
        if any(word in str(value).lower() for value in model._base_manager.values_list(field.name, flat=True))
    ]
