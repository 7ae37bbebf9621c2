"""Leading the calls of those who ring in from a ring of own telephones, and putting them through."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.circles.domain import own_phone, schedule
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle, Leg, Round
from backend.circles.scripts import own_phone_ring_in
from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.own_phone_check import Task
from backend.circles.scripts.own_phone_ring_in import OwnPhoneView
from backend.circles.scripts.view import Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.circles.selectors.settings import zone_of
from backend.circles.services import calls, facts, rounds, state
from backend.events import clock
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt, TalkOver
from backend.notifications.models import Attempt
from backend.people.models import Organisation

ORDINARY = "ordinary_menu"
"""Marks a call in which 0 was pressed: the ordinary menu leads it from there on."""

ROUND = "own_phone_round"
"""Names the round that a call belongs to."""


def volunteer_ringing(organisation: Organisation, line: str) -> tuple[int, int] | None:
    """Whether this is the volunteer who begins a ring that is going on: the circle and the person. They report, too."""
    going_on = Round.with_practice.filter(
        circle__organisation=organisation, state=Round.State.RUNNING, mode=Mode.OWN_PHONE, volunteer__isnull=False
    )
    for round_ in going_on.order_by("pk"):
        if line in round_.volunteer_state.get("lines", ()) and round_.volunteer_id is not None:
            return round_.circle_id, round_.volunteer_id
    return None


@dataclass(frozen=True)
class _Line:
    """Somebody on the line of a round, at an instant (UTC)."""

    round: Round
    attempt: Attempt
    now: datetime

    def named(self, key: int) -> Named:
        """How a member, or the volunteer, is spoken of on this line."""
        if key == VOLUNTEER:
            volunteer = self.round.volunteer
            return Named(VOLUNTEER, volunteer.spoken_name if volunteer else say("the_volunteer", self.attempt.language))
        return Named(key, self.round.seats.select_related("person").get(pk=key).person.spoken_name)

    @property
    def leg(self) -> Leg | None:
        """The leg in which the caller is put through, if there is one."""
        return Leg.objects.filter(pk=self.attempt.script.get("leg", 0)).first()

    @property
    def place(self) -> Place:
        """Where the call is in its script."""
        return Place(self.attempt.script.get("phase", "greet"), self.attempt.script.get("asked", 0))

    @property
    def seats(self) -> list[int]:
        """The members on this line."""
        return [seat.pk for seat in self.round.seats.all() if self.attempt.line in seat.lines]


def practising(circle_id: int) -> Round | None:
    """Today's practice morning on own telephones, going on or over, locked."""
    started = practice_of_today(circle_id)
    return None if started is None else state.locked_round(started.pk)


def practice_of_today(circle_id: int) -> Round | None:
    """Today's practice morning on own telephones, going on or over; not locked."""
    circle = Circle.objects.select_related("organisation").get(pk=circle_id)
    today = schedule.local_date(clock.now(), zone_of(circle))
    found = Round.with_practice.filter(circle_id=circle_id, practice=True, mode=Mode.OWN_PHONE, date=today)
    return found.exclude(state=Round.State.PLANNED).first()


def round_of(attempt: Attempt, practice: Round | None, real: Round | None) -> Round | None:
    """To which round a call belongs: where it began, else the practice that is going on, else the real one."""
    leg = Leg.objects.filter(pk=attempt.reference.get("leg", 0)).first()
    known = leg.round_id if leg else attempt.reference.get(ROUND)
    if practice is not None and (known == practice.pk or (known is None and practice.state == Round.State.RUNNING)):
        return practice
    return real


def converse(round_: Round | None, attempt: Attempt, heard: Heard, now: datetime) -> Prompt | None:
    """One turn of a ring-in, under the round's lock; None when the ordinary menu is to lead it."""
    if round_ is None or round_.mode != Mode.OWN_PHONE or attempt.reference.get(ORDINARY):
        return None
    attempt.reference = {**attempt.reference, ROUND: round_.pk}
    line = _Line(round_, attempt, now)
    return _target_turn(line, heard) if attempt.kind == Attempt.Kind.DIALLED else _caller_turn(line, heard)


def _caller_turn(line: _Line, heard: Heard) -> Prompt | None:
    """One turn of somebody who rang in; who they are may have to be asked first."""
    round_, attempt = line.round, line.attempt
    keys = line.seats or [VOLUNTEER]
    if not attempt.script and round_.state != Round.State.RUNNING:
        return End() if keys == [VOLUNTEER] else _leave_to_ordinary_menu(line)
    if "caller" in attempt.script:
        return _known_turn(line, attempt.script["caller"], heard)
    if len(keys) > 1:
        return _who(line, keys[:8], heard)
    if not _belongs_here(state.load(round_), keys[0]):
        return _leave_to_ordinary_menu(line)
    return _turn(line, keys[0], heard)


def ended(attempt: Attempt, now: datetime) -> None:
    """Somebody who rang in has hung up: whoever they were to be put through to is left to the platform."""
    leg = Leg.objects.filter(pk=attempt.script.get("leg", 0)).exclude(state=Leg.State.ENDED).first()
    if leg is None:
        return
    round_ = state.locked_round(leg.round_id)
    Leg.objects.filter(pk=leg.pk).update(state=Leg.State.ENDED, ended_at=now)
    rounds.go_on(round_, state.load(round_), now)


def task_of(round_: Round, key: int, language: str, now: datetime) -> Task:
    """Why the platform rings this member."""
    current = state.load(round_)
    following = own_phone.onward(current, key)
    line = _Line(round_, Attempt(language=language), now)
    return Task(
        is_check_in=own_phone.is_checking_in(current, now),
        takes_over=own_phone.takes_over(current, key),
        onward=line.named(following.key) if following else None,
    )


def _belongs_here(current: Morning, key: int) -> bool:
    """Whether somebody rings others this morning: who is away, cannot ring or has a case is served by the menu."""
    if key == VOLUNTEER:
        return True
    here = (Standing.EXPECTED, Standing.WELL)
    return any(member.key == key and member.standing in here for member in own_phone.ring(current))


def _known_turn(line: _Line, caller: int, heard: Heard) -> Prompt | None:
    """One turn of somebody who is known; 0 at the first question leads to the ordinary menu."""
    if heard == Key("0") and caller != VOLUNTEER and line.place.phase == "greet":
        return _leave_to_ordinary_menu(line)
    return _turn(line, caller, heard)


def _leave_to_ordinary_menu(line: _Line) -> Prompt | None:
    """From here on the ordinary menu leads this call."""
    line.attempt.reference = {**line.attempt.reference, ORDINARY: True}
    line.attempt.script = {}
    return None


def _who(line: _Line, keys: list[int], heard: Heard) -> Prompt | None:
    """Several people share this line: they are asked who they are."""
    asked = line.place.asked
    if isinstance(heard, Key) and asked:
        if heard == Key("9"):
            return _turn(line, keys[0], heard)
        if heard.digit.isdigit() and 1 <= int(heard.digit) <= len(keys):
            return _chosen(line, keys[int(heard.digit) - 1])
    if asked >= ASKED_AT_MOST:
        return End()
    line.attempt.script = {"phase": "who", "asked": asked + 1}
    language = line.attempt.language
    choices = " ".join(
        say("who_choice", language, name=line.named(key).name, digit=number) for number, key in enumerate(keys, start=1)
    )
    words = say("who", language, circle=line.round.circle.name, choices=choices)
    return Ask(words, seconds=MorningPolicy.of(line.round.policy["morning"]).gather_seconds)


def _chosen(line: _Line, key: int) -> Prompt | None:
    if not _belongs_here(state.load(line.round), key):
        return _leave_to_ordinary_menu(line)
    line.attempt.script = {}
    return _turn(line, key, Answered())


def _turn(line: _Line, caller: int, heard: Heard) -> Prompt:
    place = line.place
    if place.phase == "who":
        place = Place()
    return _settle(line, caller, own_phone_ring_in.turn(_view(line, caller), place, heard))


def _settle(line: _Line, caller: int, turn: Turn) -> Prompt:
    """Remember where the call is, act on what was said, and put the caller through."""
    answer, leg, attempt = turn.answer, line.leg, line.attempt
    if isinstance(answer, ToConnect) and leg is None:
        # Before anything is decided: whoever the caller is put through to is not rung by the platform as well.
        leg = _joined(line, caller, answer.seat)
    attempt.script = {
        "phase": turn.place.phase,
        "asked": turn.place.asked,
        "caller": caller,
        "leg": leg.pk if leg else 0,
    }
    if caller != VOLUNTEER:
        attempt.person_id = line.round.seats.get(pk=caller).person_id
    facts.take(line.round, leg, turn.facts, line.now)
    if not isinstance(answer, ToConnect):
        return answer
    if attempt.state not in Attempt.LIVE:
        ended(attempt, line.now)
        return End()
    assert leg is not None
    leg.refresh_from_db()
    return calls.connect(line.round, attempt, leg, answer, line.now) or _line_is_in_use(line, caller)


def _line_is_in_use(line: _Line, caller: int) -> Prompt:
    """The line is in another call: for this one that is as good as busy."""
    line.round.refresh_from_db()
    view = replace(_view(line, caller), target_proven=False)
    return _settle(line, caller, own_phone_ring_in.turn(view, Place("dialling"), TalkOver(was_busy=True)))


def _target_turn(line: _Line, heard: Heard) -> Prompt:
    """One turn on the line to which a caller is put through."""
    leg = Leg.objects.get(pk=line.attempt.reference["leg"])
    key = int(line.attempt.reference["seat"])
    following = own_phone.onward(state.load(line.round), key)
    place = line.place
    turn = own_phone_ring_in.target_turn(
        _view(line, leg.caller_id or VOLUNTEER),
        line.named(key),
        line.named(following.key) if following else None,
        place,
        heard,
    )
    line.attempt.script = {"phase": turn.place.phase, "asked": turn.place.asked}
    facts.take(line.round, leg, turn.facts, line.now)
    assert not isinstance(turn.answer, ToConnect)
    return turn.answer


def _view(line: _Line, caller: int) -> OwnPhoneView:
    """What the script may know of this caller. After a miss they are put through to whoever comes behind the target."""
    current, leg = state.load(line.round), line.leg
    neighbour = own_phone.neighbour(current, caller)
    target = leg.target_id if leg else None
    is_out = neighbour is not None and not _belongs_here(current, neighbour.key)
    behind = target or (caller if neighbour is None or is_out else neighbour.key)
    following = own_phone.onward(current, behind)
    policy = MorningPolicy.of(line.round.policy["morning"])
    return OwnPhoneView(
        circle=line.round.circle.name,
        language=line.attempt.language,
        caller=line.named(caller),
        neighbour=line.named(neighbour.key) if neighbour else None,
        neighbour_is_out=is_out,
        onward=line.named(following.key) if following else None,
        is_last=caller != VOLUNTEER and own_phone.onward(current, caller) is None,
        gather_seconds=policy.gather_seconds,
        minutes=policy.leg_minutes,
        target=line.named(target) if target else None,
        target_proven=target is not None and current.member(target).standing in (Standing.WELL, Standing.INCIDENT),
        knows_other_menu=caller != VOLUNTEER,
    )


def _joined(line: _Line, caller: int, target: int) -> Leg:
    seats = {seat.pk: seat for seat in line.round.seats.all()}
    return Leg.objects.create(
        round=line.round,
        role=Leg.Role.JOINED,
        caller=seats.get(caller),
        target=seats.get(target),
        state=Leg.State.PROVEN,
        placed_at=line.now,
    )
