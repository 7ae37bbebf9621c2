"""The list behind the link in the text of driver and host."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.notifications.models import Message
from backend.people.models import Person, Role
from backend.transport.models import CrewDuty, ManifestEntry, Trip
from tests.integration.web import mornings
from tests.integration.web.manifest.a_list import an_entry, ride, send, signed_in
from tests.integration.web.mornings import at

pytestmark = pytest.mark.django_db


def test_the_link_shows_nothing_before_the_button_was_pressed(link: str, trip: Trip) -> None:
    client = Client()
    assert "Riet" not in client.get(link).content.decode()
    assert client.get(f"{link}entries/").status_code == 403
    shown = client.post(f"{link}open/", follow=True).content.decode()
    assert "Riet Linde" in shown
    assert "manifest.pdf" not in shown
    assert "Riet" not in Client().get(link).content.decode(), "another telephone"


def test_ticks_behind_the_link_are_the_drivers(link: str, trip: Trip) -> None:
    client = Client()
    client.post(f"{link}open/")
    send(client, f"{link}entries/", an_entry("Riet", "on_board", "08:58"))
    driver = trip.crew.get(task="driver").person
    assert driver is not None
    entry = ManifestEntry.objects.get()
    assert (entry.by, entry.channel) == (f"person:{driver.pk}", "link")


def test_the_link_opens_on_the_day_only_and_ticks_are_taken_for_a_week(link: str, trip: Trip) -> None:
    client = Client()
    client.post(f"{link}open/")
    mornings.clock.set_clock(virtual=at("20:00") - mornings.timedelta(days=1), rate=0)
    early = client.get(link).content.decode()
    assert "op maandag 23 november" in early
    assert "Riet" not in early
    mornings.clock.set_clock(virtual=at("09:00") + mornings.timedelta(days=1), rate=0)
    assert client.get(link).status_code == 404
    told = send(client, f"{link}entries/", an_entry("Riet", "home_inside", "13:00", "home"), device_now="09:00")
    assert told["answers"][0]["answer"] == "applied"


def test_ticks_of_who_has_handed_the_duty_over_are_taken_in_and_show_nobody(link: str, trip: Trip) -> None:
    client, unopened = Client(), Client()
    client.post(f"{link}open/")
    hanna = trip.crew.get(task="host").person
    trip.crew.filter(task="driver").update(person=hanna)
    assert client.get(link).status_code == 404
    assert unopened.get(f"{link}entries/").status_code == 403
    assert client.get(f"{link}entries/").json()["rides"] == {}
    told = send(client, f"{link}entries/", an_entry("Riet", "on_board", "08:58"))
    assert (told["answers"][0]["answer"], told["rides"]) == ("applied", {})
    assert ride("Riet").state == "on_board"
    late = send(client, f"{link}entries/", an_entry("Riet", "not_there", "08:50"))
    assert "Riet" not in str(late), "kept, and told without a name"


def test_a_link_that_was_never_opened_takes_no_ticks_once_the_duty_is_somebody_elses(link: str, trip: Trip) -> None:
    trip.crew.filter(task="driver").update(state=CrewDuty.State.OPEN, person=None)
    assert Client().get(f"{link}entries/").status_code == 404


def test_a_driver_who_signed_in_and_was_replaced_still_sends_their_ticks(link: str, trip: Trip) -> None:
    dirk = trip.crew.get(task="driver").person
    assert dirk is not None
    Person.objects.filter(pk=dirk.pk).update(email="dirk@example.org")
    driver = signed_in(trip, Role.Kind.DRIVER, "dirk@example.org")
    trip.crew.filter(task="driver").update(state=CrewDuty.State.OPEN, person=None)
    assert driver.get(reverse("manifest", args=[trip.pk])).status_code == 404
    told = send(driver, reverse("manifest-entries", args=[trip.pk]), an_entry("Riet", "on_board", "08:58"))
    assert (told["answers"][0]["answer"], told["rides"]) == ("applied", {})


def test_a_planner_texts_the_link_to_a_driver_who_came_later(planner: Client, trip: Trip) -> None:
    planner.post(reverse("manifest-start", args=[trip.pk]))
    shown = planner.post(reverse("manifest-link", args=[trip.pk]), follow=True).content.decode()
    assert "verstuurd naar Dirk de Vries, Hanna de Vries" in shown
    texts = Message.objects.filter(body__contains="/bus/m/").order_by("pk")
    assert [one.person.given_name for one in texts if one.person] == ["Dirk", "Hanna"]
    trip.crew.update(state=CrewDuty.State.OPEN, person=None)
    shown = planner.post(reverse("manifest-link", args=[trip.pk]), follow=True).content.decode()
    assert "Niemand die heeft toegezegd heeft een mobiele telefoon" in shown
