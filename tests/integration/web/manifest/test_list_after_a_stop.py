"""A trip is stopped on the road: its list says so, sends nobody to a door, and takes in what happened all the same."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from backend.common.actors import user
from backend.events import clock
from backend.incidents.models import Incident
from backend.people.models import Person
from backend.transport.models import Booking, Disruption, Ride, Trip
from backend.transport.services import disruption
from tests.integration.web.manifest.a_list import page, ride, tick
from tests.integration.web.mornings import set_time
from tests.support import buses

pytestmark = pytest.mark.django_db

BANNER = (
    "Deze rit is om 9:50 stopgezet. Haal niemand meer op: wie niet is opgehaald, hoort dat van ons. "
    "Is er iemand in de bus, of van huis? Blijf aanvinken wat er gebeurt, en bel"
)


@pytest.fixture
def stopped(planner: Client, trip: Trip) -> Trip:
    """Mien sits in the bus; at Riet's door it should have been; Truus waits for it still. At 9:50 the bus is broken."""
    buses.a_booking(trip, buses.a_passenger(trip.organisation, "Mien", phones=["+31600000112"]))
    Person.objects.filter(given_name="Mien").update(address="Lindelaan 3")
    later = {name: F(name) + timedelta(minutes=30) for name in ("planned_at", "boards_at", "arrives_at")}
    later |= {name: F(name) + timedelta(minutes=30) for name in ("promised_from", "promised_until")}
    Ride.objects.filter(booking__person__given_name="Truus", way="there").update(**later)
    planner.post(reverse("manifest-start", args=[trip.pk]))
    set_time("09:48")
    tick(planner, trip, "Mien", "on_board")
    set_time("09:50")
    cause = disruption.Cause(Disruption.Kind.BUS_DOWN, user(7), clock.now())
    disruption.stop(trip.pk, cause, ways_home={})
    trip.refresh_from_db()
    return trip


def stands(shown: str, name: str) -> str:
    """What the list says of somebody on the way there."""
    return shown.split(f'data-status="{ride(name).pk}" data-way="there">')[1].split("<", maxsplit=1)[0]


def entries(client: Client, trip: Trip) -> Any:
    return client.get(reverse("manifest-entries", args=[trip.pk])).json()


def test_the_list_says_that_the_trip_was_stopped_and_sends_nobody_to_a_door(
    planner: Client, stopped: Trip, link: str
) -> None:
    client = Client()
    client.post(f"{link}open/")
    for shown in (page(planner, stopped), client.get(link).content.decode()):
        assert f'<span>{BANNER}</span> <a class="phone" href="tel:+31130009001"' in shown
        assert "Beloofd" not in shown
        assert 'value="not_there"' not in shown
        assert 'class="when"' not in shown
        assert 'class="stop card now"' not in shown
        assert stands(shown, "Mien") == "in de bus"
        assert stands(shown, "Riet") == "niet opgehaald, voor zover wij weten", "nobody ticked that she was fetched"
        assert stands(shown, "Truus") == "niet opgehaald: hoort dat van ons", "the bus was not due there yet"
    assert entries(planner, stopped)["stopped"] == BANNER


def test_a_trip_that_drives_says_nothing_of_a_stop(planner: Client, trip: Trip) -> None:
    assert "stopgezet" not in page(planner, trip)
    assert 'value="not_there"' in page(planner, trip)
    assert entries(planner, trip)["stopped"] == ""


def test_who_turns_out_to_have_been_fetched_is_ticked_and_looked_after(planner: Client, stopped: Trip) -> None:
    """The telephone of the crew had no signal when Truus got in."""
    assert [member.person.given_name for member in Incident.objects.get().members.order_by("pk")] == ["Mien", "Riet"]
    tick(planner, stopped, "Truus", "on_board")
    assert ride("Truus").state == "on_board"
    assert set(Incident.objects.get().members.values_list("person__given_name", flat=True)) == {"Mien", "Riet", "Truus"}


def test_the_run_is_closed_when_it_is_known_of_everybody_and_who_was_not_fetched_keeps_it_open_no_longer(
    planner: Client, stopped: Trip
) -> None:
    close = reverse("manifest-close", args=[stopped.pk])
    shown = planner.post(close, follow=True).content.decode()
    missing = shown.split('id="not-home"')[1].split("</ul>")[0]
    assert [name for name in ("Mien", "Riet", "Truus") if name in missing] == ["Mien", "Riet"]
    riet = Booking.objects.get(person__given_name="Riet")
    disruption.record_way_home(trip_id=stopped.pk, booking_id=riet.pk, way="at_home", actor=user(7), now=clock.now())
    assert stands(page(planner, stopped), "Riet") == "niet opgehaald: hoort dat van ons"
    tick(planner, stopped, "Mien", "home_inside", way="home")
    answer = planner.post(close, follow=True)
    assert "Iedereen is thuis en de rit is afgesloten" in answer.content.decode()


def test_the_list_on_paper_says_so_as_well(planner: Client, stopped: Trip) -> None:
    pdf = PdfReader(BytesIO(planner.get(reverse("manifest-pdf", args=[stopped.pk])).content))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in pdf.pages)
    assert "Deze rit is om 9:50 stopgezet. Haal niemand meer op." in text
    assert "Beloofd" not in text
