"""What forms have in common: done, or sent back with what stands in the way and all that was typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from backend.common import actors
from backend.common.errors import RondjeError
from backend.people.models import Organisation, User

Done = TypeVar("Done")


def said(error: RondjeError) -> str:
    """A refusal in the reader's language."""
    return gettext(error.message)


def done(form: forms.Form, act: Callable[[], Done], in_words: Callable[[RondjeError], str] = said) -> Done | None:
    """What `act` made of a form; None when the form is not right, or the service refuses: the form then says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except RondjeError as error:
        form.add_error(None, in_words(error))
    return None


def actor(request: HttpRequest) -> actors.Actor:
    """Who is signed in."""
    assert isinstance(request.user, User)
    return actors.user(request.user.pk)


def page(
    request: HttpRequest,
    form: forms.Form,
    *,
    organisation: Organisation,
    title: str,
    button: str,
    back: tuple[str, str],
    note: str = "",
    template: str = "web/form.html",
) -> HttpResponse:
    """A page with one form. `back` is an address and what it is called.

    `template` extends "web/form.html" where more is asked than the form's own fields.
    """
    facts: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "title": title,
        "button": button,
        "back": back,
        "note": note,
    }
    return render(request, template, facts, status=422 if form.errors else 200)
