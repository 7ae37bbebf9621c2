"""The pages on which anybody reserves: what is typed wrongly costs nothing, and what is kept is one's own."""

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from backend.events import clock
from backend.events.models import Event
from backend.meals.models import Evening, Plate, Reservation
from backend.meals.services import codes, evenings, reservation_links
from backend.meals.web.public_words import FOODS
from backend.meals.web.views import online
from backend.notifications.models import Message
from tests.support.pages import one_line
from tests.support.restos import MANAGER, Table, a_resto, at

NOW = at("11:00", date(2026, 11, 23))
PAGE = "/eten/tafel-oost/2026-11-24/"
FILLED = {
    "covers": "2",
    "name": "Riet Linde",
    "phone": "06 0000 1700",
    "plate-TOTAL_FORMS": "3",
    "plate-INITIAL_FORMS": "0",
    "what": "reserve",
}


@pytest.fixture
def table(settings, db) -> Table:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return a_resto()


@pytest.fixture
def evening(table: Table) -> Evening:
    return table.evening()


def reserves(client: Client, page: str = PAGE, **more: str) -> HttpResponse:
    return client.post(page, {**FILLED, **more})


def the_code(line: str = "+31600001700") -> str:
    found = re.search(r"\d{6}", Message.objects.filter(host=codes.HOST, line=line).latest("pk").body)
    assert found is not None
    return found[0]


def comes_in(client: Client, **more: str) -> str:
    """Reserve and confirm; the address of one's own page."""
    asked = reserves(client, **more)
    assert asked.status_code == 302, one_line(asked)
    done = client.post(asked["Location"], {"code": the_code()})
    assert done.status_code == 302, one_line(done)
    return done["Location"]


def test_from_the_form_by_the_code_to_ones_own_page(client: Client, evening: Evening) -> None:
    assert "Met hoeveel mensen komt u?" in one_line(client.get(PAGE))
    asked = reserves(client)
    assert "Wij hebben u een sms gestuurd" in one_line(client.get(asked["Location"]))
    assert "Wij houden uw plaats vast tot 11:15." in one_line(client.get(asked["Location"]))
    own = client.get(client.post(asked["Location"], {"code": f" {the_code()[:3]} {the_code()[3:]} "})["Location"])
    shown = one_line(own)
    assert "U bent welkom" in shown
    assert "2 personen" in shown
    assert re.search(r"Uw groepswoord: <strong class=\"token\">[BCDFHJKLMNPQRTVWX3479]{5}</strong>", shown)
    assert "Riet" not in shown
    assert Reservation.objects.get().state == "reserved"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Geef een naam."),
        ({"phone": "12"}, "Op dit nummer kunnen we u niet bereiken."),
        ({"phone": "112"}, "Op dit nummer kunnen we u niet bereiken."),
        ({"phone": "06 0000 1700 of 013 000 1700"}, "Vul één telefoonnummer in."),
        ({"covers": "0"}, "Een reservering is voor minstens één persoon."),
        ({"covers": "11"}, "Aan onze grootste tafel is plaats voor 10 mensen. Komt u met meer? Bel ons"),
        ({"covers": "100"}, "Bel ons voor zo veel mensen."),
        ({"group": "ANDER"}, "Niemand die deze avond komt heeft dit groepswoord."),
        ({"plate-0-without": "pork", "plate-0-people": "3"}, "Er zijn meer mensen die iets niet eten dan er meekomen."),
        (
            {"plate-0-without": "nuts", "plate-0-own_plate": "on"},
            "Vul een voornaam in, zodat het bord goed terechtkomt.",
        ),
        ({"plate-1-name": "Bea"}, "Vink aan wat niet gegeten wordt. Is dat niets, laat dit deel dan leeg."),
        ({"plate-0-people": "2"}, "Vink aan wat niet gegeten wordt. Is dat niets, laat dit deel dan leeg."),
        ({"plate-0-without": "religie"}, "Dit eten kent de keuken niet."),
    ],
)
def test_what_is_typed_wrongly_is_said_and_what_was_right_stays(
    client: Client, evening: Evening, wrong: dict[str, str], sentence: str
) -> None:
    answer = reserves(client, **{"note": "Ik eet langzaam", **wrong})
    assert answer.status_code == 422
    assert sentence in one_line(answer)
    assert "Ik eet langzaam" in one_line(answer)
    assert Reservation.objects.count() == 0


def test_a_form_that_says_it_has_many_parts_is_read_as_far_as_there_are_any(client: Client, evening: Evening) -> None:
    assert reserves(client, **{"plate-TOTAL_FORMS": "900"}).status_code == 422
    assert Reservation.objects.count() == 0


def test_what_is_not_eaten_is_one_plate_for_each_of_so_many(client: Client, evening: Evening) -> None:
    comes_in(
        client,
        covers="4",
        **{
            "plate-0-without": "pork",
            "plate-0-people": "2",
            "plate-1-without": "nuts",
            "plate-1-own_plate": "on",
            "plate-1-name": "Sem",
        },
    )
    plates = Plate.objects.order_by("pk").values_list("without", "own_plate", "name")
    assert list(plates) == [(["pork"], False, ""), (["pork"], False, ""), (["nuts"], True, "Sem")]


def test_a_full_evening_offers_to_wait_with_the_same_form_and_the_same_code(client: Client, table: Table) -> None:
    full = table.evening(chairs=10)
    table.reserves(full, "Truus", NOW, covers=9)
    assert 'value="wait"' not in one_line(reserves(client, covers="11"))
    refused = reserves(client)
    assert "Er is geen plaats meer voor 2." in one_line(refused)
    assert 'value="wait"' in one_line(refused)
    asked = reserves(client, what="wait")
    own = client.get(client.post(asked["Location"], {"code": the_code()})["Location"])
    assert "U staat op de wachtlijst" in one_line(own)
    table.reserves(full, "Jan", NOW)
    shown = one_line(client.get(PAGE))
    assert "Zet mij op de wachtlijst" in shown
    assert 'value="reserve"' not in shown


def test_after_the_cutoff_and_off_there_is_no_form_but_a_number_to_ring(client: Client, evening: Evening) -> None:
    clock.set_clock(virtual=evening.cutoff_at, rate=0)
    for answer in (client.get(PAGE), reserves(client)):
        assert "Bel ons om te vragen of er plaats is, of kom aan de deur kijken:" in one_line(answer)
        assert "<form class" not in one_line(answer)
    clock.set_clock(virtual=NOW, rate=0)
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=NOW)
    for answer in (client.get(PAGE), reserves(client)):
        assert "Kies een andere avond, of bel ons:" in one_line(answer)
    assert Reservation.objects.count() == 0


def test_an_evening_that_is_not_there_and_a_resto_that_is_not_public_are_not_found(
    client: Client, table: Table, evening: Evening
) -> None:
    for page in ("/eten/tafel-oost/2026-11-25/", "/eten/tafel-oost/morgen/", "/eten/nergens/2026-11-24/"):
        assert client.get(page).status_code == 404
    table.resto.public = False
    table.resto.save()
    assert reserves(client).status_code == 404


def test_a_guessed_code_is_refused_and_after_five_it_is_locked(client: Client, evening: Evening) -> None:
    asked = reserves(client)["Location"]
    right = the_code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _try in range(4):
        assert "Dit is niet de code." in one_line(client.post(asked, {"code": wrong}))
    for code in (wrong, right):
        assert "Voor dit nummer zijn te vaak verkeerde codes ingevuld." in one_line(client.post(asked, {"code": code}))
    assert "te vaak verkeerde codes" in one_line(reserves(client))
    assert Reservation.objects.get().state == "cancelled"


def test_a_new_code_is_sent_and_the_page_says_so(client: Client, evening: Evening) -> None:
    asked = reserves(client)["Location"]
    first = the_code()
    again = client.post(f"{asked}again/", follow=True)
    assert "Er komt een nieuwe code aan." in one_line(again)
    assert the_code() != first
    client.post(f"{asked}again/")
    assert "binnen een uur drie codes gestuurd" in one_line(client.post(f"{asked}again/", follow=True))


def test_many_codes_from_one_address_are_refused_and_no_address_is_kept(
    client: Client, evening: Evening, monkeypatch
) -> None:
    reserves(client)
    event = Event.objects.get(kind="meals.code_asked")
    assert (event.payload, "127.0.0.1" in str(event.subject_id)) == ({}, False)
    for _other in range(online.ASKED.at_most - 1):
        online.ASKED.made("127.0.0.1")
    refused = reserves(client, phone="06 0000 1701")
    assert "Vanaf de plek waar u bent zijn veel codes gevraagd." in one_line(refused)
    assert reserves(Client(REMOTE_ADDR="10.0.0.7"), phone="06 0000 1701").status_code == 302


def test_behind_a_proxy_of_ours_codes_are_counted_by_the_visitor_that_it_saw(evening: Evening, settings) -> None:
    settings.RONDJE_TRUSTED_PROXIES = 1
    for _code in range(online.ASKED.at_most):
        online.ASKED.made("192.0.2.8")
    refused = reserves(Client(headers={"x-forwarded-for": "192.0.2.8"}))
    assert "Vanaf de plek waar u bent zijn veel codes gevraagd." in one_line(refused)
    assert reserves(Client(headers={"x-forwarded-for": "192.0.2.7"})).status_code == 302


def test_no_link_is_guessed_and_the_one_for_the_code_opens_no_reservation(client: Client, evening: Evening) -> None:
    own = comes_in(client)
    row = Reservation.objects.get()
    other = f"/e/{reservation_links.code_token_of(row)}/"
    for address in (f"/e/{row.pk}/", f"/e/{row.pk}.x/", other, own.replace(str(row.pk), str(row.pk + 1))):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}cancel/").status_code == 404
    row.refresh_from_db()
    assert row.state == "reserved"


def test_ones_own_number_of_people_is_changed_and_what_does_not_fit_is_said(client: Client, evening: Evening) -> None:
    own = comes_in(client)
    assert "U komt nu met 5." in one_line(client.post(f"{own}people/", {"covers": "5"}, follow=True))
    assert Reservation.objects.get().covers == 5
    assert "plaats voor 10 mensen" in one_line(client.post(f"{own}people/", {"covers": "12"}))
    assert "minstens één persoon" in one_line(client.post(f"{own}people/", {"covers": "0"}))
    assert Reservation.objects.get().covers == 5


def test_a_link_preview_cancels_nothing_a_button_does_and_twice_is_once(client: Client, evening: Evening) -> None:
    own = comes_in(client)
    assert client.get(f"{own}cancel/").status_code == 405
    for _press in range(2):
        assert "U bent afgemeld" in one_line(client.post(f"{own}cancel/", follow=True))
    row = Reservation.objects.get()
    assert (row.state, row.cancelled_because) == ("cancelled", "page")
    assert Event.objects.filter(kind="meals.cancelled").count() == 1
    assert Event.objects.get(kind="meals.cancelled").channel == "link"


def test_after_the_cutoff_ones_own_page_says_whom_to_ring_and_changes_nothing(client: Client, evening: Evening) -> None:
    own = comes_in(client)
    clock.set_clock(virtual=evening.cutoff_at, rate=0)
    assert "De keuken is begonnen." in one_line(client.get(own))
    for what in ("cancel", "people"):
        answer = client.post(f"{own}{what}/", {"covers": "1"})
        assert (answer.status_code, "bel ons om iets te veranderen" in one_line(answer)) == (422, True)
    assert (Reservation.objects.get().state, Reservation.objects.get().covers) == ("reserved", 2)


def test_every_food_is_named_in_the_language_of_the_page() -> None:
    """Django has Dutch of its own for some words, such as the salt of a password, and it comes first."""
    with translation.override("nl"):
        assert {str(food) for food in FOODS.values()} >= {"zout", "vlees", "ei", "wat gekauwd moet worden"}


def test_pages_with_somebodys_reservation_are_kept_nowhere(client: Client, evening: Evening) -> None:
    own = comes_in(client)
    assert "no-store" in client.get(own)["Cache-Control"]
    assert "no-store" in client.get(PAGE)["Cache-Control"]


def test_in_english_from_the_address_to_the_text(client: Client, evening: Evening) -> None:
    shown = one_line(client.get("/eten/tafel-oost/", {"language": "en"}))
    assert f"{PAGE}?language=en" in shown
    assert "With how many people do you come?" in one_line(client.get(PAGE, {"language": "en"}))
    asked = reserves(client)
    assert "We have texted you a code" in one_line(client.get(asked["Location"]))
    assert "is your code to reserve at" in Message.objects.get(host=codes.HOST).body
    done = client.post(asked["Location"], {"code": the_code()})
    assert "You are welcome" in one_line(Client().get(done["Location"]))
    assert "you eat at De Lange Tafel" in Message.objects.exclude(host=codes.HOST).get().body


def test_the_code_page_of_chairs_that_are_kept_no_more_leads_back(client: Client, evening: Evening) -> None:
    asked = reserves(client)["Location"]
    clock.set_clock(virtual=NOW + timedelta(minutes=15), rate=0)
    assert "Uw plaatsen worden niet meer vastgehouden" in one_line(client.get(asked))
    assert "Deze code werkt niet meer." in one_line(client.post(asked, {"code": the_code()}))
