"""Plays a call's script on a leg, verb by verb."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urljoin

from simulator.calls.conferences import Conferences
from simulator.calls.dialling import dial
from simulator.calls.legs import Leg, Question, ScriptSource
from simulator.calls.progress import call_facts
from simulator.calls.switchboard import Switchboard
from simulator.errors import ScriptError
from simulator.faults import Faults
from simulator.twiml import (
    Conference,
    Dial,
    Gather,
    Hangup,
    Method,
    Number,
    Pause,
    Play,
    Redirect,
    Reject,
    Say,
    Verb,
    parse,
)
from simulator.webhooks import Webhooks

APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."
MOST_DOCUMENTS = 500
"""Scripts fetched in one call; more is a script that redirects for ever."""


class _InterruptedError(Exception):
    """The leg ended, or was redirected, while something played on it."""


@dataclass(frozen=True)
class _Scene:
    """Where a script is being played: the leg, the script's own address, and who is on the line."""

    leg: Leg
    source: ScriptSource
    screening: bool

    def resolve(self, url: str | None, method: Method, facts: dict[str, str]) -> ScriptSource:
        """The next script; an address left out means this script again."""
        if not self.source.url and (not url or "://" not in url):
            raise ScriptError(11100, "Inline TwiML needs absolute addresses.")
        return ScriptSource(urljoin(self.source.url, url or ""), method, facts=tuple(facts.items()))


class Player:
    """Plays scripts. One instance serves all calls; what belongs to a call is on its leg."""

    def __init__(self, switchboard: Switchboard, webhooks: Webhooks, conferences: Conferences, faults: Faults) -> None:
        self._faults = faults
        self._switchboard = switchboard
        self._webhooks = webhooks
        self._conferences = conferences
        self._clock = switchboard.clock

    async def play_call(self, leg: Leg, source: ScriptSource) -> None:
        """Play a call to its end; the leg is ended when the script runs out."""
        await self._play_scripts(leg, source, screening=False)
        self._switchboard.finish(leg, "completed")

    async def screen(self, leg: Leg, source: ScriptSource) -> None:
        """Play a screening script on a dialled leg; if it runs out the leg stays up, to be joined.

        A leg that is redirected meanwhile has left the dial: its `redirect` is still there, to be played on.
        """
        await self._play_scripts(leg, source, screening=True)

    def play_on(self, leg: Leg) -> None:
        """A dialled leg was redirected: it goes its own way, with the script that it was sent to."""
        source = leg.redirect
        assert source is not None
        leg.redirect = None
        self._clock.spawn(self.play_call(leg, source), f"redirected {leg.sid}")

    async def _play_scripts(self, leg: Leg, first: ScriptSource, *, screening: bool) -> None:
        source: ScriptSource | None = first
        may_fall_back = leg.fallback is not None
        documents = 0
        while source is not None and not leg.ended:
            documents += 1
            try:
                if documents > MOST_DOCUMENTS:
                    raise ScriptError(12200, "The script redirects without end.")
                source = await self._play_script(_Scene(leg, source, screening))
            except _InterruptedError:
                if screening:
                    return
                source = leg.redirect
                leg.redirect = None
            except ScriptError as error:
                leg.note("error", code=error.code, text=error.message)
                source = self._fallback(leg, source, error) if may_fall_back else None
                may_fall_back = False
                if source is None:
                    await self._apologise(leg)

    def _fallback(self, leg: Leg, failed: ScriptSource | None, error: ScriptError) -> ScriptSource | None:
        if leg.fallback is None:
            return None
        facts = (("ErrorCode", str(error.code)), ("ErrorUrl", failed.url if failed else ""))
        return replace(leg.fallback, facts=facts)

    async def _apologise(self, leg: Leg) -> None:
        try:
            self._answer_inbound(leg)
            await self._say(leg, Say(APPLICATION_ERROR))
        except _InterruptedError:
            leg.redirect = None
        self._switchboard.finish(leg, "completed")

    async def _play_script(self, scene: _Scene) -> ScriptSource | None:
        source = scene.source
        document = source.twiml
        if document is None:
            form = call_facts(scene.leg) | dict(source.facts)
            try:
                document = await self._webhooks.fetch_twiml(source.method, source.url, form)
            except ScriptError:
                self._check(scene.leg)
                raise
        self._check(scene.leg)
        for verb in parse(document):
            following = await self._play_verb(scene, verb)
            self._check(scene.leg)
            if following is not None:
                return following
        return None

    async def _play_verb(self, scene: _Scene, verb: Verb) -> ScriptSource | None:
        leg = scene.leg
        if scene.screening and isinstance(verb, Dial | Reject):
            raise ScriptError(13236, f"<{type(verb).__name__}> is not allowed in a screening script.")
        if isinstance(verb, Reject):
            self._reject(leg, verb)
            return None
        if not (isinstance(verb, Dial) and verb.answer_on_bridge):
            self._answer_inbound(leg)
        match verb:
            case Say() | Play() | Pause():
                await self._speak(leg, verb, None)
            case Gather():
                return await self._gather(scene, verb)
            case Dial():
                return await self._dial(scene, verb)
            case Redirect():
                return scene.resolve(verb.url, verb.method, {})
            case Hangup():
                self._switchboard.finish(leg, "completed")
        return None

    def _answer_inbound(self, leg: Leg) -> None:
        if leg.direction == "inbound" and leg.answered_at is None and not leg.ended:
            self._switchboard.answer(leg)

    def _reject(self, leg: Leg, verb: Reject) -> None:
        if leg.answered_at is not None:
            raise ScriptError(12200, "<Reject> comes too late: the call has been answered.")
        self._switchboard.finish(leg, "busy" if verb.reason == "busy" else "no-answer")

    async def _speak(self, leg: Leg, part: Say | Play | Pause, question: Question | None) -> None:
        if isinstance(part, Pause):
            await self._linger(leg, part.seconds, question)
            return
        said = 0
        while part.loop == 0 or said < part.loop:
            said += 1
            if isinstance(part, Say):
                await self._say(leg, part, question)
            else:
                await self._play(leg, part, question)
            if question is not None and question.keys:
                return

    async def _play(self, leg: Leg, part: Play, question: Question | None) -> None:
        if self._faults.quirks.recordings == "ended":
            raise ScriptError(11200, f"The recording {part.url} could not be fetched.")
        if self._faults.quirks.recordings == "skipped":
            leg.note("error", code=11200, text=f"The recording {part.url} could not be fetched.")
            return
        leg.note("plays", url=part.url)
        await self._linger(leg, part.seconds, question)

    async def _say(self, leg: Leg, say: Say, question: Question | None = None) -> None:
        leg.hear(say.text, self._clock.now())
        await self._linger(leg, say.seconds, question)

    async def _linger(self, leg: Leg, seconds: float, question: Question | None = None) -> None:
        """Let time pass on the line; a key to an open question cuts it short."""

        def over() -> bool:
            return leg.ended or leg.redirect is not None or (question is not None and bool(question.keys))

        await self._clock.wait_for(leg.signal, over, seconds=seconds)
        self._check(leg)

    async def _gather(self, scene: _Scene, verb: Gather) -> ScriptSource | None:
        leg = scene.leg
        question = leg.ask(verb.prompt, self._clock.now())
        try:
            for part in verb.prompts:
                if not question.keys:
                    await self._speak(leg, part, question)
            await self._collect(leg, question, verb)
        finally:
            leg.question = None
        digits, finish, _ = "".join(question.keys).partition(verb.finish_on_key or "\0")
        if not digits and not verb.action_on_empty_result:
            return None
        facts = {"Digits": digits[: verb.num_digits], "msg": "Gather End"}
        if finish:
            facts["FinishedOnKey"] = finish
        return scene.resolve(verb.action, verb.method, facts)

    async def _collect(self, leg: Leg, question: Question, verb: Gather) -> None:
        keys = question.keys

        def complete() -> bool:
            finished = bool(verb.finish_on_key) and verb.finish_on_key in keys
            return finished or (verb.num_digits is not None and len(keys) >= verb.num_digits)

        while not complete():
            seen = len(keys)

            def more(seen: int = seen) -> bool:
                return leg.ended or leg.redirect is not None or len(keys) > seen

            in_time = await self._clock.wait_for(leg.signal, more, seconds=verb.timeout)
            self._check(leg)
            if not in_time:
                return

    async def _dial(self, scene: _Scene, verb: Dial) -> ScriptSource | None:
        facts = await (
            self._confer(scene, verb, verb.target)
            if isinstance(verb.target, Conference)
            else self._dial_number(scene, verb, verb.target)
        )
        self._check(scene.leg)
        self._answer_inbound(scene.leg)
        return None if verb.action is None else scene.resolve(verb.action, verb.method, facts)

    async def _confer(self, scene: _Scene, verb: Dial, target: Conference) -> dict[str, str]:
        if target.status_callback:
            callback = scene.resolve(target.status_callback, "POST", {})
            target = replace(target, status_callback=callback.url)
        self._answer_inbound(scene.leg)
        await self._conferences.confer(scene.leg, verb, target)
        return {"DialCallStatus": "answered"}

    async def _dial_number(self, scene: _Scene, verb: Dial, target: Number) -> dict[str, str]:
        if target.url:
            target = replace(target, url=scene.resolve(target.url, target.method, {}).url)
        if target.status_callback:
            target = replace(target, status_callback=scene.resolve(target.status_callback, "POST", {}).url)
        dialled = await dial(self._switchboard, scene.leg, verb, target, self)
        # A leg that was sent elsewhere is still going on; for this call its dial is over all the same.
        facts = {"DialCallStatus": dialled.status if dialled.ended else "completed", "DialCallSid": dialled.sid}
        if dialled.answered_at is not None:
            facts["DialCallDuration"] = str(dialled.duration or 0)
        return facts

    def _check(self, leg: Leg) -> None:
        if leg.ended or leg.redirect is not None:
            raise _InterruptedError
