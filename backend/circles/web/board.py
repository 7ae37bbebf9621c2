"""The panels of circles on the today board."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backend.circles.domain import schedule
from backend.circles.models import Circle, Leg, Membership, Round
from backend.circles.selectors.settings import zone_of
from backend.circles.web import reading, words
from backend.circles.web.reading import LiveLeg
from backend.people import doors
from backend.people.models import Role, User


def todays_circles(user: User, now: datetime) -> dict[str, Any]:
    """Every circle of the user's organisations, and how its morning stands."""
    organisations = list(doors.organisations_of(user, *doors.STAFF))
    circles = reading.circles_of(organisations)
    if not circles:
        return {}
    rounds = {round_.circle_id: round_ for round_ in reading.todays_rounds(organisations, now)}
    counts = reading.counts(list(rounds.values()), now)
    legs = reading.live_legs(list(rounds.values()))
    rows = [_row(circle, rounds.get(circle.pk), counts, legs, now) for circle in circles]
    may_make = list(doors.organisations_of(user, Role.Kind.COORDINATOR).order_by("name"))
    return {
        "circles": rows,
        "may_make": may_make,
        "several": len(organisations) > 1,
        "announcement": _announcement(rows),
    }


def members_without_number(user: User, _now: datetime) -> dict[str, Any]:
    """Members who are not rung because no usable number is known, until somebody mends that."""
    rows = (
        doors.visible(user, Membership.objects.all(), *doors.STAFF, path="circle__organisation")
        .filter(status=Membership.Status.NEEDS_NUMBER)
        .select_related("person", "circle")
        .order_by("circle__name", "position")
    )
    members = list(rows)
    return {"members": members} if members else {}


def state_words(round_: Round | None, circle: Circle, now: datetime) -> tuple[str, str]:
    """How a morning stands: a look (for colour and icon) and the words."""
    if circle.status != Circle.Status.ACTIVE:
        return "excused", str(words.LIFE.get(circle.status, ""))
    if round_ is None:
        is_forgotten = schedule.takes_part(schedule.local_date(now, zone_of(circle)), circle.weekdays)
        return (
            ("incident", _("should go round today, but has not been planned"))
            if is_forgotten
            else (
                "excused",
                _("no round today"),
            )
        )
    if round_.state == Round.State.PLANNED:
        return "expected", _("planned")
    if round_.state == Round.State.RUNNING:
        return _running_words(round_, now)
    well = round_.closed_how in (Round.ClosedHow.RECEIVED, Round.ClosedHow.NOBODY_TODAY)
    return "well" if well else "missed", str(words.CLOSED[Round.ClosedHow(round_.closed_how)])


def _running_words(round_: Round, now: datetime) -> tuple[str, str]:
    if round_.deadline_at is not None and now > round_.deadline_at:
        return "incident", _("past its deadline")
    if round_.check_in_at is not None and now >= round_.check_in_at:
        return "missed", _("not round in time; Rondje rings along the ring")
    return "ringing", _("under way")


def doing(live: list[LiveLeg], round_: Round) -> list[str]:
    """What is going on on the telephone, in sentences."""
    return [_sentence(each, round_) for each in live]


def _sentence(live: LiveLeg, round_: Round) -> str:
    leg = live.leg
    volunteer = round_.volunteer.spoken_name if round_.volunteer else _("the volunteer")
    target = leg.target.person.spoken_name if leg.target else volunteer
    if leg.role not in Leg.JOINS:
        names = {"target": target}
        return (_("%(target)s is being rung") if live.is_placed else _("%(target)s will be rung in a moment")) % names
    names = {"caller": leg.caller.person.spoken_name if leg.caller else volunteer, "target": target}
    if leg.state == Leg.State.TALKING:
        return _("%(caller)s is talking with %(target)s") % names
    if leg.state == Leg.State.PROVEN:
        return _("%(caller)s is ringing %(target)s") % names
    if live.is_placed:
        return _("%(caller)s is being rung, to ring %(target)s") % names
    return _("%(caller)s will be rung in a moment, to ring %(target)s") % names


def _row(
    circle: Circle,
    round_: Round | None,
    counts: dict[int, dict[str, int]],
    legs: dict[int, list[LiveLeg]],
    now: datetime,
) -> dict[str, Any]:
    look, state = state_words(round_, circle, now)
    return {
        "circle": circle,
        "round": round_,
        "look": look,
        "icon": words.ICONS[look],
        "state": state,
        "counts": counts.get(round_.pk, {}) if round_ else {},
        "expected": sum(counts.get(round_.pk, {}).values()) if round_ else 0,
        "doing": doing(legs.get(round_.pk, []), round_) if round_ else [],
    }


def _announcement(rows: list[dict[str, Any]]) -> str:
    """The one sentence that a screen reader hears when it changes: it names nobody and no time."""
    well = sum(row["counts"].get("well", 0) for row in rows)
    cases = sum(row["counts"].get("incident_open", 0) + row["counts"].get("unaccounted", 0) for row in rows)
    return _("%(well)s members well, %(cases)s with an open case.") % {"well": well, "cases": cases}
