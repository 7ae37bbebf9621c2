"""A circle goes to another organisation by a question on one side and a yes on the other."""

from datetime import time
from io import BytesIO

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from backend.circles.models import Round, Transfer, TransferOffer
from backend.circles.services import membership, transfer_offers
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.people.models import Consent, Organisation, Person, Role
from backend.people.services import consents
from tests.integration.web import mornings
from tests.integration.web.mornings import NAMES, Morning


@pytest.fixture
def west(organisation: Organisation) -> Organisation:
    """Samen West, which may take the circle over; its own number and duty telephone are others than ours."""
    made = mornings.an_organisation("anders", "Samen West")
    made.phone, made.duty_phone = "+31130009100", "+31130009101"
    made.save()
    return made


@pytest.fixture
def theirs(west: Organisation) -> Client:
    """The browser of Kees, who coordinates at Samen West."""
    client = Client()
    client.force_login(mornings.a_user("kees", west, Role.Kind.COORDINATOR))
    return client


def ask(staff: Client, morning: Morning, to: str = "anders") -> tuple[int, str]:
    fields = {"to": to, "agreed": "M. Bos, manager"}
    answer = staff.post(f"/circles/{morning.circle.pk}/transfer/", fields, follow=True)
    return answer.status_code, answer.content.decode()


def accept(theirs: Client) -> tuple[int, str]:
    address = f"/transfers/{TransferOffer.objects.latest('pk').pk}/"
    answer = theirs.post(address, {"agreed": "K. de Wit, manager"}, follow=True)
    return answer.status_code, answer.content.decode()


def test_one_asks_the_other_says_yes_and_everything_is_theirs(staff: Client, theirs: Client, morning: Morning) -> None:
    now, riet = clock.now(), morning.person("Riet")
    purpose = Consent.Purpose.CIRCLE
    consents.give(person=riet, purpose=purpose, given_at=now, how="visit", actor=SYSTEM, now=now)
    agreed_to = Consent.objects.get().wording
    status, page = ask(staff, morning)
    assert (status, "De vraag is gesteld" in page) == (200, True)
    assert staff.get(f"/circles/{morning.circle.pk}/").status_code == 200, "nothing has moved yet"
    assert "De Linde, van Welzijn Oost" in theirs.get("/today/").content.decode()

    status, page = accept(theirs)

    assert (status, "De cirkel is nu van u" in page) == (200, True)
    assert "Riet Linde" in page
    assert staff.get(f"/circles/{morning.circle.pk}/").status_code == 404
    made = Transfer.objects.get()
    assert (made.agreed_from, made.agreed_to) == ("M. Bos, manager", "K. de Wit, manager")
    assert made.actor.startswith("user:")
    assert Consent.objects.get().wording == agreed_to, "in the words in which it was given"
    for side in (staff, theirs):
        shown = side.get("/transfers/").content.decode()
        assert "K. de Wit, manager" in shown
        assert "Riet" not in shown


def test_the_members_are_told_in_the_new_organisations_name(
    staff: Client, theirs: Client, morning: Morning, west: Organisation
) -> None:
    """They have no mobile here: each is rung with the news."""
    ask(staff, morning)
    accept(theirs)
    told = Message.objects.filter(host="circles.news")
    assert {message.person.given_name for message in told} == set(NAMES)
    assert {(message.organisation, message.way, message.reference["news"]) for message in told} == {
        (west, "call", "transferred")
    }
    assert {message.reference["day"] for message in told} == {"2026-11-23"}


def test_before_the_yes_they_see_how_many_and_when_but_nobodys_name(
    staff: Client, theirs: Client, morning: Morning
) -> None:
    ask(staff, morning)
    page = theirs.get(f"/transfers/{TransferOffer.objects.get().pk}/").content.decode()
    assert "Welzijn Oost vraagt of Samen West deze cirkel overneemt. Daar besloten door: M. Bos, manager." in page
    assert "<dd>8</dd>" in page
    assert "<dd>08:30</dd>" in page
    assert not [name for name in (*NAMES, "Lindelaan", "013 000 1300") if name in page.split("<main")[1]]


def test_an_open_case_stands_in_the_way_and_the_question_stays_open(
    staff: Client, theirs: Client, morning: Morning
) -> None:
    mornings.set_time("08:30")
    morning.start()
    morning.case_about("Halil")
    ask(staff, morning)
    assert accept(theirs)[0] == 409
    Round.objects.update(state="closed", closed_how="received", closed_at=clock.now())
    status, page = accept(theirs)
    assert (status, "open melding" in page) == (409, True)
    assert TransferOffer.objects.get().state == "open"
    Incident.objects.update(state="closed", closed_at=clock.now())
    assert accept(theirs)[0] == 200


def test_what_only_the_other_side_may_know_is_told_to_the_other_side(
    staff: Client, theirs: Client, morning: Morning, west: Organisation
) -> None:
    membership.create_circle(organisation=west, name="De Linde", start=time(8, 30), weekdays=[0])
    assert ask(staff, morning)[0] == 200
    status, page = accept(theirs)
    assert (status, "heeft al een cirkel met deze naam" in page) == (409, True)
    assert Transfer.objects.count() == 0


@pytest.mark.parametrize(
    ("to", "status", "words"),
    [
        ("nergens", 422, "Geen organisatie heeft deze korte naam"),
        ("", 422, "Geef de korte naam"),
        ("welzijn", 409, "De cirkel is al van deze organisatie"),
    ],
)
def test_a_question_to_nobody_is_refused_in_words(
    staff: Client, morning: Morning, to: str, status: int, words: str
) -> None:
    found, page = ask(staff, morning, to)
    assert (found, words in page) == (status, True)
    assert TransferOffer.objects.count() == 0


def test_two_questions_about_one_circle_are_one_too_many(staff: Client, morning: Morning, west: Organisation) -> None:
    ask(staff, morning)
    status, page = ask(staff, morning)
    assert (status, "Er is al een organisatie gevraagd" in page) == (409, True)


@pytest.mark.parametrize(("what", "who"), [("withdraw", "staff"), ("decline", "theirs")])
def test_a_question_that_is_taken_back_or_declined_moves_nothing_and_may_be_asked_again(
    staff: Client, theirs: Client, morning: Morning, what: str, who: str
) -> None:
    ask(staff, morning)
    asked = TransferOffer.objects.get()
    side = {"staff": staff, "theirs": theirs}[who]
    assert side.post(f"/transfers/{asked.pk}/{what}/").status_code == 302
    assert theirs.get(f"/transfers/{asked.pk}/").status_code == 404
    with pytest.raises(Conflict, match="answered or withdrawn"):
        transfer_offers.accept(asked.pk, agreed="K. de Wit", actor=SYSTEM, now=clock.now())
    assert not Person.objects.filter(organisation__slug="anders").exists()
    assert ask(staff, morning)[0] == 200


def test_the_operators_command_takes_an_open_question_back(staff: Client, morning: Morning, west: Organisation) -> None:
    ask(staff, morning)
    mornings.an_organisation("derde", "Samen Zuid")
    agreed = ("--agreed-from=M. Bos, 20-11", "--agreed-to=K. de Wit, 21-11")
    call_command("transfer_circle", f"--circle={morning.circle.pk}", "--to=derde", *agreed)
    assert TransferOffer.objects.get().state == "withdrawn"


def test_the_letters_say_who_rings_from_when_a_page_each(staff: Client, theirs: Client, morning: Morning) -> None:
    fatima = morning.person("Fatima")
    fatima.language = "en"
    fatima.save()
    ask(staff, morning)
    accept(theirs)
    mornings.minutes_later(3 * 24 * 60)
    answer = theirs.get(f"/circles/{morning.circle.pk}/letters.pdf")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(pages) == len(NAMES)
    riet, fatimas = " ".join(pages[0].split()), " ".join(pages[NAMES.index("Fatima")].split())
    assert "Riet Linde Lindelaan 1 5000 AA Tilburg" in riet
    assert "Samen West heeft telefooncirkel De Linde overgenomen van Welzijn Oost." in riet
    assert "Vanaf maandag 23 november belt Samen West u, rond 08:30, van dit nummer: 013 000 91 00" in riet
    assert "Bel: 013 000 91 01" in riet
    assert "From Monday 23 November on Samen West rings you" in fatimas


def test_letters_of_a_circle_that_was_always_ours_speak_of_no_transfer(staff: Client, morning: Morning) -> None:
    answer = staff.get(f"/circles/{morning.circle.pk}/letters.pdf")
    text = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    assert "belt Welzijn Oost u, rond 08:30, van dit nummer: 013 000 90 00" in text
    assert "overgenomen" not in text
