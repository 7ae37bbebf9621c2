"""Reservations in words, for the pages of the desk: what is not eaten, how they came, why they ended."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.meals.domain.diets import Food, foods, simplest
from backend.meals.models import EveningSeries, Reservation
from backend.people.web import recurring

Way = Reservation.Way

FOODS = {
    Food.MEAT: gettext_lazy("no meat"),
    Food.PORK: gettext_lazy("no pork"),
    Food.BEEF: gettext_lazy("no beef"),
    Food.FISH: gettext_lazy("no fish"),
    Food.SHELLFISH: gettext_lazy("no shellfish"),
    Food.EGG: gettext_lazy("no egg"),
    Food.MILK: gettext_lazy("no milk"),
    Food.GLUTEN: gettext_lazy("no gluten"),
    Food.NUTS: gettext_lazy("no nuts"),
    Food.PEANUTS: gettext_lazy("no peanuts"),
    Food.SOY: gettext_lazy("no soy"),
    Food.SESAME: gettext_lazy("no sesame"),
    Food.SUGAR: gettext_lazy("no sugar"),
    Food.SALT: gettext_lazy("no salt"),
    Food.ALCOHOL: gettext_lazy("no alcohol"),
    Food.SPICES: gettext_lazy("no spices"),
    Food.HARD: gettext_lazy("nothing that has to be chewed"),
}

WAYS = {
    Way.TELEPHONE: gettext_lazy("by telephone, at the desk"),
    Way.TEXT: gettext_lazy("by text"),
    Way.MENU: gettext_lazy("by ringing the number"),
    Way.PAGE: gettext_lazy("on the public page"),
    Way.STANDING: gettext_lazy("comes every time"),
    Way.WALK_IN: gettext_lazy("at the door"),
    Way.API: gettext_lazy("in another system"),
}

BECAUSE = {
    "by_telephone": gettext_lazy("cancelled by telephone"),
    "by_text": gettext_lazy("cancelled by text"),
    "menu": gettext_lazy("cancelled by ringing the number"),
    "page": gettext_lazy("cancelled on the public page"),
    "api": gettext_lazy("cancelled in another system"),
    "too_late": gettext_lazy("confirmed too late"),
    "evening_cancelled": gettext_lazy("the evening was cancelled"),
    "away": gettext_lazy("away on that day"),
    "standing_paused": gettext_lazy("does not come for a while"),
    "standing_ended": gettext_lazy("does not come every time any more"),
}

WEEKDAYS = (
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
)


def foods_in_words(without: Iterable[str]) -> str:
    """Such as "no pork, no nuts"; nothing for who eats everything."""
    return ", ".join(str(FOODS[food]) for food in simplest(foods(without)))


def people_in_words(covers: int) -> str:
    """Such as "3 people"."""
    return _("1 person") if covers == 1 else _("%(n)s persons") % {"n": covers}


def series_in_words(series: EveningSeries) -> str:
    """Such as "De Lange Tafel, every Tuesday and Thursday, 18:00"."""
    return f"{series.resto.name}, {recurring.in_words(series.rule)}, {series.dinner:%H:%M}"
