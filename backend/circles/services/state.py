"""Between the rows of a round and the pure value that decisions are made from."""

from datetime import datetime

from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Leg, Round, Seat


def locked_round(round_id: int) -> Round:
    """The round, locked until the end of the transaction. Its lock comes before every other."""
    Round.with_practice.select_for_update().get(pk=round_id)
    return Round.with_practice.select_related("circle__organisation", "volunteer").get(pk=round_id)


def load(round_: Round) -> Morning:
    """The morning as its rows have it. The round must have started."""
    assert round_.started_at is not None and round_.deadline_at is not None
    calls = tuple(
        Call(
            key=leg.pk,
            role=Role(leg.role),
            caller=None if leg.role not in Leg.JOINS else (leg.caller_id or VOLUNTEER),
            target=leg.target_id or VOLUNTEER,
            caller_proven=leg.state != Leg.State.PLACED,
            target_rung=leg.target_message_id is not None and not leg.target_outcome,
            caller_gone=leg.caller_gone,
        )
        for leg in round_.legs.filter(state__in=Leg.LIVE).order_by("pk")
    )
    volunteer = Volunteer(
        lines=tuple(round_.volunteer_state.get("lines", ())),
        proven=round_.volunteer_state.get("proven", False),
        caller_out=round_.volunteer_state.get("caller_out", False),
        received=round_.volunteer_state.get("received"),
        busy_times=round_.volunteer_state.get("busy_times", 0),
        next_try_at=_instant(round_.volunteer_state.get("next_try_at")),
    )
    return Morning(
        policy=MorningPolicy.of(round_.policy["morning"]),
        started_at=round_.started_at,
        deadline_at=round_.deadline_at,
        members=tuple(_member(seat) for seat in round_.seats.all()),
        volunteer=volunteer,
        calls=calls,
        callers_tried=round_.volunteer_state.get("callers_tried", 0),
        not_taken=round_.volunteer_state.get("not_taken", 0),
        again_at=_instant(round_.volunteer_state.get("again_at")),
        closed=round_.state == Round.State.CLOSED,
        mode=Mode(round_.mode),
        check_in_at=round_.check_in_at,
    )


def save(round_: Round, before: Morning, after: Morning) -> None:
    """Write back what changed in members and volunteer. Legs are written where calls are placed and end."""
    was = {member.key: member for member in before.members}
    for member in after.members:
        if member != was[member.key]:
            Seat.objects.filter(pk=member.key).update(**_columns(member))
    round_.volunteer_state = {
        "lines": list(after.volunteer.lines),
        "proven": after.volunteer.proven,
        "caller_out": after.volunteer.caller_out,
        "received": after.volunteer.received,
        "busy_times": after.volunteer.busy_times,
        "next_try_at": after.volunteer.next_try_at.isoformat() if after.volunteer.next_try_at else None,
        "callers_tried": after.callers_tried,
        "not_taken": after.not_taken,
        "again_at": after.again_at.isoformat() if after.again_at else None,
    }
    round_.save(update_fields=["volunteer_state", "backup_told", "state", "closed_at", "closed_how", "failing"])


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _member(seat: Seat) -> Member:
    return Member(
        key=seat.pk,
        lines=tuple(seat.lines),
        can_ring=seat.can_ring,
        standing=Standing(seat.standing),
        how=seat.how,
        at=seat.at,
        in_chain=seat.in_chain,
        caller_out=seat.caller_out,
        misses=seat.misses,
        busy_times=seat.busy_times,
        first_missed_at=seat.first_missed_at,
        next_try_at=seat.next_try_at,
        on_line=seat.on_line or 0,
        not_before=seat.not_before,
    )


def _columns(member: Member) -> dict[str, object]:
    return {
        "standing": member.standing.value,
        "how": member.how,
        "at": member.at,
        "in_chain": member.in_chain,
        "caller_out": member.caller_out,
        "misses": member.misses,
        "busy_times": member.busy_times,
        "first_missed_at": member.first_missed_at,
        "next_try_at": member.next_try_at,
        "on_line": member.on_line or None,
    }
