"""Prompts as TwiML."""

from collections.abc import Mapping

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from backend.common.languages import FALLBACK, VOICES
from backend.notifications.carriers.twilio import addresses
from backend.notifications.domain.prompts import Ask, AskDigits, Connect, End, Hold, Join, Prompt, Room
from backend.notifications.domain.recordings import Played, pieces

HANDED_OVER_RINGS = 45
HANDED_OVER_LASTS = 3600
"""Seconds that a person is rung for, and that the talk may last, when a call is left to them."""


def _say(verb: VoiceResponse | Gather, text: str, voice: str, recorded: Mapping[str, str]) -> None:
    """Speech, and recordings in place of the sentences that have one."""
    for piece in pieces(text, recorded):
        if isinstance(piece, Played):
            verb.play(piece.url)
        else:
            verb.say(piece.text, language=voice)


def render(prompt: Prompt, *, attempt: str, step: int, language: str, recorded: Mapping[str, str] | None = None) -> str:
    """The TwiML for a prompt. Whatever is asked is said twice: who is slow to pick up hears all of it.

    `recorded` gives the addresses of recordings by sentence (see `selectors.recordings`).

    A Gather that times out does not request its action (carrier text): the redirect behind it reports silence.
    """
    voice = VOICES.get(language, VOICES[FALLBACK])
    recordings = recorded or {}
    response = VoiceResponse()
    match prompt:
        case Ask() | AskDigits():
            several = isinstance(prompt, AskDigits)
            gather = Gather(
                action=addresses.voice(attempt, "digits" if several else "key", step),
                num_digits=prompt.most if isinstance(prompt, AskDigits) else 1,
                timeout=prompt.seconds,
                input="dtmf",
            )
            _say(gather, prompt.text, voice, recordings)
            gather.pause(length=1)
            _say(gather, prompt.text, voice, recordings)
            response.append(gather)
            response.redirect(addresses.voice(attempt, "silence", step))
        case Connect():
            if prompt.text:
                _say(response, prompt.text, voice, recordings)
            dial = Dial(
                answer_on_bridge=True,
                hangup_on_star=True,
                action=addresses.voice(attempt, "dialled", step),
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
        case Hold():
            gather = Gather(
                action=addresses.voice(attempt, "key", step), num_digits=1, timeout=prompt.seconds, input="dtmf"
            )
            _say(gather, prompt.text, voice, recordings)
            response.append(gather)
            response.redirect(addresses.voice(attempt, "silence", step))
        case Room():
            if prompt.text:
                _say(response, prompt.text, voice, recordings)
            dial = Dial(
                hangup_on_star=prompt.star_ends,
                action=addresses.voice(attempt, "dialled", step),
                time_limit=prompt.seconds,
            )
            dial.conference(
                prompt.name, start_conference_on_enter=True, end_conference_on_exit=True, wait_url="", beep="false"
            )
            response.append(dial)
        case Join():
            pass
        case End():
            if prompt.text:
                _say(response, prompt.text, voice, recordings)
            response.hangup()
    return str(response)


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
