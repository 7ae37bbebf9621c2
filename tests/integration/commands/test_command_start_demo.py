"""`manage.py start_demo`: at every start a morning to watch, about to begin."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from backend.circles.models import Circle, Round, Seat
from backend.circles.selectors.members import people_around
from backend.circles.services import demo, rounds
from backend.circles.services.cases import open_for_seat
from backend.events import clock
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, Message
from backend.people.models import Organisation, User
from simulator.client import Town
from worker import lanes


@pytest.fixture
def town(carrier_settings: str, simulator_url: str, transactional_db: None) -> Any:
    """An empty town, which is left empty."""
    made = Town(simulator_url)
    made.reset()
    yield made
    made.set_clock(clock.now().timestamp(), 0)
    made.reset()


def start_demo() -> str:
    out = io.StringIO()
    call_command("start_demo", stdout=out)
    return out.getvalue()


def test_the_first_start_makes_a_circle_of_eight_that_is_about_to_begin(town: Town) -> None:
    said = start_demo()

    circle = Circle.objects.get()
    assert circle.memberships.count() == 8
    assert "De Linde goes round at 08:30" in said
    first = Round.objects.order_by("date").first()
    assert first is not None
    seconds = (first.planned_start - clock.now()).total_seconds() / clock.anchor().rate
    assert 5 < seconds <= demo.AHEAD
    names = {phone["resident"] for phone in town.phones()}
    assert {"riet", "sjef", "anneke", "bram", "carla"} <= names
    assert abs(town.clock()["now"] - clock.now().timestamp()) < demo.RATE
    user = User.objects.get(username="coordinator")
    assert user.check_password("rondje-demo")
    assert sorted(role.kind for role in user.roles.all()) == ["coordinator", "operator"]


def test_everybody_who_could_be_rung_lives_in_the_town(town: Town) -> None:
    start_demo()
    lines = {line for person in people_around(Circle.objects.get()) for line in person["phones"]}
    assert lines == {phone["number"] for phone in town.phones()}


def test_each_account_with_the_carrier_has_its_number_in_the_town(town: Town, settings: Any) -> None:
    second = "AC" + "0" * 24 + "0000002e"
    settings.TWILIO_ACCOUNT_SID_2, settings.TWILIO_AUTH_TOKEN_2 = second, "simulator-second"
    settings.TWILIO_SENDER_2 = "+31130009009"
    town.add_account("second", second, "simulator-second")
    start_demo()
    numbers = {account["name"]: account["numbers"] for account in town.accounts()}
    assert numbers == {"first": ["+31130009000"], "second": ["+31130009009"]}


def test_every_further_start_has_the_next_morning_and_makes_nobody_twice(town: Town) -> None:
    days = []
    for _start in range(3):
        start_demo()
        round_ = Round.objects.filter(state=Round.State.PLANNED).order_by("date")[0]
        days.append(round_.date)
        rounds_begin(round_)
    assert days == [days[0], days[0] + timedelta(days=1), days[0] + timedelta(days=2)]
    assert Organisation.objects.count() == Circle.objects.count() == User.objects.count() == 1


def rounds_begin(round_: Round) -> None:
    with transaction.atomic():
        rounds.look(round_.pk, round_.planned_start)


def test_what_was_going_on_at_the_last_stop_is_put_away(town: Town) -> None:
    start_demo()
    round_ = Round.objects.order_by("date")[0]
    clock.set_clock(virtual=round_.planned_start, rate=0)
    rounds_begin(round_)
    clock.set_clock(virtual=round_.planned_start + timedelta(seconds=60), rate=0)
    lanes.look("live")
    assert Attempt.objects.filter(state__in=Attempt.LIVE).exists()
    round_ = Round.objects.get(pk=round_.pk)
    with transaction.atomic():
        open_for_seat(round_, round_.seats.all()[0], Incident.Kind.NO_ANSWER, now=clock.now())

    start_demo()

    round_ = Round.objects.get(pk=round_.pk)
    assert (round_.state, round_.closed_how) == ("closed", "not_held")
    assert {seat.standing for seat in round_.seats.all()} == {Seat.Standing.EXCUSED}
    incident = Incident.objects.get()
    assert (incident.state, incident.members.get().outcome) == ("closed", "false_alarm")
    assert not Attempt.objects.filter(state__in=Attempt.LIVE).exists()
    assert not Message.objects.filter(state=Message.State.QUEUED, host="circles.round").exists()


def test_it_is_refused_outside_a_demo(town: Town, settings: Any) -> None:
    settings.RONDJE_DEMO = False
    with pytest.raises(CommandError, match="refused elsewhere"):
        start_demo()
    assert not Organisation.objects.exists()
