"""What somebody needs to travel with the bus: where the door is, aids with their consent, and who is near."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backend.common import actors
from backend.common.actors import Actor
from backend.common.asking import Question, ask_first
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.domain.consent import aids_wording
from backend.people.models import Consent, Home, Person, User
from backend.people.selectors import aids_of, consent_in_force, local_date, zone_of
from backend.people.services import aids, consents, homes, riding
from backend.people.web.agreeing import AgreementForm
from backend.people.web.words import AIDS


class TravelForm(forms.Form):
    """Address, note for at the door, and aids where there is consent for them. A known address is not emptied."""

    address = forms.CharField(
        label=gettext_lazy("Street and number"),
        max_length=200,
        required=False,
        error_messages={"required": gettext_lazy("Give the street and the number.")},
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=12, required=False)
    place_name = forms.CharField(label=gettext_lazy("Town"), max_length=80, required=False)
    door_note = forms.CharField(
        label=gettext_lazy("Note for at the door"),
        max_length=homes.LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("For driver and host: where to stop, which bell. Nothing about health."),
    )
    max_ride_minutes = forms.IntegerField(
        label=gettext_lazy("Longest ride in the bus, in minutes"),
        min_value=riding.SHORTEST,
        max_value=riding.LONGEST,
        required=False,
        help_text=gettext_lazy("Only if something else was agreed with them. Empty: as for everybody."),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("The longest ride is a number of minutes between 5 and 180."),
        ),
    )
    aids = forms.MultipleChoiceField(
        label=gettext_lazy("Aids"),
        choices=[(kind.value, words) for kind, words in AIDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: Person, agreed: Consent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = bool(person.address)
        if agreed is None:
            del self.fields["aids"]


@require_http_methods(["GET", "HEAD", "POST"])
def travelling(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known, and the form that changes it. What was typed stays when it cannot be done."""
    person = _enter(request, pk)
    agreed = consent_in_force(person, Consent.Purpose.AIDS)
    if request.method != "POST":
        return _ask(request, person, agreed, TravelForm(initial=_known(person), person=person, agreed=agreed))
    form = TravelForm(request.POST, person=person, agreed=agreed)
    if not form.is_valid():
        return _ask(request, person, agreed, form, status=422)
    try:
        _keep(person, form.cleaned_data, _actor(request, person))
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return _ask(request, person, agreed, form, status=422)
    messages.success(request, _("What %(name)s needs to travel has been kept.") % {"name": person.name})
    return redirect("person-travel", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact words about aids, and how they were agreed to."""
    person, now = _enter(request, pk), clock.now()
    wording = aids_wording(person.organisation.name, person.language)
    zone = zone_of(person.organisation)
    today = {"day": local_date(person.organisation, now)}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=today)
    if request.method == "POST" and form.is_valid():
        try:
            consents.give(
                person=person,
                purpose=Consent.Purpose.AIDS,
                given_at=form.given_at(now, zone),
                how=form.cleaned_data["how"],
                on_behalf_by=form.cleaned_data["on_behalf_by"],
                actor=_actor(request, person),
                now=now,
            )
        except RondjeError as error:
            form.add_error(None, _(error.message))
        else:
            messages.success(request, _("The consent of %(name)s has been recorded.") % {"name": person.name})
            return redirect("person-travel", person.pk)
    facts = {
        "person": person,
        "organisation": person.organisation,
        "wording": wording,
        "form": form,
        "title": _("Consent for aids"),
        "back": reverse("person-travel", args=[person.pk]),
    }
    return render(request, "people/consent.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not agree any more: their aids are erased at once."""
    person = _enter(request, pk)
    if request.method == "POST":
        consents.withdraw(person=person, purpose=Consent.Purpose.AIDS, actor=_actor(request, person), now=clock.now())
        messages.success(request, _("The aids of %(name)s have been erased.") % {"name": person.name})
        return redirect("person-travel", person.pk)
    question = Question(
        title=_("Does %(name)s not agree any more that aids are kept?") % {"name": person.name},
        happens=[
            _("The aids of %(name)s are erased at once.") % {"name": person.name},
            _("Trips that are booked already keep the place in the bus. Ask whether it is still needed."),
        ],
        yes=_("Yes, erase the aids"),
        no=_("No, nothing changes"),
        place=person.name,
        back=reverse("person-travel", args=[person.pk]),
    )
    return ask_first(request, question)


@transaction.atomic
def _keep(person: Person, chosen: dict[str, Any], actor: Actor) -> None:
    now = clock.now()
    written = {name: chosen[name] for name in ("address", "postcode", "place_name")}
    moved = homes.move_house(person, **written, actor=actor, now=now)
    has_home = Home.objects.filter(person=moved).exists()
    if has_home or chosen["door_note"]:
        homes.set_door_note(moved, chosen["door_note"], actor=actor, now=now)
    riding.set_ride_limit(moved, chosen["max_ride_minutes"], actor=actor, now=now)
    if "aids" in chosen:
        aids.set_aids(moved, chosen["aids"], actor=actor, now=now)


def _known(person: Person) -> dict[str, Any]:
    home = Home.objects.filter(person=person).first()
    return {
        "address": person.address,
        "postcode": person.postcode,
        "place_name": person.place,
        "door_note": home.door_note if home else "",
        "max_ride_minutes": person.max_ride_minutes,
        "aids": aids_of(person),
    }


def _enter(request: HttpRequest, pk: int) -> Person:
    return doors.enter(request.user, Person.objects.select_related("organisation"), pk, *doors.PLANNERS)


def _actor(request: HttpRequest, person: Person) -> Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk, on_behalf_of=f"person:{person.pk}")


def _ask(
    request: HttpRequest, person: Person, agreed: Consent | None, form: TravelForm, *, status: int = 200
) -> HttpResponse:
    facts = {
        "person": person,
        "organisation": person.organisation,
        "agreed": agreed,
        "form": form,
        "home": Home.objects.filter(person=person).first(),
        "contacts": person.contacts.all(),
        "phones": person.phones.all(),
    }
    return render(request, "people/travelling.html", facts, status=status)
