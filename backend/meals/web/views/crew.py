"""The crew of the dinners, for who runs them: people and papers, the roster of four weeks, one place, one evening."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.errors import NotFound, RondjeError
from backend.common.keys import key_of
from backend.events import clock
from backend.meals.models import CrewPlace, Evening, MealVolunteer
from backend.meals.services import crew as places
from backend.meals.services import crew_people, crew_places
from backend.meals.web import crew
from backend.meals.web.forms.crew import JobsForm, MorePlacesForm, NewMemberForm, OneJobForm, PaperForm, jobs_form
from backend.people import doors
from backend.people.models import Organisation, Person
from backend.people.selectors import local_date
from backend.people.web import crew_pages, saving
from backend.people.web.fields import narrow

ALL = Organisation.objects.all()
PEOPLE = (
    Person.objects.filter(meal_crew__isnull=False)
    .select_related("organisation")
    .prefetch_related("phones", "papers")
    .distinct()
)
PLACES = CrewPlace.objects.select_related("person", "evening__resto__organisation")
EVENINGS = Evening.objects.select_related("resto__organisation")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who helps, with their papers; and guests who would like to."""
    organisation, now = doors.enter(request.user, ALL, pk, *doors.RESTO, path="pk"), clock.now()
    facts = {
        "organisation": organisation,
        "people": crew.people_of(organisation, now),
        "would_help": crew.would_help(organisation),
        "job_form": OneJobForm(auto_id="job-%s"),
    }
    return render(request, "meals/crew.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another volunteer: somebody who is known, or a new person."""
    organisation = doors.enter(request.user, ALL, pk, *doors.RESTO, path="pk")
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    known = Person.objects.filter(organisation=organisation).exclude(meal_crew__in_use=True)
    narrow(form, person=known.order_by("family_name", "given_name", "pk"))
    made = saving.done(form, lambda: _made(request, organisation, form)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("%(name)s helps at the dinners now.") % {"name": made.name})
        return redirect("resto-crew-member", made.pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("A new volunteer"),
        button=_("Add"),
        back=(reverse("resto-crew", args=[pk]), _("Volunteers of the dinners")),
    )


def _made(request: HttpRequest, organisation: Organisation, form: NewMemberForm) -> Person:
    person = crew_pages.person_of(form, organisation)
    crew_people.set_jobs(person, form.wanted, organisation=organisation, actor=saving.actor(request), now=clock.now())
    return person


@require_POST
def welcome(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest who would like to help becomes a volunteer, with one job."""
    organisation = doors.enter(request.user, ALL, pk, *doors.RESTO, path="pk")
    key, form = key_of(request.POST.get("person", "")), OneJobForm(request.POST)
    person = next((one for one in crew.would_help(organisation) if one.pk == key), None)
    if person is None or not form.is_valid():
        messages.error(request, _("Choose somebody from the list, and what they will do."))
        return redirect("resto-crew", pk)
    jobs = {form.cleaned_data["job"]: False}
    crew_people.set_jobs(person, jobs, organisation=organisation, actor=saving.actor(request), now=clock.now())
    messages.success(request, _("%(name)s helps at the dinners now.") % {"name": person.name})
    return redirect("resto-crew-member", person.pk)


@require_POST
def ask_evenings(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask everybody on which evenings they can help."""
    organisation = doors.enter(request.user, ALL, pk, *doors.RESTO, path="pk")
    texted, others = crew_people.send_links(organisation, now=clock.now())
    crew_pages.say_who_was_texted(request, texted, others)
    return redirect("resto-crew", pk)


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: papers, evenings, and the forms that change them."""
    return _member_page(request, doors.enter(request.user, PEOPLE, pk, *doors.RESTO))


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Jobs, a paper, or a link by text."""
    person, now = doors.enter(request.user, PEOPLE, pk, *doors.RESTO), clock.now()
    actor = saving.actor(request)
    if what == "jobs":
        jobs = JobsForm(request.POST, auto_id="tasks-%s")
        if not jobs.is_valid():
            return _member_page(request, person, jobs=jobs)
        crew_people.set_jobs(person, jobs.wanted, organisation=person.organisation, actor=actor, now=now)
        messages.success(request, _("It has been changed."))
        return redirect("resto-crew-member", pk)
    if what == "paper":
        form = PaperForm(request.POST, auto_id="paper-%s")
        if not crew_pages.keep_paper(request, form, person, now):
            return _member_page(request, person, paper=form)
        return redirect("resto-crew-member", pk)
    if what != "link":
        raise NotFound("This page does not exist")
    crew_pages.press(request, lambda: _link_sent(person, now))
    return redirect("resto-crew-member", pk)


def _link_sent(person: Person, now: datetime) -> str:
    crew_people.send_link(person, now=now)
    return _("%(name)s gets a text with a link.") % {"name": person.name}


def _member_page(
    request: HttpRequest, person: Person, *, jobs: JobsForm | None = None, paper: PaperForm | None = None
) -> HttpResponse:
    now = clock.now()
    facts = crew.member_of(person, now)
    today = local_date(person.organisation, now)
    facts |= {
        "organisation": person.organisation,
        "jobs_form": jobs or jobs_form(facts["members"]),
        "paper_form": paper or PaperForm(initial={"seen_on": today}, auto_id="paper-%s"),
        "open_form": "paper" if paper is not None else "jobs" if jobs is not None else "",
    }
    return render(request, "meals/crew_member.html", facts, status=422 if jobs or paper else 200)


@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The evenings of four weeks with their crews."""
    return render(request, "meals/crew_roster.html", _roster_facts(request, pk))


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, to hang on a wall."""
    return render(request, "meals/crew_roster_print.html", _roster_facts(request, pk))


def _roster_facts(request: HttpRequest, pk: int) -> dict[str, Any]:
    organisation, now = doors.enter(request.user, ALL, pk, *doors.RESTO, path="pk"), clock.now()
    first = crew.first_day(request.GET.get("from", ""), local_date(organisation, now))
    span = timedelta(weeks=crew.WEEKS)
    rows = crew.roster(organisation, first, now)
    return {
        "organisation": organisation,
        "first": first,
        "last": first + span - timedelta(days=1),
        "before": first - span,
        "after": first + span,
        "rows": rows,
        "gaps": sum(bool(row["gaps"]) for row in rows),
        "now": now,
    }


@require_safe
def evening(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew of one evening."""
    one = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path="resto__organisation")
    facts = {
        "evening": one,
        "organisation": one.resto.organisation,
        "more_form": MorePlacesForm(auto_id="more-%s"),
        **crew.evening_crew(one, clock.now()),
    }
    return render(request, "meals/evening_crew.html", facts)


@require_POST
def more(request: HttpRequest, pk: int) -> HttpResponse:
    """One more place in the crew of an evening."""
    one = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path="resto__organisation")
    form = MorePlacesForm(request.POST)
    try:
        if form.is_valid():
            job, eats = form.cleaned_data["job"], not form.cleaned_data["stays_away"]
            crew_places.open_one(evening_id=one.pk, job=job, eats=eats, actor=saving.actor(request), now=clock.now())
            messages.success(request, _("There is one more place. Volunteers are asked."))
        else:
            messages.error(request, _("Choose a job."))
    except RondjeError as error:
        messages.error(request, saving.said(error))
    return redirect("resto-evening-crew", pk)


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place in a crew: who has it, who is asked, who could have it, and why others cannot."""
    one = doors.enter(request.user, PLACES, pk, *doors.RESTO, path="evening__resto__organisation")
    facts = {"organisation": one.evening.resto.organisation, **crew.place(one, clock.now())}
    return render(request, "meals/crew_place.html", facts)


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask or confirm somebody, take whoever has it off, or close the place. What cannot be done is said on the page."""
    one, now = doors.enter(request.user, PLACES, pk, *doors.RESTO, path="evening__resto__organisation"), clock.now()
    if crew_pages.press(request, lambda: _carry_out(request, one, what, now)) and what == "close":
        return redirect("resto-evening-crew", one.evening_id)
    return redirect("resto-job", pk)


def _carry_out(request: HttpRequest, one: CrewPlace, what: str, now: datetime) -> str:
    """Do it; returns what was done, in words. Raises RondjeError."""
    actor = saving.actor(request)
    if what == "drop":
        places.drop_out(place_id=one.pk, actor=actor, now=now)
        return _("The place is free again. Others are asked, who stand by first.")
    if what == "close":
        crew_places.close_one(place_id=one.pk, actor=actor, now=now)
        return _("The place is gone, and its chair is free.")
    person = _chosen(request, one)
    on_behalf = actors.Actor(actor.who, actor.channel, on_behalf_of=f"person:{person.pk}")
    if what == "ask":
        places.ask(place_id=one.pk, person=person, actor=actor, now=now)
        return _("%(name)s is asked. The answer comes by text, by telephone, or on this page.") % {"name": person.name}
    if what == "confirm":
        places.confirm(place_id=one.pk, person=person, actor=on_behalf, now=now)
        return _("%(name)s is on the roster for this evening.") % {"name": person.name}
    if what == "declined":
        places.say_no(place_id=one.pk, person=person, actor=on_behalf, now=now)
        return _("It has been recorded that %(name)s cannot. The next is asked.") % {"name": person.name}
    raise NotFound("This page does not exist")


def _chosen(request: HttpRequest, one: CrewPlace) -> Person:
    members = MealVolunteer.objects.filter(
        organisation=one.evening.resto.organisation,
        job=one.job,
        person_id=key_of(request.POST.get("person", "")) or 0,
    )
    found = members.select_related("person__organisation").first()
    if found is None:
        raise RondjeError("This person is not one of the volunteers for this job.")
    return found.person
