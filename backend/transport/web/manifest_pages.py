"""The list of a trip as pages: the same for who signs in and for who follows a link; `Reader` says who it is."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.people.models import Aid
from backend.people.selectors import zone_of
from backend.people.web.words import AIDS
from backend.transport.domain.run import State, Way, What
from backend.transport.domain.stops import OVER
from backend.transport.models import Trip
from backend.transport.selectors.manifest import Manifest, Passenger, StopOnList, manifest_of
from backend.transport.services import day, manifest_links
from backend.transport.services.day import NotHome
from backend.transport.web import day_words, ticks

ODOMETER_MOST = 2_000_000

EVENING = timedelta(hours=7)
"""Before midnight: from 17:00 on the evening before, a telephone may keep the list."""

TOLD_AT_LEAST = timedelta(hours=1)
"""How long a telephone shows what was not counted when the day is over; it names who it is about."""


@dataclass(frozen=True)
class Reader:
    """Who has the list before them. `address` leads to show, tick, start, close and entries.

    `only_sends`: they have the duty no more; what they ticked before is taken in, and they are told of nobody.
    """

    trip: Trip
    actor: Actor
    address: Callable[[str], str]
    is_signed_in: bool
    is_planner: bool = False
    only_sends: bool = False
    is_crew: bool = True


@dataclass(frozen=True)
class ShownPassenger:
    """A passenger with where they are in words, and the colour beside them."""

    of: Passenger
    words: str
    look: str
    aids: str


@dataclass(frozen=True)
class ShownStop:
    """A stop; `over` are the states in which all its rides lie behind the bus, for the script."""

    of: StopOnList
    people: tuple[ShownPassenger, ...]
    over: str


def by_sign_in(trip: Trip, actor: Actor, *, is_planner: bool, is_crew: bool) -> Reader:
    """Somebody who has signed in."""
    names = {"show": "manifest", "entries": "manifest-entries", "money": "bus-trip-money"}

    def address(what: str) -> str:
        return reverse(names.get(what, f"manifest-{what}"), args=[trip.pk])

    return Reader(trip, actor, address, is_signed_in=True, is_planner=is_planner, is_crew=is_crew)


def by_link(trip: Trip, actor: Actor, token: str) -> Reader:
    """One of the crew who follows the link in their text."""

    def address(what: str) -> str:
        return reverse("crew-manifest" if what == "show" else f"crew-manifest-{what}", args=[token])

    return Reader(trip, actor, address, is_signed_in=False)


def show(request: HttpRequest, reader: Reader, now: datetime, *, status: int = 200) -> HttpResponse:
    """The list. The header says how many seconds a telephone may keep it; 0: it may not."""
    found = manifest_of(reader.trip, now)
    shown = [_shown(stop, found) for stop in found.stops]
    coming = [] if found.stopped_at else [stop for stop in shown if not stop.of.is_over]
    facts = {
        "reader": reader,
        "address": {what: reader.address(what) for what in ("show", "tick", "start", "close", "entries", "money")},
        "manifest": found,
        "stops": shown,
        "stopped": ticks.stopped_words(reader.trip, found.stopped_at),
        "trip": reader.trip,
        "organisation": reader.trip.organisation,
        "now_at": coming[0] if coming else None,
        "next_at": coming[1] if len(coming) > 1 else None,
        "not_home": [(name, day_words.MISSING[reason.what]) for name, reason in found.not_home],
        "kept": [(kept, day_words.TICKS[What(kept.entry.what)], day_words.WHYS[kept.why]) for kept in found.kept],
        "words": _words(),
        "key": uuid.uuid4(),
        "worker": reverse("manifest-worker"),
    }
    response = render(request, "transport/manifest.html", facts, status=status)
    response["X-Rondje-Keep-Seconds"] = str(_kept_for(reader, now))
    return response


def tick(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """A button was pressed where no script runs."""
    pressed = ticks.ticks_of_form(request.POST, request.POST.getlist("ride"), now)
    taken = day.record(trip_id=reader.trip.pk, ticks=pressed, device_now=now, actor=reader.actor, now=now)
    for words in (one["words"] for one in ticks.answers(taken, _names(reader.trip), ()) if one["words"]):
        messages.warning(request, words)
    return redirect(reader.address("show"))


def start(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """The bus leaves."""
    try:
        day.start(trip_id=reader.trip.pk, actor=reader.actor, now=now)
    except Conflict as error:
        messages.error(request, _(error.message))
    return redirect(reader.address("show"))


def close(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """Everybody is home, or the list says who is not known to be."""
    odometer = request.POST.get("odometer_km", "").strip()
    if odometer and not (odometer.isascii() and odometer.isdigit() and int(odometer) <= ODOMETER_MOST):
        messages.error(request, _("Type the kilometres as a whole number, such as 48210, or leave them out."))
        return redirect(reader.address("show"))
    try:
        day.close(trip_id=reader.trip.pk, actor=reader.actor, now=now, odometer_km=int(odometer) if odometer else None)
    except NotHome:
        messages.error(request, _("This run cannot be closed: it is not known of everybody that they are home."))
        return redirect(reader.address("show") + "#not-home")
    except Conflict as error:
        messages.error(request, _(error.message))
        return redirect(reader.address("show"))
    messages.success(request, _("Everybody is home, and the run is closed. Thank you."))
    return redirect(reader.address("show"))


def entries(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """What a telephone sends when it has signal: by GET only how the trip stands, and the token to send with."""
    if request.method != "POST":
        return JsonResponse({**_told(reader), "csrf": get_token(request)})
    try:
        batch = ticks.batch_of(_json(request), now)
    except RondjeError as error:
        return JsonResponse({"detail": _(error.message)}, status=error.status)
    taken = day.record(
        trip_id=reader.trip.pk, ticks=batch.ticks, device_now=batch.device_now, actor=reader.actor, now=now
    )
    reader.trip.refresh_from_db()
    names = {} if reader.only_sends else _names(reader.trip)
    told = ticks.answers(taken, names, batch.unreadable)
    told_for = max(_left(reader.trip, now), int(TOLD_AT_LEAST.total_seconds()))
    return JsonResponse({**_told(reader), "answers": told, "told_for": told_for})


def _told(reader: Reader) -> dict[str, object]:
    standing = ticks.standing_of(reader.trip)
    return {**standing, "rides": {}} if reader.only_sends else standing


def _kept_for(reader: Reader, now: datetime) -> int:
    """Seconds. It names people: on the telephone of driver and host only, from the evening before until it is over."""
    trip = reader.trip
    evening_before = datetime.combine(trip.date, time(0), tzinfo=zone_of(trip.organisation)) - EVENING
    return _left(trip, now) if reader.is_crew and now >= evening_before else 0


def _left(trip: Trip, now: datetime) -> int:
    return max(0, int((manifest_links.end_of_day(trip) - now).total_seconds()))


def _shown(stop: StopOnList, manifest: Manifest) -> ShownStop:
    states = manifest.states
    people = tuple(
        ShownPassenger(
            of=one,
            words=_standing(one, states[one.ride.pk], is_stopped=manifest.stopped_at is not None),
            look=day_words.LOOKS[states[one.ride.pk]],
            aids=", ".join(str(AIDS[Aid.Kind(aid)]) for aid in one.aids),
        )
        for one in stop.passengers
    )
    return ShownStop(stop, people, " ".join(OVER[stop.kind]))


def _standing(one: Passenger, state: State, *, is_stopped: bool) -> str:
    if state is not one.state:
        return str(day_words.STAYS)
    way = Way(one.ride.way)
    otherwise = day_words.STOPPED.get(way, {}) if is_stopped else {}
    return str(otherwise.get(state) or day_words.STATES[way][state])


def _json(request: HttpRequest) -> object:
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _names(trip: Trip) -> dict[int, str]:
    return {ride.pk: ride.booking.person.name for ride in trip.rides.select_related("booking__person")}


def _words() -> dict[str, object]:
    """What the script on the telephone says."""
    return {
        "states": {
            way.value: {state.value: str(words) for state, words in states.items()}
            for way, states in day_words.STATES.items()
        },
        "stopped": {
            way.value: {state.value: str(words) for state, words in states.items()}
            for way, states in day_words.STOPPED.items()
        },
        "looks": {state.value: look for state, look in day_words.LOOKS.items()},
        "stays": str(day_words.STAYS),
        "unsent": _("not there: not passed on yet"),
        "ring": _("Somebody was not there, and the planner does not know it yet: ring, if you can."),
        "elsewhere": _(
            "%(count)s of another list not sent yet. They are kept on this telephone: open that list, or sign in, "
            "and they are sent. Otherwise ring the planner."
        ),
        "sent": _("Everything that you ticked has been sent."),
        "waiting": _("%(count)s not sent yet. They are kept on this telephone and sent as soon as there is signal."),
        "held": _(
            "%(count)s not sent yet, and this telephone cannot keep them: leave this page open until they are sent, "
            "or write them down. Ring if you can."
        ),
        "signed_out": _("%(count)s not sent yet: sign in again. They are kept on this telephone."),
        "sign_in": _("Sign in"),
        "no_signal": _("No signal. You need not press this: the run starts by your first tick."),
        "cannot_close": _("No signal. The run can be closed when there is: everything that you ticked is kept."),
    }
