"""What the carrier may and may not tell us: signatures, unknown and late things, replays."""

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from backend.circles.models import Round, Seat
from backend.incidents.models import Incident
from backend.notifications.carriers.twilio import webhooks
from backend.notifications.menu import broken as menu_broken
from backend.notifications.models import Attempt, Callback, InboundText, InboxItem, Message
from backend.notifications.running import run_lane
from tests.support.story import ANNEKE, CIRCLE_NUMBER, DUTY_PHONE, Story
from worker import lanes

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ringing(story: Story) -> Attempt:
    """The volunteer has been asked to press 1; nobody has yet."""
    story.on_duty("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("anneke", ANNEKE, habits=["manual"])
    story.lives("riet", "+31130001300")
    story.lives("sjef", "+31130001301")
    story.start()
    story.town.resident("anneke").expect_call("Druk op 1")
    return Attempt.objects.get(kind=Attempt.Kind.CALL)


def post(settings, path: str, form: dict[str, str], token: str | None = None):
    """A request as the carrier makes it, signed with a token (its own, unless told)."""
    signature = RequestValidator(token or settings.TWILIO_AUTH_TOKEN).compute_signature(
        settings.RONDJE_PUBLIC_URL + path, form
    )
    return Client().post(path, form, headers={"X-Twilio-Signature": signature})


def key(attempt: Attempt, step: int, digit: str = "1") -> tuple[str, dict[str, str]]:
    return f"/carrier/voice/{attempt.pk}/key/{step}", {"CallSid": attempt.sid, "Digits": digit}


def test_request_with_a_wrong_signature_changes_nothing(ringing: Attempt, settings) -> None:
    answer = post(settings, *key(ringing, 1), token="somebody-else")
    assert answer.status_code == 403
    assert "signature" in answer.content.decode()
    assert Attempt.objects.get(pk=ringing.pk).step == 1
    for path in ("/carrier/status/" + str(ringing.pk), "/carrier/inbound/voice", "/carrier/inbound/text"):
        assert post(settings, path, {"CallSid": "CA1"}, token="somebody-else").status_code == 403


def test_both_tokens_are_accepted_while_one_is_rotated(ringing: Attempt, settings) -> None:
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = "simulator-the-old-one"
    assert post(settings, *key(ringing, 1), token="simulator-the-old-one").status_code == 200


SECOND_SID, SECOND_TOKEN = "AC" + "0" * 24 + "0000002e", "simulator-of-the-second"


@pytest.fixture
def two_accounts(ringing: Attempt, settings) -> Attempt:
    """The call went by the first account; there is a second one."""
    settings.TWILIO_ACCOUNT_SID_2, settings.TWILIO_AUTH_TOKEN_2 = SECOND_SID, SECOND_TOKEN
    settings.TWILIO_AUTH_TOKEN_PREVIOUS_2 = "simulator-the-old-one-of-the-second"
    return ringing


def test_the_other_accounts_token_opens_nothing(two_accounts: Attempt, settings) -> None:
    """Neither a question nor a report about a call of the first account, nor what comes in on its number."""
    question, answer = key(two_accounts, 1)
    comes_in = {"CallSid": "CA77", "MessageSid": "SM77", "From": "+31130001300", "To": CIRCLE_NUMBER, "Body": "HULP"}
    comes_in["AccountSid"] = settings.TWILIO_ACCOUNT_SID
    for path, form in (
        (question, answer),
        (question, answer | {"AccountSid": SECOND_SID}),
        (f"/carrier/status/{two_accounts.pk}", {"CallSid": two_accounts.sid, "CallStatus": "completed"}),
        ("/carrier/inbound/voice", comes_in),
        ("/carrier/inbound/text", comes_in),
    ):
        for token in (SECOND_TOKEN, settings.TWILIO_AUTH_TOKEN_PREVIOUS_2):
            assert post(settings, path, form, token=token).status_code == 403, path
    assert Attempt.objects.get(pk=two_accounts.pk).step == 1
    assert not Attempt.objects.filter(kind=Attempt.Kind.INBOUND).exists()
    assert not InboundText.objects.exists()


@pytest.mark.parametrize("token", [SECOND_TOKEN, "simulator-the-old-one-of-the-second"])
def test_a_call_of_the_second_account_is_signed_with_its_own_tokens(two_accounts: Attempt, settings, token) -> None:
    Attempt.objects.filter(pk=two_accounts.pk).update(account="second")
    assert post(settings, *key(two_accounts, 1)).status_code == 403
    assert post(settings, *key(two_accounts, 1), token=token).status_code == 200
    comes_in = {"CallSid": "CA77", "From": "+31130001300", "To": CIRCLE_NUMBER, "AccountSid": SECOND_SID}
    assert post(settings, "/carrier/inbound/voice", comes_in).status_code == 403
    assert post(settings, "/carrier/inbound/voice", comes_in, token=token).status_code == 200
    assert Attempt.objects.get(kind=Attempt.Kind.INBOUND).account == "second"


def test_an_account_that_is_configured_no_more_is_believed_no_more(ringing: Attempt, settings) -> None:
    Attempt.objects.filter(pk=ringing.pk).update(account="second")
    assert post(settings, *key(ringing, 1)).status_code == 403
    assert post(settings, *key(ringing, 1), token=SECOND_TOKEN).status_code == 403


def test_unknown_attempt_is_refused_for_a_question_and_taken_calmly_for_a_status(ringing: Attempt, settings) -> None:
    answer = post(settings, f"/carrier/voice/{UNKNOWN}/key/1", {"CallSid": "CA1", "Digits": "1"})
    assert answer.status_code == 404
    assert "unknown" in answer.content.decode()
    assert post(settings, f"/carrier/status/{UNKNOWN}", {"CallSid": "CA1", "CallStatus": "ringing"}).status_code == 200


def test_repeated_request_gets_the_same_answer_and_counts_once(ringing: Attempt, settings) -> None:
    first = post(settings, *key(ringing, 1))
    again = post(settings, *key(ringing, 1))
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert Attempt.objects.get(pk=ringing.pk).step == 2
    assert Message.objects.filter(line="+31130001300").count() == 1, "Riet is rung once"


def test_replayed_key_is_refused(ringing: Attempt, settings) -> None:
    post(settings, *key(ringing, 1))
    answer = post(settings, *key(ringing, 1, digit="9"))
    assert answer.status_code == 409
    assert "answered already" in answer.content.decode()
    assert not Seat.objects.filter(standing="incident").exists()


def test_same_status_counts_once(ringing: Attempt, settings) -> None:
    before = Callback.objects.count()
    for _again in range(3):
        post(settings, f"/carrier/status/{ringing.pk}", {"CallSid": ringing.sid, "CallStatus": "completed"})
    assert Callback.objects.count() == before + 1


def test_inbound_call_to_a_number_that_is_nobodys(ringing: Attempt, settings) -> None:
    form = {"CallSid": "CA77", "From": "+31130001300", "To": "+31130009999"}
    assert post(settings, "/carrier/inbound/voice", form).status_code == 404


def test_inbound_call_asked_for_twice_is_one_call(ringing: Attempt, settings) -> None:
    form = {"CallSid": "CA77", "From": "+31130001300", "To": CIRCLE_NUMBER}
    first = post(settings, "/carrier/inbound/voice", form)
    again = post(settings, "/carrier/inbound/voice", form)
    assert first.content == again.content
    assert "Goedemorgen Riet" in first.content.decode()
    assert Attempt.objects.filter(kind=Attempt.Kind.INBOUND).count() == 1


def test_only_posts_are_answered(ringing: Attempt) -> None:
    assert Client().get(f"/carrier/voice/{ringing.pk}/key/1").status_code == 405


@pytest.mark.parametrize("line", ["", "anonymous", "+266696687", "Restricted"])
def test_a_caller_without_number_reaches_a_person(ringing: Attempt, settings, line: str) -> None:
    """Nobody is free: the number to ring back is asked for, keyed in, read back and noted."""
    form = {"CallSid": "CA77", "From": line, "To": CIRCLE_NUMBER}
    asked = post(settings, "/carrier/inbound/voice", form).content.decode()
    assert "U wordt nu doorverbonden met een medewerker" in asked
    assert DUTY_PHONE in asked
    call = Attempt.objects.get(kind=Attempt.Kind.INBOUND)
    asked = post(settings, f"/carrier/voice/{call.pk}/dialled/1", {"DialCallStatus": "no-answer"}).content.decode()
    assert "Toets het nummer in waarop wij u kunnen terugbellen" in asked
    assert not InboxItem.objects.exists()
    asked = post(settings, f"/carrier/voice/{call.pk}/digits/2", {"Digits": "112"}).content.decode()
    assert "Dat is geen nummer dat wij kunnen bellen" in asked
    asked = post(settings, f"/carrier/voice/{call.pk}/digits/3", {"Digits": "0600001234"}).content.decode()
    assert "U toetste 0 6 0 0 0 0 1 2 3 4" in asked
    assert "Wij bellen u terug" in post(settings, *key(call, 4)).content.decode()
    assert InboxItem.objects.get().line == "+31600001234"


def test_a_key_after_hanging_up_still_calls_for_help_and_dials_nobody(ringing: Attempt, settings) -> None:
    form = {"CallSid": "CA77", "From": "+31130001300", "To": CIRCLE_NUMBER}
    post(settings, "/carrier/inbound/voice", form)
    call = Attempt.objects.get(kind=Attempt.Kind.INBOUND)
    post(settings, f"/carrier/status/{call.pk}", {"CallSid": "CA77", "CallStatus": "completed"})
    run_lane("live")
    assert "Dial" not in post(settings, *key(call, 1, "0")).content.decode()
    assert Incident.objects.count() == 0
    again = post(settings, *key(call, 2, "9"))
    assert again.status_code == 200
    assert Incident.objects.get().kind == "help"


def test_a_recording_of_the_organisation_is_played_instead_of_speech(ringing: Attempt, settings) -> None:
    organisation = ringing.organisation
    address = "https://opname.example/hulp.mp3"
    organisation.settings = {"recordings": {"nl": {"notifications.menu_end": address}}}
    organisation.save()
    form = {"CallSid": "CA77", "From": "+31130001300", "To": CIRCLE_NUMBER}
    said = post(settings, "/carrier/inbound/voice", form).content.decode()
    assert f"<Play>{address}</Play>" in said
    assert "Goedemorgen Riet" in said
    assert "Blijf aan de lijn, of druk op 0" not in said


@pytest.fixture
def broken(ringing: Attempt, story: Story) -> Attempt:
    """Every turn about this morning's round fails, as it would by a defect of ours."""
    story.may_fail = True
    Round.objects.update(policy={"nonsense": 1})
    return ringing


def test_a_turn_that_fails_gives_whoever_pressed_a_key_to_a_person(broken: Attempt, settings) -> None:
    answer = post(settings, *key(broken, 1, digit="9"))
    words = answer.content.decode()
    assert answer.status_code == 200, "an error would have the carrier play an English apology, and hang up"
    assert "Wij verbinden u door met een medewerker" in words
    assert f">{DUTY_PHONE}</Dial>" in words
    assert "Belt u alstublieft 0 1 3 0 0 0 9 0 0 1" in words, "said when nobody answers there"
    post(settings, *key(broken, 1, digit="9"))
    assert [(item.kind, item.line) for item in InboxItem.objects.all()] == [("fault", ANNEKE)], "shown once a number"


def test_a_turn_that_fails_before_anybody_has_pressed_a_key_only_says_whom_to_ring(broken: Attempt, settings) -> None:
    """It may be a voicemail: nobody on the duty telephone is to talk to that."""
    words = post(settings, f"/carrier/voice/{broken.pk}/silence/1", {"CallSid": broken.sid}).content.decode()
    assert "<Dial" not in words
    assert words.count("Belt u alstublieft 0 1 3 0 0 0 9 0 0 1") == 2


def test_a_caller_whose_turn_fails_is_put_through_and_rung_back_until_a_person_takes_it(
    broken: Attempt, settings
) -> None:
    form = {"CallSid": "CA77", "From": "+31130001300", "To": CIRCLE_NUMBER}
    post(settings, "/carrier/inbound/voice", form)
    call = Attempt.objects.get(kind=Attempt.Kind.INBOUND)
    words = post(settings, *key(call, 1)).content.decode()
    assert f">{DUTY_PHONE}</Dial>" in words
    lanes.look("alarm")
    assert [(item.kind, item.note) for item in InboxItem.objects.all()] == [("call_back", "fault")]
    assert Attempt.objects.filter(line=DUTY_PHONE, kind=Attempt.Kind.CALL).exists()


def test_what_failed_is_logged_without_the_words_of_the_error(broken: Attempt, settings, caplog) -> None:
    post(settings, *key(broken, 1))
    record = next(record for record in caplog.records if record.levelname == "ERROR")
    assert str(broken.pk) in record.getMessage()
    assert str(record.exc_info[1]) == "KeyError"


def test_with_the_database_away_the_words_at_the_fallback_address_are_said_or_our_own(settings) -> None:
    settings.RONDJE_FALLBACK_URL = "https://static.example/fallback.xml"
    away = webhooks._handed_over(menu_broken.NOBODY).content.decode()
    assert '<Redirect method="GET">https://static.example/fallback.xml</Redirect>' in away
    settings.RONDJE_FALLBACK_URL = ""
    assert "Is er gevaar? Bel 112" in webhooks._handed_over(menu_broken.NOBODY).content.decode()
