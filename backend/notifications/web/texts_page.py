"""The texts that are sent: what they say, how long they are, and in whose words."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.common.errors import NotFound
from backend.common.languages import FALLBACK, LANGUAGES, NAMES
from backend.notifications import registry
from backend.notifications.domain.segments import measure
from backend.notifications.domain.templates import Template
from backend.notifications.selectors import texts
from backend.notifications.services import organising
from backend.notifications.web.choosing import Chosen, chosen
from backend.notifications.web.forms import WordsForm
from backend.people.models import Organisation, User


@dataclass(frozen=True)
class Preview:
    """A text in one language, with an example's values filled in."""

    code: str
    language: str
    name: str
    text: str
    size: str
    is_long: bool
    is_own: bool


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every text in every language, as somebody would get it."""
    own = chosen(request)
    found = [
        (_(template.purpose), [_preview(own.organisation, template, language) for language in LANGUAGES])
        for template in registry.templates.values()
    ]
    facts = {"organisation": own.organisation, "organisations": own.all, "templates": found}
    return render(request, "notifications/texts.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Own words for one text in one language."""
    own = chosen(request)
    template = registry.templates.get(code)
    if template is None or language not in LANGUAGES:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    if request.method != "POST":
        words = own.organisation.settings.get("texts", {}).get(code, {}).get(language, "")
        return _ask(request, own, template, language, WordsForm(initial={"words": words}, template=template))
    form = WordsForm(request.POST, template=template)
    if not form.is_valid():
        return _ask(request, own, template, language, form, status=422)
    assert isinstance(request.user, User)
    actor = actors.user(request.user.pk)
    organising.set_words(own.organisation, code, language, form.cleaned_data["words"], actor=actor)
    messages.success(request, _("The words have been saved."))
    return redirect(f"{reverse('texts')}?organisation={own.organisation.slug}")


def _ask(  # noqa: PLR0917 -- a page has what it is about
    request: HttpRequest, own: Chosen, template: Template, language: str, form: WordsForm, status: int = 200
) -> HttpResponse:
    facts = {
        "organisation": own.organisation,
        "purpose": _(template.purpose),
        "preview": _preview(own.organisation, template, language),
        "default": template.default(language),
        "places": sorted(template.example[FALLBACK]),
        "form": form,
    }
    return render(request, "notifications/words.html", facts, status=status)


def _preview(organisation: Organisation, template: Template, language: str) -> Preview:
    words = texts.words_of(organisation, template.code, language)
    text = template.preview(words, language)
    size = measure(text)
    return Preview(
        code=template.code,
        language=language,
        name=NAMES[language],
        text=text,
        size=size_in_words(size.segments, size.strange),
        is_long=size.segments > 1,
        is_own=words != template.default(language),
    )


def size_in_words(segments: int, strange: tuple[str, ...]) -> str:
    """How many segments a text takes, and because of which characters it takes more than it would."""
    count = _("1 segment") if segments == 1 else _("%(count)s segments") % {"count": segments}
    if not strange:
        return count
    return _("%(size)s, because of %(characters)s") % {
        "size": count,
        "characters": ", ".join(f"‘{c}’" for c in strange),
    }
