"""`manage.py start_demo`: at every start a morning to watch, about to begin."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from backend.circles.models import Circle, Round, Seat
from backend.circles.services import demo, rounds
from backend.circles.services.cases import open_for_seat
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.incidents.services.ladders import bus_scope
from backend.incidents.services.of_the_bus import open_case
from backend.meals.models import CrewPlace, Evening, MealVolunteer, Reservation
from backend.meals.selectors.closing import stayed_away
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.newcomers import marked
from backend.meals.services.demo import prepare_dinner
from backend.meals.services.demo_dinner import SETUP
from backend.notifications.models import Attempt, Message
from backend.people.models import DutyShift, Organisation, Person, User
from backend.people.selectors import zone_of
from backend.transport.models import Booking, CrewDuty, Trip
from backend.web.town import everybody_around
from simulator.client import Town
from tests.support.restos import a_helper
from worker import lanes

TONIGHT = SETUP.evenings[0]


@pytest.fixture
def town(carrier_settings: str, simulator_url: str, transactional_db: None) -> Any:
    """An empty town, which is left empty."""
    made = Town(simulator_url)
    made.reset()
    yield made
    made.set_clock(clock.now().timestamp(), 0)
    # What is still under way to the product would meet its database being emptied.
    made.advance(0)
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
    circle = Circle.objects.get()
    everybody = everybody_around(circle)
    lines = {line for person in everybody for line in person["phones"]}
    assert lines == {phone["number"] for phone in town.phones()}


def test_the_bus_leaves_an_hour_after_the_circle_with_a_crew_and_six_passengers(town: Town) -> None:
    said = start_demo()
    trip = Trip.objects.get(series=None)
    assert "The bus De Zwaluw leaves for Weekmarkt Oosterveen at 09:30" in said
    assert [duty.state for duty in trip.crew.all()] == [CrewDuty.State.CONFIRMED] * 2
    assert trip.bookings.filter(state=Booking.State.BOOKED).count() == 6
    assert Trip.objects.filter(series__isnull=False).count() > 8
    on_duty = DutyShift.objects.filter(scope=bus_scope(trip.organisation)).values_list("person__given_name", "weekday")
    assert sorted(on_duty) == [("Carla", weekday) for weekday in range(7)]


def test_the_bus_of_an_earlier_start_is_put_away_and_there_is_one_for_every_day(town: Town) -> None:
    start_demo()
    Trip.objects.filter(series=None).update(state=Trip.State.UNDERWAY)
    rounds_begin(Round.objects.order_by("date")[0])
    start_demo()
    first, second = Trip.objects.filter(series=None).order_by("date")
    assert (first.state, second.state) == (Trip.State.CANCELLED, Trip.State.PLANNED)
    assert (second.date - first.date).days == 1
    assert second.bookings.filter(state=Booking.State.BOOKED).count() == 6


def test_who_stops_before_the_morning_begins_finds_the_same_bus_and_dinner_at_the_next_start(town: Town) -> None:
    start_demo()
    trip, evening = Trip.objects.get(series=None), Evening.objects.get(series=None)
    start_demo()
    assert (Trip.objects.get(series=None).pk, Evening.objects.get(series=None).pk) == (trip.pk, evening.pk)
    assert trip.bookings.filter(state=Booking.State.BOOKED).count() == 6
    assert chairs_of(evening, clock.now()).guests == 25
    assert Round.objects.filter(state=Round.State.PLANNED).earliest("date").date == trip.date


def test_what_happened_before_the_morning_began_is_not_undone_by_going_back_in_time(town: Town) -> None:
    start_demo()
    round_ = Round.objects.order_by("date")[0]
    clock.set_clock(virtual=round_.planned_start - timedelta(minutes=1), rate=0)
    trip, member = Trip.objects.get(series=None), round_.circle.memberships.all()[0].person
    with transaction.atomic():
        open_case(
            trip.organisation,
            Incident.Kind.NO_ANSWER,
            [member],
            cause="trial",
            trip_id=trip.pk,
            label="De bus",
            day=trip.date,
            now=clock.now(),
        )
    start_demo()
    assert Incident.objects.get().state == "closed"
    assert Evening.objects.filter(series=None).latest("date").date == round_.date + timedelta(days=1)


def test_tonight_there_is_dinner_with_a_crew_a_full_table_and_somebody_who_waits(town: Town) -> None:
    said = start_demo()
    evening = Evening.objects.get(series=None)
    assert "Tonight there is dinner at De Lange Tafel, at 18:00; the kitchen counts at 12:30." in said
    assert evening.date == Round.objects.order_by("date")[0].date
    count = chairs_of(evening, clock.now())
    assert (count.guests, count.crew, count.speakers, count.free) == (25, 10, 1, 4)
    waiting = evening.reservations.get(state=Reservation.State.WAITING)
    assert (waiting.person.given_name, waiting.covers) == ("Sien", 5)
    assert evening.crew.filter(state="open").get().job == "serving"


def test_two_dinners_were_held_before_and_three_parties_of_tonight_are_there_for_the_first_time(town: Town) -> None:
    start_demo()
    tonight = Evening.objects.get(series=None)
    held = Evening.objects.filter(state=Evening.State.CLOSED).order_by("date")
    assert [one.date.weekday() in {1, 4} and one.date < tonight.date for one in held] == [True, True]
    newcomers = marked(tonight.reservations.all()).filter(is_new=True, state=Reservation.State.RESERVED)
    assert {row.person.name for row in newcomers} == {"Mien de Graaf", "Leo Timmer", "Dora Kuipers"}
    assert list(stayed_away(held[1]).values_list("person__given_name", flat=True)) == ["Cor"]
    assert not Event.objects.filter(subject_kind="evening", subject_id__in=held).exists(), "nobody hears of them"


def test_the_dinner_of_an_earlier_start_is_put_away_and_there_is_one_for_every_day(town: Town) -> None:
    start_demo()
    Evening.objects.filter(series=None).update(state=Evening.State.OPEN)
    rounds_begin(Round.objects.order_by("date")[0])
    start_demo()
    first, second = Evening.objects.filter(series=None).order_by("date")
    assert (first.state, second.state) == (Evening.State.CANCELLED, Evening.State.PLANNED)
    assert (second.date - first.date).days == 1
    assert chairs_of(second, clock.now()).guests == 25


def started_again() -> Evening:
    """The dinner of the next day that is played."""
    rounds_begin(Round.objects.order_by("date")[0])
    start_demo()
    return Evening.objects.filter(series=None).order_by("date")[1]


def who_comes(evening: Evening) -> set[str]:
    rows = evening.reservations.exclude(state=Reservation.State.CANCELLED).select_related("person")
    return {row.person.name for row in rows}


def test_whoever_was_erased_or_is_called_otherwise_is_left_out_at_the_next_start(town: Town) -> None:
    start_demo()
    Person.objects.filter(given_name="Hennie").update(given_name="", family_name="(gewist)")
    Person.objects.filter(given_name="Karim").update(family_name="Haddad-Vos")

    evening = started_again()

    assert who_comes(evening) == {one.guest for one in TONIGHT.reserved} - {"Hennie Vroom"}
    assert sorted(evening.crew.filter(state="open").values_list("job", flat=True)) == ["cook", "serving"]


def test_a_place_in_the_crew_that_another_volunteer_took_is_left_to_them(town: Town) -> None:
    start_demo()
    first = Evening.objects.get(series=None)
    organisation, tomorrow = first.resto.organisation, first.date + timedelta(days=1)
    evening = Evening.objects.filter(resto=first.resto, date=tomorrow).first() or an_evening(first, tomorrow)
    place, _made = CrewPlace.objects.get_or_create(evening=evening, job="till", number=0)
    other = a_helper(organisation, "Bep", "+31600002098", jobs=("till",))
    CrewPlace.objects.filter(pk=place.pk).update(state="confirmed", person=other)

    again = started_again()

    assert again.pk == evening.pk
    assert [one.person for one in again.crew.filter(job="till")] == [other]
    assert again.crew.filter(state="open").get().job == "serving"


def an_evening(like: Evening, day: date) -> Evening:
    """The same dinner, on another date."""
    moved = day - like.date
    times = {name: getattr(like, name) + moved for name in ("cutoff_at", "doors_at", "dinner_at", "ends_at")}
    return Evening.objects.create(resto=like.resto, date=day, chairs=like.chairs, **times)


def test_a_guest_who_helps_by_now_and_a_volunteer_who_does_not_are_left_out(town: Town) -> None:
    start_demo()
    organisation = Organisation.objects.get()
    leo = Person.objects.get(given_name="Leo", family_name="Timmer")
    MealVolunteer.objects.filter(person__given_name="Ruud").delete()
    MealVolunteer.objects.create(organisation=organisation, person=leo, job="kitchen")
    first = Evening.objects.get(series=None)
    tomorrow = first.date + timedelta(days=1)
    evening = Evening.objects.filter(resto=first.resto, date=tomorrow).first() or an_evening(first, tomorrow)
    place, _made = CrewPlace.objects.get_or_create(evening=evening, job="kitchen", number=0)
    CrewPlace.objects.filter(pk=place.pk).update(state="confirmed", person=leo)

    again = started_again()

    assert who_comes(again) == {one.guest for one in TONIGHT.reserved} - {"Leo Timmer"}
    helps = {one.person.name for one in again.crew.filter(job="kitchen") if one.person}
    assert helps == {"Leo Timmer", "Ineke Vos"}


def test_evenings_of_the_series_are_planned_round_the_dinner_of_today(town: Town) -> None:
    start_demo()
    tonight = Evening.objects.get(series=None)
    tuesdays_and_fridays = Evening.objects.filter(series__isnull=False)
    assert tuesdays_and_fridays.count() > 10
    assert {one.date.weekday() for one in tuesdays_and_fridays} == {1, 4}
    next_one = tuesdays_and_fridays.filter(date__gt=tonight.date).order_by("date")[0]
    demo_of(next_one.date)
    assert Evening.objects.filter(date=next_one.date).count() == 1
    next_one.refresh_from_db()
    assert chairs_of(next_one, clock.now()).guests == 25, "who comes every time is counted once"


def demo_of(day: date) -> None:
    """The dinner of another day that is played."""
    with transaction.atomic():
        organisation = Organisation.objects.get()
        now = datetime.combine(day, time(8, 25), zone_of(organisation))
        clock.set_clock(virtual=now, rate=0)
        prepare_dinner(organisation, day=day, now=now)


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
    # Nobody answers before everything is put away, however slow this machine is.
    town.set_clock(clock.now().timestamp(), 0)
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
