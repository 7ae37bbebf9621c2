"""An organisation's own words, prices and budget. What could not work is refused where it is made."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.events.services import record
from backend.notifications import registry
from backend.notifications.domain.costs import Prices
from backend.notifications.domain.templates import check
from backend.people.models import Organisation


@transaction.atomic
def set_words(organisation: Organisation, code: str, language: str, words: str, *, actor: Actor) -> None:
    """Say a text in the organisation's own words from now on; empty words bring the usual ones back.

    Raises Unusable for words with places that do not exist, or without one that must be there.
    """
    if words:
        check(registry.templates[code], words)
    row = _locked(organisation)
    texts = row.settings.get("texts", {})
    own = {**texts.get(code, {}), language: words}
    texts[code] = {key: value for key, value in own.items() if value}
    _save(row, {"texts": texts}, "notifications.words_set", {"code": code, "language": language}, actor)
    organisation.settings = row.settings


@transaction.atomic
def set_prices(organisation: Organisation, prices: Prices, budget: Decimal | None, *, actor: Actor) -> None:
    """What a minute and a segment cost, and how much a month may (euros; None: no budget is kept)."""
    row = _locked(organisation)
    new = {"prices": {name: str(value) for name, value in vars(prices).items()}, "budget": _text(budget)}
    _save(row, new, "notifications.prices_set", {}, actor)
    organisation.settings = row.settings


def _text(budget: Decimal | None) -> str | None:
    return None if budget is None else str(budget)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _save(row: Organisation, new: dict[str, Any], kind: str, payload: dict[str, Any], actor: Actor) -> None:
    row.settings = {**row.settings, **new}
    row.save(update_fields=["settings"])
    record(
        kind=kind,
        subject_kind="organisation",
        subject_id=row.pk,
        organisation_id=row.pk,
        actor=actor,
        payload=payload,
    )
