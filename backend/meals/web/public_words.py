"""What the public pages of the dinners say about codes: foods, and whether one can still come."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.meals.domain.chairs import Refusal
from backend.meals.domain.diets import Food
from backend.meals.domain.programme import Left
from backend.meals.services.wishes import No

LEFT: dict[Left, Promise] = {
    Left.FREE: _("There are chairs free"),
    Left.FEW: _("A few chairs left"),
    Left.FULL: _("Full: you can wait for a chair"),
    Left.TOO_LATE: _("Too late to reserve here: ring us, or come and see at the door"),
    Left.CANCELLED: _("This dinner does not take place"),
}

SIGNS = {
    Left.FREE: "well",
    Left.FEW: "missed",
    Left.FULL: "excused",
    Left.TOO_LATE: "excused",
    Left.CANCELLED: "incident",
}
"""The colour of each; the words stand beside it."""

FOODS: dict[str, Promise] = {
    Food.MEAT: _("meat"),
    Food.PORK: _("pork"),
    Food.BEEF: _("beef"),
    Food.FISH: _("fish"),
    Food.SHELLFISH: _("shellfish"),
    Food.EGG: _("egg"),
    Food.MILK: _("milk"),
    Food.GLUTEN: _("gluten"),
    Food.NUTS: _("nuts"),
    Food.PEANUTS: _("peanuts"),
    Food.SOY: _("soy"),
    Food.SESAME: _("sesame"),
    Food.SUGAR: _("sugar"),
    Food.SALT: _("salt in the food"),
    Food.ALCOHOL: _("alcohol"),
    Food.SPICES: _("sharp spices"),
    Food.HARD: _("what has to be chewed"),
}

REFUSALS: dict[Refusal, Promise] = {
    Refusal.CLOSED: _("This dinner does not take place, or is over. Choose another evening."),
    Refusal.TOO_LATE: _("It is too late to reserve here: the kitchen has begun. Ring us, or come and see at the door."),
    Refusal.ALREADY: _("You have a reservation for this evening already."),
    Refusal.HELPS: _("You help on this evening, and eat with the crew: you need no reservation."),
}


def why_not(no: No, covers: int) -> str:
    """Why a party cannot come, and what they can do."""
    if no.why is Refusal.NO_TABLE:
        sentence = gettext(
            "At our largest table there is room for %(n)s. Do you come with more? Ring us: we look for a way."
        )
        return sentence % {"n": no.largest}
    if no.why in REFUSALS:
        return str(REFUSALS[no.why])
    sentence = gettext(
        "There are no chairs left for %(n)s. Come with fewer, choose another evening, or wait for a chair."
    )
    return sentence % {"n": covers}
