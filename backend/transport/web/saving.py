"""What forms of the bus have in common: a refusal says which trip or paper stands in the way."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from backend.people.web import saving
from backend.people.web.saving import actor, page
from backend.transport.web.saying import in_words

__all__ = ["actor", "done", "page"]

Done = TypeVar("Done")


def done(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """What `act` made of a form; None when the form is not right, or the service refuses: the form then says why."""
    return saving.done(form, act, in_words)
