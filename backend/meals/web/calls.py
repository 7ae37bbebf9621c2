"""The calls that a person has to make about the dinners: whom, in which order, and what to say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from backend.meals import kitchen_words
from backend.meals.models import ChairOffer, Evening, GuestCall, Job, Reservation
from backend.meals.selectors import told
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.services.calling import Outcome
from backend.meals.web import rides, words
from backend.people.models import Organisation
from backend.people.selectors import zone_of

KINDS = {
    GuestCall.Kind.SILENT: gettext_lazy("Did not answer on the day before"),
    GuestCall.Kind.SPEAK: gettext_lazy("Wants to speak to somebody"),
    GuestCall.Kind.STAYED_AWAY: gettext_lazy("Did not come to dinner"),
    GuestCall.Kind.CANCELLED: gettext_lazy("The dinner does not take place"),
    GuestCall.Kind.AFTER_ALL: gettext_lazy("The dinner takes place after all"),
    GuestCall.Kind.MOVED: gettext_lazy("The dinner is at another time"),
    GuestCall.Kind.ELSEWHERE: gettext_lazy("The dinner is at another address"),
    GuestCall.Kind.CREW: gettext_lazy("A place in the crew is open"),
    GuestCall.Kind.TABLE: gettext_lazy("Has no table any more"),
    GuestCall.Kind.RIDE: gettext_lazy("Asked for a ride with the bus"),
    GuestCall.Kind.KITCHEN: gettext_lazy("Has not heard for how many to cook"),
    GuestCall.Kind.CHAIRS: gettext_lazy("Waits, and there are chairs now"),
    GuestCall.Kind.NO_CHAIRS: gettext_lazy("Waited, and there was no chair"),
}

COMES_OR_NOT = (
    (Outcome.COMES, gettext_lazy("Comes to dinner")),
    (Outcome.CANCELS, gettext_lazy("Does not come")),
)

BUTTONS = {
    GuestCall.Kind.SILENT: COMES_OR_NOT,
    GuestCall.Kind.SPEAK: ((Outcome.DONE, gettext_lazy("Have spoken, nothing changes")), *COMES_OR_NOT),
    GuestCall.Kind.STAYED_AWAY: ((Outcome.DONE, gettext_lazy("Have spoken")),),
    GuestCall.Kind.CANCELLED: ((Outcome.DONE, gettext_lazy("They know")),),
    GuestCall.Kind.AFTER_ALL: ((Outcome.DONE, gettext_lazy("They know, and have a place if they come")),),
    GuestCall.Kind.MOVED: ((Outcome.DONE, gettext_lazy("They know")), *COMES_OR_NOT),
    GuestCall.Kind.ELSEWHERE: ((Outcome.DONE, gettext_lazy("They know")), *COMES_OR_NOT),
    GuestCall.Kind.CREW: ((Outcome.DONE, gettext_lazy("It is settled")),),
    GuestCall.Kind.TABLE: ((Outcome.DONE, gettext_lazy("They have another table")),),
    GuestCall.Kind.RIDE: ((Outcome.DONE, gettext_lazy("They come another way")), *COMES_OR_NOT),
    GuestCall.Kind.KITCHEN: ((Outcome.DONE, gettext_lazy("They know for how many to cook")),),
    GuestCall.Kind.CHAIRS: COMES_OR_NOT,
    GuestCall.Kind.NO_CHAIRS: ((Outcome.DONE, gettext_lazy("They know")),),
}


OF_AN_EVENING_TO_COME = (
    GuestCall.Kind.SILENT,
    GuestCall.Kind.AFTER_ALL,
    GuestCall.Kind.MOVED,
    GuestCall.Kind.ELSEWHERE,
    GuestCall.Kind.CREW,
    GuestCall.Kind.TABLE,
    GuestCall.Kind.KITCHEN,
    GuestCall.Kind.CHAIRS,
    GuestCall.Kind.NO_CHAIRS,
)
"""There is nothing left to ask once it is over."""

ELSEWHERE = {GuestCall.Kind.KITCHEN: "resto-kitchen"}
"""The page on which more is known, where it is not the evening's own."""


SAY = {
    GuestCall.Kind.STAYED_AWAY: gettext_lazy(
        "You were expected at %(resto)s on %(day)s. Is all well? We hope to see you again."
    ),
    GuestCall.Kind.CANCELLED: gettext_lazy("Dinner at %(resto)s on %(day)s does not take place. We are sorry."),
    GuestCall.Kind.AFTER_ALL: gettext_lazy(
        "Dinner at %(resto)s on %(day)s takes place after all. Would you like to come, for %(people)s?"
    ),
    GuestCall.Kind.MOVED: gettext_lazy(
        "Dinner at %(resto)s on %(day)s is at another time: welcome from %(doors)s. Does that suit you?"
    ),
    GuestCall.Kind.ELSEWHERE: gettext_lazy(
        "Dinner at %(resto)s on %(day)s is at another address: %(address)s. Can you come there?"
    ),
    GuestCall.Kind.TABLE: gettext_lazy(
        "Table %(table)s is not there any more on %(day)s at %(resto)s: choose another table together."
    ),
    GuestCall.Kind.CHAIRS: gettext_lazy(
        "There are chairs at %(resto)s on %(day)s now, for %(people)s. Would you like to come?"
    ),
    GuestCall.Kind.NO_CHAIRS: gettext_lazy("No chair came free at %(resto)s on %(day)s. We are sorry."),
}
"""What is always said in the same words."""


def open_calls(organisations: Iterable[Organisation], now: datetime) -> list[GuestCall]:
    """The calls to make, the first evening in front; who was tried already comes after who was not."""
    rows = (
        GuestCall.objects.filter(organisation__in=list(organisations), state=GuestCall.State.OPEN)
        .exclude(kind__in=OF_AN_EVENING_TO_COME, evening__ends_at__lte=now)
        .select_related("organisation", "evening__resto", "reservation", "person")
        .prefetch_related("person__phones", "person__contacts")
    )
    return sorted(rows, key=lambda call: (call.evening.doors_at, len(call.tried_at), call.pk))


def row(call: GuestCall) -> dict[str, Any]:
    """A call as it is shown, in the zone that it is about. `elsewhere` leads to where more is known.

    `near` are those who are rung for somebody without a number, such as whoever reserved for them.
    """
    with timezone.override(zone_of(call.organisation)):
        kind = GuestCall.Kind(call.kind)
        return {
            "call": call,
            "kind": KINDS[kind],
            "say": what_to_say(call),
            "buttons": BUTTONS[kind],
            "note": call.reservation.note if call.reservation else "",
            "kept": _kept(call),
            "near": [] if call.person.phones.all() else [one for one in call.person.contacts.all() if one.phone],
            "tried": [_clock(moment) for moment in call.tried_at],
            "elsewhere": reverse(ELSEWHERE.get(kind, "resto-evening"), args=[call.evening_id]),
        }


def what_to_say(call: GuestCall) -> str:
    """The sentence to begin with; times are the organisation's wall times, the zone being in force."""
    evening = call.evening
    known = {
        "resto": evening.resto.name,
        "day": formats.date_format(evening.date, "l j F"),
        "doors": _clock(evening.doors_at),
        "address": told.address_of(evening.resto),
        "people": call.reservation.covers if call.reservation else 1,
        "table": call.details.get("table", ""),
        "jobs": _jobs(call),
    }
    match call.kind:
        case GuestCall.Kind.SILENT:
            said = _("About dinner at %(resto)s on %(day)s, for %(people)s: are you coming? We could not reach you.")
        case GuestCall.Kind.SPEAK if call.details.get("plates"):
            said = _(
                "About dinner at %(resto)s on %(day)s, for %(people)s: who of you come, and what does each of them not "
                "eat?"
            )
        case GuestCall.Kind.SPEAK if call.details.get("why") == "note" and _asked_to_speak(call):
            said = _(
                "About dinner at %(resto)s on %(day)s, for %(people)s: you asked to speak to somebody, and we read "
                "what you wrote to the kitchen."
            )
        case GuestCall.Kind.SPEAK if call.details.get("why") == "note":
            said = _("About dinner at %(resto)s on %(day)s, for %(people)s: we read what you wrote to the kitchen.")
        case GuestCall.Kind.SPEAK:
            said = _("About dinner at %(resto)s on %(day)s, for %(people)s: you asked to speak to somebody.")
        case GuestCall.Kind.CREW:
            said = _("About %(resto)s on %(day)s: we need somebody (%(jobs)s). Could you help?")
        case GuestCall.Kind.KITCHEN:
            said = _("Tell the kitchen of %(resto)s on %(day)s: cook for %(people)s (%(parts)s).%(diets)s")
            known |= _to_cook(evening)
        case GuestCall.Kind.RIDE:
            said = _("About %(resto)s on %(day)s: you asked for the bus. %(ride)s How could you come?")
            known["ride"] = rides.why_not(call.details.get("why", ""))
        case kind:
            said = str(SAY[GuestCall.Kind(kind)])
    return said % known


def _asked_to_speak(call: GuestCall) -> bool:
    """On the evening before, or when chairs were offered."""
    on_evening_before = call.reservation is not None and call.reservation.answer == Reservation.Answer.SPEAK
    return on_evening_before or "offer" in call.details


def _kept(call: GuestCall) -> str:
    """Until when the chairs that a call is about are kept; empty when it is about none, or others may have them."""
    if call.kind != GuestCall.Kind.CHAIRS or call.reservation is None:
        return ""
    offer = call.reservation.offers.filter(state=ChairOffer.State.OPEN).first()
    if offer is None:
        return _("Others who wait may be offered these chairs meanwhile: ring soon.")
    until = formats.date_format(timezone.localtime(offer.deadline_at), "l G:i")
    return _("The chairs are kept for them until %(until)s.") % {"until": until}


def _to_cook(evening: Evening) -> dict[str, str]:
    """For how many is cooked now, in the reader's language."""
    sheet, language = sheet_now(evening), get_language() or "nl"
    return {
        "people": kitchen_words.counted("people", sheet.covers, language),
        "parts": kitchen_words.parts(sheet, language),
        "diets": kitchen_words.diets(sheet, language),
    }


def _jobs(call: GuestCall) -> str:
    codes = [code for code in call.details.get("jobs", []) if code in Job.values]
    return ", ".join(str(words.JOBS[Job(code)]).lower() for code in codes)


def _clock(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "G:i")
