"""Consent that was given on paper before the circle came to us, recorded for the people of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import zone_of
from backend.circles.services.importing.options import ConsentOnPaper
from backend.common.actors import Actor
from backend.events import clock
from backend.people.domain.consent import Wording
from backend.people.models import Consent
from backend.people.services import consents

VERSION = "imported"
"""Of a wording that is not ours."""


def agree(circle: Circle, memberships: Iterable[int], consent: ConsentOnPaper, *, actor: Actor) -> None:
    """What these members agreed to. Whoever agreed already keeps that; who withdrew is not taken for agreeing again."""
    now = clock.now()
    given_at = min(now, datetime.combine(consent.day, time(0), zone_of(circle)))
    asked = circle.memberships.filter(pk__in=list(memberships), person__consents=None).order_by("pk")
    for membership in asked.select_related("person__organisation"):
        consents.give(
            person=membership.person,
            purpose=Consent.Purpose.CIRCLE,
            given_at=given_at,
            how="paper",
            wording=Wording(VERSION, consent.wording),
            actor=actor,
            now=now,
        )


def without(circle: Circle) -> int:
    """How many people with a place in the circle have no consent on record."""
    placed = circle.memberships.filter(status__in=(Membership.Status.ACTIVE, Membership.Status.NEEDS_NUMBER))
    agreed = Consent.objects.filter(purpose=Consent.Purpose.CIRCLE, withdrawn_at=None)
    return placed.exclude(person__in=agreed.values("person")).count()
