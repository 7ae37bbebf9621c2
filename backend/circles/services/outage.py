"""The carrier takes nothing: one incident for the whole organisation, whatever the number of its circles.

While that lasts, rounds that are under way get their time anew (until the hour from which a morning can no longer be
held), because the people whom they have not reached are in that incident: somebody rings them by hand. What is reached
after all is marked there; a person ends it.

The same when the carrier takes our calls, but our account places fewer than the mornings need: rounds that come to
their deadline with calls that waited in vain are in one incident, too.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from backend.circles.domain import schedule
from backend.circles.models import Round, Seat
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import calls
from backend.circles.services.ladders import ladder_of_organisation
from backend.events import clock
from backend.events.models import Lane
from backend.incidents.models import Incident
from backend.incidents.services import opening
from backend.notifications.domain.health import CarrierTrouble
from backend.notifications.models import Message, Way
from backend.notifications.selectors.health import carrier_trouble
from backend.people.models import Organisation

log = logging.getLogger(__name__)

SOURCE = "organisation"

SAME_MORNING = timedelta(hours=6)
"""An outage that began longer ago was another morning's."""

SLOW = "slow"
"""The reason of an incident in whose rounds calls waited for our own account until it was too late."""

WAITED_LONG = timedelta(minutes=1)
"""A call that is to expire so soon and has not gone out has waited for longer than a busy moment."""

WORTH_WHILE = timedelta(minutes=3)
"""A deadline is moved by so much at least: two hundred rounds are not written anew at every look."""


def watch(now: datetime) -> CarrierTrouble | None:
    """Open or extend an incident for every organisation that the carrier leaves alone; returns what is wrong with it.

    For the watchdog, every few seconds; each organisation in a transaction of its own.
    """
    trouble = carrier_trouble(now)
    if trouble is None:
        return None
    left_alone = Organisation.objects.filter(Exists(_running().filter(circle__organisation=OuterRef("pk"))))
    for organisation in left_alone.order_by("pk"):
        try:
            with transaction.atomic():
                _account_for(organisation, trouble, now)
        except Exception:
            log.exception("The outage of organisation %s could not be recorded; the others are.", organisation.pk)
    return trouble


def open_incident_of(organisation_id: int) -> Incident | None:
    """The outage of this morning that nobody has ended yet, locked until the end of the transaction.

    One that was left open yesterday takes nobody in: who was reached then is no part of it, and would be lost today.
    """
    this_morning = clock.now() - SAME_MORNING
    open_ones = Incident.objects.filter(
        organisation_id=organisation_id, kind=Incident.Kind.OUTAGE, opened_at__gte=this_morning
    )
    return open_ones.exclude(state=Incident.State.CLOSED).order_by("pk").select_for_update().first()


def open_for_slow_account(round_: Round, seats: list[Seat], now: datetime) -> Incident:
    """These members were not rung by the deadline, as calls waited for the account: a case of the whole organisation.

    Under the round's lock. Whoever opens it at the same moment adds to it.
    """
    organisation = round_.circle.organisation
    rounds = list(_running().filter(circle__organisation=organisation).order_by("pk"))
    cause = f"slow:{organisation.pk}:{round_.date}"
    ended = Incident.objects.filter(cause__startswith=f"{cause}:", state=Incident.State.CLOSED).count()
    incident = _open(
        organisation, rounds, seats, cause=f"{cause}:{ended}", details={"reason": SLOW, "rounds": len(rounds)}, now=now
    )
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(incident=incident)
    return incident


def waited_for_the_account(round_: Round, now: datetime) -> bool:
    """Whether calls of this round came too late to be placed, or are about to, and nobody was asked for them."""
    rung = Message.objects.filter(host=calls.HOST, subject_id=round_.pk, way=Way.CALL, lane=Lane.LIVE, attempts=None)
    since = round_.started_at or now
    expired = rung.filter(outcome="expired", expires_at__gte=since)
    waiting = rung.filter(state=Message.State.QUEUED, expires_at__lte=now + WAITED_LONG)
    return expired.exists() or waiting.exists()


def is_the_cause(incident: Incident, round_: Round, now: datetime) -> bool:
    """Whether what leaves this round open is what the incident is about."""
    return incident.details.get("reason") != SLOW or waited_for_the_account(round_, now)


def has_ended_for(incident: Incident, seats: list[Seat]) -> bool:
    """Whether one of these members has an outcome there already: what befalls them now is something else."""
    people = [seat.person_id for seat in seats]
    return incident.members.filter(person_id__in=people).exclude(outcome="").exists()


def take_in(incident: Incident, seats: list[Seat], now: datetime) -> None:
    """These members are left open by the same outage. Under the locks of their rounds and of the incident.

    Nobody is rung a second time for them while it lasts. Once it is over, more people are news, and everybody hears.
    """
    lasts = carrier_trouble(now) is not None or incident.details.get("reason") == SLOW
    add = opening.add_members_quietly if lasts else opening.add_members
    add(incident, [seat.person for seat in seats], now=now)
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(incident=incident)


def _account_for(organisation: Organisation, trouble: CarrierTrouble, now: datetime) -> None:
    """Whom no round has reached yet is in the organisation's one incident. Locks its rounds, then the incident."""
    rounds = list(_running().filter(circle__organisation=organisation).order_by("pk").select_for_update(of=("self",)))
    seats = list(_not_reached(rounds))
    if not seats:
        return
    _more_time(rounds, seats, now)
    fresh = [seat for seat in seats if seat.incident_id is None]
    incident = open_incident_of(organisation.pk)
    if incident is None and fresh:
        details = {"since": trouble.since.isoformat(), "failures": trouble.failures, "rounds": len(rounds)}
        cause = f"outage:{organisation.pk}:{now:%Y-%m-%dT%H:%M:%S}"
        incident = _open(organisation, rounds, fresh, cause=cause, details=details, now=now)
    if incident is not None and fresh:
        take_in(incident, fresh, now)


def _open(
    organisation: Organisation,
    rounds: list[Round],
    seats: list[Seat],
    *,
    cause: str,
    details: dict[str, Any],
    now: datetime,
) -> Incident:
    return opening.open_incident(
        organisation=organisation,
        kind=Incident.Kind.OUTAGE,
        cause=cause,
        members=[seat.person for seat in seats],
        policy=ladder_of_organisation(organisation, rounds),
        source_kind=SOURCE,
        source_id=organisation.pk,
        source_label=organisation.name,
        now=now,
        details=details,
    )


def _more_time(rounds: list[Round], seats: list[Seat], now: datetime) -> None:
    """A round whose calls nobody takes has its legs and slack still before it, as long as a morning can be held."""
    left = Counter(seat.round_id for seat in seats)
    for round_ in rounds:
        policy, zone = policy_of(round_.circle), zone_of(round_.circle)
        at_the_latest = schedule.latest_start(round_.date, policy=policy, zone=zone)
        anew = min(schedule.deadline(now, expected=left[round_.pk], policy=policy), at_the_latest)
        was = round_.deadline_at
        if left[round_.pk] and was is not None and (anew - was >= WORTH_WHILE or was < anew == at_the_latest):
            round_.deadline_at = anew
            round_.save(update_fields=["deadline_at"])


def _running() -> "QuerySet[Round]":
    open_seats = Seat.objects.filter(round=OuterRef("pk"), standing=Seat.Standing.EXPECTED)
    return Round.objects.filter(Exists(open_seats), state=Round.State.RUNNING).select_related("circle__organisation")


def _not_reached(rounds: list[Round]) -> "QuerySet[Seat]":
    seats = Seat.objects.filter(round__in=rounds, standing=Seat.Standing.EXPECTED)
    return seats.select_related("person").order_by("round_id", "position")
