"""Conferences: rooms in which calls hear each other. Source: Twilio's TwiML reference, <Conference>.

A room comes into being when the first call enters, and is gone when it has ended; the same name is a new room then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.calls.legs import CallbackTarget, Leg
from simulator.clock import Clock
from simulator.courier import Courier, Letter
from simulator.faults import Faults
from simulator.moments import rfc2822
from simulator.sids import Sids
from simulator.twiml import Conference, Dial

WAITING_MUSIC = "(music)"


@dataclass(eq=False)
class Room:
    """A conference that is going on. `sid` is the carrier's; callbacks go where the first who entered said."""

    name: str
    account_sid: str
    callback: CallbackTarget | None
    sid: str
    inside: dict[str, Leg] = field(default_factory=dict)
    started: bool = False
    over: bool = False
    sequence: int = 0

    def others(self, leg: Leg) -> list[Leg]:
        """Who else is inside."""
        return [other for other in self.inside.values() if other is not leg]


class Conferences:
    """All rooms, by account and name."""

    def __init__(self, clock: Clock, courier: Courier, sids: Sids, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._courier = courier
        self._sids = sids
        self.rooms: dict[tuple[str, str], Room] = {}

    async def confer(self, leg: Leg, verb: Dial, target: Conference) -> None:
        """Carry a <Dial><Conference> through: until the call ends or is redirected, the room or the limit is over.

        `*` ends this call's part when the <Dial> has hangupOnStar.
        """
        room = self._enter(leg, verb, target)
        await self._clock.wait_for(
            leg.signal,
            lambda: room.over or leg.ended or leg.redirect is not None or leg.star_pressed,
            seconds=verb.time_limit if self._faults.quirks.conference_time_limit else None,
        )
        self._leave(leg, room, target)

    def _enter(self, leg: Leg, verb: Dial, target: Conference) -> Room:
        room = self.rooms.get((leg.account_sid, target.name))
        if room is None:
            room = Room(target.name, leg.account_sid, _callback(target), self._sids.next("CF"))
            self.rooms[leg.account_sid, target.name] = room
        room.inside[leg.sid] = leg
        leg.in_room = True
        leg.star_ends = verb.hangup_on_star
        leg.star_pressed = False
        leg.note("enters_conference", room=room.name)
        self._tell(room, "join", leg)
        began = not room.started and target.start_on_enter
        if began:
            room.started = True
            self._tell(room, "start", leg)
        self._introduce(room)
        if leg.peer is None and not target.waits_in_silence:
            leg.hear(WAITING_MUSIC, self._clock.now())
        return room

    def _introduce(self, room: Room) -> None:
        """Once it has started, everyone who has company hears the others."""
        if not room.started:
            return
        for leg in room.inside.values():
            others = room.others(leg)
            if leg.peer is None and others:
                leg.join(others[0], self._clock.now(), as_caller=leg.star_ends, in_conference=True)

    def _leave(self, leg: Leg, room: Room, target: Conference) -> None:
        now = self._clock.now()
        room.inside.pop(leg.sid, None)
        leg.in_room = False
        leg.star_ends = False
        leg.part(now)
        leg.note("leaves_conference", room=room.name)
        self._tell(room, "leave", leg)
        if not room.over and (target.end_on_exit or not room.inside):
            room.over = True
            self.rooms.pop((room.account_sid, room.name), None)
        if room.over and not room.inside:
            self._tell(room, "end", leg)
            self._courier.flush(room.sid)
        for other in room.inside.values():
            if other.peer is leg:
                other.part(now)
            other.signal.fire()
        if not room.over:
            self._introduce(room)

    def _tell(self, room: Room, event: str, leg: Leg) -> None:
        target = room.callback
        if target is None or event not in target.events:
            return
        form = {
            "AccountSid": room.account_sid,
            "ConferenceSid": room.sid,
            "FriendlyName": room.name,
            "StatusCallbackEvent": f"{'participant' if event in {'join', 'leave'} else 'conference'}-{event}",
            "SequenceNumber": str(room.sequence + 1),
            "Timestamp": rfc2822(self._clock.now()),
        }
        if event in {"join", "leave"}:
            form["CallSid"] = leg.sid
        room.sequence += 1
        self._courier.post(Letter(room.sid, "call", f"conference-{event}", target, form, last=event == "end"))


def _callback(target: Conference) -> CallbackTarget | None:
    if target.status_callback is None:
        return None
    return CallbackTarget(target.status_callback, target.status_callback_method, target.status_callback_events)
