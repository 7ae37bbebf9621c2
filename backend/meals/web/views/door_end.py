"""The end of an evening: crew, the count, who stayed away, and closing. And the list on paper."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common.errors import Conflict, NotFound
from backend.common.keys import key_of as row_key
from backend.meals.models import CrewHours, CrewPlace, EveningCount, Job
from backend.meals.printing import door as printing
from backend.meals.selectors import closing as read
from backend.meals.selectors import door as lists
from backend.meals.services import closing, door_crew, door_links
from backend.meals.web import door_parts
from backend.meals.web.forms.closing import CountForm
from backend.meals.web.readers import Reader
from backend.meals.web.words import JOBS


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """What is left to do before everybody goes home; by POST the count."""
    if request.method != "POST":
        return _render(request, reader, CountForm(initial=_counted(reader)), now)
    form = CountForm(request.POST)
    if not form.is_valid():
        return _render(request, reader, form, now, status=422)
    given = form.cleaned_data
    try:
        closing.count(
            evening_id=reader.evening.pk,
            cooked=given["cooked"],
            left=given["left"],
            till_cents=given["till"],
            note=given["note"],
            actor=reader.actor,
            now=now,
        )
    except Conflict as error:
        form.add_error(None, _(error.message))
        return _render(request, reader, form, now, status=422)
    messages.success(request, _("The count has been saved."))
    return redirect(reader.address("end"))


@require_safe
def paper(_request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """The list as a PDF, for an evening without a tablet."""
    content = printing.as_pdf(lists.door_of(reader.evening, now), lists.tariffs_of(reader.evening), now)
    named = f'inline; filename="dinner-{reader.evening.date}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})


def _counted(reader: Reader) -> dict[str, Any]:
    found = EveningCount.objects.filter(evening=reader.evening).first()
    if found is None:
        return {}
    till = "" if found.till_cents is None else door_parts.euros(found.till_cents).removeprefix("€ ")
    return {"cooked": found.cooked, "left": found.left, "till": till, "note": found.note}


def _render(request: HttpRequest, reader: Reader, form: CountForm, now: datetime, *, status: int = 200) -> HttpResponse:
    till = read.till_of(reader.evening)
    found = lists.door_of(reader.evening, now)
    facts = {
        **door_parts.frame(reader),
        "form": form,
        "list": found,
        "missing": [door_parts.shown(one) for one in found.missing],
        "crew": [(place, JOBS[Job(place.job)], _hours(place)) for place in read.crew_there(reader.evening)],
        "before": [(hours, JOBS[Job(hours.job)], _hours(hours)) for hours in read.crew_before(reader.evening)],
        "cash": door_parts.euros(till.cash),
        "card": door_parts.euros(till.card),
        "difference": None if not till.difference else door_parts.euros(till.difference),
        "is_counted": till.counted is not None,
        "may_close": reader.evening.state in ("planned", "open") and now >= reader.evening.dinner_at,
    }
    return render(request, "meals/door_end.html", facts, status=status)


def _hours(place: CrewPlace | CrewHours) -> str:
    """Such as 4:15: hours and minutes, once they have left."""
    if place.came_at is None or place.left_at is None:
        return ""
    minutes = int((place.left_at - place.came_at).total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _place(request: HttpRequest, reader: Reader) -> CrewPlace:
    place = reader.evening.crew.select_related("person").filter(pk=row_key(request.POST.get("place")) or 0).first()
    if place is None or place.person is None:
        raise Conflict("Nobody has confirmed this place. Load the page again.")
    return place


def _came(request: HttpRequest, reader: Reader, now: datetime) -> str:
    place = door_crew.came(place_id=_place(request, reader).pk, actor=reader.actor, now=now)
    return _("%(name)s is here.") % {"name": place.person.name if place.person else ""}


def _left(request: HttpRequest, reader: Reader, now: datetime) -> str:
    place = door_crew.left(place_id=_place(request, reader).pk, actor=reader.actor, now=now)
    return _("%(name)s has left. Thank you!") % {"name": place.person.name if place.person else ""}


def _not_here(request: HttpRequest, reader: Reader, _now: datetime) -> str:
    place = door_crew.was_not_here(place_id=_place(request, reader).pk, actor=reader.actor)
    return _("%(name)s: not here after all.") % {"name": place.person.name if place.person else ""}


def _had_not_been(request: HttpRequest, reader: Reader, _now: datetime) -> str:
    hours = (
        reader.evening.crew_hours.select_related("person").filter(pk=row_key(request.POST.get("hours")) or 0).first()
    )
    if hours is None:
        return _("It has been put right already.")
    door_crew.had_not_been_here(hours_id=hours.pk, actor=reader.actor)
    return _("%(name)s: not here after all.") % {"name": hours.person.name}


def _close(request: HttpRequest, reader: Reader, now: datetime) -> str:
    version = row_key(request.POST.get("version"))
    if version is None:
        raise door_parts.Unreadable("This button could not be read. Load the page again, and press it once more.")
    closing.close(evening_id=reader.evening.pk, version=version, actor=reader.actor, now=now)
    return _("The evening is closed. Thank you, and good night.")


def _reopen(_request: HttpRequest, reader: Reader, _now: datetime) -> str:
    _only_who_runs(reader)
    closing.reopen(evening_id=reader.evening.pk, actor=reader.actor)
    return _("The evening is open again.")


def _link(_request: HttpRequest, reader: Reader, now: datetime) -> str:
    _only_who_runs(reader)
    told = door_links.send_again(evening_id=reader.evening.pk, now=now)
    return _("The link has been texted to %(names)s.") % {"names": ", ".join(person.name for person in told)}


def _only_who_runs(reader: Reader) -> None:
    if not reader.runs:
        raise NotFound("There is no such button at the door.")


ACTS: dict[str, Callable[[HttpRequest, Reader, datetime], str]] = {
    "crew-came": _came,
    "crew-left": _left,
    "crew-not-here": _not_here,
    "crew-had-not-been": _had_not_been,
    "close": _close,
    "reopen": _reopen,
    "link": _link,
}
