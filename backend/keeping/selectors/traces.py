"""Where words about a person may stand: every text and JSON column of the product, found by looking at the models."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast

from backend.people.models import Organisation, Person, PhoneNumber, User

TEXTS = (models.CharField, models.TextField, models.JSONField)
NOT_WORDS = (models.UUIDField, models.SlugField)
LONGEST_PATH = 4

ALSO = ("admin.LogEntry",)
"""Models that are not ours and may hold what people typed."""

NEVER = (("Erasure", "words_left"),)
"""Columns that hold what is being searched for: they are emptied when that is done."""

THEIR_OWN = (Person, PhoneNumber, Organisation, User)
"""Rows of other people, who may be called the same or share a telephone: never touched."""


def product_models() -> Iterator[type[models.Model]]:
    """Every model whose rows may tell of people."""
    for model in apps.get_models():
        if (model.__module__.startswith("backend.") and model not in THEIR_OWN) or model._meta.label in ALSO:
            yield model


def links_to_people() -> "Iterator[models.ForeignKey[Any, Any]]":
    """Every column of the product that points to a person, also those without a name for the way back."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                yield field


def text_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a model that hold free words or JSON."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS)
        and not isinstance(field, NOT_WORDS)
        and not field.choices
        and (model.__name__, field.name) not in NEVER
    ]


def path_to_organisation(model: type[models.Model]) -> str | None:
    """The way from a model to its organisation by foreign keys, or None where there is none."""
    trails: list[tuple[str, type[models.Model]]] = [("", model)]
    for _step in range(LONGEST_PATH):
        following = []
        for trail, at in trails:
            for field in at._meta.concrete_fields:
                if field.name == "organisation_id":
                    return f"{trail}organisation_id"
                target = field.related_model
                if isinstance(field, models.ForeignKey) and isinstance(target, type):
                    if target is Organisation:
                        return f"{trail}{field.name}"
                    if target._meta.label not in (at._meta.label, model._meta.label):
                        following.append((f"{trail}{field.name}__", target))
        trails = following
    return None


def pattern_of(names: Sequence[str], lines: Sequence[str]) -> str:
    """A regular expression (Postgres's and Python's alike) for names and for numbers however they are written."""
    parts = [
        r"\y" + r"[\s,.]+".join(re.escape(word) for word in name.split()) + r"\y" for name in names if name.strip()
    ]
    for line in lines:
        digits = line.removeprefix("+31")
        spaced = r"[\s./()-]*".join(digits.removeprefix("+"))
        prefix = r"(\+31|0031|0)[\s./()-]*0?[\s./()-]*" if line.startswith("+31") else r"(\+|00)"
        parts.append(prefix + spaced)
    return "|".join(parts)


def matching(rows: "QuerySet[Any]", name: str, pattern: str) -> "QuerySet[Any]":
    """The rows in which a column, text or JSON, matches. None for an empty pattern."""
    if not pattern:
        return rows.none()
    found: QuerySet[Any] = rows.annotate(found_text=Cast(name, models.TextField())).filter(found_text__iregex=pattern)
    return found


def for_python(pattern: str) -> re.Pattern[str]:
    """The same expression for Python, which writes a word's edge differently."""
    return re.compile(pattern.replace(r"\y", r"\b"), re.IGNORECASE)
