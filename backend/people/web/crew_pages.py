"""What the pages on which a crew is looked after do in the same way, whichever programme's it is."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from backend.common.errors import NotFound, RondjeError
from backend.people.domain.crews import Barred
from backend.people.models import Organisation, Paper, Person
from backend.people.selectors import local_date
from backend.people.services import papers
from backend.people.services.registering import register_person
from backend.people.web import saving
from backend.people.web.crew_forms import NewMemberForm, PaperForm
from backend.people.web.crew_words import why_not

InWords = Callable[[RondjeError], str]


def person_of(form: NewMemberForm, organisation: Organisation) -> Person:
    """Who is chosen in a form that is valid: somebody who is known, or a new person, who is written down."""
    asked = form.cleaned_data
    known: Person | None = asked["person"]
    return known or register_person(
        organisation=organisation,
        given_name=asked["given_name"],
        family_name=asked["family_name"],
        phones=asked["phone"],
    )


def keep_paper(
    request: HttpRequest, form: PaperForm, person: Person, now: datetime, in_words: InWords = saving.said
) -> bool:
    """Note that a paper was seen, and say so; False when the form says what stands in the way."""

    def seen() -> Paper:
        asked = form.cleaned_data
        return papers.seen(
            person,
            Paper.Kind(asked["kind"]),
            seen_on=asked["seen_on"],
            valid_until=asked["valid_until"],
            actor=saving.actor(request),
            today=local_date(person.organisation, now),
        )

    if saving.done(form, seen, in_words) is None:
        return False
    messages.success(request, _("The paper has been entered."))
    return True


def say_who_was_texted(request: HttpRequest, texted: int, others: Iterable[Person]) -> None:
    """How many get their link, and who has no mobile and must be rung."""
    messages.success(request, _("%(n)s people get a text with a link.") % {"n": texted})
    names = ", ".join(person.name for person in others)
    if names:
        messages.warning(request, _("Without a mobile, ring them: %(names)s") % {"names": names})


def press(request: HttpRequest, act: Callable[[], str], in_words: InWords = saving.said) -> bool:
    """Do what a button says, and say what was done; False when it cannot be, which is said as well. Raises NotFound."""
    try:
        messages.success(request, act())
    except NotFound:
        raise
    except Barred as error:
        messages.error(request, f"{in_words(error)} {why_not(error.reason)}")
    except RondjeError as error:
        messages.error(request, in_words(error))
    else:
        return True
    return False
