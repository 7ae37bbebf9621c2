"""The calls that a person has to make about the bus: whom, in which order, and what to say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from backend.people.domain.moments import listed
from backend.people.models import Organisation
from backend.people.selectors import zone_of
from backend.transport.models import Booking, CallTask, Disruption
from backend.transport.models.crew import Task
from backend.transport.selectors import told
from backend.transport.selectors.disruption import standing_of
from backend.transport.selectors.run import ABOUT_ABSENCE
from backend.transport.services.call_tasks import Outcome
from backend.transport.services.moved_homes import ABOUT_HOME
from backend.transport.web import words
from backend.transport.web.answers import clock

KINDS = {
    CallTask.Kind.MOVED: gettext_lazy("The time has changed"),
    CallTask.Kind.SILENT: gettext_lazy("Did not answer on the evening before"),
    CallTask.Kind.SPEAK: gettext_lazy("Wants to speak to somebody"),
    CallTask.Kind.DISRUPTED: gettext_lazy("The trip goes wrong"),
    CallTask.Kind.CREW: gettext_lazy("No driver or host"),
    CallTask.Kind.SEAT: gettext_lazy("A seat is free"),
    CallTask.Kind.NO_SEAT: gettext_lazy("Waited, and there was no seat"),
}

BUTTONS = {
    CallTask.Kind.MOVED: (
        (Outcome.AGREED, gettext_lazy("Agreed to the new time")),
        (Outcome.CANCELS, gettext_lazy("Does not come along")),
    ),
    CallTask.Kind.SILENT: (
        (Outcome.AGREED, gettext_lazy("Comes along")),
        (Outcome.CANCELS, gettext_lazy("Does not come along")),
    ),
    CallTask.Kind.SPEAK: (
        (Outcome.DONE, gettext_lazy("Have spoken, nothing changes")),
        (Outcome.AGREED, gettext_lazy("Comes along")),
        (Outcome.CANCELS, gettext_lazy("Does not come along")),
    ),
    CallTask.Kind.SEAT: (
        (Outcome.AGREED, gettext_lazy("Takes the seat")),
        (Outcome.CANCELS, gettext_lazy("Does not want it")),
        (Outcome.DONE, gettext_lazy("Something else")),
    ),
    CallTask.Kind.NO_SEAT: ((Outcome.DONE, gettext_lazy("They know")),),
    CallTask.Kind.DISRUPTED: ((Outcome.DONE, gettext_lazy("They know")),),
    CallTask.Kind.CREW: ((Outcome.DONE, gettext_lazy("It is settled")),),
}

WITHOUT_PLACE = (
    (Outcome.DONE, gettext_lazy("Told; waits in case a place comes free")),
    (Outcome.CANCELS, gettext_lazy("Does not come along")),
)
"""Of somebody for whom the bus has no place any more: there is nothing to agree to."""

SAY = {
    CallTask.Kind.NO_SEAT: gettext_lazy(
        "About %(trip)s on %(day)s: no seat has become free. We are sorry. Look for another trip together."
    ),
}
"""What is always said in the same words."""


AFTER_ALL = {
    "place": gettext_lazy(
        "About %(trip)s on %(day)s: the trip takes place after all, and you have your place again. %(times)s"
    ),
    "waits": gettext_lazy(
        "About %(trip)s on %(day)s: the trip takes place after all, and you are on the waiting list again."
    ),
    "no_place": gettext_lazy(
        "About %(trip)s on %(day)s: the trip takes place after all, but there is no place for you any more. We are "
        "sorry. Look for another trip together."
    ),
    "elsewhere": gettext_lazy(
        "About %(trip)s on %(day)s: the trip takes place after all. You have arranged something else for that day: "
        "this bus will not fetch you."
    ),
    "crew": gettext_lazy("About %(trip)s on %(day)s: the trip takes place after all."),
}
"""What those are told whose trip had been cancelled, by how they stand on it now."""


def open_calls(organisations: Iterable[Organisation]) -> "list[CallTask]":
    """The calls to make, the first trip in front; who was tried already comes after who was not."""
    rows = (
        CallTask.objects.filter(organisation__in=list(organisations), state=CallTask.State.OPEN)
        .select_related("organisation", "trip__destination", "trip__organisation", "booking", "person")
        .prefetch_related("person__phones", "person__contacts", "booking__rides", "trip__crew")
    )
    return sorted(rows, key=lambda task: (task.trip.leaves_at, len(task.tried_at), task.order, task.pk))


def row(task: CallTask) -> dict[str, Any]:
    """A call as it is shown, in the zone that it is about. `elsewhere` leads to where more is known.

    `near` are those who are rung for somebody without a number.
    """
    with timezone.override(zone_of(task.organisation)):
        return _row(task)


def _row(task: CallTask) -> dict[str, Any]:
    kind = CallTask.Kind(task.kind)
    return {
        "task": task,
        "kind": KINDS[kind],
        "say": what_to_say(task),
        "buttons": WITHOUT_PLACE if _has_no_place(task) else BUTTONS[kind],
        "near": [] if task.person.phones.all() else [one for one in task.person.contacts.all() if one.phone],
        "tried": [clock(moment) for moment in task.tried_at],
        "elsewhere": _elsewhere(task),
    }


def _has_no_place(task: CallTask) -> bool:
    return task.kind == CallTask.Kind.MOVED and bool(task.details.get("no_place"))


def _elsewhere(task: CallTask) -> str:
    """The address of the place in the crew, or of the trip's news."""
    if task.kind == CallTask.Kind.DISRUPTED:
        return reverse("bus-wrong", args=[task.trip_id])
    if task.kind == CallTask.Kind.CREW:
        concerned = [duty for duty in task.trip.crew.all() if duty.task in task.details.get("tasks", {})]
        duty = min(concerned, key=lambda duty: duty.pk, default=None)
        return reverse("bus-duty", args=[duty.pk]) if duty else ""
    return ""


def what_to_say(task: CallTask) -> str:
    """The sentence to begin with; times are the organisation's wall times, the zone being in force."""
    trip, booking = task.trip, task.booking
    day = formats.date_format(trip.date, "l j F")
    known = {"trip": trip.name, "day": day, "times": _times(booking) if booking else ""}
    if _has_no_place(task):
        said = _(
            "About %(trip)s on %(day)s: the bus cannot fetch you any more as we promised. We are sorry. Look for "
            "another trip together."
        )
    elif task.kind == CallTask.Kind.MOVED and task.details.get("elsewhere"):
        said = _(
            "About %(trip)s on %(day)s: the time has changed. %(times)s You are on another trip at that time. Which of "
            "the two do you want?"
        )
    elif task.kind == CallTask.Kind.MOVED and task.details.get("again"):
        said = _("About %(trip)s on %(day)s: there is a place for you after all. %(times)s Would you like to come?")
    elif task.kind == CallTask.Kind.MOVED:
        said = _("About %(trip)s on %(day)s: the time has changed. %(times)s Is that all right?")
    elif task.kind == CallTask.Kind.SILENT:
        said = _("About %(trip)s on %(day)s: %(times)s Are you coming? We could not reach you.")
    elif task.kind == CallTask.Kind.SEAT:
        said = _("About %(trip)s on %(day)s: a seat is free. %(times)s Would you like to come?")
        known["times"] = _offered_times(task)
    elif task.details.get("about") == ABOUT_HOME:
        said = _(
            "About %(trip)s on %(day)s: you have moved, and the bus does not know where to. Where do you live now?"
        )
    elif task.details.get("about") == ABOUT_ABSENCE:
        said = _("About %(trip)s on %(day)s: you were not at the door, and noted as away. Is that so? Is all well?")
    elif task.kind == CallTask.Kind.CREW:
        said = _("About %(trip)s on %(day)s: we need a %(tasks)s. Could you do it after all?")
        known["tasks"] = " / ".join(str(words.TASKS[Task(one)]).lower() for one in task.details.get("tasks", {}))
    elif task.kind == CallTask.Kind.DISRUPTED:
        said = _of_a_disruption(task)
    elif task.kind == CallTask.Kind.SPEAK:
        said = _("About %(trip)s on %(day)s: you asked to speak to somebody. %(times)s")
    else:
        said = str(SAY.get(CallTask.Kind(task.kind), _("About %(trip)s on %(day)s.")))
    return said % known


def _of_a_disruption(task: CallTask) -> str:
    if task.details.get("action") == Disruption.Action.RESTORE:
        return str(AFTER_ALL[standing_of(task.booking)])
    return _("About %(trip)s on %(day)s: it does not go as promised. What is told stands on the trip's page.")


def _times(booking: Booking) -> str:
    times = told.times_of(booking)
    return _told(times.there, times.around_home)


def _offered_times(task: CallTask) -> str:
    times = told.times_from_json(task.details.get("times", {}))
    said = _told(times.there, times.around_home)
    friends = [one.person.spoken_name for one in told.party_of(task.booking)[1:]] if task.booking else []
    if not friends:
        return said
    return said + " " + _("You and %(names)s.") % {"names": listed(friends, get_language() or "")}


def _told(there: tuple[datetime, datetime] | None, home: datetime | None) -> str:
    sentences = []
    if there is not None:
        first, last = (clock(moment) for moment in there)
        sentences.append(_("The bus comes between %(first)s and %(last)s.") % {"first": first, "last": last})
    if home is not None:
        sentences.append(_("You are home at about %(home)s.") % {"home": clock(timezone.localtime(home))})
    return " ".join(sentences)
