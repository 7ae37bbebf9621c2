"""Making a circle, and the named settings that one chooses from."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.circles.models import Circle, PolicyTemplate
from backend.circles.services import membership, templates
from backend.circles.web.policy_forms import CircleForm, TemplateForm, in_words
from backend.common import actors
from backend.common.errors import Conflict, RondjeError
from backend.people import doors
from backend.people.models import Organisation, Role, User

ALL = Organisation.objects.all()


@require_http_methods(["GET", "HEAD", "POST"])
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """A new circle of an organisation: it is being formed, and lacks almost everything."""
    organisation = doors.enter(request.user, ALL, pk, Role.Kind.COORDINATOR, path="pk")
    form = CircleForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and (made := _made(request, organisation, form)) is not None:
        messages.success(request, _("The circle is being formed. Now add members and put volunteers on the roster."))
        return redirect("circle-members", made.pk)
    found = PolicyTemplate.objects.filter(organisation=organisation).order_by("name")
    facts = {"organisation": organisation, "form": form, "templates": found}
    return render(request, "circles/making.html", facts, status=422 if form.errors else 200)


def _made(request: HttpRequest, organisation: Organisation, form: CircleForm) -> Circle | None:
    """The circle; None when something stands in the way, which the form then says beside what was typed."""
    asked = form.cleaned_data
    try:
        return membership.create_circle(
            organisation=organisation,
            name=asked["name"],
            start=asked["start"],
            weekdays=asked["weekdays"],
            mode=form.chosen_mode,
            policy=asked["template"].policy if asked["template"] else {},
            status=Circle.Status.FORMING,
            actor=_actor(request),
        )
    except Conflict as error:
        form.add_error("name", _(error.message))
    except RondjeError as error:
        form.add_error("template", in_words(error))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def new_template(request: HttpRequest, pk: int) -> HttpResponse:
    """A new template of an organisation."""
    organisation = doors.enter(request.user, ALL, pk, Role.Kind.COORDINATOR, path="pk")
    return _template(request, organisation, None)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a template; circles that were made with it keep what they have."""
    known = PolicyTemplate.objects.select_related("organisation")
    found = doors.enter(request.user, known, pk, Role.Kind.COORDINATOR)
    return _template(request, found.organisation, found)


def _template(request: HttpRequest, organisation: Organisation, known: PolicyTemplate | None) -> HttpResponse:
    if request.method == "POST":
        form = TemplateForm(request.POST, organisation=organisation)
        if form.is_valid() and _saved(request, organisation, known, form):
            messages.success(request, _("The settings have been saved. Circles that exist keep theirs."))
            return redirect("new-circle", organisation.pk)
    else:
        form = TemplateForm.of(known) if known else TemplateForm(organisation=organisation)
    facts = {"organisation": organisation, "form": form, "template": known}
    return render(request, "circles/template.html", facts, status=422 if form.errors else 200)


def _saved(request: HttpRequest, organisation: Organisation, known: PolicyTemplate | None, form: TemplateForm) -> bool:
    """Whether the template was saved; else the form says what stands in the way."""
    name, pk = form.cleaned_data["name"], known.pk if known else None
    try:
        templates.save(organisation, name=name, policy=form.policy(), pk=pk, actor=_actor(request))
    except Conflict as error:
        form.add_error("name", _(error.message))
    except RondjeError as error:
        form.add_error(None, in_words(error))
    return not form.errors


def _actor(request: HttpRequest) -> actors.Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk)
