"""Who belongs to a circle, who waits, what it lacks, and its next step."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.circles.domain import life as rules
from backend.circles.domain import schedule
from backend.circles.domain.life import Step
from backend.circles.models import Circle, Membership
from backend.circles.scripts.life.card import Card
from backend.circles.selectors import life as facts
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import joining, life
from backend.circles.services.membership import sign_up
from backend.circles.web import card, words
from backend.circles.web.entering import actor_of, enter_circle, enter_member
from backend.circles.web.joining_forms import CloseForm, ConsentForm, JoinForm, PauseForm
from backend.circles.web.policy_forms import in_words
from backend.common.errors import NotFound, RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.domain.consent import circle_wording
from backend.people.domain.telephone import format_for_people
from backend.people.models import PhoneNumber, Role


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Members, the waiting list, and how the circle stands."""
    return _page(request, enter_circle(request, pk))


@require_POST
def step(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The next step in the circle's life. Only a coordinator takes it."""
    circle = enter_circle(request, pk)
    doors.require(request.user, circle.organisation, Role.Kind.COORDINATOR)
    now, actor = clock.now(), actor_of(request)
    match what:
        case Step.PRACTISE:
            life.practise(circle.pk, actor=actor)
        case Step.ACTIVATE:
            life.activate(circle.pk, actor=actor, now=now)
        case Step.RESUME:
            life.resume(circle.pk, actor=actor, now=now)
        case Step.PAUSE:
            pause = PauseForm(request.POST)
            if not pause.is_valid():
                return _page(request, circle, pause_form=pause, status=422)
            life.pause(circle.pk, until=pause.cleaned_data["until"], actor=actor, now=now)
        case Step.CLOSE:
            close = CloseForm(request.POST)
            if not close.is_valid():
                return _page(request, circle, close_form=close, status=422)
            life.close(circle.pk, reason=close.cleaned_data["reason"], actor=actor, now=now)
        case _:
            raise NotFound("This page does not exist")
    messages.success(request, str(words.STEPS_DONE[Step(what)]))
    return redirect("circle-members", circle.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody would like to take part; their consent is asked next."""
    circle = enter_circle(request, pk)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = sign_up(circle, form.entry(), actor=actor_of(request))
        except RondjeError as error:
            form.add_error(None, in_words(error))
        else:
            return redirect("circle-consent", circle.pk, membership.pk)
    facts_ = {"circle": circle, "organisation": circle.organisation, "form": form}
    return render(request, "circles/join.html", facts_, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """The exact words, and how they were agreed to."""
    circle = enter_circle(request, pk)
    membership, now = enter_member(circle, member_pk), clock.now()
    wording = circle_wording(circle.organisation.name, membership.person.language)
    today = schedule.local_date(now, zone_of(circle))
    form = ConsentForm(request.POST if request.method == "POST" else None, initial={"day": today})
    if request.method == "POST" and form.is_valid():
        joining.agree(
            membership,
            given_at=form.given_at(now, zone_of(circle)),
            how=form.cleaned_data["how"],
            on_behalf_by=form.cleaned_data["on_behalf_by"],
            actor=actor_of(request, membership),
            now=now,
        )
        messages.success(request, _("The consent of %(name)s has been recorded.") % {"name": membership.person.name})
        return redirect("circle-members", circle.pk)
    shown = {
        "circle": circle,
        "organisation": circle.organisation,
        "member": membership,
        "wording": wording,
        "form": form,
    }
    return render(request, "circles/consent.html", shown, status=422 if form.errors else 200)


@require_safe
def card_pdf(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """The card for beside the telephone."""
    circle = enter_circle(request, pk)
    membership, now = enter_member(circle, member_pk), clock.now()
    shown = Card(
        circle=circle.name,
        organisation=circle.organisation.name,
        rings=format_for_people(circle.organisation.phone),
        asks=format_for_people(circle.organisation.duty_phone),
        start=f"{circle.starts_at:%H:%M}",
        language=membership.person.language,
        mode=circle.mode,
        star_by=policy_of(circle).star_by,
    )
    pdf = card.printed(shown, printed_at=now.astimezone(zone_of(circle)))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="kaart-{membership.pk}.pdf"'
    return response


def _page(
    request: HttpRequest,
    circle: Circle,
    *,
    pause_form: PauseForm | None = None,
    close_form: CloseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lacks = facts.lacks(circle)
    rows = facts.with_consent(circle.memberships.all()).select_related("person")
    rows = rows.annotate(has_number=Exists(PhoneNumber.objects.filter(person=OuterRef("person"))))
    members = list(rows.order_by("position", "pk"))
    is_coordinator = doors.organisations_of(request.user, Role.Kind.COORDINATOR).filter(pk=circle.organisation_id)
    shown: dict[str, Any] = {
        "circle": circle,
        "organisation": circle.organisation,
        "state": words.LIFE[circle.status],
        "lacks": [words.lack(one) for one in lacks] if circle.status != Circle.Status.CLOSED else [],
        "next_step": _next_step(circle, lacks),
        "steps": [one.value for one in rules.STEPS[circle.status]],
        "is_complete": not lacks,
        "taking_part": [row for row in members if row.status in facts.TAKING_PART],
        "waiting": [row for row in members if row.status == Membership.Status.WAITING],
        "have_left": [row for row in members if row.status == Membership.Status.LEFT and row.person.normalised_name],
        "free": facts.free_places(circle),
        "may_step": is_coordinator.exists(),
        "pause_form": pause_form or PauseForm(),
        "close_form": close_form or CloseForm(),
    }
    return render(request, "circles/members.html", shown, status=status)


def _next_step(circle: Circle, lacks: tuple[rules.Missing, ...]) -> str:
    following = rules.next_step(circle.status, lacks)
    return str(words.NEXT_STEPS.get(following, "")) if following else ""
