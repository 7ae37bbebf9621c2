"""A trip for which somebody waits is called off: they hear so as of any other news, and are counted as unmet."""

from django.db import transaction

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.transport.models import Booking, CallTask, Disruption, DisruptionNotice, UnmetRequest
from backend.transport.selectors.disruption import told_to
from backend.transport.services import disruption, disruption_calls, offer_messages
from backend.transport.services import series as services
from tests.integration.transport.disruption.a_stop import HALIL, RIET, TRUUS, UNDERSTANDS, cause, told
from tests.support.buses import a_booking, a_passenger
from tests.support.story import Story
from tests.support.underway import Underway


def waits(road: Underway, name: str, phone: str) -> Booking:
    return a_booking(road.trip, a_passenger(road.trip.organisation, name, phones=[phone]), Booking.State.WAITING)


def unmet() -> list[tuple[str, str]]:
    return list(UnmetRequest.objects.order_by("pk").values_list("person__given_name", "reason"))


def test_who_waits_hears_that_it_is_off_after_those_who_were_booked_and_not_as_an_alarm(
    story: Story, road: Underway
) -> None:
    mien, halil = waits(road, "Mien", HALIL), road.passenger("halil", RIET)
    story.lives("mien", HALIL, habits=[UNDERSTANDS])
    story.lives("halil", RIET, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(Disruption.Kind.WEATHER), ways_home={})
    lanes = {one.person_id: one.lane for one in Message.objects.filter(host=disruption_calls.HOST)}
    assert lanes == {halil.person_id: "live", mien.person_id: "notice"}
    story.run("09:30")
    assert "De bus rijdt niet. Het weer is te slecht. U staat dus niet meer op de wachtlijst." in story.heard("mien")
    assert told() == {"Halil": ("confirmed", "key"), "Mien": ("confirmed", "key")}
    assert unmet() == [("Mien", "trip_cancelled")]
    assert Disruption.objects.count() == 1, "told once, of one decision"


def test_who_waits_and_does_not_answer_is_left_to_a_person_and_is_no_case(story: Story, road: Underway) -> None:
    waits(road, "Mien", HALIL)
    story.lives("mien", HALIL, habits=["no_answer"] * 3)
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("11:30")
    assert len(story.rings("mien")) == 2
    assert CallTask.objects.get(state=CallTask.State.OPEN).person.given_name == "Mien"
    assert not Incident.objects.exists()


def test_a_trip_that_is_cancelled_on_its_page_tells_who_waits_and_ends_their_requests(road: Underway) -> None:
    mien, truus = waits(road, "Mien", HALIL), road.passenger("truus", TRUUS)
    now = clock.now()
    with transaction.atomic():
        offer_messages.tell_those_who_waited(road.trip, [mien], now)
    waits(road, "Jan", RIET)
    services.cancel_trip(road.trip.pk, because="De weg is dicht", actor=SYSTEM, now=now)
    (event,) = Event.objects.filter(kind="transport.trip_cancelled")
    disruption.tell_of_cancelled(road.trip.pk, event.payload["bookings"], cause(Disruption.Kind.OTHER))
    notices = DisruptionNotice.objects.order_by("order")
    assert [(one.person.given_name, one.whereabouts) for one in notices] == [
        ("Truus", "home"),
        ("Mien", "waiting"),
        ("Jan", "waiting"),
    ]
    assert "U wordt niet opgehaald." in told_to(notices[0], now)
    assert "U staat dus niet meer op de wachtlijst." in told_to(notices[1], now)
    assert unmet() == [("Mien", "no_room"), ("Jan", "trip_cancelled")], "nobody is counted twice"
    assert Booking.objects.filter(pk=truus.pk, cancelled_because="trip_cancelled").exists()
