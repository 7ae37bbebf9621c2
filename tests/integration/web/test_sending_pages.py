"""What staff see of calls and texts: what went out, what did not and why, what it costs, and in whose words."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from backend.common import actors
from backend.events import clock
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.domain.costs import Prices
from backend.notifications.models import Attempt, Message, OptOut, Way
from backend.notifications.selectors import texts
from backend.notifications.services import opting_out, organising, queueing
from backend.people.models import Organisation
from backend.people.services import registering
from tests.integration.web import mornings

MOBILE, LANDLINE = "+31600000123", "+31130000456"


def message(organisation: Organisation, **more) -> Message:
    """Something queued; what happened to it is said by `more`."""
    mine = {"person": None, "way": Way.TEXT, "line": MOBILE, "lane": Lane.NOTICE, "host": "incidents", "subject_id": 1}
    queued = queueing.queue(organisation=organisation, expires_at=clock.now() + timedelta(hours=1), body="Dag!", **mine)
    Message.objects.filter(pk=queued.pk).update(**more)
    queued.refresh_from_db()
    return queued


def attempt(organisation: Organisation, number: int, **more) -> Attempt:
    """Something that the carrier has taken."""
    values = {"kind": "call", "line": LANDLINE, "host": "circles.round", "subject_id": 1, "state": "completed"}
    values |= {"sid": f"CA{number}", "created_at": clock.now(), "organisation": organisation}
    return Attempt.objects.create(**(values | more))


def test_a_refused_message_says_why_and_shows_no_more_than_three_digits(staff: Client, organisation) -> None:
    message(organisation, state="expired", outcome="expired")
    message(organisation, state="failed", outcome="opted_out")
    refused = message(organisation, state="failed", outcome="failed")
    attempt(organisation, 1, message=refused, kind="text", state="failed", error_code="21614")
    page = staff.get("/sent/?show=refused").content.decode()
    assert "Het kon niet weg voordat het geen zin meer had." in page
    assert "Dit nummer wil geen sms&#x27;jes." in page
    assert "Een vaste lijn ontvangt geen sms&#x27;jes." in page
    assert "…123" in page
    assert MOBILE not in page
    assert "0000123" not in page


def test_undecided_request_is_said_to_be_so_with_the_time_at_which_the_carrier_was_asked(
    staff: Client, organisation
) -> None:
    unknown = message(organisation, state="under_way")
    attempt(organisation, 1, message=unknown, kind="text", state="undecided", sid="", asked_at=mornings.at("08:31"))
    page = staff.get("/sent/").content.decode()
    assert "Niemand weet of dit weg is. Om 08:31:00 is het de aanbieder gevraagd." in page


def test_who_wants_no_texts_is_seen_by_name(staff: Client, organisation) -> None:
    registering.register_person(organisation=organisation, given_name="Riet", family_name="Linde", phones=[MOBILE])
    opting_out.opt_out(organisation, MOBILE, how=OptOut.How.KEYWORD)
    page = staff.get("/sent/").content.decode()
    assert "Riet Linde" in page
    assert "door STOP te antwoorden" in page


def test_the_page_of_messages_takes_the_same_number_of_queries_for_one_or_for_forty(
    staff: Client, organisation, django_assert_num_queries
) -> None:
    message(organisation)
    staff.get("/sent/")
    with CaptureQueriesContext(connection) as one:
        staff.get("/sent/")
    for _more in range(39):
        message(organisation)
    with django_assert_num_queries(len(one)):
        staff.get("/sent/")


def test_costs_by_programme_with_started_minutes_and_segments(staff: Client, organisation) -> None:
    organising.set_prices(
        organisation,
        Prices(landline_minute=Decimal("0.02"), mobile_minute=Decimal("0.05"), text_segment=Decimal("0.08")),
        Decimal(1),
        actor=actors.user(1),
    )
    attempt(organisation, 1, seconds=61)  # two started minutes
    attempt(organisation, 2, line=MOBILE, kind="dialled", sid="", seconds=30)
    answered = {"answered_at": clock.now() - timedelta(seconds=200), "ended_at": clock.now()}
    attempt(organisation, 3, **answered)  # the carrier counted nothing; we count four minutes
    attempt(organisation, 4, host="incidents", kind="text", segments=2)
    attempt(organisation, 5, host="incidents", sid="", state="failed")  # never accepted: never billed
    rows = list(csv.reader(io.StringIO(staff.get("/costs/download/").content.decode())))
    assert rows[1:] == [
        ["2026-11", "circles", "3", "7", "0", "0", "0.17"],
        ["2026-11", "incidents", "0", "0", "1", "2", "0.16"],
    ]
    page = staff.get("/costs/").content.decode()
    assert "€ 0,33" in page


@pytest.mark.parametrize(("segments", "said"), [(7, None), (8, "80 procent"), (10, "is op")])
def test_the_board_warns_of_the_budget_and_stops_nothing(staff: Client, organisation, segments: int, said) -> None:
    prices = Prices(text_segment=Decimal("0.1"))
    organising.set_prices(organisation, prices, Decimal(1), actor=actors.user(1))
    attempt(organisation, 1, kind="text", segments=segments)
    board = staff.get("/today/").content.decode()
    assert (said in board) if said else ("budget van deze maand" not in board)


def test_own_words_are_used_and_words_that_cannot_serve_are_given_back_with_the_reason(
    staff: Client, organisation
) -> None:
    address = "/texts/incidents.alert/nl/"
    refused = staff.post(address, {"words": "Kom gauw! {naam} {link}"})
    assert refused.status_code == 422
    assert "Er is geen plek die {naam} heet." in refused.content.decode()
    assert "Kom gauw! {naam} {link}" in refused.content.decode(), "bad input never loses good input"
    assert "Dit moet erin staan: {link}" in staff.post(address, {"words": "Kom gauw!"}).content.decode()
    assert staff.post(address, {"words": "Kom gauw, {reason}: {link} ş"}).status_code == 302
    organisation.refresh_from_db()
    assert texts.words_of(organisation, "incidents.alert", "nl") == "Kom gauw, {reason}: {link} ş"
    page = staff.get("/texts/").content.decode()
    assert "2 sms-delen, vanwege ‘ş’" in page
    staff.post(address, {"words": ""})
    organisation.refresh_from_db()
    assert texts.words_of(organisation, "incidents.alert", "nl").startswith("{label}: {reason}.")


def test_words_that_were_spoilt_behind_our_back_do_not_stop_an_alarm(organisation) -> None:
    organisation.settings = {"texts": {"incidents.alert": {"nl": "{0.__class__} {link}"}}}
    made = texts.text(
        organisation, "incidents.alert", "nl", label="De Linde", reason="iemand", link="https://x.example"
    )
    assert made.startswith("De Linde: iemand.")


def test_every_text_is_named_in_dutch_and_fits_its_example() -> None:
    with translation.override("nl"):
        assert [
            one.code for one in registry.templates.values() if translation.gettext(one.purpose) == one.purpose
        ] == []
    for template in registry.templates.values():
        for language in ("nl", "en"):
            assert "{" not in template.preview(template.default(language), language)
