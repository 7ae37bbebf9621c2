"""Drivers and hosts, for who runs the bus: people and papers, the roster of a month, and one place in a crew."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.errors import NotFound, RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import Organisation, Person
from backend.people.selectors import local_date
from backend.people.web import crew_pages
from backend.people.web.fields import narrow
from backend.transport.models import CrewDuty, CrewMember
from backend.transport.selectors import crew as reading
from backend.transport.services import crew as duties
from backend.transport.services import crew_people
from backend.transport.web import crew, saving
from backend.transport.web.forms.crew import NewMemberForm, PaperForm, TasksForm, WhenForm, said_by, tasks_form
from backend.transport.web.saying import in_words

ALL = Organisation.objects.all()
PEOPLE = (
    Person.objects.filter(bus_crew__isnull=False)
    .select_related("organisation")
    .prefetch_related("phones", "papers")
    .distinct()
)
PLACES = CrewDuty.objects.select_related("person", "trip__organisation", "trip__destination")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who drives or hosts, with their papers."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    facts = {"organisation": organisation, "people": crew.people_of(organisation, clock.now())}
    return render(request, "transport/crew.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another driver or host: somebody who is known, or a new person."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    known = Person.objects.filter(organisation=organisation).exclude(bus_crew__in_use=True)
    narrow(form, person=known.order_by("family_name", "given_name", "pk"))
    made = saving.done(form, lambda: _made(request, organisation, form)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("%(name)s has been added. Now enter the papers.") % {"name": made.name})
        return redirect("bus-crew-member", made.pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("A new driver or host"),
        button=_("Add"),
        back=(reverse("bus-crew", args=[pk]), _("Drivers and hosts")),
    )


def _made(request: HttpRequest, organisation: Organisation, form: NewMemberForm) -> Person:
    person = crew_pages.person_of(form, organisation)
    crew_people.set_tasks(person, form.wanted, organisation=organisation, actor=saving.actor(request), now=clock.now())
    return person


@require_POST
def ask_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask everybody on which days they can come."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    texted, others = crew_people.send_links(organisation, now=clock.now())
    crew_pages.say_who_was_texted(request, texted, others)
    return redirect("bus-crew", pk)


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: papers, trips, and the forms that change them."""
    return _member_page(request, doors.enter(request.user, PEOPLE, pk, *doors.PLANNERS))


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Tasks, a paper, or a link by text."""
    person, now = doors.enter(request.user, PEOPLE, pk, *doors.PLANNERS), clock.now()
    actor = saving.actor(request)
    if what == "tasks":
        tasks = TasksForm(request.POST, auto_id="tasks-%s")
        if tasks.is_valid():
            crew_people.set_tasks(person, tasks.wanted, organisation=person.organisation, actor=actor, now=now)
            messages.success(request, _("It has been changed."))
            return redirect("bus-crew-member", pk)
        return _member_page(request, person, tasks=tasks)
    if what == "paper":
        form = PaperForm(request.POST, auto_id="paper-%s")
        if not crew_pages.keep_paper(request, form, person, now, in_words):
            return _member_page(request, person, paper=form)
        return redirect("bus-crew-member", pk)
    if what != "link":
        raise NotFound("This page does not exist")
    crew_pages.press(request, lambda: _link_sent(person, now), in_words)
    return redirect("bus-crew-member", pk)


def _link_sent(person: Person, now: datetime) -> str:
    crew_people.send_link(person, now=now)
    return _("%(name)s gets a text with a link.") % {"name": person.name}


def _member_page(
    request: HttpRequest, person: Person, *, tasks: TasksForm | None = None, paper: PaperForm | None = None
) -> HttpResponse:
    now = clock.now()
    facts = crew.member_of(person, now)
    bound = tasks or paper
    today = local_date(person.organisation, now)
    facts |= {
        "organisation": person.organisation,
        "tasks_form": tasks or tasks_form(facts["members"]),
        "paper_form": paper or PaperForm(initial={"seen_on": today}, auto_id="paper-%s"),
        "open_form": "paper" if paper is not None else "tasks" if tasks is not None else "",
    }
    return render(request, "transport/crew_member.html", facts, status=422 if bound is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def when(request: HttpRequest, pk: int) -> HttpResponse:
    """On which dates of a month somebody can come, entered on their behalf."""
    person, now = doors.enter(request.user, PEOPLE, pk, *doors.PLANNERS), clock.now()
    month = crew.month_of(request.GET.get("month", ""), local_date(person.organisation, now))
    days = sorted({trip.date for trip in reading.needing_crew(person, month.first, month.last)})
    form = WhenForm(request.POST if request.method == "POST" else None, days=days, said=said_by(person, days))
    if form.is_bound:
        user = saving.actor(request)
        actor = actors.Actor(user.who, user.channel, on_behalf_of=f"person:{person.pk}")
        done = saving.done(form, lambda: crew_people.say_when(person, form.said, actor=actor, now=now) or True)
        if done is not None:
            messages.success(
                request, _("It has been recorded on which days %(name)s can come.") % {"name": person.name}
            )
            return redirect(f"{reverse('bus-crew-when', args=[pk])}?month={month.first:%Y-%m}")
    facts = {"person": person, "organisation": person.organisation, "month": month, "form": form}
    return render(request, "transport/crew_when.html", facts, status=422 if form.errors else 200)


@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The trips of a month with driver and host."""
    return render(request, "transport/crew_roster.html", _roster_facts(request, pk))


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, to hang on a wall."""
    return render(request, "transport/crew_roster_print.html", _roster_facts(request, pk))


def _roster_facts(request: HttpRequest, pk: int) -> dict[str, Any]:
    organisation, now = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk"), clock.now()
    month = crew.month_of(request.GET.get("month", ""), local_date(organisation, now))
    rows = crew.roster(organisation, month, now)
    gaps = sum(row["has_gap"] for row in rows)
    return {"organisation": organisation, "month": month, "rows": rows, "gaps": gaps, "now": now}


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place in a crew: who has it, who is asked, who could have it, and why others cannot."""
    duty = doors.enter(request.user, PLACES, pk, *doors.PLANNERS, path="trip__organisation")
    facts = {"organisation": duty.trip.organisation, "month": f"{duty.trip.date:%Y-%m}"}
    return render(request, "transport/crew_place.html", {**facts, **crew.place(duty, clock.now())})


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask or confirm somebody, or take whoever has it off. What cannot be done is said on the page."""
    duty, now = doors.enter(request.user, PLACES, pk, *doors.PLANNERS, path="trip__organisation"), clock.now()
    crew_pages.press(request, lambda: _carry_out(request, duty, what, now), in_words)
    return redirect("bus-duty", pk)


def _carry_out(request: HttpRequest, duty: CrewDuty, what: str, now: datetime) -> str:
    """Do it; returns what was done, in words. Raises RondjeError."""
    actor = saving.actor(request)
    if what == "drop":
        duties.drop_out(duty_id=duty.pk, actor=actor, now=now)
        return _("The place is free again. Others are asked, who stand by first.")
    person = _chosen(request, duty)
    on_behalf = actors.Actor(actor.who, actor.channel, on_behalf_of=f"person:{person.pk}")
    if what == "ask":
        duties.ask(duty_id=duty.pk, person=person, actor=actor, now=now)
        return _("%(name)s is asked. The answer comes by text, by telephone, or on this page.") % {"name": person.name}
    if what == "confirm":
        duties.confirm(duty_id=duty.pk, person=person, actor=on_behalf, now=now)
        return _("%(name)s is on the roster for this trip.") % {"name": person.name}
    if what == "declined":
        duties.say_no(duty_id=duty.pk, person=person, actor=on_behalf, now=now)
        return _("It has been recorded that %(name)s cannot. The next is asked.") % {"name": person.name}
    raise NotFound("This page does not exist")


def _chosen(request: HttpRequest, duty: CrewDuty) -> Person:
    key = request.POST.get("person", "")
    members = CrewMember.objects.filter(
        organisation_id=duty.trip.organisation_id, task=duty.task, person_id=int(key) if key.isdecimal() else 0
    )
    found = members.select_related("person__organisation").first()
    if found is None:
        raise RondjeError("This person is not one of the drivers or hosts of the bus.")
    return found.person
