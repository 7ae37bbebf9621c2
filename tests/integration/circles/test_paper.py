"""The list on paper: what is on it, when it goes out by itself, and that it goes out once."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from backend.circles.models import PaperList
from backend.circles.printing.call_list import as_pdf, as_text
from backend.circles.selectors.paper import list_on_paper, mailboxes
from backend.circles.services import paper, planning, watchdog
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event
from backend.notifications.models import Attempt, Letter, Message
from backend.notifications.services import post
from backend.people.models import Role
from backend.people.services.absences import record_absence
from backend.people.services.mailboxes import set_mailbox
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, Morning
from worker import lanes

DAY = MONDAY.date()


@pytest.fixture
def morning(settings: Any, transactional_db: None) -> Morning:
    """A circle of eight on the evening before its Monday; two addresses are known."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=mornings.at("18:00") - timedelta(days=1), rate=0)
    told = Morning(mornings.an_organisation())
    set_mailbox(told.volunteer, "anneke@welzijn.example", actor=SYSTEM)
    set_mailbox(told.organisation, "wijk@welzijn.example", actor=SYSTEM)
    told.circle.organisation.refresh_from_db()
    return told


def words_on(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def at_seven(day_before: bool = True) -> None:
    """It is 19:00 of the Sunday, and the lanes look."""
    clock.set_clock(virtual=mornings.at("19:00") - timedelta(days=1), rate=0)
    look()


def look() -> None:
    """The list is made in one lane, and its letters go out in another: a mail server that hangs holds up nothing."""
    lanes.look("notice")
    lanes.look("bulk")


def test_every_evening_tomorrows_list_goes_to_whoever_is_on_duty_and_to_the_organisation(morning: Morning) -> None:
    planning.plan(clock.now())
    look()
    assert mail.outbox == []
    at_seven()
    assert sorted(one.to[0] for one in mail.outbox) == ["anneke@welzijn.example", "wijk@welzijn.example"]
    (name, content, kind) = mail.outbox[0].attachments[0]
    assert (name, kind) == (f"bellijst-{morning.circle.pk}-2026-11-23.pdf", "application/pdf")
    assert mail.outbox[0].subject == "Bellijst De Linde voor 23-11-2026"
    assert "Riet Linde" in words_on(content)


def test_it_goes_out_once_however_often_anybody_looks(morning: Morning) -> None:
    planning.plan(clock.now())
    at_seven()
    for _again in range(3):
        with transaction.atomic():
            assert not paper.issue(morning.round, PaperList.Reason.EVENING, clock.now())
        post.send_due()
    assert len(mail.outbox) == 2
    assert Message.objects.filter(host=paper.HOST).count() == 1


def test_an_evening_that_the_machine_slept_through_is_made_up_for_when_it_wakes(morning: Morning) -> None:
    planning.plan(clock.now())
    clock.set_clock(virtual=mornings.at("05:00"), rate=0)
    look()
    assert len(mail.outbox) == 2


def test_the_text_has_first_names_and_numbers_only(morning: Morning) -> None:
    planning.plan(clock.now())
    at_seven()
    text = Message.objects.get(host=paper.HOST)
    assert text.line == "+31600000100"
    assert text.body.startswith("De Linde 23-11: 1 Riet 013 000 13 00, 2 Halil 013 000 13 01, 3 Truus")
    assert "Linde," not in text.body.replace("De Linde", "")
    assert "Lindelaan" not in text.body


def test_the_list_has_the_ring_the_keys_and_what_to_do_but_not_where_keys_lie(morning: Morning) -> None:
    record_absence(person=morning.person("Sjef"), first_day=DAY, last_day=DAY, reason="away", actor=SYSTEM)
    said = words_on(as_pdf(list_on_paper(morning.circle, DAY), clock.now()))
    order = [said.index(f"{number} {name} Linde") for number, name in enumerate(mornings.NAMES, start=1)]
    assert order == sorted(order)
    assert "4 Sjef Linde afwezig" in said
    assert "maandag 23-11-2026, begin 08:30" in said
    assert "Dienst: Anneke de Vries 06 0000 01 00, Bram de Vries 06 0000 01 01" in said
    assert "Buurvrouw Janssen 013 000 90 77: heeft een sleutel" in said
    assert "Lindelaan 1, 5000 AA Tilburg" in said
    assert "Bel 013 000 90 01. Dat nummer neemt dag en nacht op." in said
    assert "regenpijp" not in said


def test_in_mid_morning_it_says_who_was_reached_and_where_the_ring_broke_off(morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    morning.goes_well(2)
    said = words_on(as_pdf(list_on_paper(morning.circle, DAY), clock.now()))
    assert "Het belrondje is afgebroken." in said
    assert said.count("✓ 08:30") == 2
    assert as_text(list_on_paper(morning.circle, DAY)).startswith("De Linde 23-11: 1 Truus")


def test_a_carrier_outage_sends_the_list_at_once_by_mail_and_once(morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    Attempt.objects.create(
        organisation=morning.organisation,
        kind=Attempt.Kind.CALL,
        line="+31130001399",
        host="circles.round",
        subject_id=morning.round.pk,
        state=Attempt.State.UNDECIDED,
        error_code="timeout",
        created_at=clock.now(),
    )
    for wall in ("08:33", "08:34", "08:50"):
        mornings.set_time(wall)
        watchdog.watch(clock.now())
        post.send_due()
    assert [one.subject for one in mail.outbox] == [
        "NU ZELF BELLEN: telefoonstoring. Bellijst De Linde van 23-11-2026"
    ] * 2
    assert not Message.objects.filter(host=paper.HOST).exists()


def test_a_machine_that_stands_still_sends_what_is_needed_within_the_hour_and_nothing_else(morning: Morning) -> None:
    planning.plan(clock.now())
    mornings.set_time("07:15")
    assert paper.stand_still(PaperList.Reason.MACHINE, clock.now()) == 0
    mornings.set_time("07:45")
    assert paper.stand_still(PaperList.Reason.MACHINE, clock.now()) == 1
    assert paper.stand_still(PaperList.Reason.MACHINE, clock.now()) == 0
    assert [(one.date, one.reason) for one in PaperList.objects.all()] == [(DAY, "machine")]


def test_a_list_that_nobody_can_receive_is_recorded_and_still_texted(morning: Morning) -> None:
    set_mailbox(morning.volunteer, "", actor=SYSTEM)
    set_mailbox(morning.organisation, "", actor=SYSTEM)
    planning.plan(clock.now())
    at_seven()
    assert mailboxes(morning.circle, DAY) == []
    assert Letter.objects.count() == 0
    assert Event.objects.get(kind="circles.paper_list").payload["letters"] == 0
    assert Message.objects.filter(host=paper.HOST).count() == 1


def test_a_coordinator_prints_a_list_at_any_time_and_says_where_it_goes(morning: Morning, client: Client) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    address = f"/circles/{morning.circle.pk}/paper/"
    answer = client.get(f"{address}list.pdf?day=2026-11-23")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert "Riet Linde" in words_on(answer.content)
    assert client.get(f"{address}list.pdf?day=morgen").status_code == 400
    field = f"person-{morning.volunteer.pk}"
    wrong = client.post(address, {field: "geen adres", "organisation": "bureau@welzijn.example"})
    assert wrong.status_code == 422
    assert "bureau@welzijn.example" in wrong.content.decode()  # what was typed well is not lost
    assert client.post(address, {field: "anneke@nieuw.example", "organisation": ""}).status_code == 302
    morning.circle.refresh_from_db()
    assert mailboxes(morning.circle, DAY)[0] == "anneke@nieuw.example"
