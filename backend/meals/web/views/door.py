"""The list at the door: who is expected, who is here, and one page for each party."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common.errors import Conflict, NotFound
from backend.common.keys import key_of as row_key
from backend.meals.models import MealPayment, Reservation
from backend.meals.selectors import door as read
from backend.meals.services import door, door_away, door_money, door_plates
from backend.meals.services.wishes import No
from backend.meals.web import door_parts
from backend.meals.web.door_parts import key_of, number_of
from backend.meals.web.readers import Reader
from backend.meals.web.views import door_end

PARTY, END = "party", "end"


@require_safe
def show(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """The list, by name; with `q` only who is called so. `since`: only whether the list has changed."""
    if "since" in request.GET:
        is_old = request.GET["since"] != str(reader.evening.version)
        return render(request, "meals/_door_old.html", {"is_old": is_old, "reader": reader})
    asked = request.GET.get("q", "").strip()
    found = read.door_of(reader.evening, now, asked=asked)
    whole = read.door_of(reader.evening, now) if asked else found
    facts = {
        **door_parts.frame(reader),
        "list": whole,
        "asked": asked,
        "expected": [door_parts.shown(one) for one in found.expected],
        "away": [door_parts.shown(one) for one in found.away],
        "here": [door_parts.shown(one) for one in found.here],
        "waiting": [door_parts.shown(one) for one in found.waiting],
        "now": now,
        "may_open": reader.evening.state == "planned" and now >= reader.evening.cutoff_at,
    }
    return render(request, "meals/door.html", facts)


@require_safe
def party(request: HttpRequest, reader: Reader, now: datetime, row_pk: int) -> HttpResponse:
    """One party: how many came, or that they do not, what they pay, a wrong tick taken back."""
    rows = read.reservations_of(reader.evening).filter(pk=row_pk)
    row = rows.first()
    if row is None:
        raise NotFound("This party is not on the list any more: they have cancelled.")
    one = read.party_of(row)
    tariffs = read.tariffs_of(reader.evening)
    guest = getattr(row.person, "guest", None)
    facts = {
        **door_parts.frame(reader),
        **door_parts.shown(one),
        "party": one,
        "tariffs": door_parts.sums(tariffs, one.to_pay),
        "ways": [(way.value, words) for way, words in door_parts.ways().items()],
        "paid": door_parts.paid(one.payments),
        "whose": door_parts.whose(one),
        "may_help": guest is not None and guest.may_volunteer,
    }
    return render(request, "meals/door_party.html", facts)


@require_POST
def act(request: HttpRequest, reader: Reader, now: datetime, what: str) -> HttpResponse:
    """A button of the door. Whatever it answers, the list or the party is shown anew."""
    if what not in ACTS:
        raise NotFound("There is no such button at the door.")
    try:
        said = ACTS[what](request, reader, now)
    except (Conflict, door_parts.Unreadable) as error:
        messages.error(request, _(error.message))
    else:
        if isinstance(said, No):
            messages.error(request, door_parts.no_in_words(said))
        elif said:
            messages.success(request, said)
    if request.POST.get("back") == END:
        return redirect(reader.address("end"))
    if request.POST.get("back") == PARTY and (pk := row_key(request.POST.get("row"))):
        return redirect(reader.address("party", row_pk=pk))
    return redirect(reader.address())


Said = str | No


def _open(_request: HttpRequest, reader: Reader, now: datetime) -> Said:
    door.open_evening(evening_id=reader.evening.pk, actor=reader.actor, now=now)
    return _("The evening has begun. Welcome!")


def _tick(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    came = number_of(request, "came") or 0
    was = number_of(request, "was")
    key = key_of(request, "came", row.pk, came, was)
    done = door.tick(reservation_id=row.pk, came=came, was=was, key=key, actor=reader.actor, now=now)
    if isinstance(done, No) and row.away_at is not None:
        raise Conflict(door_parts.given_away_in_words(done))
    if isinstance(done, No):
        return done
    return _("%(name)s: %(count)s here.") % {"name": row.person.name, "count": done.arrived_covers}


def _undo(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    was = number_of(request, "was") or 0
    door.undo(reservation_id=row.pk, was=was, key=key_of(request, "undone", row.pk, was), actor=reader.actor, now=now)
    return _("%(name)s: not here after all.") % {"name": row.person.name}


def _away(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    key = key_of(request, "away", row.pk)
    done = door_away.does_not_come(reservation_id=row.pk, key=key, actor=reader.actor, now=now)
    return _("%(name)s: does not come. Their chairs are free: %(count)s.") % {
        "name": row.person.name,
        "count": done.covers,
    }


def _expected(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    key = key_of(request, "expected", row.pk)
    done = door_away.is_expected(reservation_id=row.pk, key=key, actor=reader.actor, now=now)
    if isinstance(done, No):
        raise Conflict(door_parts.given_away_in_words(done))
    return _("%(name)s is expected again.") % {"name": row.person.name}


def _pay(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    tariff = {one.pk: one for one in read.tariffs_of(reader.evening)}.get(row_key(request.POST.get("tariff")) or 0)
    way, covers = request.POST.get("way", ""), number_of(request, "covers") or 0
    if tariff is None or way not in MealPayment.Way.values:
        raise Conflict("Choose a price, and how it is paid.")
    payment = door_money.pay(
        reservation_id=row.pk,
        tariff=tariff,
        covers=covers,
        way=MealPayment.Way(way),
        key=key_of(request, "paid", row.pk, tariff.pk, covers, way),
        actor=reader.actor,
        now=now,
    )
    if payment is None:
        return ""
    return _("Paid: %(what)s.") % {"what": door_parts.paid([payment])[0][1]}


def _take_back(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    payment = row.payments.filter(pk=row_key(request.POST.get("payment")) or 0).first()
    if payment is None:
        return ""
    key = key_of(request, "paid back", payment.pk)
    door_money.take_back(payment=payment, key=key, actor=reader.actor, now=now)
    return _("The payment has been taken back.")


def _plates(request: HttpRequest, reader: Reader, now: datetime) -> Said:
    row = _row(request, reader)
    came = {row_key(sent) or 0 for sent in request.POST.getlist("plate")}
    was = number_of(request, "was") or 0
    door_plates.say_whose(reservation_id=row.pk, came=came, was=was, actor=reader.actor, now=now)
    return _("Noted whose plates came. The kitchen hears it.")


def _help(request: HttpRequest, reader: Reader, _now: datetime) -> Said:
    row = _row(request, reader)
    door.may_help(person=row.person, evening_id=reader.evening.pk, actor=reader.actor)
    return _("Noted: %(name)s would like to help some time.") % {"name": row.person.name}


def _row(request: HttpRequest, reader: Reader) -> Reservation:
    rows = reader.evening.reservations.select_related("person")
    row = rows.filter(pk=row_key(request.POST.get("row")) or 0).first()
    if row is None:
        raise Conflict("This party is not on the list of this evening. Load the list again.")
    return row


ACTS: dict[str, Callable[[HttpRequest, Reader, datetime], Any]] = {
    **door_end.ACTS,
    "open": _open,
    "tick": _tick,
    "undo": _undo,
    "away": _away,
    "expected": _expected,
    "pay": _pay,
    "take-back": _take_back,
    "help": _help,
    "plates": _plates,
}
