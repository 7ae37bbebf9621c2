"""An organisation's own words, prices and budget. What could not work is refused where it is made."""

from decimal import Decimal

from django.db import transaction

from backend.common.actors import Actor
from backend.notifications import registry
from backend.notifications.domain.costs import Prices
from backend.notifications.domain.templates import check
from backend.people.models import Organisation
from backend.people.services import settings


@transaction.atomic
def set_words(organisation: Organisation, code: str, language: str, words: str, *, actor: Actor) -> None:
    """Say a text in the organisation's own words from now on; empty words bring the usual ones back.

    Raises Unusable for words with places that do not exist, or without one that must be there.
    """
    if words:
        check(registry.templates[code], words)
    row = settings.locked(organisation)
    texts = row.settings.get("texts", {})
    own = {**texts.get(code, {}), language: words}
    texts[code] = {key: value for key, value in own.items() if value}
    payload = {"code": code, "language": language}
    settings.save(row, {"texts": texts}, kind="notifications.words_set", payload=payload, actor=actor)
    organisation.settings = row.settings


@transaction.atomic
def set_prices(organisation: Organisation, prices: Prices, budget: Decimal | None, *, actor: Actor) -> None:
    """What a minute and a segment cost, and how much a month may (euros; None: no budget is kept)."""
    row = settings.locked(organisation)
    new = {"prices": {name: str(value) for name, value in vars(prices).items()}, "budget": _text(budget)}
    settings.save(row, new, kind="notifications.prices_set", payload={}, actor=actor)
    organisation.settings = row.settings


def _text(budget: Decimal | None) -> str | None:
    return None if budget is None else str(budget)
