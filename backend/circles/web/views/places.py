"""A member's place: given, given up, or lost with their consent. What ends it asks first, and says what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.circles.selectors import life as facts
from backend.circles.services import joining
from backend.circles.web import leaving, words
from backend.circles.web.entering import actor_of, enter_circle, enter_member
from backend.common.asking import Question, ask_first
from backend.events import clock


@require_POST
def give(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """Somebody who waits, or had left, takes part."""
    circle = enter_circle(request, pk)
    membership = enter_member(circle, member_pk)
    joining.give_place(membership.pk, actor=actor_of(request, membership))
    return _done(request, circle.pk, "place", membership.person.name)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """A member leaves this circle."""
    circle = enter_circle(request, pk)
    membership = enter_member(circle, member_pk)
    name = membership.person.name
    if request.method == "POST":
        joining.leave(membership.pk, actor=actor_of(request, membership))
        return _done(request, circle.pk, "leave", name)
    question = Question(
        title=_("%(name)s leaves %(circle)s?") % {"name": name, "circle": circle.name},
        happens=leaving.when_leaving(membership, facts.neighbours_of(membership)),
        yes=_("Yes, %(name)s leaves") % {"name": name},
        no=_("No, nothing changes"),
        place=circle.name,
        back=reverse("circle-members", args=[circle.pk]),
    )
    return ask_first(request, question)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """A member does not agree any more, in any circle."""
    circle = enter_circle(request, pk)
    membership = enter_member(circle, member_pk)
    name = membership.person.name
    if request.method == "POST":
        joining.withdraw_consent(membership.pk, actor=actor_of(request, membership), now=clock.now())
        return _done(request, circle.pk, "withdraw", name)
    question = Question(
        title=_("Does %(name)s not agree any more?") % {"name": name},
        happens=leaving.when_withdrawing(membership, facts.places_of(membership.person)),
        yes=_("Yes, record that the consent is withdrawn"),
        no=_("No, nothing changes"),
        place=circle.name,
        back=reverse("circle-members", args=[circle.pk]),
    )
    return ask_first(request, question)


def _done(request: HttpRequest, circle_pk: int, what: str, name: str) -> HttpResponse:
    messages.success(request, str(words.MEMBER_CHANGED[what]) % {"name": name})
    return redirect("circle-members", circle_pk)
