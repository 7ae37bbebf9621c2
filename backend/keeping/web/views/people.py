"""One person's data: to be read, taken along, or erased. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.events import clock
from backend.keeping.models import Erasure
from backend.keeping.selectors.dossier import dossier_of
from backend.keeping.services import erasing
from backend.keeping.web.forms import ErasureForm
from backend.keeping.web.reading import in_words
from backend.people import doors
from backend.people.domain.names import normalised_name
from backend.people.models import Person, Role, User

ON_A_PAGE = 50


def _people() -> "QuerySet[Person]":
    erased = Erasure.objects.values("person_id")
    return Person.objects.select_related("organisation").exclude(pk__in=erased)


def _enter(request: HttpRequest, pk: int) -> Person:
    return doors.enter(request.user, _people(), pk, Role.Kind.COORDINATOR)


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody of the coordinator's organisations, fifty a page, found by name."""
    assert isinstance(request.user, User)
    doors.require_somewhere(request.user, Role.Kind.COORDINATOR)
    asked = request.GET.get("name", "").strip()
    found = doors.visible(request.user, _people(), Role.Kind.COORDINATOR)
    for word in asked.split():
        found = found.filter(normalised_name__contains=normalised_name("", word).strip("|"))
    page = Paginator(found.order_by("normalised_name", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "keeping/people.html", {"page": page, "asked": asked})


@require_safe
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """All that we hold about one person."""
    return _show(request, _enter(request, pk), ErasureForm())


@require_safe
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, for a machine."""
    person = _enter(request, pk)
    answer = JsonResponse(dossier_of(person, clock.now()), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="person-{person.pk}.json"'
    return answer


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a person for good."""
    person = _enter(request, pk)
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form, status=422)
    assert isinstance(request.user, User)
    erasing.erase(
        person,
        asked_by=Erasure.AskedBy(form.cleaned_data["asked_by"]),
        actor=actors.user(request.user.pk, on_behalf_of=f"person:{person.pk}"),
        now=clock.now(),
    )
    messages.success(request, _("The person has been erased."))
    return redirect("people")


def _show(request: HttpRequest, person: Person, form: ErasureForm, status: int = 200) -> HttpResponse:
    told = in_words(dossier_of(person, clock.now()))
    return render(request, "keeping/data.html", {"person": person, "dossier": told, "form": form}, status=status)
