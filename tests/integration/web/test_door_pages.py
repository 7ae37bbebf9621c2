"""The door on pages: found by name, ticked, paid, walked in; for who runs the dinners and the crew of that evening."""

import re
from datetime import date

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import CrewHours, CrewPlace, Evening, Guest, MealPayment, Reservation, Tariff
from backend.meals.selectors.kitchen import covers_of
from backend.meals.services import crew, door_crew, door_links
from backend.meals.services.wishes import PlateWish
from backend.people.models import Person, Role
from tests.integration.web import mornings
from tests.support import restos
from tests.support.restos import Table, a_resto, at


@pytest.fixture
def table(settings, db) -> Table:
    """De Lange Tafel on Tuesday, when the doors open."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    clock.set_clock(virtual=at("17:31"), rate=0)
    return a_resto(chairs=6)


@pytest.fixture
def evening(table: Table) -> Evening:
    """Riet comes with two others, Truus alone."""
    evening = table.evening()
    table.reserves(evening, "Riet", at("11:00"), covers=3)
    table.reserves(evening, "Truus", at("11:00"))
    return evening


@pytest.fixture
def manager(client: Client, table: Table) -> Client:
    client.force_login(mornings.a_user("mina", table.organisation, Role.Kind.RESTO_MANAGER))
    return client


def door(evening: Evening, page: str = "") -> str:
    return f"/resto/evenings/{evening.pk}/door/{page}"


def row(evening: Evening, name: str) -> Reservation:
    return evening.reservations.get(person__given_name=name)


def presses(client: Client, evening: Evening, what: str, name: str = "", page: str = "", **given: object) -> str:
    """Press a button as the page has it, with its key; the answer in words."""
    content = client.get(door(evening, page)).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', content)
    sent = {"key": key[1] if key else "", "row": row(evening, name).pk if name else "", **given}
    return client.post(door(evening, f"do/{what}/"), sent, follow=True).content.decode()


def test_a_party_is_found_by_name_however_it_is_spelt_and_ticked(manager: Client, evening: Evening) -> None:
    words = manager.get(door(evening), {"q": "trus linde"}).content.decode()
    assert "Truus Linde" in words and "Riet Linde" not in words
    assert "Alle 3 zijn er" in manager.get(door(evening)).content.decode()
    assert "Riet Linde: 2 binnen." in presses(manager, evening, "tick", "Riet", came=2, was="")
    words = manager.get(door(evening)).content.decode()
    assert "2 personen van 3" in words and "binnen sinds 17:31" in words


def test_who_does_not_come_is_marked_and_their_chairs_are_given(manager: Client, evening: Evening) -> None:
    page = f"party/{row(evening, 'Riet').pk}/"
    assert "Zij komen niet: hun stoelen zijn vrij" in manager.get(door(evening, page)).content.decode()
    words = presses(manager, evening, "away", "Riet", page)
    assert "Riet Linde: komt niet. Zoveel stoelen zijn nu vrij voor anderen: 3." in words
    assert "Komen niet" in words and "<dt>Vrije stoelen</dt><dd>5</dd>" in words
    assert "Alle 3 zijn er" in words, "they can be ticked still"
    sent = {"key": "00000000-0000-4000-8000-000000000001", "name": "Halil Demir", "covers": "4"}
    assert "Halil Demir is binnen" in manager.post(door(evening, "walk-in/"), sent, follow=True).content.decode()
    given = "Hun stoelen zijn aan anderen gegeven, omdat genoteerd was dat zij niet komen. Vrij zijn er 1."
    assert given in presses(manager, evening, "tick", "Riet", came=3, was="")
    assert given in presses(manager, evening, "expected", "Riet", page)
    assert "Riet Linde" in manager.get(door(evening, "end/")).content.decode(), "they stayed away"
    assert presses(manager, evening, "away", "Truus", f"party/{row(evening, 'Truus').pk}/").count("komt niet") == 3
    assert "Truus Linde wordt weer verwacht." in presses(manager, evening, "expected", "Truus", page)


def test_of_a_party_of_which_fewer_came_the_host_says_whose_plates_came(
    manager: Client, evening: Evening, table: Table
) -> None:
    plates = (PlateWish(("pork",)), PlateWish(("nuts",), own_plate=True, name="Bea"))
    ans = table.reserves(evening, "Ans", at("11:00"), covers=2, plates=plates)
    page = f"party/{ans.pk}/"
    assert "Wie van hen is er?" not in manager.get(door(evening, page)).content.decode()
    words = presses(manager, evening, "tick", "Ans", page, came=1, was="", back="party")
    assert "Er zijn er 1, en er zijn 2 borden met iets bijzonders." in words
    assert "voor wie is het bord?" in manager.get(door(evening)).content.decode()
    pork, nuts = (plate.pk for plate in ans.plates.order_by("pk"))
    both = presses(manager, evening, "plates", "Ans", page, plate=[pork, nuts], was=1, back="party")
    assert "U vinkte meer borden aan dan er mensen zijn." in both
    words = presses(manager, evening, "plates", "Ans", page, plate=[nuts], was=1, back="party")
    assert "Genoteerd wie er is. De keuken hoort het." in words and "borden met iets bijzonders" not in words
    assert re.search(rf'name="plate" value="{nuts}" checked', words)
    assert "voor wie is het bord?" not in manager.get(door(evening)).content.decode()


def test_an_old_list_says_so_and_one_that_is_not_is_silent(manager: Client, evening: Evening) -> None:
    evening.refresh_from_db()
    assert manager.get(door(evening), {"since": evening.version}).content.strip() == b""
    presses(manager, evening, "tick", "Riet", came=3, was="")
    assert "De lijst is veranderd" in manager.get(door(evening), {"since": evening.version}).content.decode()


def test_what_was_ticked_meanwhile_is_said_and_not_written_over(manager: Client, evening: Evening) -> None:
    presses(manager, evening, "tick", "Riet", came=3, was="")
    assert "Iemand anders heeft hen intussen afgevinkt" in presses(manager, evening, "tick", "Riet", came=2, was="")
    assert row(evening, "Riet").arrived_covers == 3


def test_a_party_pays_and_a_mistake_is_taken_back(manager: Client, evening: Evening, table: Table) -> None:
    tariff = Tariff.objects.create(resto=table.resto, name="gewoon", cents=700)
    presses(manager, evening, "tick", "Riet", came=3, was="")
    page = f"party/{row(evening, 'Riet').pk}/"
    assert "gewoon: € 7,00 per persoon, € 21,00 voor alle 3" in manager.get(door(evening, page)).content.decode()
    paying = {"tariff": tariff.pk, "way": "cash", "covers": 2, "back": "party"}
    assert "Betaald: 2 × gewoon, € 14,00, contant." in presses(manager, evening, "pay", "Riet", page, **paying)
    payment = MealPayment.objects.get()
    words = presses(manager, evening, "take-back", "Riet", page, payment=payment.pk, back="party")
    assert "De betaling is teruggenomen." in words
    assert not MealPayment.objects.exists()


@pytest.mark.parametrize(
    ("what", "given", "words"),
    [
        ("tick", {"came": "veel", "was": ""}, "Typ een aantal personen, zoals 2."),
        ("tick", {"came": "9" * 5000, "was": ""}, "Typ een aantal personen, zoals 2."),
        ("tick", {"came": "", "was": ""}, "Typ hoeveel er gekomen zijn"),
        ("tick", {"came": "7", "was": ""}, "Er zijn niet genoeg stoelen: vrij zijn er 2."),
        ("tick", {"came": "1", "was": "", "key": "x"}, "Deze knop was niet te lezen."),
        ("tick", {"came": "1", "was": "", "row": "²"}, "Deze gasten staan niet op de lijst van deze avond."),
        ("pay", {"tariff": "1", "way": "cash", "covers": "1"}, "Kies een prijs, en hoe er betaald wordt."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(manager: Client, evening: Evening, what, given, words: str) -> None:
    assert words in presses(manager, evening, what, "Riet", **given)
    assert row(evening, "Riet").arrived_covers is None


def test_somebody_new_walks_in_once_however_often_the_page_is_sent(manager: Client, evening: Evening) -> None:
    page = manager.get(door(evening, "walk-in/")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    sent = {"key": key[1], "name": "Halil Demir", "phone": "013 000 1302", "covers": "1", "plate0-without": ["pork"]}
    for _twice in range(2):
        words = manager.post(door(evening, "walk-in/"), {**sent, "another": "yes"}, follow=True).content.decode()
    assert "Halil Demir is binnen. De keuken hoort het." in words
    assert "zonder varkensvlees" in words
    assert Person.objects.get(family_name="Demir").phones.get().e164 == "+31130001302"


def test_somebody_called_like_a_guest_is_asked_about(manager: Client, evening: Evening, table: Table) -> None:
    sent = {"key": "00000000-0000-4000-8000-000000000001", "name": "Sjef Linde", "covers": "1"}
    sjef = table.guest("Sjef")
    evening_before = table.evening(day=at("12:00").date().replace(day=17))
    Reservation.objects.create(
        evening=evening_before, person=sjef, state="reserved", covers=1, way="page", reserved_at=at("11:00")
    )
    answer = manager.post(door(evening, "walk-in/"), sent)
    assert answer.status_code == 422
    assert "Ja, dit is Sjef Linde" in answer.content.decode() and 'value="Sjef Linde"' in answer.content.decode()
    words = manager.post(door(evening, "walk-in/"), {**sent, "person": sjef.pk}, follow=True).content.decode()
    assert "Sjef Linde is binnen" in words
    assert Person.objects.filter(given_name="Sjef").count() == 1


def test_what_a_known_guest_said_in_words_reaches_the_kitchen_when_they_walk_in(
    manager: Client, evening: Evening, table: Table
) -> None:
    sjef = table.guest("Sjef")
    Guest.objects.create(person=sjef, note="geen kurkuma")
    page = manager.get(door(evening, f"walk-in/?person={sjef.pk}")).content.decode()
    assert 'value="geen kurkuma"' in page
    known = {"plate0-note": "geen kurkuma", "person": sjef.pk}
    sent = {"key": "00000000-0000-4000-8000-000000000001", "covers": "1", **known}
    words = manager.post(door(evening, "walk-in/"), sent, follow=True).content.decode()
    assert "geen kurkuma" in words
    assert [cover.note for cover in covers_of(evening) if cover.note] == ["geen kurkuma"]


def test_of_a_party_that_walks_in_each_has_their_own_plate(manager: Client, evening: Evening) -> None:
    sent = {
        "key": "00000000-0000-4000-8000-000000000001",
        "name": "Bep Kok",
        "covers": "1",
        "plate0-own_plate": "on",
        "plate0-without": ["nuts"],
        "plate1-without": ["pork", "fish"],
    }
    refused = manager.post(door(evening, "walk-in/"), sent)
    assert refused.status_code == 409
    words = refused.content.decode()
    assert "Er zijn meer borden dan personen in dit gezelschap" in words
    assert words.count(" checked") == 4, "what was typed stays"
    words = manager.post(door(evening, "walk-in/"), {**sent, "covers": "2"}, follow=True).content.decode()
    assert "Bep Kok is binnen. De keuken hoort het." in words
    plates = row(evening, "Bep").plates.order_by("pk").values_list("without", "own_plate", "name")
    assert list(plates) == [(["nuts"], True, "Bep Kok"), (["pork", "fish"], False, "")]


def test_a_food_that_nobody_knows_is_refused_at_the_door(manager: Client, evening: Evening) -> None:
    sent = {"key": "00000000-0000-4000-8000-000000000001", "name": "Bep Kok", "covers": "1", "plate0-without": ["x"]}
    refused = manager.post(door(evening, "walk-in/"), sent)
    assert refused.status_code == 422
    assert (
        "geen van de etenswaren die de keuken kent" in refused.content.decode() or "keuken" in refused.content.decode()
    )
    assert not Person.objects.filter(family_name="Kok").exists()


def test_a_full_room_is_said_and_what_was_typed_stays(manager: Client, evening: Evening) -> None:
    sent = {"key": "00000000-0000-4000-8000-000000000001", "name": "Bep Kok", "covers": "3", "phone": "x"}
    answer = manager.post(door(evening, "walk-in/"), sent)
    assert answer.status_code == 422 and "Dit is geen telefoonnummer" in answer.content.decode()
    answer = manager.post(door(evening, "walk-in/"), {**sent, "phone": ""})
    assert answer.status_code == 409
    assert "vrij zijn er 2" in answer.content.decode() and 'value="Bep Kok"' in answer.content.decode()


def test_crew_see_the_door_of_their_evening_and_of_no_other(client: Client, evening: Evening, table: Table) -> None:
    host = table.guest("Otto")
    Person.objects.filter(pk=host.pk).update(email="otto@example.org")
    otto = mornings.a_user("otto", table.organisation, Role.Kind.CREW)
    otto.email = "otto@example.org"
    otto.save()
    client.force_login(otto)
    assert client.get(door(evening)).status_code == 404
    CrewPlace.objects.create(evening=evening, job="host", person=host, state="confirmed")
    assert client.get(door(evening)).status_code == 200
    assert "Riet Linde: 3 binnen." in presses(client, evening, "tick", "Riet", came=3, was="")
    assert client.get(door(table.evening(day=at("12:00").date().replace(day=26)))).status_code == 404


def test_the_list_asks_the_database_the_same_however_many_come(
    manager: Client, evening: Evening, table: Table, django_assert_max_num_queries
) -> None:
    table.resto.chairs = 40
    Evening.objects.filter(pk=evening.pk).update(chairs=40)
    for number in range(20):
        table.reserves(Evening.objects.get(pk=evening.pk), f"Gast {number}", at("11:00"))
    with django_assert_max_num_queries(22):
        manager.get(door(evening))


def test_the_evening_is_counted_and_closed_on_a_page(manager: Client, evening: Evening) -> None:
    presses(manager, evening, "tick", "Riet", came=3, was="")
    clock.set_clock(virtual=at("20:31"), rate=0)
    words = manager.get(door(evening, "end/")).content.decode()
    assert "Truus Linde" in words and "Riet Linde" not in words
    wrong = manager.post(door(evening, "end/"), {"cooked": "3", "left": "4", "till": "veel"})
    assert wrong.status_code == 422 and 'value="veel"' in wrong.content.decode()
    manager.post(door(evening, "end/"), {"cooked": "20", "left": "4", "till": "12,50"})
    words = manager.get(door(evening, "end/")).content.decode()
    assert 'value="12,50"' in words and "€ 12,50" in words, "nobody paid in cash, so that all of it is too much"
    evening.refresh_from_db()
    words = presses(manager, evening, "close", version=evening.version, back="end")
    assert "De avond is afgesloten" in words
    assert "De avond is weer open." in presses(manager, evening, "reopen", back="end")


def test_the_list_comes_on_paper(manager: Client, evening: Evening) -> None:
    answer = manager.get(door(evening, "paper/"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_a_host_without_an_account_opens_the_link_and_ticks(client: Client, evening: Evening, table: Table) -> None:
    host = table.guest("Otto")
    CrewPlace.objects.create(evening=evening, job="host", person=host, state="confirmed")
    link = "/" + door_links.address(evening, host, clock.now()).split("/", 3)[3]
    assert "Riet" not in client.get(link).content.decode()
    assert client.post(f"{link}do/open/").status_code == 302
    words = client.post(f"{link}open/", follow=True).content.decode()
    assert "Riet Linde" in words
    key = re.search(r'name="key" value="([^"]+)"', words)
    assert key is not None
    sent = {"key": key[1], "row": row(evening, "Riet").pk, "came": "3", "was": ""}
    assert "Riet Linde: 3 binnen." in client.post(f"{link}do/tick/", sent, follow=True).content.decode()
    assert client.post(f"{link}do/reopen/").status_code == 404
    assert (
        "Otto Linde is er."
        in client.post(
            f"{link}do/crew-came/", {"place": evening.crew.get().pk, "back": "end"}, follow=True
        ).content.decode()
    )


def test_who_helped_and_was_replaced_stays_on_the_list_with_their_hours(
    manager: Client, evening: Evening, table: Table
) -> None:
    (bar,) = restos.crew_places(evening, "bar")
    for name, line, wall in (("Kees", "+31600000200", "16:30"), ("Lies", "+31600000201", "17:05")):
        helper = restos.a_helper(table.organisation, name, line, jobs=("bar",))
        crew.confirm(place_id=bar.pk, person=helper, actor=restos.MANAGER, now=at(wall))
        door_crew.came(place_id=bar.pk, actor=restos.MANAGER, now=at(wall))
    end = f"{door(evening)}end/"
    words = " ".join(manager.get(end).content.decode().split())
    assert "Kees Vrijwilliger</strong> · Bar <span" in words
    assert "er van 16:30 tot 17:05, 0:35 uur" in words
    assert "binnen sinds 17:05" in words
    wrong = {"hours": CrewHours.objects.get().pk, "back": "end"}
    said = [
        manager.post(f"{door(evening)}do/crew-had-not-been/", wrong, follow=True).content.decode()
        for _twice in range(2)
    ]
    assert ["Kees Vrijwilliger: toch niet binnen." in said[0], "Dat is al rechtgezet." in said[1]] == [True, True]
    assert "van 16:30 tot 17:05" not in said[0]


def test_an_evening_that_nobody_closed_is_on_the_board(manager: Client, evening: Evening) -> None:
    assert "Maaltijden die niemand heeft afgesloten" not in manager.get("/today/").content.decode()
    clock.set_clock(virtual=at("08:00", date(2026, 11, 25)), rate=0)
    assert "Maaltijden die niemand heeft afgesloten" in manager.get("/today/").content.decode()
