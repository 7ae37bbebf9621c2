"""TwiML: what is understood, with the carrier's defaults, and what is refused."""

from __future__ import annotations

import pytest

from simulator.errors import ScriptError
from simulator.twiml import Dial, Gather, Hangup, Number, Pause, Redirect, Reject, Say, parse, parse_replies


def test_a_question_with_its_prompt() -> None:
    [gather, hangup] = parse(
        """<Response><Gather input="dtmf" numDigits="1" timeout="9" action="/key" method="GET">
        <Say language="nl-NL" voice="Polly.Lotte">Goedemorgen.</Say><Pause length="2"/><Say>Druk op 1.</Say>
        </Gather><Hangup/></Response>"""
    )
    assert gather == Gather(
        prompts=(Say("Goedemorgen."), Pause(2), Say("Druk op 1.")),
        action="/key",
        method="GET",
        num_digits=1,
        timeout=9,
    )
    assert isinstance(gather, Gather)
    assert gather.prompt == "Goedemorgen. Druk op 1."
    assert hangup == Hangup()


def test_the_carriers_defaults() -> None:
    assert parse("<Response><Gather/><Dial>+31600001002</Dial><Redirect>/a</Redirect><Reject/></Response>") == (
        Gather(timeout=5, finish_on_key="#"),
        Dial(Number("+31600001002"), timeout=30, time_limit=14_400),
        Redirect("/a", "POST"),
        Reject("rejected"),
    )


def test_a_dial_with_screening_and_callbacks() -> None:
    [dial] = parse(
        """<Response><Dial answerOnBridge="true" hangupOnStar="true" callerId="+31130000100" timeout="20"
        timeLimit="180" action="/after"><Number url="/screen" statusCallback="/status"
        statusCallbackEvent="ringing answered">+31600001002</Number></Dial></Response>"""
    )
    target = Number(
        "+31600001002",
        url="/screen",
        status_callback="/status",
        status_callback_events=frozenset({"ringing", "answered"}),
    )
    assert dial == Dial(
        target,
        action="/after",
        timeout=20,
        time_limit=180,
        hangup_on_star=True,
        answer_on_bridge=True,
        caller_id="+31130000100",
    )


def test_speech_takes_time() -> None:
    assert Say("x" * 140).seconds == 10
    assert Say("Hoi").seconds == 1


def test_speech_may_be_marked_up() -> None:
    [say] = parse('<Response><Say>Druk <break time="1s"/> op <prosody rate="slow">één</prosody>.</Say></Response>')
    assert say == Say("Druk op één.")


@pytest.mark.parametrize(
    "script",
    [
        "<Antwoord/>",
        "<Response><Enqueue/></Response>",
        '<Response><Gather input="dtmf speech"/></Response>',
        '<Response><Gather speechTimeout="3"/></Response>',
        '<Response><Gather timeout="soon"/></Response>',
        '<Response><Gather timeout="-1"/></Response>',
        "<Response><Gather><Dial>+31600001002</Dial></Gather></Response>",
        "<Response><Dial><Number>+31600001002</Number><Number>+31600001003</Number></Dial></Response>",
        '<Response><Dial hangupOnStar="ja">+31600001002</Dial></Response>',
        '<Response><Dial><Number sendDigits="1">+31600001002</Number></Dial></Response>',
        '<Response><Dial><Number statusCallbackEvent="begun">+31600001002</Number></Dial></Response>',
        '<Response><Redirect method="PUT">/a</Redirect></Response>',
        '<Response><Reject reason="tired"/></Response>',
        "<Response><Say><Play>a.mp3</Play></Say></Response>",
        "<Response>" + " " * 70_000 + "</Response>",
    ],
)
def test_what_is_refused(script: str) -> None:
    with pytest.raises(ScriptError):
        parse(script)


def test_answers_to_a_text() -> None:
    assert parse_replies("") == ()
    assert parse_replies("<Response/>") == ()
    assert parse_replies("<Response><Message>Dank u wel.</Message></Response>") == ("Dank u wel.",)
    with pytest.raises(ScriptError):
        parse_replies("<Response><Say>Hallo</Say></Response>")
    with pytest.raises(ScriptError, match="larger than 64 kB"):
        parse_replies(f"<Response><Message>{'x' * 70_000}</Message></Response>")
