"""The table plan on a page: planned, changed by a form, and everything that is wrong said in words."""

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import DiningTable, Evening, Guest, Reservation, Room
from backend.people.models import Role
from tests.integration.web import mornings
from tests.support.restos import Table, a_resto, at


@pytest.fixture
def table(settings, db) -> Table:
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    clock.set_clock(virtual=at("17:31"), rate=0)
    return a_resto()


@pytest.fixture
def evening(table: Table) -> Evening:
    """Riet comes with two others, Halil alone."""
    evening = table.evening()
    table.reserves(evening, "Riet", at("11:00"), covers=3)
    table.reserves(evening, "Halil", at("11:00"))
    return evening


@pytest.fixture
def manager(client: Client, table: Table) -> Client:
    client.force_login(mornings.a_user("mina", table.organisation, Role.Kind.RESTO_MANAGER))
    return client


def presses(client: Client, evening: Evening, what: str, **given: object) -> str:
    address = f"/resto/evenings/{evening.pk}/tables/{what}/"
    return client.post(address, given, follow=True).content.decode()


def row(name: str) -> Reservation:
    return Reservation.objects.get(person__given_name=name)


def test_the_tables_are_planned_and_drawn_with_names(manager: Client, evening: Evening) -> None:
    words = manager.get(f"/resto/evenings/{evening.pk}/tables/").content.decode()
    assert "Er is een tafel met ruimte" in words
    words = presses(manager, evening, "plan")
    assert "De tafelindeling is gemaakt." in words and "Zonder tafel" not in words
    assert ">N Riet</text>" in words and "Riet Linde" in words
    assert words.count('class="chair chair-taken"') == 4


def test_somebody_is_moved_let_go_and_wants_the_door_near(manager: Client, evening: Evening, table: Table) -> None:
    party, second = f"r{row('Riet').pk}", DiningTable.objects.get(name="2")
    words = presses(manager, evening, "move", party=party, table=second.pk, **{f"was-{party}": ""})
    assert "Gedaan: zij zitten waar u wilt" in words and "Tafel 2: 3 van 10 stoelen" in words
    assert "blijft aan deze tafel" in words
    words = presses(manager, evening, "move", party=party, table="", **{f"was-{party}": ""})
    assert "Iemand anders heeft hen intussen verplaatst." in words
    assert "blijft aan deze tafel" not in presses(manager, evening, "let-go", party=party)
    presses(manager, evening, "near-door", row=row("Riet").pk, wanted="yes")
    presses(manager, evening, "door", room=table.room.pk, side="left")
    assert (Guest.objects.get().near_door, Room.objects.get(pk=table.room.pk).door) == (True, "left")


def test_a_table_taken_away_is_said(manager: Client, evening: Evening) -> None:
    presses(manager, evening, "plan")
    name = row("Riet").table.name
    DiningTable.objects.filter(name=name).update(in_use=False)
    words = manager.get(f"/resto/evenings/{evening.pk}/tables/").content.decode()
    assert f"Riet Linde zat aan tafel {name}, die is weggehaald." in words


@pytest.mark.parametrize(
    ("what", "given", "words"),
    [
        ("move", {"party": "r²", "table": "1"}, "Kies wie er verhuist."),
        ("move", {"party": "r999999", "table": "1"}, "Zij komen niet meer"),
        ("near-door", {"row": "x"}, "Zij komen niet meer"),
        ("door", {"room": "1", "side": "boven"}, "Kies in welke muur de deur is."),
    ],
)
def test_what_cannot_be_is_said(manager: Client, evening: Evening, what: str, given: dict, words: str) -> None:
    assert words in presses(manager, evening, what, **given)
