"""The list of a trip for planners, and for driver and host of that trip: who sees it, and what is ticked on it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from backend.people.models import Person, Role
from backend.transport.models import Booking, CrewDuty, ManifestEntry, Ride, Trip
from tests.integration.web import mornings
from tests.integration.web.manifest.a_list import an_entry, page, ride, send, signed_in, tick
from tests.integration.web.mornings import MONDAY, at, set_time
from tests.support import buses

pytestmark = pytest.mark.django_db


def test_the_list_says_what_the_crew_need_and_whose_number_only_on_the_day(planner: Client, trip: Trip) -> None:
    shown = page(planner, trip)
    for words in ("Riet Linde", "Lindelaan 1", "rollator", "Bel bij de achterdeur", "Begeleiders die meerijden: 1"):
        assert words in shown
    assert "Beloofd: tussen 9:40 en 9:55" in shown
    assert "tel:+31600000110" in shown
    assert "tel:+31130009001" in shown, "the number that answers day and night"
    trip.date = buses.TUESDAY
    trip.save()
    assert "tel:+31600000110" not in page(planner, trip)


def test_the_stops_are_in_the_order_of_the_bus_and_the_first_is_open(planner: Client, trip: Trip) -> None:
    shown = page(planner, trip)
    rides = Ride.objects.order_by("-way", "pk").values_list("pk", flat=True)
    places = [shown.index(f'data-ride="{pk}"') for pk in rides]
    assert places == sorted(places)
    assert shown.count("<details open>") == 1


def test_a_driver_sees_the_list_of_their_own_trip_and_of_no_other(trip: Trip) -> None:
    dirk = trip.crew.get(task="driver").person
    assert dirk is not None
    Person.objects.filter(pk=dirk.pk).update(email="dirk@example.org")
    driver = signed_in(trip, Role.Kind.DRIVER, "Dirk@example.org")
    other = buses.a_trip(buses.a_bus(trip.organisation, "Tweede bus"), MONDAY.date())
    assert "Riet" in page(driver, trip)
    assert driver.get(reverse("manifest", args=[other.pk])).status_code == 404
    assert driver.get(reverse("manifest-paper", args=[trip.pk])).status_code == 404
    trip.crew.filter(task="driver").update(state=CrewDuty.State.ASKED)
    assert driver.get(reverse("manifest", args=[trip.pk])).status_code == 404


def test_a_driver_without_an_address_or_of_another_organisation_sees_nothing(trip: Trip) -> None:
    dirk = trip.crew.get(task="driver").person
    assert dirk is not None
    Person.objects.filter(pk=dirk.pk).update(email="dirk@example.org")
    elsewhere = mornings.an_organisation("anders", "Samen West")
    for client in (signed_in(trip, Role.Kind.DRIVER), signed_in(trip, Role.Kind.DRIVER, "dirk@example.org", elsewhere)):
        assert client.get(reverse("manifest", args=[trip.pk])).status_code == 404


def test_the_list_is_there_from_the_day_before_and_ticks_are_taken_for_a_week(trip: Trip) -> None:
    dirk = trip.crew.get(task="driver").person
    assert dirk is not None
    Person.objects.filter(pk=dirk.pk).update(email="dirk@example.org")
    driver = signed_in(trip, Role.Kind.DRIVER, "dirk@example.org")
    for days, status in ((2, 404), (1, 404), (0, 200), (-6, 200), (-8, 404)):
        mornings.clock.set_clock(virtual=at("09:00") - mornings.timedelta(days=days), rate=0)
        assert driver.get(reverse("manifest-entries", args=[trip.pk])).status_code == status, days


def test_a_list_that_is_read_the_evening_before_ticks_nobody_off(planner: Client, trip: Trip) -> None:
    assert 'name="what"' in page(planner, trip)
    mornings.clock.set_clock(virtual=at("20:00") - mornings.timedelta(days=1), rate=0)
    shown = page(planner, trip)
    assert "Op de dag zelf" in shown
    assert 'name="what"' not in shown
    answer = planner.post(reverse("manifest-start", args=[trip.pk]), follow=True)
    assert "Deze rit is op een andere dag." in answer.content.decode()
    assert Trip.objects.get().state == Trip.State.PLANNED


def test_a_telephone_of_the_crew_keeps_the_list_from_the_evening_before_and_no_other(
    planner: Client, trip: Trip
) -> None:
    dirk = trip.crew.get(task="driver").person
    assert dirk is not None
    Person.objects.filter(pk=dirk.pk).update(email="dirk@example.org")
    driver = signed_in(trip, Role.Kind.DRIVER, "dirk@example.org")

    def keeps(client: Client) -> int:
        return int(client.get(reverse("manifest", args=[trip.pk])).headers["X-Rondje-Keep-Seconds"])

    assert (keeps(driver), keeps(planner)) == (15 * 3600, 0)
    for hour, kept in (("16:59", 0), ("17:00", 31 * 3600)):
        mornings.clock.set_clock(virtual=at(hour) - mornings.timedelta(days=1), rate=0)
        assert keeps(driver) == kept


def test_the_buttons_work_without_a_script_and_a_double_press_is_one(planner: Client, trip: Trip) -> None:
    key = str(uuid.uuid4())
    for _press in range(2):
        assert tick(planner, trip, "Riet", "on_board", key=key).status_code == 200
    assert ManifestEntry.objects.count() == 1
    assert ride("Riet").state == "on_board"


def test_a_version_that_no_list_has_is_refused_in_words(planner: Client, trip: Trip) -> None:
    trip.plan_version = 2**31
    assert tick(planner, trip, "Riet", "on_board").status_code == 422
    assert not ManifestEntry.objects.exists()


def test_the_bus_can_be_started_from_an_hour_before_it_leaves(planner: Client, trip: Trip) -> None:
    set_time("08:29")
    shown = page(planner, trip)
    assert "Vanaf 8:30 kunt u de bus hier laten vertrekken." in shown
    assert 'id="start"' not in shown
    set_time("08:30")
    assert 'id="start"' in page(planner, trip)


def test_two_different_buttons_of_one_page_are_two_ticks(planner: Client, trip: Trip) -> None:
    key = str(uuid.uuid4())
    tick(planner, trip, "Riet", "on_board", key=key)
    tick(planner, trip, "Riet", "undone", key=key)
    tick(planner, trip, "Riet", "not_there", key=key)
    assert ManifestEntry.objects.count() == 3
    assert ride("Riet").state == "not_there"


def test_a_run_that_cannot_be_closed_says_who_is_not_home(planner: Client, trip: Trip) -> None:
    planner.post(reverse("manifest-start", args=[trip.pk]))
    tick(planner, trip, "Riet", "on_board")
    shown = planner.post(reverse("manifest-close", args=[trip.pk]), follow=True).content.decode()
    assert "Deze rit kan niet worden afgesloten" in shown
    assert "<strong>Riet Linde</strong>: in de bus, volgens wat er is aangevinkt" in shown
    tick(planner, trip, "Riet", "home_inside", way="home")
    tick(planner, trip, "Truus", "home_inside", way="home")
    answer = planner.post(reverse("manifest-close", args=[trip.pk]), {"odometer_km": "48210"}, follow=True)
    assert "Iedereen is thuis en de rit is afgesloten" in answer.content.decode()
    assert Trip.objects.get().odometer_km == 48210


def test_kilometres_that_are_no_number_close_nothing(planner: Client, trip: Trip) -> None:
    answer = planner.post(reverse("manifest-close", args=[trip.pk]), {"odometer_km": "veel"}, follow=True)
    assert "heel getal" in answer.content.decode()


def test_a_telephone_sends_what_it_ticked_and_hears_how_the_trip_stands(planner: Client, trip: Trip) -> None:
    address = reverse("manifest-entries", args=[trip.pk])
    first = an_entry("Riet", "on_board", "08:58")
    told = send(planner, address, first)
    assert told["answers"] == [{"id": first["id"], "answer": "applied", "words": ""}]
    assert told["rides"][str(ride("Riet").pk)] == "on_board"
    assert (told["seq"], told["trip"]) == (1, "underway")
    assert send(planner, address, first)["answers"][0]["answer"] == "known"


def test_what_contradicts_is_kept_and_told_in_words_on_the_telephone_and_to_the_planner(
    planner: Client, trip: Trip
) -> None:
    address = reverse("manifest-entries", args=[trip.pk])
    send(planner, address, an_entry("Riet", "on_board", "08:58"))
    late = an_entry("Riet", "not_there", "08:50")
    told = send(planner, address, late)
    assert told["answers"][0]["answer"] == "kept"
    assert told["answers"][0]["words"] == "Riet Linde: er was al iets aangevinkt dat later gebeurde"
    assert send(planner, address, late)["answers"] == told["answers"], "the first answer may have been lost on its way"
    assert "8:50, “Niet aanwezig”: er was al iets aangevinkt dat later gebeurde" in page(planner, trip)


def test_one_tick_that_cannot_be_read_loses_no_other(planner: Client, trip: Trip) -> None:
    told = send(
        planner,
        reverse("manifest-entries", args=[trip.pk]),
        an_entry("Riet", "on_board", "08:58", id="geen sleutel"),
        an_entry("Riet", "flew", "08:58"),
        an_entry("Riet", "on_board", "08:58", at="gisteren"),
        "onzin",
        an_entry("Truus", "on_board", "08:58"),
    )
    assert [one["answer"] for one in told["answers"]] == ["applied", "refused", "refused", "refused"]
    assert ride("Truus").state == "on_board"


@pytest.mark.parametrize("body", ["", "[]", '{"entries": 3}', "{"])
def test_what_is_no_list_of_ticks_is_refused_in_words(planner: Client, trip: Trip, body: str) -> None:
    answer = planner.post(reverse("manifest-entries", args=[trip.pk]), body, content_type="application/json")
    assert answer.status_code == 422
    assert "niet te lezen" in answer.json()["detail"]


def test_a_list_that_is_two_plans_old_still_says_who_is_on_board(planner: Client, trip: Trip) -> None:
    entry = an_entry("Riet", "on_board", "08:58")
    Trip.objects.update(plan_version=2)
    told = send(planner, reverse("manifest-entries", args=[trip.pk]), entry)
    assert (told["answers"][0]["answer"], told["version"]) == ("applied", 2)


def test_who_cancelled_after_the_list_was_made_and_came_along_is_on_the_new_one(planner: Client, trip: Trip) -> None:
    entry = an_entry("Riet", "on_board", "08:58")
    Ride.objects.filter(booking__person__given_name="Riet").update(state="cancelled")
    Booking.objects.filter(person__given_name="Riet").update(state="cancelled", cancelled_at=at("08:00"))
    assert "Riet" not in page(planner, trip)
    send(planner, reverse("manifest-entries", args=[trip.pk]), entry)
    assert "Had afgezegd, maar is meegegaan" in page(planner, trip)


def test_a_request_from_elsewhere_is_refused(trip: Trip) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mornings.a_user("els", trip.organisation, Role.Kind.BUS_PLANNER))
    address = reverse("manifest-entries", args=[trip.pk])
    assert client.post(address, {"entries": []}, content_type="application/json").status_code == 403
    token = client.get(address).json()["csrf"]
    headers = {"X-CSRFToken": token}
    answer = client.post(address, {"entries": []}, content_type="application/json", headers=headers)
    assert answer.status_code == 200


def test_the_worker_is_a_script_at_an_address_above_the_lists(planner: Client) -> None:
    answer = planner.get("/bus/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"manifest_store.js" in answer.content
