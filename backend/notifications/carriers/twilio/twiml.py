"""Prompts as TwiML."""

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from backend.notifications.carriers.twilio import addresses
from backend.notifications.domain.prompts import Ask, Connect, End, Hold, Join, Prompt, Room

VOICES = {"nl": "nl-NL", "en": "en-GB"}


def render(prompt: Prompt, *, attempt: str, step: int, language: str) -> str:
    """The TwiML for a prompt. Whatever is asked is said twice: who is slow to pick up hears all of it.

    A Gather that times out does not request its action (carrier text): the redirect behind it reports silence.
    """
    voice = VOICES.get(language, VOICES["nl"])
    response = VoiceResponse()
    match prompt:
        case Ask():
            gather = Gather(
                action=addresses.voice(attempt, "key", step), num_digits=1, timeout=prompt.seconds, input="dtmf"
            )
            gather.say(prompt.text, language=voice)
            gather.pause(length=1)
            gather.say(prompt.text, language=voice)
            response.append(gather)
            response.redirect(addresses.voice(attempt, "silence", step))
        case Connect():
            if prompt.text:
                response.say(prompt.text, language=voice)
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
            gather.say(prompt.text, language=voice)
            response.append(gather)
            response.redirect(addresses.voice(attempt, "silence", step))
        case Room():
            if prompt.text:
                response.say(prompt.text, language=voice)
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
                response.say(prompt.text, language=voice)
            response.hangup()
    return str(response)
