"""The inbox and the absences: what staff see, and what they say they have dealt with."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from backend.common.actors import contact
from backend.events import clock
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox, incoming
from backend.people.models import Absence, Role
from backend.people.services.absences import record_absence, withdraw
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


@pytest.fixture
def client(morning: Morning) -> Client:
    mornings.set_time("08:10")
    found = Client()
    found.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    return found


@transaction.atomic
def waits(morning: Morning, body: str, line: str) -> InboxItem:
    text = incoming.receive(morning.organisation, sid=f"SM{body[-12:]}", line=line, body=body, now=clock.now())
    return inbox.show(morning.organisation, InboxItem.Kind.TEXT, line=line, text=text, now=clock.now())


def test_what_waits_is_on_the_board_and_in_the_inbox_until_somebody_has_dealt_with_it(
    client: Client, morning: Morning
) -> None:
    item = waits(morning, "Kan <b>iemand</b> mij helpen met de tv?", "+31130001300")
    for address in ("/today/", "/inbox/"):
        page = client.get(address).content.decode()
        assert "Kan &lt;b&gt;iemand&lt;/b&gt; mij helpen" in page
        assert "Riet Linde" in page
        assert "013 000 13 00" in page
    client.post(f"/inbox/{item.pk}/dealt-with/")
    assert "mij helpen" not in client.get("/today/").content.decode()
    done = client.get("/inbox/").content.decode()
    assert "Afgehandeld door Marijke Bos" in done
    item.refresh_from_db()
    assert item.dealt_with_at is not None
    assert "Iemand heeft dit al afgehandeld" in client.post(f"/inbox/{item.pk}/dealt-with/").content.decode()


def test_the_board_shows_five_and_counts_the_rest(client: Client, morning: Morning) -> None:
    for number in range(7):
        waits(morning, f"bericht {number}", "KPN")
    page = client.get("/today/").content.decode()
    assert "bericht 0" in page
    assert "bericht 5" not in page
    assert "Nog 2 in het postvak" in page


def test_the_inbox_takes_a_constant_number_of_queries(
    client: Client, morning: Morning, django_assert_max_num_queries
) -> None:
    for number in range(40):
        waits(morning, f"{number} bericht", f"+3113000{1300 + number % 8}")
    with django_assert_max_num_queries(22):
        client.get("/inbox/")


def test_staff_note_that_somebody_is_back(client: Client, morning: Morning) -> None:
    riet = morning.person("Riet")
    by = contact(riet.contacts.get().pk, "text", on_behalf_of=f"person:{riet.pk}")
    record_absence(person=riet, first_day=date(2026, 11, 20), last_day=None, reason="away", actor=by)
    record_absence(person=riet, first_day=date(2026, 12, 24), last_day=date(2026, 12, 26), reason="away", actor=by)
    page = client.get("/absences/").content.decode()
    assert "vanaf vrijdag 20 november, tot nader bericht" in page
    assert "van donderdag 24 december tot en met zaterdag 26 december" in page
    assert "Gemeld door familie of buren, per sms" in page
    now, later = Absence.objects.order_by("pk")
    client.post(f"/absences/{now.pk}/end/")
    client.post(f"/absences/{later.pk}/end/")
    now.refresh_from_db()
    later.refresh_from_db()
    assert (now.last_day, now.withdrawn_at) == (date(2026, 11, 22), None)
    assert later.withdrawn_at is not None
    assert "Niemand is afwezig." in client.get("/absences/").content.decode()


def test_a_button_pressed_again_on_an_old_page_does_not_lengthen_an_absence(client: Client, morning: Morning) -> None:
    riet = morning.person("Riet")
    by = contact(riet.contacts.get().pk, "text", on_behalf_of=f"person:{riet.pk}")
    over = record_absence(
        person=riet, first_day=date(2026, 11, 2), last_day=date(2026, 11, 5), reason="hospital", actor=by
    )
    never = record_absence(person=riet, first_day=date(2026, 11, 9), last_day=None, reason="away", actor=by)
    withdraw(never, actor=by)

    for absence in (over, never):
        client.post(f"/absences/{absence.pk}/end/")

    kept = Absence.objects.order_by("pk").values_list("last_day", "withdrawn_at")
    assert list(kept) == [(date(2026, 11, 5), None), (None, never.withdrawn_at)]


def test_long_lists_come_in_pages_and_say_which(client: Client, morning: Morning) -> None:
    for number in range(51):
        waits(morning, f"bericht {number:03}", "KPN")
    first, second = (client.get(f"/inbox/?page={page}").content.decode() for page in (1, 2))
    assert "bericht 000" in first
    assert "bericht 050" not in first
    assert "Pagina 1 van 2" in first
    assert 'href="?page=2"' in first
    assert "bericht 050" in second


def test_many_absences_come_in_pages_with_a_constant_number_of_queries(
    client: Client, morning: Morning, django_assert_max_num_queries
) -> None:
    riet = morning.person("Riet")
    rows = [
        Absence(
            person=riet, first_day=date(2026, 12, 1), last_day=date(2026, 12, 1 + number % 28), recorded_at=clock.now()
        )
        for number in range(60)
    ]
    Absence.objects.bulk_create(rows)
    with django_assert_max_num_queries(12):
        page = client.get("/absences/").content.decode()
    assert page.count("Gaat niet weg") + page.count("Gaat niet") >= 50
    assert "Pagina 1 van 2" in page


@pytest.mark.parametrize("sent", ["²", "9" * 30, ""])
def test_who_is_meant_is_asked_when_the_address_names_nobody(client: Client, morning: Morning, sent: str) -> None:
    answer = client.get(f"/circles/{morning.circle.pk}/absence/", {"person": sent})
    assert answer.status_code == 200
    assert 'value="" selected' in answer.content.decode()
