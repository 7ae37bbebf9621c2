"""An absence or an engagement that begins or ends: before the start it counts; in mid-round nobody is rung for it."""

from datetime import datetime, timedelta

from backend.circles.domain import morning
from backend.circles.models import Round
from backend.circles.scripts.facts import Proven
from backend.circles.selectors.excuses import ENGAGED, code_of, engaged_during
from backend.circles.services import cases, facts, rounds, state
from backend.people.selectors import absent_on, local_date
from backend.people.services import sightings


def excuse(person_id: int, now: datetime) -> None:
    """Excuse somebody from every running round of theirs on whose date they are away. Runs in a transaction."""
    running = Round.with_practice.filter(state=Round.State.RUNNING, seats__person_id=person_id).order_by("pk")
    for round_id in running.values_list("pk", flat=True):
        round_ = state.locked_round(round_id)
        absence = absent_on(round_.date, [person_id]).get(person_id)
        if round_.state != Round.State.RUNNING or absence is None:
            continue
        seat = round_.seats.get(person_id=person_id)
        before = state.load(round_)
        changed = morning.excused(before, seat.pk, how=f"absent_{absence.reason}", at=now)
        rounds.go_on(round_, before, now, changed=changed)


def engagement_changed(person_id: int, now: datetime) -> None:
    """Somebody is with another programme while a round goes round, or is not any more. Runs in a transaction.

    Whoever is, is not rung, as with an absence. Whoever was excused for it and is not with them after all (the bus does
    not go) is rung at once: nobody else looks after them this morning.
    """
    running = Round.with_practice.filter(state=Round.State.RUNNING, seats__person_id=person_id).order_by("pk")
    for round_id in running.values_list("pk", flat=True):
        round_ = state.locked_round(round_id)
        if round_.state != Round.State.RUNNING:
            continue
        seat, engaged = round_.seats.get(person_id=person_id), engaged_during(round_, person_id)
        before = state.load(round_)
        if engaged is not None:
            changed = morning.excused(before, seat.pk, how=code_of(engaged, round_.circle), at=now)
        elif seat.how.startswith(ENGAGED):
            changed = morning.expected_again(before, seat.pk, at=now)
        else:
            continue
        rounds.go_on(round_, before, now, changed=changed)


def came_back(person_id: int, *, by_own_key: bool, now: datetime) -> None:
    """Somebody is back: whoever was excused this morning is shown as such. Runs in a transaction.

    A key on a telephone (`by_own_key`) is proof of life, as in every ring-in: well goes before excused, and a case in
    which nobody has acted is stood down. A text or a word of others proves nothing.
    """
    today = (now.date() - timedelta(days=1), now.date() + timedelta(days=1))  # of whatever time zone
    begun = Round.objects.filter(seats__person_id=person_id, started_at__isnull=False, date__range=today)
    is_seen = False
    for round_id in begun.order_by("pk").values_list("pk", flat=True):
        round_ = state.locked_round(round_id)
        if round_.date != local_date(round_.circle.organisation, now):
            continue
        seat = round_.seats.get(person_id=person_id)
        if by_own_key:
            facts.take(round_, None, [Proven(seat.pk, "rang_in")], now)
            is_seen = True
        elif person_id not in absent_on(round_.date, [person_id]) and not seat.how.startswith(ENGAGED):
            before = state.load(round_)
            rounds.go_on(round_, before, now, changed=morning.is_back(before, seat.pk))
    if by_own_key and not is_seen:
        sightings.saw(person_id, at=now, source="circle:rang_in")
        cases.late_proof(person_id, how="rang_in", now=now)
