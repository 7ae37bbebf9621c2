"""What every page says of the machine, and what people see when something is refused, missing or broken."""

from datetime import timedelta

import pytest
from django.test import Client

from backend.common.clock import real_now
from backend.events import heartbeat
from backend.events.models import Heartbeat, Timer
from backend.people.models import Role
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, link_for


def seen(name: str, seconds_ago: int) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": real_now() - timedelta(seconds=seconds_ago)})


def trouble(client: Client, address: str) -> str | None:
    page = client.get(address).content.decode()
    return page.split('data-trouble="')[1].split('"')[0] if "data-trouble" in page else None


@pytest.mark.parametrize(
    ("workers", "drain", "said"),
    [(1, 1, None), (60, 1, "slower"), (1, 60, "alarms_alone"), (60, 60, "standstill")],
)
def test_every_page_says_how_the_machine_is(
    staff: Client, morning: Morning, workers: int, drain: int, said: str | None
) -> None:
    seen(heartbeat.WORKERS, workers)
    seen(heartbeat.DRAIN, drain)
    mornings.set_time("08:30")
    morning.start()
    link = link_for(morning.case_about("Halil"))
    opened = Client()
    opened.post(f"{link}open/")
    for client, address in ((staff, "/today/"), (Client(), "/sign-in/"), (Client(), link), (opened, link)):
        assert trouble(client, address) == said
    for address in (f"/circles/{morning.circle.pk}/", "/banners/", "/nergens/"):
        assert trouble(staff, address) == said


def test_whoever_watches_the_machine_from_outside_is_told_what_the_pages_say(client: Client, db) -> None:
    seen(heartbeat.DRAIN, 1)
    answer = client.get("/healthz/parts/")
    assert (answer.status_code, answer.json()["trouble"]) == (503, "slower")
    seen(heartbeat.WORKERS, 1)
    answer = client.get("/healthz/parts/")
    assert (answer.status_code, answer.json()["trouble"]) == (200, "")
    assert set(answer.json()["seen"]) == {heartbeat.WORKERS, heartbeat.DRAIN}


def test_a_machine_that_never_ran_stands_still(client: Client, db) -> None:
    assert trouble(client, "/sign-in/") == "standstill"


def test_in_a_demo_every_page_says_so_with_its_time(client: Client, morning: Morning) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "Dit is een demonstratie" in page
    assert "<strong>8:25</strong>" in page


def test_outside_a_demo_no_page_does(client: Client, db, settings) -> None:
    settings.RONDJE_DEMO = False
    assert "demonstratie" not in client.get("/sign-in/").content.decode()


def test_operators_see_what_fails_again_and_again(client: Client, morning: Morning) -> None:
    client.force_login(mornings.a_user("otto", morning.organisation, Role.Kind.OPERATOR))
    assert "Er zit niets vast" in client.get("/machine/").content.decode()
    morning.plan()
    Timer.objects.update(tries=9)
    assert "Zoek de fout op" in client.get("/machine/").content.decode()


def test_an_unknown_address_says_so_in_both_languages(client: Client, db) -> None:
    answer = client.get("/nergens/")
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.content.decode()
    client.post("/language/", {"language": "en"})
    assert "This page does not exist" in client.get("/nergens/").content.decode()


def test_a_refusal_is_a_page_or_only_its_sentence_for_a_panel(staff: Client) -> None:
    whole = staff.get("/circles/99/")
    assert whole.status_code == 404
    assert "<html" in whole.content.decode()
    part = staff.get("/circles/99/ring/", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert "<html" not in part.content.decode()
    assert "hoort niet bij uw organisatie" in part.content.decode()


def test_a_form_without_its_token_is_answered_in_words(coordinator, settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "marijke", "password": mornings.PASSWORD})
    assert answer.status_code == 403
    assert "Probeer het nog eens" in answer.content.decode()


def test_a_defect_of_ours_is_answered_in_words_without_the_database(monkeypatch, db) -> None:
    monkeypatch.setattr("backend.web.views.machine.banner_facts", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/banners/")
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.content.decode()
    part = Client(raise_request_exception=False).get("/banners/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
