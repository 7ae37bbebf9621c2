"""Taking the words out: every text of an organisation is searched for the name and the numbers of who was erased.

The whole database is read for it, so no lock is held meanwhile: rows are found first, and each is mended in a
transaction of its own. What is searched for stands in the `Erasure` until all has been searched; whoever is
interrupted begins again.
"""

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from backend.common.languages import in_language
from backend.keeping.models import Erasure
from backend.keeping.selectors import traces
from backend.notifications.models import Attempt, Message
from backend.people.models import Organisation

log = logging.getLogger(__name__)

NOBODY = {"nl": "(gewist)", "en": "(erased)"}


def nobody(organisation: Organisation) -> str:
    """What stands where a name stood."""
    return in_language(NOBODY, organisation.language)


def forget(erasure: Erasure) -> Erasure:
    """Search for the words that an erasure has left, and forget them, too. Safe to repeat; returns it as it is then."""
    words: Mapping[str, Sequence[str]] = erasure.words_left
    removed: Counter[str] = Counter()
    if words:
        _forget_what_was_told(erasure.organisation, words["spoken"], removed)
        _sweep(erasure.organisation, traces.pattern_of(words["names"], words["lines"]), removed)
    with transaction.atomic():
        done = Erasure.objects.select_for_update().get(pk=erasure.pk)
        counted = Counter(done.removed) + removed
        done.removed = {name: rows for name, rows in sorted(counted.items()) if rows}
        done.words_left = {}
        done.save(update_fields=["removed", "words_left"])
    return done


def forget_what_is_left() -> int:
    """Finish erasures that were interrupted; returns how many. One that fails is logged and does not hold up others."""
    finished = 0
    for erasure in Erasure.objects.exclude(words_left={}).select_related("organisation").order_by("pk"):
        try:
            forget(erasure)
        except Exception:
            log.exception("Erasure %s could not be finished. It is tried again within the hour.", erasure.pk)
        else:
            finished += 1
    return finished


def _forget_what_was_told(organisation: Organisation, spoken: Sequence[str], removed: Counter[str]) -> None:
    """What was said and texted to others, and is over, serves nothing any more: it goes where it speaks of them.

    Also by given name alone, for so people are spoken of; elsewhere that could be somebody else's name.
    """
    pattern = traces.pattern_of(spoken, [])
    attempts = Attempt.objects.filter(organisation=organisation).exclude(state__in=Attempt.LIVE)
    told = Message.objects.filter(organisation=organisation).exclude(state__in=Message.OPEN)
    for name in ("script", "last_prompt"):
        found = list(traces.matching(attempts, name, pattern).values_list("pk", flat=True))
        removed["conversations"] += attempts.filter(pk__in=found).update(**{name: {}})
    texts = list(traces.matching(told, "body", pattern).values_list("pk", flat=True))
    removed["texts to others"] += told.filter(pk__in=texts).update(body="")


def _sweep(organisation: Organisation, pattern: str, removed: Counter[str]) -> None:
    """Search every text of the organisation, whichever programme wrote it."""
    if not pattern:
        return
    expression = traces.for_python(pattern)
    for model in traces.product_models():
        path = traces.path_to_organisation(model)
        for field in traces.text_fields(model):
            rows = traces.matching(model._base_manager.all(), field.name, pattern)
            if path:
                rows = rows.filter(**{path: organisation.pk})
            for pk in list(rows.values_list("pk", flat=True)):
                if _mend(model, pk, field.name, expression, nobody(organisation)):
                    removed[f"words in {model._meta.verbose_name}"] += 1


@transaction.atomic
def _mend(model: type[models.Model], pk: Any, name: str, expression: re.Pattern[str], instead: str) -> bool:
    """One row, as it is when we have it to ourselves: somebody may have written in it since it was found."""
    row = model._base_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    value = getattr(row, name)
    cleaned = _without(value, expression, instead)
    if cleaned == value:
        return False
    model._base_manager.filter(pk=pk).update(**{name: cleaned})
    return True


def _without(value: Any, expression: re.Pattern[str], instead: str) -> Any:
    """The same value, in which nothing matches any more."""
    if isinstance(value, str):
        return expression.sub(instead, value)
    if isinstance(value, list):
        return [_without(one, expression, instead) for one in value]
    if isinstance(value, dict):
        return {name: _without(one, expression, instead) for name, one in value.items()}
    return value
