"""Mail: queued with the decision, sent over real SMTP, tried until it has gone, and never made twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from backend.events import clock
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.models import Letter
from backend.notifications.registry import Enclosure
from backend.notifications.services import post
from backend.people.models import Organisation
from backend.people.services.registering import register_organisation
from stack.ports import free_port
from worker import lanes

pytestmark = pytest.mark.django_db(transaction=True)
EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


class Mailbox:
    """What a mail server took; `refuses` makes it answer as a full or broken one does."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuses = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- the library's name
        if self.refuses:
            return self.refuses
        self.received.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
    settings.DEFAULT_FROM_EMAIL = "Rondje <rondje@welzijn.example>"
    yield handler
    server.stop()


@pytest.fixture
def organisation(settings: Any) -> Organisation:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=EVENING, rate=0)
    return register_organisation(slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001")


def a_letter(organisation: Organisation, **more: Any) -> bool:
    facts = {
        "key": "list:1:2026-11-24",
        "address": "anneke@welzijn.example",
        "subject": "Bellijst De Linde",
        "body": "Zie de bijlage.",
        "expires_at": EVENING + timedelta(hours=14),
    }
    return post.queue_letter(organisation=organisation, **(facts | more))


def test_a_letter_goes_out_once_with_what_is_enclosed(
    mailbox: Mailbox, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        registry.enclosures, "a list", lambda reference, now: Enclosure(f"lijst-{reference['circle']}.pdf", b"%PDF-1.7")
    )
    assert a_letter(organisation, enclosure="a list", reference={"circle": 7})
    assert post.send_due() == 1
    (mail,) = mailbox.received
    assert (mail["To"], mail["From"]) == ("anneke@welzijn.example", "Rondje <rondje@welzijn.example>")
    assert mail["Message-ID"] == f"<{Letter.objects.get().uuid}@welzijn.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    (enclosed,) = mail.iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content_type()) == ("lijst-7.pdf", "application/pdf")
    assert post.send_due() == 0
    assert Letter.objects.get().state == Letter.State.SENT


def test_a_mail_server_that_fails_ends_the_look_and_leaves_the_notices_alone(
    mailbox: Mailbox, organisation: Organisation
) -> None:
    mailbox.refuses = "451 Requested action aborted: local error in processing"
    for number in range(3):
        a_letter(organisation, key=f"list:{number}")
    lanes.look(Lane.NOTICE)
    assert set(Letter.objects.values_list("tries", flat=True)) == {0}
    lanes.look(Lane.BULK)
    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_the_same_letter_is_queued_only_once(mailbox: Mailbox, organisation: Organisation) -> None:
    assert a_letter(organisation)
    assert not a_letter(organisation)
    post.send_due()
    assert not a_letter(organisation)
    assert post.send_due() == 0
    assert len(mailbox.received) == 1


def test_a_mail_server_that_refuses_is_tried_again_later_and_the_failure_can_be_seen(
    mailbox: Mailbox, organisation: Organisation
) -> None:
    mailbox.refuses = "451 Requested action aborted: local error in processing"
    a_letter(organisation)
    for tries, seconds in enumerate((2, 4, 8, 16, 32, 64, 64), start=1):
        post.send_due()
        letter = Letter.objects.get()
        assert (letter.state, letter.tries, letter.last_error) == (Letter.State.QUEUED, tries, "SMTPDataError")
        assert letter.due_at == clock.now() + timedelta(seconds=seconds)
        assert post.send_due() == 0
        clock.set_clock(virtual=letter.due_at, rate=0)
    mailbox.refuses = ""
    post.send_due()
    assert len(mailbox.received) == 1


def test_without_a_mail_server_the_letter_waits(organisation: Organisation, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    a_letter(organisation)
    assert post.send_due() == 0, "one failure ends the look"
    assert (Letter.objects.get().state, Letter.objects.get().last_error) == ("queued", "ConnectionRefusedError")


def test_who_dies_between_sending_and_saying_so_leaves_a_letter_that_goes_again_under_the_same_id(
    mailbox: Mailbox, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_letter(organisation)
    with monkeypatch.context() as dying:
        dying.setattr(post, "_done", lambda *_args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            post.send_due()
    assert post.send_due() == 0  # its lease is still running
    Letter.objects.update(leased_until=None)
    post.send_due()
    first, second = mailbox.received
    assert first["Message-ID"] == second["Message-ID"]


def test_a_letter_that_is_no_use_any_more_is_not_sent(mailbox: Mailbox, organisation: Organisation) -> None:
    a_letter(organisation)
    clock.set_clock(virtual=EVENING + timedelta(hours=14), rate=0)
    post.send_due()
    assert (mailbox.received, Letter.objects.get().state) == ([], Letter.State.EXPIRED)


def test_letters_are_forgotten_after_thirty_days_but_never_one_that_waits(
    mailbox: Mailbox, organisation: Organisation
) -> None:
    a_letter(organisation)
    post.send_due()
    a_letter(organisation, key="another")
    assert post.purge(EVENING + timedelta(days=30)) == 0
    assert post.purge(EVENING + timedelta(days=30, seconds=1)) == 1
    assert Letter.objects.get().key == "another"
