"""Prompts as TwiML."""

from collections.abc import Mapping
from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from backend.common.languages import FALLBACK, VOICES
from backend.notifications.carriers.twilio import addresses
from backend.notifications.domain.prompts import Ask, AskDigits, Connect, End, Hold, Join, Prompt, Room
from backend.notifications.domain.recordings import Played, pieces

HANDED_OVER_RINGS = 45
HANDED_OVER_LASTS = 3600
"""Seconds that a person is rung for, and that the talk may last, when a call is left to them."""


@dataclass(frozen=True)
class _Turn:
    """Which turn of which call it is, and how it speaks."""

    attempt: str
    step: int
    voice: str
    recorded: Mapping[str, str]

    def say(self, verb: VoiceResponse | Gather, text: str) -> None:
        """Speech, and recordings in place of the sentences that have one."""
        for piece in pieces(text, self.recorded):
            if isinstance(piece, Played):
                verb.play(piece.url)
            else:
                verb.say(piece.text, language=self.voice)

    def address(self, what: str) -> str:
        """Where the carrier says what came of it."""
        return addresses.voice(self.attempt, what, self.step)


def render(prompt: Prompt, *, attempt: str, step: int, language: str, recorded: Mapping[str, str] | None = None) -> str:
    """The TwiML for a prompt. Whatever is asked is said twice: who is slow to pick up hears all of it.

    `recorded` gives the addresses of recordings by sentence (see `selectors.recordings`).

    A Gather that times out does not request its action (carrier text): the redirect behind it reports silence.
    """
    turn = _Turn(attempt, step, VOICES.get(language, VOICES[FALLBACK]), recorded or {})
    response = VoiceResponse()
    match prompt:
        case Ask() | AskDigits():
            _ask(turn, prompt, response)
        case Connect():
            _connect(turn, prompt, response)
        case Hold():
            _hold(turn, prompt, response)
        case Room():
            _room(turn, prompt, response)
        case Join():
            pass
        case End():
            if prompt.text:
                turn.say(response, prompt.text)
            response.hangup()
    return str(response)


def _ask(turn: _Turn, prompt: Ask | AskDigits, response: VoiceResponse) -> None:
    several = isinstance(prompt, AskDigits)
    gather = Gather(
        action=turn.address("digits" if several else "key"),
        num_digits=prompt.most if isinstance(prompt, AskDigits) else 1,
        timeout=prompt.seconds,
        input="dtmf",
    )
    turn.say(gather, prompt.text)
    gather.pause(length=1)
    turn.say(gather, prompt.text)
    response.append(gather)
    response.redirect(turn.address("silence"))


def _connect(turn: _Turn, prompt: Connect, response: VoiceResponse) -> None:
    if prompt.text:
        turn.say(response, prompt.text)
    dial = Dial(
        answer_on_bridge=True,
        hangup_on_star=True,
        action=turn.address("dialled"),
        timeout=prompt.ring_seconds,
        time_limit=prompt.limit_seconds,
    )
    dial.number(
        prompt.line,
        url=addresses.voice(prompt.leg, "answer", 0),
        status_callback=addresses.status(prompt.leg),
        status_callback_event="initiated ringing answered completed",
    )
    response.append(dial)


def _hold(turn: _Turn, prompt: Hold, response: VoiceResponse) -> None:
    gather = Gather(action=turn.address("key"), num_digits=1, timeout=prompt.seconds, input="dtmf")
    turn.say(gather, prompt.text)
    response.append(gather)
    response.redirect(turn.address("silence"))


def _room(turn: _Turn, prompt: Room, response: VoiceResponse) -> None:
    if prompt.text:
        turn.say(response, prompt.text)
    dial = Dial(hangup_on_star=prompt.star_ends, action=turn.address("dialled"), time_limit=prompt.seconds)
    dial.conference(prompt.name, start_conference_on_enter=True, end_conference_on_exit=True, wait_url="", beep="false")
    response.append(dial)


def handed_over(text: str, *, line: str, otherwise: str, language: str) -> str:
    """The TwiML of a call that is left to a person: nothing in it asks us anything more. No `line`: only words."""
    voice = VOICES.get(language, VOICES[FALLBACK])
    response = VoiceResponse()
    response.say(text, language=voice)
    if line:
        response.dial(line, timeout=HANDED_OVER_RINGS, time_limit=HANDED_OVER_LASTS)
    response.say(otherwise or text, language=voice)
    response.hangup()
    return str(response)


def elsewhere(url: str) -> str:
    """The TwiML that sends a call to the static words outside this application."""
    response = VoiceResponse()
    response.redirect(url, method="GET")
    return str(response)
