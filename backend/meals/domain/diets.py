"""What people do not eat: food, never a religion and never a diagnosis (domain text, Resto VanHarte)."""

from collections.abc import Iterable
from enum import StrEnum

from backend.common.errors import RondjeError


class Food(StrEnum):
    """What somebody may not want on their plate. Codes: what is said is in `words`."""

    MEAT = "meat"
    PORK = "pork"
    BEEF = "beef"
    FISH = "fish"
    SHELLFISH = "shellfish"
    EGG = "egg"
    MILK = "milk"
    GLUTEN = "gluten"
    NUTS = "nuts"
    PEANUTS = "peanuts"
    SOY = "soy"
    SESAME = "sesame"
    SUGAR = "sugar"
    SALT = "salt"
    ALCOHOL = "alcohol"
    SPICES = "spices"
    HARD = "hard"
    """What has to be chewed."""


CONTAINED = {
    Food.MEAT: frozenset({Food.PORK, Food.BEEF}),
    Food.NUTS: frozenset(),
}
"""Who does not eat the first does not eat these either."""


class UnknownFood(RondjeError):
    """A code that stands for no food."""


def foods(codes: Iterable[str]) -> frozenset[Food]:
    """What these codes stand for, with what is contained in it.

    Raises:
        UnknownFood: one of them stands for nothing.
    """
    found: set[Food] = set()
    for code in codes:
        try:
            found.add(Food(code))
        except ValueError as error:
            raise UnknownFood("This is not one of the foods that the kitchen knows. Choose from the list.") from error
    return frozenset(found.union(*(CONTAINED.get(food, frozenset()) for food in found)))


def codes(given: Iterable[str]) -> list[str]:
    """The codes of foods as they are kept: what goes without saying left out. Raises UnknownFood."""
    return [food.value for food in simplest(foods(given))]


def simplest(without: Iterable[Food]) -> tuple[Food, ...]:
    """The same, without what goes without saying: "no meat" instead of "no meat, no pork, no beef". In their order."""
    given = set(without)
    implied = frozenset[Food]().union(*(CONTAINED.get(food, frozenset()) for food in given))
    return tuple(food for food in Food if food in given - implied)
