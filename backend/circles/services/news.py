"""News about a circle to its members and coordinators: in the way that they chose."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from backend.circles import texts
from backend.circles.models import Circle, Membership
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import zone_of
from backend.circles.services.duty_watch import text
from backend.events.models import Lane
from backend.notifications.models import Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import queueing
from backend.people.domain.short_days import with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import Person

log = logging.getLogger(__name__)

HOST = "circles.news"

LIVES = timedelta(days=2)
"""News of a pause is of use for so long; quiet hours and a Sunday may lie in between."""


def tell_members(circle: Circle, code: str, now: datetime, *, day: date | None = None) -> None:
    """Tell every member who takes part. `day` is a local date that the sentence names.

    News that cannot be queued for somebody keeps nobody else from hearing it, and no circle asleep.
    """
    members = circle.memberships.filter(status=Membership.Status.ACTIVE).select_related("person")
    for member in members.prefetch_related("person__phones"):
        try:
            with transaction.atomic():
                _tell(circle, member.person, code, now, day)
        except Exception:
            log.exception("Circle %s: one member could not be told (%s); the others are.", circle.pk, code)


def _tell(circle: Circle, person: Person, code: str, now: datetime, day: date | None) -> None:
    words = sentence(circle, code, person.language, day)
    found = way_to(person)
    if found is not None and found.way == Way.TEXT:
        text(circle.organisation, person, words, expires_at=now + LIVES)
    elif found is not None:
        queueing.queue(
            organisation=circle.organisation,
            person=person,
            way=Way.CALL,
            line=found.line,
            lane=Lane.NOTICE,
            host=HOST,
            subject_id=circle.pk,
            reference={"news": code, "day": day.isoformat() if day else None},
            language=person.language,
            expires_at=now + LIVES,
        )


def tell_coordinators(circle: Circle, code: str, now: datetime) -> None:
    """Text the circle's coordinators."""
    for person in rosters.coordinators(circle, now.astimezone(zone_of(circle)).date()):
        try:
            with transaction.atomic():
                words = sentence(circle, code, person.language, None)
                text(circle.organisation, person, words, expires_at=now + LIVES)
        except Exception:
            log.exception("Circle %s: one coordinator could not be told (%s); the others are.", circle.pk, code)


def sentence(circle: Circle, code: str, language: str, day: date | None) -> str:
    """The news in words."""
    organisation = circle.organisation
    return texts.news(
        organisation,
        code,
        language,
        circle=circle.name,
        day=with_weekday(day, language) if day else "",
        organisation=organisation.name,
        phone=format_for_people(organisation.phone),
        duty_phone=format_for_people(organisation.duty_phone),
    )
