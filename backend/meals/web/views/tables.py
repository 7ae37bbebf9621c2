"""The table plan: a drawing of the room, the same as lists, and everything by forms, so that a keyboard is enough."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common.errors import Conflict, NotFound
from backend.common.keys import key_of
from backend.meals.models import Room
from backend.meals.selectors.seating import room_of
from backend.meals.services import seating
from backend.meals.web import door_parts, table_parts
from backend.meals.web.readers import Reader


@require_safe
def show(request: HttpRequest, reader: Reader, _now: datetime) -> HttpResponse:
    """The plan as it is. `since`: only whether it has changed."""
    if "since" in request.GET:
        is_old = request.GET["since"] != str(reader.evening.version)
        return render(request, "meals/_tables_old.html", {"is_old": is_old, "address": reader.address("tables")})
    found = room_of(reader.evening)
    facts = {**door_parts.frame(reader), **table_parts.shown(found, reader)}
    return render(request, "meals/tables.html", facts)


@require_POST
def act(request: HttpRequest, reader: Reader, _now: datetime, what: str) -> HttpResponse:
    """A button of the plan. Whatever it answers, the plan is shown anew."""
    if what not in ACTS:
        raise NotFound("There is no such button at the tables.")
    try:
        said = ACTS[what](request, reader)
    except Conflict as error:
        messages.error(request, _(error.message))
    else:
        messages.success(request, said)
    return redirect(reader.address("tables"))


def _plan(_request: HttpRequest, reader: Reader) -> str:
    made = seating.plan(evening_id=reader.evening.pk, actor=reader.actor)
    if made.standing:
        return _("The tables are planned, but not for everybody: see who has no chair.")
    return _("The tables are planned.")


def _move(request: HttpRequest, reader: Reader) -> str:
    seating.move(
        evening_id=reader.evening.pk,
        party=_party(request),
        table_id=key_of(request.POST.get("table")),
        was=key_of(request.POST.get(f"was-{_party(request)}", request.POST.get("was"))),
        actor=reader.actor,
    )
    return _("Done: they sit where you said, also when you plan anew.")


def _let_go(request: HttpRequest, reader: Reader) -> str:
    seating.let_go(evening_id=reader.evening.pk, party=_party(request), actor=reader.actor)
    return _("The next plan may give them another table.")


def _near_door(request: HttpRequest, reader: Reader) -> str:
    pk = key_of(request.POST.get("row"))
    if pk is None or not reader.evening.reservations.filter(pk=pk).exists():
        raise Conflict("They do not come any more, or have been taken off the list. Load the page again.")
    wanted = request.POST.get("wanted") == "yes"
    seating.near_door(evening_id=reader.evening.pk, reservation_id=pk, wanted=wanted, actor=reader.actor)
    return _("Noted for the next plan.")


def _door(request: HttpRequest, reader: Reader) -> str:
    if not reader.runs:
        raise NotFound("There is no such button at the tables.")
    room = Room.objects.filter(resto=reader.evening.resto_id, pk=key_of(request.POST.get("room")) or 0).first()
    side = request.POST.get("side", "")
    if room is None or side not in ("", *Room.Side.values):
        raise Conflict("Choose in which wall the door is.")
    seating.door_is(room=room, side=side, evening_id=reader.evening.pk, actor=reader.actor)
    return _("Noted for the next plan.")


def _party(request: HttpRequest) -> str:
    """The key of a party as the page sends it: r12, c3 or s. Raises Conflict."""
    given = request.POST.get("party", "")
    if given == "s" or (given[:1] in ("r", "c") and key_of(given[1:]) is not None):
        return given
    raise Conflict("Choose who has to move.")


ACTS: dict[str, Callable[[HttpRequest, Reader], str]] = {
    "plan": _plan,
    "move": _move,
    "let-go": _let_go,
    "near-door": _near_door,
    "door": _door,
}
