"""What is called what on the telephone, in texts, on paper and on the pages: foods that somebody does not eat."""

from collections.abc import Iterable

from backend.common.languages import Catalogue
from backend.meals.domain.diets import Food

NL = {
    "meat": "vlees",
    "pork": "varkensvlees",
    "beef": "rundvlees",
    "fish": "vis",
    "shellfish": "schaal- en schelpdieren",
    "egg": "ei",
    "milk": "melk",
    "gluten": "gluten",
    "nuts": "noten",
    "peanuts": "pinda",
    "soy": "soja",
    "sesame": "sesam",
    "sugar": "suiker",
    "salt": "zout",
    "alcohol": "alcohol",
    "spices": "scherpe kruiden",
    "hard": "wat gekauwd moet worden",
    "without": "zonder {foods}",
    "and": "en",
}

EN = {
    "meat": "meat",
    "pork": "pork",
    "beef": "beef",
    "fish": "fish",
    "shellfish": "shellfish",
    "egg": "egg",
    "milk": "milk",
    "gluten": "gluten",
    "nuts": "nuts",
    "peanuts": "peanuts",
    "soy": "soy",
    "sesame": "sesame",
    "sugar": "sugar",
    "salt": "salt",
    "alcohol": "alcohol",
    "spices": "hot spices",
    "hard": "anything to chew",
    "without": "without {foods}",
    "and": "and",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say


def names(foods: Iterable[Food], language: str) -> str:
    """Foods in words: meat, gluten and nuts. Empty for none."""
    called = [say(food.value, language) for food in foods]
    first = ", ".join(called[:-1])
    return f"{first} {say('and', language)} {called[-1]}" if first else "".join(called)


def without(foods: Iterable[Food], language: str) -> str:
    """A diet in words: without meat, gluten and nuts. Empty for who eats everything."""
    listed = names(foods, language)
    return say("without", language, foods=listed) if listed else ""
