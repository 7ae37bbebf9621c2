"""Staff come in by name and password; the language is theirs to choose."""

import pytest
from django.test import Client

from backend.people.models import User
from tests.integration.web import mornings
from tests.integration.web.mornings import PASSWORD


def sign_in(client: Client, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"username": "marijke", "password": password, **more})


def test_the_right_password_leads_to_the_page_that_was_asked_for(client: Client, coordinator: User) -> None:
    asked = client.get("/machine/")
    assert asked["Location"] == "/sign-in/?next=/machine/"
    assert sign_in(client, next="/machine/")["Location"] == "/machine/"


@pytest.mark.parametrize("elsewhere", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: Client, coordinator: User, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere)["Location"] == "/today/"


def test_a_wrong_password_is_refused_in_words(client: Client, coordinator: User) -> None:
    answer = sign_in(client, "verkeerd")
    assert answer.status_code == 422
    assert "horen niet bij elkaar" in answer.content.decode()


def test_after_five_failures_one_waits_five_minutes_also_with_the_right_password(
    client: Client, coordinator: User
) -> None:
    for _failure in range(5):
        assert sign_in(client, "verkeerd").status_code == 422
    assert sign_in(client).status_code == 429
    mornings.minutes_later(6)
    assert sign_in(client).status_code == 302


def test_failures_from_one_address_lock_nobody_out_at_another(client: Client, coordinator: User) -> None:
    for _failure in range(6):
        sign_in(client, "verkeerd")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_behind_a_proxy_of_ours_each_visitor_has_a_limit_of_their_own(
    client: Client, coordinator: User, settings
) -> None:
    settings.RONDJE_TRUSTED_PROXIES = 1
    for _failure in range(5):
        sign_in(Client(headers={"x-forwarded-for": "198.51.100.9, 192.0.2.8"}), "verkeerd")
    assert sign_in(Client(headers={"x-forwarded-for": "192.0.2.8"})).status_code == 429
    assert sign_in(Client(headers={"x-forwarded-for": "192.0.2.8, 192.0.2.7"})).status_code == 302


def test_signing_out_ends_it(staff: Client) -> None:
    assert staff.get("/today/").status_code == 200
    staff.post("/sign-out/")
    assert staff.get("/today/").status_code == 302


def test_dutch_comes_first_and_english_can_be_chosen(client: Client, coordinator: User) -> None:
    assert "Aanmelden" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    page = client.get("/sign-in/").content.decode()
    assert 'lang="en"' in page
    assert "Sign in" in page
    assert "Aanmelden" not in page


def test_a_panel_of_somebody_who_is_signed_out_takes_the_whole_page_to_the_sign_in(client: Client, db) -> None:
    answer = client.get("/today/panels/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/sign-in/"


def test_no_page_with_names_stays_in_a_browsers_cache(staff: Client) -> None:
    assert "no-store" in staff.get("/today/")["Cache-Control"]
