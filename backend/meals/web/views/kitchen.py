"""The kitchen of an evening on a tablet: for how many to cook, whose plate is made apart, and what has changed."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from backend.common.errors import Conflict, NotAllowed, NotFound
from backend.common.keys import key_of
from backend.meals.printing import kitchen as printing
from backend.meals.selectors.kitchen import kitchen_of
from backend.meals.services import kitchen as services
from backend.meals.web.kitchen_page import shown
from backend.meals.web.readers import Reader


def show(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """The numbers, as they are now."""
    return render(request, "meals/kitchen.html", {"reader": reader, **shown(reader, now)})


def pdf(_request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """The same on paper."""
    content = printing.as_pdf(kitchen_of(reader.evening), now)
    named = f'inline; filename="keuken-{reader.evening.date}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})


def act(request: HttpRequest, reader: Reader, now: datetime, what: str) -> HttpResponse:
    """The buttons: seen, told by word of mouth, the pots are on, and not on after all."""
    said = {
        "seen": _("Thank you. Whoever runs the evening knows that you have seen it."),
        "told": _("Thank you. It stands here that you told the cook."),
        "pots-on": _(
            "The pots are on: from here on only other diets and plates are sent to you. You still see all changes here."
        ),
        "pots-off": _("Changes are sent to you again."),
    }
    if what not in said:
        raise NotFound("There is no such button. Load the page again.")
    try:
        _do(request, reader, now, what)
    except (Conflict, NotAllowed) as error:
        messages.error(request, _(error.message))
    else:
        messages.success(request, said[what])
    return redirect(reader.address())


def _do(request: HttpRequest, reader: Reader, now: datetime, what: str) -> None:
    evening_id, actor = reader.evening.pk, reader.actor
    if what == "pots-off":
        services.pots_off(evening_id=evening_id, actor=actor, now=now)
        return
    count_id = key_of(request.POST.get("count")) or 0
    does = {"seen": services.seen, "told": services.told_cook, "pots-on": services.pots_on}[what]
    does(evening_id=evening_id, count_id=count_id, actor=actor, now=now)
