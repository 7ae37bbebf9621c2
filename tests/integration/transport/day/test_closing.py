"""A run is closed when everybody is home, and a bus that does not leave or come home is a case."""

import uuid

import pytest

from backend.events.models import Timer
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import closing
from backend.transport.domain.disruption import Part
from backend.transport.domain.run import Answer, Missing, What
from backend.transport.models import Booking, Disruption, Ride
from backend.transport.services import disruption, watching
from backend.transport.services.day import Tick
from tests.integration.transport.day.a_day import DRIVER, Day, at

pytestmark = pytest.mark.django_db


def test_a_run_is_not_closed_while_somebody_is_not_known_to_be_home(bus: Day) -> None:
    bus.is_driven()
    assert bus.not_home() == {"Riet": Missing.AT_DESTINATION, "Truus": Missing.AT_DESTINATION}
    bus.sends(*bus.everybody(What.ON_BOARD, "12:30", "home"), now="12:30")
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    assert bus.not_home() == {"Truus": Missing.ON_THE_BUS}


def test_a_case_about_who_was_not_at_the_door_lets_the_run_be_closed(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), bus.tick("Truus", What.ON_BOARD, "9:46"), now="9:46")
    bus.sends(bus.tick("Truus", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    assert bus.close().state == "closed"


def test_who_cancelled_in_time_is_not_waited_for(bus: Day) -> None:
    Booking.objects.filter(person__given_name="Riet").update(state="cancelled", cancelled_at=at("9:00"))
    Ride.objects.filter(booking__person__given_name="Riet").update(state="cancelled")
    bus.sends(bus.tick("Truus", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    assert bus.close().state == "closed"


def test_who_had_cancelled_but_came_along_is_waited_for(bus: Day) -> None:
    Booking.objects.filter(person__given_name="Riet").update(state="cancelled", cancelled_at=at("9:00"))
    Ride.objects.filter(booking__person__given_name="Riet").update(state="cancelled")
    assert bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45") == [(Answer.APPLIED, None)]
    bus.sends(bus.tick("Truus", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    assert bus.not_home() == {"Riet": Missing.ON_THE_BUS}
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "12:50", "home"), now="12:50")
    assert bus.close().state == "closed"


def test_passengers_who_wait_for_a_bus_that_has_not_started_are_a_case(bus: Day) -> None:
    watching.keep_watch(bus.is_now("7:00"))
    bus.looked_at("9:39")
    assert bus.cases() == []
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("9:40")
    bus.looked_at("9:40")
    assert bus.cases() == [("not_started", "open", ["Riet", "Truus"])]
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("15:30"), "it may be driven, and never ticked"


def test_a_bus_that_was_shifted_and_does_not_leave_then_either_is_a_case_again(bus: Day) -> None:
    bus.looked_at("9:40")
    cause = disruption.Cause(Disruption.Kind.OTHER, DRIVER, bus.is_now("9:45"))
    disruption.shift(bus.trip.pk, cause, minutes=30, part=Part.BOTH)
    bus.ends("not_started", "9:50")
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("9:45"), "looked at at once"
    bus.looked_at("9:50")
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("10:10")
    bus.looked_at("10:09")
    bus.looked_at("10:10")
    assert [case[:2] for case in bus.cases()] == [("not_started", "closed"), ("not_started", "open")]
    bus.ends("not_started", "10:20")
    bus.looked_at("10:30")
    assert len(bus.cases()) == 2, "a person has looked into it since it should have left"


def test_a_run_ticked_on_paper_that_nobody_types_in_is_missed_at_its_end(bus: Day) -> None:
    bus.looked_at("9:40")
    bus.ends("not_started", "9:50")
    bus.looked_at("10:00")
    watching.keep_watch(bus.is_now("10:01"))
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("15:30")
    bus.looked_at("15:30")
    assert bus.cases()[1:] == [("not_closed", "open", ["Riet", "Truus"])]
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("16:30")
    bus.ends("not_closed", "15:40")
    bus.looked_at("16:30")
    assert len(bus.cases()) == 2, "a person has found all of them"
    assert not Timer.objects.filter(kind=watching.TIMER).exists()


def test_a_run_that_is_not_closed_an_hour_after_its_end_is_a_case_that_lists_who_is_not_known_to_be_home(
    bus: Day,
) -> None:
    bus.is_driven()
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    bus.looked_at("12:46")
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("15:30")
    bus.looked_at("15:30")
    assert bus.cases() == [("not_closed", "open", ["Truus"])]
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("16:30"), "until it is closed"


def test_a_run_that_nobody_closed_although_everybody_is_home_wakes_nobody(bus: Day) -> None:
    bus.is_driven()
    bus.goes_home()
    bus.looked_at("15:30")
    bus.trip.refresh_from_db()
    assert (bus.trip.state, bus.trip.closed_by, bus.cases()) == ("closed", "system", [])


def test_what_a_person_recorded_about_somebody_who_was_missing_lets_the_run_be_closed(bus: Day) -> None:
    bus.is_driven()
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    bus.looked_at("15:30")
    closing.record_outcome(
        Incident.objects.get(), member_id=None, outcome=Outcome.FOUND_WELL, actor=DRIVER, name="", now=at("15:40")
    )
    assert bus.close("15:45").state == "closed"


def test_a_way_home_explains_nobody_who_sits_in_the_bus_or_was_ticked_since(bus: Day) -> None:
    bus.is_driven()
    bus.sends(bus.tick("Riet", What.ON_BOARD, "12:30", "home"), now="12:30")
    ways = {ride.booking_id: "taxi" for ride in (bus.ride("Riet"), bus.ride("Truus"))}
    cause = disruption.Cause(Disruption.Kind.BUS_DOWN, DRIVER, bus.is_now("12:35"))
    disruption.stop(bus.trip.pk, cause, ways_home=ways)
    assert bus.not_home() == {"Riet": Missing.ON_THE_BUS}
    truus = Ride.objects.filter(booking__person__given_name="Truus", way="home").get()
    bus.sends(Tick(uuid.uuid4(), truus.pk, What.ON_BOARD, at("12:41"), 1), now="12:41")
    assert bus.not_home() == {"Riet": Missing.ON_THE_BUS, "Truus": Missing.ON_THE_BUS}
    bus.sends(Tick(uuid.uuid4(), truus.pk, What.UNDONE, at("12:42"), 1), now="12:42")
    assert "Truus" in bus.not_home(), "what was said before she was ticked says nothing about now"


def test_who_was_well_when_the_bus_was_late_is_not_home_by_that(bus: Day) -> None:
    bus.looked_at("9:40")
    bus.ends("not_started", "9:50")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "10:00"), now="10:00")
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    assert bus.not_home() == {"Truus": Missing.NOT_FETCHED}


def test_a_setting_that_makes_no_sense_silences_no_alarm(bus: Day) -> None:
    organisation = bus.trip.organisation
    organisation.settings = {"bus": {"not_closed_minutes": "never", "not_started_minutes": 20}}
    organisation.save()
    bus.looked_at("9:49")
    assert bus.cases() == []
    bus.looked_at("9:50")
    assert [reason for reason, _state, _who in bus.cases()] == ["not_started"]
