"""Leading the calls of those who ring in from a ring of own telephones, and putting them through."""

from dataclasses import replace
from datetime import datetime

from backend.circles.domain import own_phone
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Leg, Round, Seat
from backend.circles.scripts import own_phone_ring_in
from backend.circles.scripts.facts import TargetMissed
from backend.circles.scripts.own_phone_check import Task
from backend.circles.scripts.own_phone_ring_in import OwnPhoneView
from backend.circles.scripts.view import Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.circles.services import calls, facts, rounds, state
from backend.notifications.domain.prompts import Ask, End, Heard, Key, Prompt, TalkOver
from backend.notifications.models import Attempt
from backend.people.models import Organisation

ORDINARY = "ordinary_menu"
"""Marks a call in which 0 was pressed: the ordinary menu leads it from there on."""


def volunteer_ringing(organisation: Organisation, line: str) -> tuple[int, int] | None:
    """Whether this is the volunteer who begins a ring that is going on: the circle and the person. They report, too."""
    going_on = Round.with_practice.filter(
        circle__organisation=organisation, state=Round.State.RUNNING, mode=Mode.OWN_PHONE, volunteer__isnull=False
    )
    for round_ in going_on.order_by("pk"):
        if line in round_.volunteer_state.get("lines", ()) and round_.volunteer_id is not None:
            return round_.circle_id, round_.volunteer_id
    return None


def converse(round_: Round | None, attempt: Attempt, heard: Heard, now: datetime) -> Prompt | None:
    """One turn of a ring-in, under the round's lock; None when the ordinary menu is to lead it."""
    if round_ is None or round_.mode != Mode.OWN_PHONE or attempt.reference.get(ORDINARY):
        return None
    if attempt.kind == Attempt.Kind.DIALLED:
        return _target_turn(round_, attempt, heard, now)
    if not attempt.script and round_.state != Round.State.RUNNING:
        return None if _seats_on(round_, attempt.line) else End()
    current = state.load(round_)
    script = dict(attempt.script)
    caller: int | None = script.get("caller", _only_caller(round_, current, attempt))
    if caller is None:
        return _who(round_, current, attempt, heard, now)
    if not script and not _belongs_here(current, caller):
        return None
    if heard == Key("0") and caller != VOLUNTEER and script.get("phase") == "greet":
        attempt.reference = {**attempt.reference, ORDINARY: True}
        attempt.script = {}
        return None
    return _turn(round_, current, attempt, caller, heard, now)


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
    return Task(
        is_check_in=own_phone.is_checking_in(current, now),
        takes_over=own_phone.takes_over(current, key),
        onward=_named(round_, following.key, language) if following else None,
    )


def _only_caller(round_: Round, current: Morning, attempt: Attempt) -> int | None:
    """Who is ringing, when only one can be; None when it has to be asked."""
    keys = _seats_on(round_, attempt.line)
    if not keys:
        return VOLUNTEER
    return keys[0] if len(keys) == 1 else None


def _seats_on(round_: Round, line: str) -> list[int]:
    return [seat.pk for seat in round_.seats.all() if line in seat.lines]


def _belongs_here(current: Morning, key: int) -> bool:
    """Whether somebody rings others this morning: who is away, cannot ring or has a case is served by the menu."""
    if key == VOLUNTEER:
        return True
    here = (Standing.EXPECTED, Standing.WELL)
    return any(member.key == key and member.standing in here for member in own_phone.ring(current))


def _who(round_: Round, current: Morning, attempt: Attempt, heard: Heard, now: datetime) -> Prompt | None:
    """Two people share this line: they are asked who they are."""
    keys = _seats_on(round_, attempt.line)[:8]
    asked = int(attempt.script.get("asked", 0))
    if isinstance(heard, Key) and asked:
        if heard == Key("9"):
            return _turn(round_, current, attempt, keys[0], heard, now)
        if heard.digit.isdigit() and 1 <= int(heard.digit) <= len(keys):
            chosen = keys[int(heard.digit) - 1]
            attempt.script = {"phase": "greet", "asked": 0, "caller": chosen}
            if not _belongs_here(current, chosen):
                attempt.reference = {**attempt.reference, ORDINARY: True}
                attempt.script = {}
                return None
            return _turn(round_, current, attempt, chosen, heard=TalkOver(), now=now)
    if asked >= own_phone_ring_in.ASKED_AT_MOST:
        return End()
    attempt.script = {"phase": "who", "asked": asked + 1}
    choices = " ".join(
        say("who_choice", attempt.language, name=_named(round_, key, attempt.language).name, digit=number)
        for number, key in enumerate(keys, start=1)
    )
    words = say("who", attempt.language, circle=round_.circle.name, choices=choices)
    return Ask(words, seconds=MorningPolicy.of(round_.policy["morning"]).gather_seconds)


def _turn(round_: Round, current: Morning, attempt: Attempt, caller: int, heard: Heard, now: datetime) -> Prompt:
    leg = _leg_of(attempt)
    place = Place(attempt.script.get("phase", "greet"), attempt.script.get("asked", 0))
    turn = own_phone_ring_in.turn(_view(round_, current, attempt, caller, leg), place, heard)
    return _settle(round_, attempt, caller, leg, turn, now)


def _settle(
    round_: Round, attempt: Attempt, caller: int, leg: Leg | None, turn: Turn, now: datetime
) -> Prompt:
    """Remember where the call is, act on what was said, and put the caller through."""
    answer = turn.answer
    if isinstance(answer, ToConnect) and leg is None:
        # Before anything is decided: whoever the caller is put through to is not rung by the platform as well.
        leg = _joined(round_, caller, answer.seat, now)
    attempt.script = {
        "phase": turn.place.phase,
        "asked": turn.place.asked,
        "caller": caller,
        "leg": leg.pk if leg else 0,
    }
    if caller != VOLUNTEER:
        attempt.person_id = round_.seats.get(pk=caller).person_id
    facts.take(round_, leg, turn.facts, now)
    if not isinstance(answer, ToConnect):
        return answer
    assert leg is not None
    leg.refresh_from_db()
    connect = calls.connect(round_, attempt, leg, answer, now) if attempt.state in Attempt.LIVE else None
    return connect or _line_is_in_use(round_, attempt, caller, leg, now)


def _line_is_in_use(round_: Round, attempt: Attempt, caller: int, leg: Leg, now: datetime) -> Prompt:
    """The line is in another call: for this one that is as good as busy."""
    round_.refresh_from_db()
    view = _view(round_, state.load(round_), attempt, caller, leg)
    turn = own_phone_ring_in.turn(replace(view, target_proven=False), Place("dialling"), TalkOver(was_busy=True))
    if not any(isinstance(fact, TargetMissed) for fact in turn.facts):
        raise RuntimeError("A busy line was not taken as a miss.")
    return _settle(round_, attempt, caller, leg, turn, now)


def _target_turn(round_: Round, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn on the line to which a caller is put through."""
    leg = Leg.objects.get(pk=attempt.reference["leg"])
    current, key = state.load(round_), int(attempt.reference["seat"])
    view = _view(round_, current, attempt, leg.caller_id or VOLUNTEER, leg)
    following = own_phone.onward(current, key)
    turn = own_phone_ring_in.target_turn(
        view,
        _named(round_, key, attempt.language),
        _named(round_, following.key, attempt.language) if following else None,
        Place(**attempt.script) if attempt.script else Place(),
        heard,
    )
    attempt.script = {"phase": turn.place.phase, "asked": turn.place.asked}
    facts.take(round_, leg, turn.facts, now)
    assert not isinstance(turn.answer, ToConnect)
    return turn.answer


def _view(round_: Round, current: Morning, attempt: Attempt, caller: int, leg: Leg | None) -> OwnPhoneView:
    neighbour = own_phone.neighbour(current, caller)
    behind = neighbour.key if neighbour else caller
    target = leg.target_id if leg else None
    following = own_phone.onward(current, target or behind) if neighbour or target else None
    policy = MorningPolicy.of(round_.policy["morning"])
    language = attempt.language
    return OwnPhoneView(
        circle=round_.circle.name,
        language=language,
        caller=_named(round_, caller, language),
        neighbour=_named(round_, neighbour.key, language) if neighbour else None,
        neighbour_is_out=neighbour is not None and not _belongs_here(current, neighbour.key),
        onward=_named(round_, following.key, language) if following else None,
        is_last=caller != VOLUNTEER and own_phone.onward(current, caller) is None,
        gather_seconds=policy.gather_seconds,
        minutes=policy.leg_minutes,
        target=_named(round_, target, language) if target else None,
        target_proven=target is not None and current.member(target).standing in (Standing.WELL, Standing.INCIDENT),
        knows_other_menu=caller != VOLUNTEER,
    )


def _joined(round_: Round, caller: int, target: int, now: datetime) -> Leg:
    return Leg.objects.create(
        round=round_,
        role=Leg.Role.JOINED,
        caller=_seat(round_, caller),
        target=_seat(round_, target),
        state=Leg.State.PROVEN,
        placed_at=now,
    )


def _leg_of(attempt: Attempt) -> Leg | None:
    return Leg.objects.filter(pk=attempt.script.get("leg", 0)).first()


def _seat(round_: Round, key: int) -> Seat | None:
    return round_.seats.filter(pk=key).first()


def _named(round_: Round, key: int, language: str) -> Named:
    if key == VOLUNTEER:
        volunteer = round_.volunteer
        return Named(VOLUNTEER, volunteer.spoken_name if volunteer else say("the_volunteer", language))
    return Named(key, round_.seats.select_related("person").get(pk=key).person.spoken_name)
