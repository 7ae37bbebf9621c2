"""Removing what has been kept long enough: in small batches, never what is open, any number of times."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.circles.models import Leg, PaperList, Round, Seat
from backend.common.clock import real_now
from backend.common.errors import RondjeError
from backend.events.models import Delivery, Event
from backend.incidents.models import ClaimLink, Incident
from backend.keeping.domain.periods import Periods
from backend.keeping.models import Purge
from backend.keeping.services import figures, purging_bus, purging_meals
from backend.notifications.models import Attempt, InboundText, InboxItem, Message
from backend.people.models import Absence, DutyLink, DutyShift, DutySwap, Organisation, Sighting

log = logging.getLogger(__name__)

BATCH = 500
"""Rows in one transaction."""

BATCHES_AT_MOST = 200
"""Batches of one kind in one run; what is left goes in the next."""


@dataclass(frozen=True)
class Kind:
    """Rows that go together. `period` names the entry of `Periods`; `rows` gives what may go before an instant."""

    name: str
    period: str
    rows: "Callable[[Organisation, datetime], QuerySet[Any]]"
    blank: dict[str, Any] | None = None
    """What is written into the rows, where they stay."""


def purge(now: datetime) -> list[Purge]:
    """Count what is over, and remove what every organisation has kept for long enough; returns what was removed.

    `now` is UTC on the product's clock. An organisation whose settings make no sense, or whose rows cannot be counted,
    is left alone and logged; so is a kind of rows that cannot be removed. Nobody else waits for it.
    """
    done: list[Purge] = []
    for organisation in Organisation.objects.order_by("pk"):
        try:
            done += _purge_organisation(organisation, now)
        except RondjeError as error:
            log.error("Nothing of organisation %s was purged: %s", organisation.pk, error.message)
        except Exception:
            log.exception("Nothing of organisation %s was purged.", organisation.pk)
    done += _purge_what_belongs_to_nobody(now)
    return done


def _purge_organisation(organisation: Organisation, now: datetime) -> Iterator[Purge]:
    periods = Periods.of(organisation.settings)
    counted_until = figures.count_up_to(organisation, now)
    for kind in KINDS:
        limit = periods.limit(kind.period, now=now, counted_until=counted_until)
        try:
            if kind.period in FIGURES_KEPT:
                limit = FIGURES_KEPT[kind.period](organisation, limit, now)
            rows = _in_batches(kind.rows(organisation, limit), kind.blank)
        except Exception:
            log.exception("Of organisation %s no %s could be purged.", organisation.pk, kind.name)
            continue
        if rows:
            yield Purge.objects.create(
                organisation=organisation, kind=kind.name, rows=rows, older_than=limit, ran_at=now
            )


def _purge_what_belongs_to_nobody(now: datetime) -> Iterator[Purge]:
    real = real_now()
    limit = Periods().limit("calls", now=now, counted_until=now)
    orphans = Event.objects.filter(organisation_id=None, recorded_at__lt=limit)
    for name, rows, older_than in (
        ("sessions", Session.objects.filter(expire_date__lt=real), real),
        ("events", orphans.exclude(_has_undone_deliveries()), limit),
    ):
        removed = _in_batches(rows, None)
        if removed:
            yield Purge.objects.create(organisation=None, kind=name, rows=removed, older_than=older_than, ran_at=now)


def _in_batches(rows: "QuerySet[Any]", blank: dict[str, Any] | None) -> int:
    """Remove or blank the rows, each batch in a transaction of its own; a row that somebody works on is left."""
    done = 0
    for _batch in range(BATCHES_AT_MOST):
        with transaction.atomic():
            free = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
            pks = list(free.values_list("pk", flat=True)[:BATCH])
            if not pks:
                break
            chosen = rows.model._base_manager.filter(pk__in=pks)
            if blank is None:
                chosen.delete()
            else:
                chosen.update(**blank)
            done += len(pks)
    return done


def _open_incidents(organisation: Organisation) -> "QuerySet[Incident]":
    return Incident.objects.filter(organisation=organisation).exclude(state=Incident.State.CLOSED)


def _legs(organisation: Organisation, limit: datetime) -> "QuerySet[Leg]":
    closed = Q(round__circle__organisation=organisation, round__state=Round.State.CLOSED)
    return Leg.objects.filter(closed, placed_at__lt=limit)


def _seat_lines(organisation: Organisation, limit: datetime) -> "QuerySet[Seat]":
    closed = Q(round__circle__organisation=organisation, round__state=Round.State.CLOSED)
    return Seat.objects.filter(closed, round__planned_start__lt=limit).exclude(lines=[])


def _messages(organisation: Organisation, limit: datetime) -> "QuerySet[Message]":
    """Over, with every attempt settled; of an open incident none: it counts whom it has alerted."""
    unsettled = Attempt.objects.filter(Q(state__in=Attempt.LIVE) | Q(settled_at=None), message=OuterRef("pk"))
    about_open = Q(host="incidents", subject_id__in=_open_incidents(organisation).values("pk"))
    return (
        Message.objects.filter(organisation=organisation, created_at__lt=limit)
        .exclude(state__in=Message.OPEN)
        .exclude(about_open)
        .exclude(Exists(unsettled))
    )


def _attempts(organisation: Organisation, limit: datetime) -> "QuerySet[Attempt]":
    """Calls that no message asked for, such as those of people who rang us; their legs go along."""
    live_leg = Attempt.objects.filter(parent=OuterRef("pk"), state__in=Attempt.LIVE)
    return (
        Attempt.objects.filter(organisation=organisation, message=None, parent=None, created_at__lt=limit)
        .exclude(state__in=Attempt.LIVE)
        .exclude(settled_at=None)
        .exclude(Exists(live_leg))
    )


def _inbound_texts(organisation: Organisation, limit: datetime) -> "QuerySet[InboundText]":
    """Those that the rules have seen and of which nothing is left in the inbox."""
    waits = InboxItem.objects.filter(text=OuterRef("pk"), dealt_with_at=None)
    seen = InboundText.objects.filter(organisation=organisation, received_at__lt=limit, done=True)
    return seen.exclude(Exists(waits))


def _inbox(organisation: Organisation, limit: datetime) -> "QuerySet[InboxItem]":
    return InboxItem.objects.filter(organisation=organisation, dealt_with_at__lt=limit)


def _links(organisation: Organisation, limit: datetime) -> "QuerySet[ClaimLink]":
    return ClaimLink.objects.filter(incident__organisation=organisation, expires_at__lt=limit)


def _sightings(organisation: Organisation, limit: datetime) -> "QuerySet[Sighting]":
    later = Sighting.objects.filter(person=OuterRef("person"), at__gt=OuterRef("at"))
    return Sighting.objects.filter(Exists(later), person__organisation=organisation, at__lt=limit)


def _absences(organisation: Organisation, limit: datetime) -> "QuerySet[Absence]":
    over = Q(last_day__lt=limit.date()) | Q(withdrawn_at__lt=limit)
    return Absence.objects.filter(over, person__organisation=organisation)


def _duty_links(organisation: Organisation, limit: datetime) -> "QuerySet[DutyLink]":
    return DutyLink.objects.filter(person__organisation=organisation, expires_at__lt=limit)


def _duties_of_one_day(organisation: Organisation, limit: datetime) -> "QuerySet[DutyShift]":
    """Those of a weekday are the roster, which has no end."""
    return DutyShift.objects.filter(organisation=organisation, date__lt=limit.date())


def _swaps(organisation: Organisation, limit: datetime) -> "QuerySet[DutySwap]":
    over = DutySwap.objects.filter(organisation=organisation, date__lt=limit.date())
    return over.exclude(state=DutySwap.State.OPEN)


def _paper_lists(organisation: Organisation, limit: datetime) -> "QuerySet[PaperList]":
    return PaperList.objects.filter(circle__organisation=organisation, date__lt=limit.date())


def _rounds(organisation: Organisation, limit: datetime) -> "QuerySet[Round]":
    in_a_case = Seat.objects.filter(round=OuterRef("pk"), incident__in=_open_incidents(organisation))
    closed = Round.with_practice.filter(
        circle__organisation=organisation, state=Round.State.CLOSED, closed_at__lt=limit
    )
    return closed.exclude(Exists(in_a_case))


def _incidents(organisation: Organisation, limit: datetime) -> "QuerySet[Incident]":
    seats = Seat.objects.filter(incident=OuterRef("pk"))
    closed = Incident.objects.filter(organisation=organisation, state=Incident.State.CLOSED, closed_at__lt=limit)
    return closed.exclude(Exists(seats))


def _has_undone_deliveries() -> Exists:
    return Exists(Delivery.objects.filter(event=OuterRef("pk"), done=False))


def _events(organisation: Organisation, limit: datetime) -> "QuerySet[Event]":
    about_open = Q(subject_kind="incident", subject_id__in=_open_incidents(organisation).values("pk"))
    old = Event.objects.filter(organisation_id=organisation.pk, recorded_at__lt=limit)
    return old.exclude(about_open).exclude(_has_undone_deliveries())


def _deliveries(organisation: Organisation, limit: datetime) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(event__organisation_id=organisation.pk, event__recorded_at__lt=limit, done=True)


KINDS = (
    Kind("legs", "calls", _legs),
    Kind("numbers in mornings", "calls", _seat_lines, blank={"lines": []}),
    Kind("messages", "calls", _messages),
    Kind("calls to us", "calls", _attempts),
    Kind("deliveries", "calls", _deliveries),
    Kind("inbox", "texts", _inbox),
    Kind("texts to us", "texts", _inbound_texts),
    Kind("links", "links", _links),
    Kind("links to duties", "links", _duty_links),
    Kind("sightings", "sightings", _sightings),
    Kind("absences", "absences", _absences),
    Kind("duties of one day", "absences", _duties_of_one_day),
    Kind("swapped duties", "absences", _swaps),
    Kind("mornings", "cases", _rounds),
    Kind("cases", "cases", _incidents),
    Kind("lists on paper", "cases", _paper_lists),
    *(Kind(name, purging_meals.PERIOD, rows) for name, rows in purging_meals.DINNERS),
    *(Kind(name, period, rows) for name, period, rows in purging_meals.OTHERS),
    Kind("notes of dinner places", "plates", purging_meals.notes, blank={"note": ""}),
    Kind("events", "cases", _events),
    Kind("bus passes that are over", purging_bus.PERIOD, purging_bus.passes_over, blank={"is_over": True}),
    *(Kind(name, purging_bus.PERIOD, rows) for name, rows in purging_bus.TRIPS),
    *(Kind(name, period, rows) for name, period, rows in purging_bus.OTHERS),
    *(Kind(name, "checks", rows) for name, rows in purging_meals.KINDS),
)
"""In this order: a morning goes before the cases that its seats point to, and dinners before events, from which who
waited is counted.
"""

FIGURES_KEPT = {purging_bus.PERIOD: purging_bus.figures_kept, purging_meals.PERIOD: purging_meals.figures_kept}
"""By period: keeps the figures of what may go, and returns the instant (UTC) before which rows are in kept figures."""
