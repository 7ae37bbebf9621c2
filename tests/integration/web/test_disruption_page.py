"""A planner acts on one page when a trip goes wrong, and sees there who has been told."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from backend.incidents.models import Incident
from backend.people.models import DutyShift
from backend.people.services import duty, registering
from backend.transport.models import Disruption, DisruptionNotice, Trip
from backend.transport.services import disruption_calls
from tests.integration.web import mornings
from tests.support.underway import Underway, a_layout


def page(outing: Underway) -> str:
    return f"/bus/trips/{outing.trip.pk}/wrong/"


def test_stopping_the_trip_shows_the_list_and_how_many_have_confirmed(planner: Client, outing: Underway) -> None:
    for number, name in enumerate(("riet", "halil")):
        outing.passenger(name, f"+3113000130{number}")
    answer = planner.post(page(outing), {"kind": "bus_down", "action": "stop", "part": "both"}, follow=True)
    words = answer.content.decode()
    assert "0 van de 2 hebben bevestigd" in words
    assert words.index("Riet Linde") < words.index("Halil Linde")
    notice = DisruptionNotice.objects.get(person__given_name="Riet")
    words = planner.post(f"{page(outing)}told/", {"notice": notice.pk}, follow=True).content.decode()
    assert "1 van de 2 hebben bevestigd" in words
    assert "heeft bevestigd, aan een van ons" in words
    assert "De bus is kapot (gestopt)" in planner.get(f"/bus/trips/{outing.trip.pk}/").content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "weather"}, "Kies wat er moet gebeuren."),
        ({"kind": "weather", "action": "shift", "part": "both"}, "Geef een aantal minuten van 1 tot en met 240."),
        ({"kind": "weather", "action": "shift", "minutes": "een uur"}, "Geef een aantal minuten."),
        ({"kind": "weather", "action": "bus"}, "Kies de bus die in plaats daarvan rijdt."),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_given_stays(
    planner: Client, outing: Underway, given: dict[str, str], words: str
) -> None:
    answer = planner.post(page(outing), given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert '<option value="weather" selected>' in answer.content.decode()
    assert not Disruption.objects.exists()


def test_what_is_pressed_twice_or_by_two_planners_shifts_once(planner: Client, outing: Underway) -> None:
    outing.passenger("riet", "+31130001301")
    found = re.search(r'name="seen" value="(\d+)"', planner.get(page(outing)).content.decode())
    assert found is not None
    given = {"kind": "weather", "action": "shift", "part": "both", "minutes": "30", "seen": found[1]}
    leaves_at = Trip.objects.get().leaves_at
    assert planner.post(page(outing), given).status_code == 302
    second = planner.post(page(outing), given)
    assert second.status_code == 409
    assert "Iemand heeft zojuist iets aan deze rit gedaan." in second.content.decode()
    assert f'name="seen" value="{Disruption.objects.get().pk}"' in second.content.decode()
    assert Trip.objects.get().leaves_at - leaves_at == timedelta(minutes=30)


def test_another_bus_says_who_does_not_fit_and_why(planner: Client, outing: Underway) -> None:
    outing.passenger("riet", "+31130001301", wheelchair_places=1, seats=0)
    small = a_layout(outing.trip.organisation, "De Mus", chairs=0)
    assert "De Mus (gewoon): geen plaats voor Riet Linde, te weinig rolstoelplaatsen" in (
        planner.get(page(outing)).content.decode()
    )
    answer = planner.post(page(outing), {"kind": "bus_down", "action": "bus", "layout": small.pk})
    assert answer.status_code == 409
    assert "Niet iedereen past in die bus: Riet Linde." in answer.content.decode()
    assert Trip.objects.get().vehicle.name == "De Plusbus"


def test_who_is_away_from_home_is_asked_about_before_and_after(planner: Client, outing: Underway) -> None:
    Trip.objects.update(state="underway", started_at=mornings.at("07:00"), leaves_at=mornings.at("07:00"))
    booking = outing.passenger("truus", "+31130001303", there="done")
    asked = planner.get(page(outing)).content.decode()
    assert "Truus Linde komt thuis" in asked
    planner.post(page(outing), {"kind": "bus_down", "action": "stop"})
    assert Incident.objects.get().kind == Incident.Kind.STRANDED
    planner.post(f"{page(outing)}home/", {"booking": booking.pk, "way": "taxi"})
    assert DisruptionNotice.objects.get().way_home == "taxi"
    assert "van huis; met een taxi" in planner.get(page(outing)).content.decode()


def test_the_page_asks_the_same_number_of_questions_however_many_ride_along(
    planner: Client, outing: Underway, django_assert_max_num_queries
) -> None:
    for number in range(7):
        outing.passenger(f"gast{number}", f"+3113000130{number}")
    planner.post(page(outing), {"kind": "bus_down", "action": "shift", "minutes": 30, "part": "both"})
    with django_assert_max_num_queries(30):
        planner.get(page(outing))


def test_who_is_on_the_list_twice_is_told_once(planner: Client, outing: Underway) -> None:
    booking = outing.passenger("riet", "+31130001301")
    planner.post(page(outing), {"kind": "weather", "action": "shift", "minutes": 30, "part": "both"})
    planner.post(page(outing), {"kind": "weather", "action": "shift", "minutes": 30, "part": "both"})
    assert sorted(DisruptionNotice.objects.values_list("state", flat=True)) == ["open", "superseded"]
    assert booking.rides.get(way="there").promised_from.isoformat().startswith("2026-11-23T09:35")
    assert disruption_calls.notices_of(outing.trip).count() == 1


def test_who_takes_the_case_reads_that_they_are_not_at_home(planner: Client, outing: Underway) -> None:
    Trip.objects.update(state="underway", started_at=mornings.at("07:00"), leaves_at=mornings.at("07:00"))
    outing.passenger("truus", "+31130001303", there="done")
    anneke = registering.register_person(
        organisation=outing.trip.organisation, given_name="Anneke", family_name="de Vries", phones=["+31600000100"]
    )
    scope = f"bus:{outing.trip.organisation_id}"
    duty.put_on_duty(person=anneke, scope=scope, rank=DutyShift.Rank.PRIMARY, weekday=0)
    planner.post(page(outing), {"kind": "bus_down", "action": "stop"})
    volunteer, address = Client(), mornings.link_for(Incident.objects.get())
    volunteer.post(f"{address}open/")
    words = volunteer.post(f"{address}claim/", follow=True).content.decode()
    assert "Zorg dat zij thuiskomen" in words
    assert "Zij zijn niet thuis" in words
    assert "Truus Linde" in words
