"""A host of a dinner reserves while the caller is on the line, and sees no more of people than at the door."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import CrewPlace, Evening, Guest, Reservation
from backend.meals.services.wishes import PlateWish
from backend.people.models import Contact, Person, Role, User
from backend.people.services import registering
from tests.integration.web import mornings
from tests.support.pages import answered
from tests.support.restos import MONDAY, TUESDAY, Table, a_resto, at

BOX = "hanna@example.org"


@pytest.fixture
def table(settings, db) -> Table:
    """De Lange Tafel, on Monday morning."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    clock.set_clock(virtual=at("10:00", MONDAY), rate=0)
    return a_resto(chairs=6)


@pytest.fixture
def evening(table: Table) -> Evening:
    """Tomorrow. Riet comes, and lives somewhere; Hanna hosts."""
    evening = table.evening()
    riet = table.reserves(evening, "Riet", at("09:00", MONDAY), plates=(PlateWish(("pork",)),)).person
    Person.objects.filter(pk=riet.pk).update(address="Lindelaan 5", place="Oost")
    Contact.objects.create(person=riet, position=0, has_key=False, name="Gré Buurvrouw", relation="buurvrouw")
    hanna = table.guest("Hanna")
    Person.objects.filter(pk=hanna.pk).update(email=BOX)
    CrewPlace.objects.create(evening=evening, job="host", person=hanna, state="confirmed")
    return evening


@pytest.fixture
def host(client: Client, table: Table, evening: Evening) -> Client:
    """Hanna, signed in."""
    user = mornings.a_user("hanna", table.organisation, Role.Kind.CREW)
    User.objects.filter(pk=user.pk).update(email=BOX)
    client.force_login(user)
    return client


def words(client: Client, address: str, sent: dict[str, object] | None = None, status: int = 200) -> str:
    answer = client.get(address, follow=True) if sent is None else client.post(address, sent, follow=True)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def reserving_for(name: str) -> str:
    return f"/resto/reserve/{Person.objects.get(given_name=name).pk}/"


def test_a_host_reserves_changes_and_cancels_for_a_guest(host: Client, table: Table, evening: Evening) -> None:
    table.ate_before("Truus")
    assert "Truus Linde" in words(host, "/resto/reserve/?q=truus")
    wish = {"evening": evening.pk, "covers": "2", "asked_by": "self"}
    about = answered(host.post(reserving_for("Truus"), {**wish, "do": "ask"}))
    wish |= {**about, "do": "reserve"}
    assert "Gereserveerd. Lees de tijden voor aan de beller." in words(host, reserving_for("Truus"), wish)
    row = evening.reservations.get(person__given_name="Truus")
    hanna = User.objects.get(username="hanna")
    assert (row.covers, row.state, row.reserved_by) == (2, Reservation.State.RESERVED, f"user:{hanna.pk}")
    changed = words(host, f"/resto/reservations/{row.pk}/change/", {"covers": "1"})
    assert "Veranderd. Lees de tijden voor aan de beller." in changed
    assert "Truus Linde komt niet." in words(host, f"/resto/reservations/{row.pk}/cancel/", {"sure": "yes"})
    row.refresh_from_db()
    assert (row.covers, row.state) == (1, Reservation.State.CANCELLED)


def test_a_host_writes_down_who_rings_for_the_first_time(host: Client, evening: Evening) -> None:
    page = words(host, "/resto/reserve/new/", {"name": "Bep Kok", "phone": "013 000 1302"})
    assert "Bep Kok" in page and "Welke avond?" in page


def test_who_is_known_to_another_programme_is_not_written_down_twice(host: Client, table: Table) -> None:
    member = registering.register_person(
        organisation=table.organisation, given_name="Sjef", family_name="Kuipers", phones=("+31130001303",)
    )
    assert "Niemand heet zo" in words(host, "/resto/reserve/?q=sjef"), "a host finds guests only, as at the door"
    assert host.get(f"/resto/reserve/{member.pk}/").status_code == 404
    words(host, "/resto/reserve/new/", {"name": "Sjef Kuipers", "phone": "013 000 1303"})
    assert Person.objects.filter(family_name="Kuipers").count() == 1
    assert Guest.objects.get(person=member)
    assert host.get(f"/resto/reserve/{member.pk}/").status_code == 200


def test_a_host_sees_no_more_of_people_than_at_the_door(host: Client, table: Table, evening: Evening) -> None:
    table.ate_before("Riet", "Rita")
    found = words(host, "/resto/reserve/?q=linde")
    assert "Riet Linde" in found and "Oost" in found and "Lindelaan" not in found
    page = words(host, reserving_for("Riet"))
    assert "013 000" not in page.replace("013 000 90 01", "") and "Gré" not in page and "/resto/guests/" not in page
    row = evening.reservations.get()
    reserved = words(host, f"/resto/reservations/{row.pk}/")
    assert "geen varkensvlees" in reserved
    assert "/resto/guests/" not in reserved and "Wat er is gebeurd" not in reserved
    earlier = Reservation.objects.get(person=row.person, evening__date__lt=MONDAY)
    assert host.get(f"/resto/reservations/{earlier.pk}/").status_code == 404, "what is over is not for a host"


def test_a_friend_whom_a_host_names_is_a_guest(host: Client, table: Table, evening: Evening) -> None:
    table.ate_before("Truus")
    registering.register_person(organisation=table.organisation, given_name="Sjef", family_name="Kuipers", phones=())
    wish = {"evening": evening.pk, "covers": "1", "asked_by": "self", "do": "ask"}
    page = words(host, reserving_for("Truus"), {**wish, "friend": "Kuipers"}, status=422)
    assert "Niemand heet zo." in page and "Sjef" not in page


@pytest.mark.parametrize(
    ("place", "place_evening"),
    [
        ({"job": "cook"}, {}),
        ({"state": "open", "person": None}, {}),
        ({}, {"state": "cancelled"}),
        ({}, {"state": "closed"}),
        ({}, {"date": MONDAY, "ends_at": at("09:59", MONDAY)}),
    ],
    ids=["cooks", "has no place", "is off", "is closed", "is over"],
)
def test_whoever_is_no_host_of_a_dinner_to_come_has_no_desk(
    host: Client, evening: Evening, place: dict[str, object], place_evening: dict[str, object]
) -> None:
    CrewPlace.objects.update(**place)
    if "ends_at" in place_evening:
        place_evening |= {"cutoff_at": at("04:00", MONDAY), "doors_at": at("08:00", MONDAY)}
        place_evening |= {"dinner_at": at("08:30", MONDAY)}
    Evening.objects.filter(pk=evening.pk).update(**place_evening)
    row = evening.reservations.get()
    assert host.get("/resto/reserve/").status_code == 403
    assert host.get("/resto/reserve/new/").status_code == 403
    assert host.get(reserving_for("Riet")).status_code == 404
    assert host.get(f"/resto/reservations/{row.pk}/").status_code == 404


def test_a_host_knows_nothing_of_another_organisations_guests(host: Client) -> None:
    west = a_resto(slug="west")
    theirs = west.reserves(west.evening(), "Halil", at("09:00", MONDAY))
    assert "Niemand heet zo" in words(host, "/resto/reserve/?q=halil")
    assert host.get(f"/resto/reserve/{theirs.person_id}/").status_code == 404
    for page in ("", "change/", "cancel/"):
        assert host.get(f"/resto/reservations/{theirs.pk}/{page}").status_code == 404
    wish = {"evening": theirs.evening_id, "covers": "1", "asked_by": "self", "do": "reserve"}
    assert "Voor deze avond kan niemand meer reserveren." in words(host, reserving_for("Riet"), wish, status=422)


def test_every_evening_of_the_organisation_can_be_chosen(host: Client, table: Table) -> None:
    table.evening(TUESDAY + timedelta(days=2))
    assert "donderdag 26 november" in words(host, reserving_for("Riet"))
