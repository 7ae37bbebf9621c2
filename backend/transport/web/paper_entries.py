"""What was ticked on paper is typed in afterwards: for each way of each passenger when it began and when it ended."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.common.actors import Actor
from backend.common.clock import instant
from backend.common.errors import RondjeError
from backend.people.selectors import zone_of
from backend.transport.domain.run import ENDS, Run, State, Way, What
from backend.transport.models import Trip
from backend.transport.selectors.manifest import Passenger, manifest_of
from backend.transport.selectors.run import run_of
from backend.transport.services import day
from backend.transport.services.day import Tick
from backend.transport.web import ticks

BAD_TIME = {"invalid": gettext_lazy("Type a time such as 9:45.")}


class WallTime(forms.TimeField):
    """A time that may stay empty. What stood there on the page is sent along: somebody may tick meanwhile."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(required=False, error_messages=BAD_TIME, show_hidden_initial=True, widget=widget, **more)


class RideForm(forms.Form):
    """One way of one passenger. Times are wall times of the trip's date; what stays empty was not ticked."""

    on_board = WallTime(label=gettext_lazy("On board at"))
    done = WallTime(label=gettext_lazy("Arrived at"))
    not_there = WallTime(label=gettext_lazy("Not there, at"))

    def clean(self) -> None:
        """Whoever rode was there. What was ticked goes only when it is taken back, or when something else is typed."""
        found = self.cleaned_data
        for name in self.changed_data:
            is_emptied = name not in self.errors and found[name] is None and self.initial.get(name)
            if is_emptied and not self._says_otherwise(name):
                self.add_error(name, _("This was ticked: put the time back. To undo it: Take this back, on the list."))
        if found.get("not_there") and (found.get("on_board") or found.get("done")):
            self.add_error("not_there", _("Somebody who rode along was there. Leave one of them empty."))
        elif found.get("on_board") and found.get("done") and found["done"] < found["on_board"]:
            self.add_error("done", _("Nobody arrives before they board. Look at both times."))

    def _says_otherwise(self, name: str) -> bool:
        others = ("on_board", "done") if name == "not_there" else ("not_there",)
        return any(other in self.changed_data and self.cleaned_data.get(other) for other in others)


@dataclass(frozen=True)
class Row:
    """A way of a passenger with its form."""

    passenger: Passenger
    form: RideForm
    is_home: bool


def page(request: HttpRequest, trip: Trip, actor: Actor, now: datetime) -> HttpResponse:
    """The form, and what was typed into it. What is wrong is said beside it; nothing that was typed is lost."""
    posted = request.POST if request.method == "POST" else None
    rows = [
        Row(one, RideForm(posted, prefix=str(one.ride.pk), initial=_known(one)), one.ride.way == Way.HOME)
        for one in _passengers(trip, now)
    ]
    if posted is None:
        return _ask(request, trip, rows)
    if len([row for row in rows if row.form.is_valid()]) < len(rows):
        return _ask(request, trip, rows, status=422)
    try:
        run = run_of(trip)
        typed = [tick for row in rows for tick in _ticks(trip, row, run)]
        taken = day.record_on_paper(trip_id=trip.pk, ticks=typed, actor=actor, now=now)
    except RondjeError as error:
        messages.error(request, _(error.message))
        return _ask(request, trip, rows, status=422)
    names = {row.passenger.ride.pk: row.passenger.name for row in rows}
    for words in (one["words"] for one in ticks.answers(taken, names, ()) if one["words"]):
        messages.warning(request, words)
    messages.success(request, _("What was on the paper has been taken in."))
    return redirect("manifest", trip.pk)


def _passengers(trip: Trip, now: datetime) -> Iterable[Passenger]:
    """Each way of each passenger once, in the order of the list."""
    seen: dict[int, Passenger] = {}
    for stop in manifest_of(trip, now).stops:
        for one in stop.passengers:
            seen.setdefault(one.ride.pk, one)
    return seen.values()


def _known(one: Passenger) -> dict[str, object]:
    """What was ticked already is shown, so that only what is missing need be typed."""
    zone = zone_of(one.ride.trip.organisation)
    instants = {
        "on_board": one.standing.on_board_at,
        "done": one.standing.done_at,
        "not_there": one.standing.not_there_at,
    }
    return {name: f"{at.astimezone(zone):%H:%M}" for name, at in instants.items() if at}


def _ticks(trip: Trip, row: Row, run: Run) -> Iterable[Tick]:
    """What was typed and differs from what is known. What it corrects is taken back, by name."""
    found, ride = row.form.cleaned_data, row.passenger.ride
    known = _known(row.passenger)
    whats = {"on_board": What.ON_BOARD, "done": ENDS[Way(ride.way)], "not_there": What.NOT_THERE}
    entries = {entry.id: entry for entry in run.entries}
    for name in row.form.changed_data:
        wall, what = found[name], whats[name]
        if known.get(name, "") == (f"{wall:%H:%M}" if wall else ""):
            continue
        replaced = run.to_replace(ride.pk, what)
        for key in replaced:
            taken_back = uuid.uuid5(ticks.NAMESPACE, f"takes back:{key}")
            yield Tick(taken_back, ride.pk, What.UNDONE, entries[key].at, trip.plan_version, takes_back=key)
        if wall is not None:
            at = instant(trip.date, wall, zone_of(trip.organisation))
            facts = [trip.pk, ride.pk, what, at.isoformat(), *sorted(map(str, replaced))]
            key = uuid.uuid5(ticks.NAMESPACE, ":".join(map(str, facts)))
            yield Tick(key, ride.pk, what, at, trip.plan_version)


def _ask(request: HttpRequest, trip: Trip, rows: list[Row], status: int = 200) -> HttpResponse:
    facts = {"trip": trip, "organisation": trip.organisation, "rows": rows, "State": State}
    return render(request, "transport/manifest_paper.html", facts, status=status)
