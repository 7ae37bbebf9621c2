"""A circle goes to another organisation with all that belongs to it; the old one sees nothing of it any more."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from backend.circles.models import Circle, PaperList, Round, Transfer
from backend.circles.services import paper, transferring
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict, RondjeError
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import closing
from backend.notifications.models import Letter, Message
from backend.people.models import Consent, Organisation, Person, Role
from backend.people.services import consents
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


def transfer(morning: Morning, to: Organisation, **more: str) -> Transfer:
    agreed = {"agreed_from": "M. Bos, coordinator, 20-11", "agreed_to": "K. de Wit, manager, 21-11", **more}
    return transferring.transfer(morning.circle.pk, to, actor=SYSTEM, now=clock.now(), **agreed)


@pytest.fixture
def west(morning: Morning) -> Organisation:
    """Samen West, which takes the circle over; a morning with a case lies behind it."""
    mornings.set_time("08:30")
    morning.start()
    riet = morning.person("Riet")
    now = clock.now()
    purpose = Consent.Purpose.CIRCLE
    consents.give(person=riet, purpose=purpose, given_at=now, how="visit", actor=SYSTEM, now=now)
    incident = morning.case_about("Riet")
    closing.record_outcome(
        incident, member_id=None, outcome=Outcome.FOUND_WELL, actor=SYSTEM, name="Bram", now=clock.now()
    )
    Round.objects.update(state="closed", closed_how="received", closed_at=now)
    return mornings.an_organisation("anders", "Samen West")


def test_everything_goes_along_and_the_old_organisation_sees_nothing(morning: Morning, west: Organisation) -> None:
    old = morning.organisation
    theirs, ours = Client(), Client()
    theirs.force_login(mornings.a_user("west", west, Role.Kind.COORDINATOR))
    ours.force_login(mornings.a_user("oost", old, Role.Kind.COORDINATOR))
    incident = Incident.objects.get()
    transfer(morning, west)
    circle = f"/circles/{morning.circle.pk}/"
    for address in (circle, f"{circle}members/", f"/incidents/{incident.pk}/"):
        assert theirs.get(address).status_code == 200, address
        assert ours.get(address).status_code == 404, address
    assert "Riet" not in ours.get("/today/").content.decode()
    assert not Person.objects.filter(organisation=old).exists()
    assert not Incident.objects.filter(organisation=old).exists()
    kinds = set(Event.objects.filter(organisation_id=old.pk).values_list("subject_kind", flat=True))
    assert kinds <= {"organisation"}, "what remains names no circle, morning, case or person"
    assert Consent.objects.get().person.organisation == west


def test_lists_of_names_and_numbers_do_not_stay_with_the_old_organisation(morning: Morning, west: Organisation) -> None:
    """The evening's list: a text that has not gone yet, and a letter that waits for the mail server."""
    morning.organisation.email = "oost@example.org"
    morning.organisation.save()
    round_ = Round.objects.get()
    with transaction.atomic():
        paper.issue(round_, PaperList.Reason.EVENING, clock.now())
    texts = Message.objects.filter(host=paper.HOST)
    assert texts.count() == 1 and Letter.objects.get().state == "queued"
    transfer(morning, west)
    assert texts.get().organisation == west
    assert texts.get().state == "cancelled"
    assert Letter.objects.get().state == "expired"
    assert not Message.objects.filter(organisation=morning.organisation).exists()


def test_the_old_organisation_keeps_the_counts(morning: Morning, west: Organisation) -> None:
    made = transfer(morning, west)
    assert made.aggregates == {"members": 8, "mornings": {"received": 1}, "cases": {"no_answer": 1}}
    assert (made.agreed_from, made.agreed_to) == ("M. Bos, coordinator, 20-11", "K. de Wit, manager, 21-11")


def test_an_open_case_or_a_running_morning_blocks_it(morning: Morning, west: Organisation) -> None:
    Round.objects.update(state="running")
    with pytest.raises(Conflict, match="A morning of this circle is going on"):
        transfer(morning, west)
    Round.objects.update(state="closed")
    Incident.objects.update(state="open", closed_at=None)
    with pytest.raises(Conflict, match="open case"):
        transfer(morning, west)
    assert Circle.objects.get().organisation == morning.organisation
    assert not Person.objects.filter(organisation=west).exists()


def test_without_the_word_of_both_nothing_moves(morning: Morning, west: Organisation) -> None:
    with pytest.raises(RondjeError, match="both organisations"):
        transfer(morning, west, agreed_to=" ")


def test_the_command_says_what_to_do_next_or_what_stands_in_the_way(
    morning: Morning, west: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = ("--agreed-from=M. Bos, 20-11", "--agreed-to=K. de Wit, 21-11")
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("transfer_circle", f"--circle={morning.circle.pk}", "--to=nergens", *agreed)
    call_command("transfer_circle", f"--circle={morning.circle.pk}", "--to=anders", *agreed)
    assert "De Linde belongs to Samen West now" in capsys.readouterr().out
