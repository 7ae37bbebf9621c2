"""How somebody wants to be rung and told, asked by staff on their behalf."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backend.common import actors
from backend.common.errors import RondjeError
from backend.common.languages import VOICES
from backend.people import doors
from backend.people.models import Person, User
from backend.people.services.wishes import Wishes, change_wishes

NAMES = {"nl": "Nederlands", "en": "English"}

WAYS = [
    ("", gettext_lazy("A text if there is a mobile, else a call")),
    (Person.Way.CALL.value, gettext_lazy("A call")),
    (Person.Way.TEXT.value, gettext_lazy("A text")),
]


class WishesForm(forms.Form):
    """The wishes of one person."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[(code, NAMES.get(code, code)) for code in VOICES],
        help_text=gettext_lazy("Of calls, texts, the card beside the telephone and the words of consent."),
    )
    preferred_way = forms.ChoiceField(
        label=gettext_lazy("How they want to hear news"),
        choices=WAYS,
        required=False,
        help_text=gettext_lazy("Alarms go both ways, and an answer to a text is a text."),
    )
    any_hour = forms.BooleanField(
        label=gettext_lazy("May hear news at any hour"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise from 9:00 to 20:00 and not on Sunday. Alarms and the circle wait for nothing."
        ),
    )
    ring_longer = forms.BooleanField(label=gettext_lazy("Needs time to reach the telephone"), required=False)
    ring_from = forms.TimeField(
        label=gettext_lazy("Not rung before"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy(
            "Only where Rondje rings each member by itself (a star). Elsewhere the order of the ring holds."
        ),
        error_messages={"invalid": gettext_lazy("Type a time such as 9:15.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """The wishes, and the form that changes them. What was typed stays when it cannot be done."""
    person = doors.enter(request.user, Person.objects.select_related("organisation"), pk, *doors.STAFF)
    if request.method != "POST":
        return _ask(request, person, WishesForm(initial=vars(Wishes.of(person))))
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _ask(request, person, form, status=422)
    assert isinstance(request.user, User)
    actor = actors.user(request.user.pk, on_behalf_of=f"person:{person.pk}")
    try:
        change_wishes(person, Wishes(**form.cleaned_data), actor=actor)
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return _ask(request, person, form, status=422)
    messages.success(request, _("The wishes of %(name)s have been kept.") % {"name": person.name})
    return redirect("person-wishes", person.pk)


def _ask(request: HttpRequest, person: Person, form: WishesForm, status: int = 200) -> HttpResponse:
    places = person.memberships.exclude(status="left").select_related("circle")
    facts = {
        "person": person,
        "organisation": person.organisation,
        "phones": person.phones.all(),
        "places": places,
        "form": form,
    }
    return render(request, "people/wishes.html", facts, status=status)
