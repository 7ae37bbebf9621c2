"""A trip that was cancelled is driven after all: who had a place has it again where it fits, and everybody hears."""

from collections.abc import Sequence
from datetime import time, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from backend.common.actors import SYSTEM, user
from backend.events import clock
from backend.events.models import Event
from backend.notifications.models import Message
from backend.people.models import Engagement, Organisation, Person
from backend.transport.domain.programme import Times
from backend.transport.models import (
    Booking,
    CallTask,
    Disruption,
    DisruptionNotice,
    Ride,
    RideRequest,
    Series,
    SeriesException,
    Trip,
    UnmetRequest,
)
from backend.transport.selectors.answering import Wish
from backend.transport.selectors.disruption import standing_stops, told_to
from backend.transport.services import desk, disruption, disruption_calls, rides_wanted
from backend.transport.services import series as services
from backend.transport.services.booking import Booked
from backend.transport.services.planning_trips import plan_trips
from backend.transport.services.series import Saved
from backend.transport.web.calls import what_to_say
from tests.integration.transport.disruption.a_stop import HALIL, RIET, UNDERSTANDS
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_bus, a_passenger, a_series, a_trip
from tests.support.story import Story

PLANNER = user(7)
USUAL = Times(time(9, 30), time(12, 30))


@pytest.fixture
def bus(settings, db: None) -> Bus:
    """Of Welzijn Oost: the market every Tuesday, and it is Monday, 8:25."""
    settings.RONDJE_DEMO = True
    mornings.set_time("08:25")
    return to_the_market(mornings.an_organisation())


def to_the_market(organisation: Organisation) -> Bus:
    """With two seats beside the host's."""
    bus = a_bus(organisation, seats=3)
    a_series(bus)
    plan_trips(clock.now())
    return bus


def tuesday() -> Trip:
    return Trip.objects.get(date=TUESDAY, series__isnull=False)


def lives(bus: Bus, name: str, phone: str = "") -> Person:
    return a_passenger(bus.organisation, name, phones=[phone] if phone else [])


def books(*people: Person, trip: Trip | None = None) -> Sequence[Booking]:
    """Together: friends, when they are several."""
    wishes = [Wish(person) for person in people]
    done = desk.book((trip or tuesday()).pk, wishes, actor=PLANNER, now=clock.now())
    assert isinstance(done, Booked), done
    return done.bookings


def cancels() -> None:
    """The planner, on the trip's page; and the news goes out."""
    trip = services.cancel_trip(tuesday().pk, because="De weg is dicht", actor=PLANNER, now=clock.now())
    told = Event.objects.filter(kind="transport.trip_cancelled").latest("pk").payload["bookings"]
    cause = disruption.Cause(Disruption.Kind.OTHER, PLANNER, clock.now())
    disruption.tell_of_cancelled(trip.pk, told, cause)


def as_the_series_again() -> Saved:
    return services.drop_exception(SeriesException.objects.get().pk, actor=PLANNER, now=clock.now())


def standing() -> dict[str, tuple[str, str]]:
    rows = Booking.objects.filter(trip=tuesday()).order_by("pk")
    return {row.person.given_name: (row.state, row.cancelled_because) for row in rows}


def told() -> dict[str, str]:
    """What each is told now."""
    notices = DisruptionNotice.objects.exclude(state="superseded").order_by("order")
    return {one.person.given_name: told_to(one, clock.now()) for one in notices}


def names(people: Sequence[Person]) -> list[str]:
    return [person.given_name for person in people]


ABOUT = "Dit is Welzijn Oost, over de boodschappenbus naar De markt van morgen."


def test_who_had_a_place_has_it_again_with_times_and_is_told_or_rung(bus: Bus) -> None:
    truus, nel = lives(bus, "Truus", RIET), lives(bus, "Nel")
    for person in (truus, nel):
        books(person)
    before = set(Ride.objects.values_list("booking", "way", "promised_from", "promised_until"))
    cancels()
    assert not Engagement.objects.exists()

    saved = as_the_series_again()

    assert saved.made == 1
    (back,) = saved.put_back
    assert (names(back.back), names(back.without), names(back.to_ring)) == (["Truus", "Nel"], [], ["Nel"])
    assert standing() == {"Truus": ("booked", ""), "Nel": ("booked", "")}
    again = Ride.objects.filter(state=Ride.State.PLANNED)
    assert set(again.values_list("booking", "way", "promised_from", "promised_until")) == before
    assert Engagement.objects.count() == 2
    assert told()["Truus"] == (
        f"{ABOUT} De bus rijdt toch. U heeft uw plaats weer. De bus is bij u tussen 9:25 en 9:40. "
        "U bent thuis tussen 12:25 en 12:40."
    )
    old = DisruptionNotice.objects.filter(disruption__action=Disruption.Action.STOP)
    assert set(old.values_list("state", flat=True)) == {"superseded"}
    task = CallTask.objects.get(state=CallTask.State.OPEN)
    with translation.override("nl"):
        assert (task.person, what_to_say(task)[:87]) == (
            nel,
            "Over De markt op dinsdag 24 november: de rit gaat toch door, en u heeft uw plaats weer.",
        )


def test_whose_place_does_not_fit_any_more_hears_so_and_is_counted(bus: Bus) -> None:
    for name, phone in (("Truus", RIET), ("Nel", HALIL)):
        books(lives(bus, name, phone))
    cancels()
    bus.layout.seats = 2
    bus.layout.save()
    Series.objects.update(max_rounds=1)

    (back,) = as_the_series_again().put_back

    assert (names(back.back), names(back.without)) == (["Truus"], ["Nel"])
    assert standing() == {"Truus": ("booked", ""), "Nel": ("cancelled", "no_place_again")}
    assert told()["Nel"] == (
        f"{ABOUT} De bus rijdt toch, maar er is geen plaats meer voor u. Het spijt ons. U wordt niet opgehaald."
    )
    assert list(UnmetRequest.objects.values_list("person__given_name", "reason")) == [("Nel", "no_room")]


def test_who_gets_a_place_after_all_is_not_told_any_more_that_there_is_none(bus: Bus) -> None:
    for name, phone in (("Truus", RIET), ("Nel", HALIL)):
        books(lives(bus, name, phone))
    cancels()
    bus.layout.seats = 2
    bus.layout.save()
    Series.objects.update(max_rounds=1)
    as_the_series_again()
    truus, nel = Booking.objects.order_by("pk")
    with transaction.atomic():
        disruption_calls.booked_anew(tuesday().pk, truus.pk, clock.now())
    assert set(told()) == {"Truus", "Nel"}, "who has their place back hears so"
    desk.cancel(truus.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    (again,) = books(nel.person)
    with transaction.atomic():
        disruption_calls.booked_anew(tuesday().pk, again.pk, clock.now())
    assert "Nel" not in told()
    assert not Message.objects.filter(person=nel.person, state=Message.State.QUEUED).exists()


def test_friends_come_back_together_or_not_at_all(bus: Bus) -> None:
    books(lives(bus, "Truus"), lives(bus, "Nel"))
    cancels()
    bus.layout.seats = 2
    bus.layout.save()
    (back,) = as_the_series_again().put_back
    assert (names(back.back), names(back.without)) == ([], ["Truus", "Nel"])


def test_who_has_something_else_by_now_was_erased_or_has_left_is_not_put_back_and_their_friend_is(
    bus: Bus,
) -> None:
    other = a_trip(a_bus(bus.organisation, "De Mus"), leaves=time(14), returns=time(16))
    truus, nel = lives(bus, "Truus", RIET), lives(bus, "Nel", HALIL)
    books(truus, nel)
    cancels()
    books(truus, trip=other)

    (back,) = as_the_series_again().put_back

    assert (names(back.back), names(back.without)) == (["Nel"], ["Truus"])
    assert standing() == {"Truus": ("cancelled", "elsewhere"), "Nel": ("booked", "")}
    assert told()["Truus"] == (
        f"{ABOUT} De bus rijdt toch. U heeft voor die dag iets anders afgesproken. Deze bus haalt u niet op."
    )
    books(lives(bus, "Mien"))
    cancels()
    Person.objects.filter(pk=nel.pk).update(erased_at=clock.now())
    Person.objects.filter(given_name="Mien").update(organisation=mornings.an_organisation("west"))
    assert as_the_series_again().put_back == ()
    assert {standing()[name] for name in ("Nel", "Mien")} == {("cancelled", "trip_cancelled")}
    assert not DisruptionNotice.objects.exclude(state="superseded").exists()


def test_who_is_on_another_trip_at_that_very_time_is_not_in_two_places(bus: Bus) -> None:
    other = a_trip(a_bus(bus.organisation, "De Mus"), leaves=time(9), returns=time(12))
    truus = lives(bus, "Truus", RIET)
    books(truus)
    cancels()
    (elsewhere,) = books(truus, trip=other)
    # Booked long ago, as far as its row tells.
    Booking.objects.filter(pk=elsewhere.pk).update(booked_at=clock.now() - timedelta(days=3))
    as_the_series_again()
    assert standing() == {"Truus": ("cancelled", "elsewhere")}
    assert not UnmetRequest.objects.exists()


def test_cancelled_again_everybody_is_told_again_once_also_by_late_news(bus: Bus) -> None:
    (truus,) = books(lives(bus, "Truus", RIET))
    cancels()
    as_the_series_again()
    cancels()
    assert "De bus rijdt niet." in told()["Truus"]
    cause = disruption.Cause(Disruption.Kind.OTHER, SYSTEM, clock.now())
    assert disruption.tell_of_cancelled(tuesday().pk, [truus.pk], cause) is None
    as_the_series_again()
    assert "De bus rijdt toch." in told()["Truus"]
    assert standing() == {"Truus": ("booked", "")}


def test_whose_dinner_does_not_want_the_ride_any_more_is_not_put_back(bus: Bus) -> None:
    (truus,) = books(lives(bus, "Truus", RIET))
    RideRequest.objects.create(
        organisation=bus.organisation, reference="reservation:1", number=1, booking=truus, at=clock.now()
    )
    cancels()
    rides_wanted.not_wanted("reservation:1", 2, actor=SYSTEM, now=clock.now())
    assert as_the_series_again().put_back == ()
    assert standing() == {"Truus": ("cancelled", "elsewhere")}


def test_who_waited_waits_again_hears_so_and_is_not_counted_any_more(bus: Bus) -> None:
    Series.objects.update(max_rounds=1)
    Trip.objects.update(max_rounds=1)
    for name, phone in (("Truus", RIET), ("Nel", HALIL)):
        books(lives(bus, name, phone))
    desk.wait(tuesday().pk, [Wish(lives(bus, "Mien", "+31130001309"))], actor=PLANNER, now=clock.now())
    cancels()
    assert told()["Mien"] == (
        f"{ABOUT} De bus rijdt niet. Er is iets tussengekomen. U staat dus niet meer op de wachtlijst."
    )
    assert list(UnmetRequest.objects.values_list("person__given_name", "reason")) == [("Mien", "trip_cancelled")]

    (back,) = as_the_series_again().put_back

    assert (names(back.back), names(back.waiting), names(back.without)) == (["Truus", "Nel"], ["Mien"], [])
    assert standing()["Mien"] == ("waiting", "")
    assert told()["Mien"] == f"{ABOUT} De bus rijdt toch. U staat weer op de wachtlijst."
    assert not UnmetRequest.objects.exists()
    assert Event.objects.filter(kind="transport.waiting").count() == 2


def test_a_trip_without_bookings_tells_nobody(bus: Bus) -> None:
    services.except_date(Series.objects.get().pk, TUESDAY, None, reason="Weg dicht", actor=PLANNER, now=clock.now())
    saved = as_the_series_again()
    assert (saved.made, saved.put_back) == (1, ())
    assert not Disruption.objects.exists()


def test_other_times_than_the_series_are_told_to_who_is_put_back(bus: Bus) -> None:
    books(lives(bus, "Truus", RIET))
    trip = tuesday()
    cause = disruption.Cause(Disruption.Kind.WEATHER, PLANNER, clock.now())
    disruption.stop(trip.pk, cause, ways_home={})
    services.except_date(
        Series.objects.get().pk, TUESDAY, Times(time(10, 30), time(13)), actor=PLANNER, now=clock.now()
    )
    assert "De bus is bij u tussen 10:25 en 10:40." in told()["Truus"]
    assert not standing_stops().filter(trip=trip).exists(), "neither its own page nor a funder counts it as stopped"
    assert Disruption.objects.latest("pk").kind == Disruption.Kind.WEATHER


def test_calls_that_are_going_out_tell_the_latest_and_who_does_not_answer_is_left_to_a_person(
    story: Story,
) -> None:
    bus = to_the_market(story.organisation)
    for name, phone in (("Truus", RIET), ("Nel", HALIL)):
        books(lives(bus, name, phone))
    story.lives("Truus", RIET, habits=[{**UNDERSTANDS, "pick_up": 20}, UNDERSTANDS])
    story.lives("Nel", HALIL, habits=["no_answer"] * 3)
    story.start()
    story.run("09:00")
    cancels()
    story.step()
    assert DisruptionNotice.objects.filter(under_way=True).count() == 2
    as_the_series_again()
    story.run("12:00")
    assert "De bus rijdt toch. U heeft uw plaats weer." in story.heard("Truus")
    assert "De bus rijdt niet." not in story.heard("Truus")
    standing_now = DisruptionNotice.objects.exclude(state="superseded").order_by("order")
    assert [(one.person.given_name, one.state) for one in standing_now] == [("Truus", "confirmed"), ("Nel", "person")]
    assert CallTask.objects.get(state=CallTask.State.OPEN).person.given_name == "Nel"
