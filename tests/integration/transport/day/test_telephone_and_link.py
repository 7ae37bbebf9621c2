"""A telephone without signal or with a wrong clock, a list on paper, and the link that opens it."""

import uuid
from datetime import timedelta

import pytest

from backend.common.errors import Conflict
from backend.events.models import Timer
from backend.notifications.models import Message
from backend.transport.domain.run import Answer, What, Why
from backend.transport.models import CrewDuty, ManifestEntry, ManifestLink
from backend.transport.services import crew, day, manifest_links, watching
from backend.transport.services.day import Tick
from tests.integration.transport.day.a_day import DRIVER, Day, at
from tests.support.buses import TUESDAY, a_booking, a_bus, a_trip, a_volunteer

pytestmark = pytest.mark.django_db


def test_what_is_sent_twice_is_one(bus: Day) -> None:
    tick = bus.tick("Riet", What.ON_BOARD, "9:45")
    assert bus.sends(tick, tick, now="9:46") == [(Answer.APPLIED, None), (Answer.KNOWN, None)]
    assert bus.sends(tick, now="9:47") == [(Answer.KNOWN, None)]
    assert ManifestEntry.objects.count() == 1


def test_a_telephone_that_is_two_hours_wrong_is_put_right(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.ON_BOARD, "11:45"), now="10:00", device_now="12:00")
    assert bus.ride("Riet").on_board_at == at("9:45")
    entry = ManifestEntry.objects.get()
    assert (entry.at, entry.device_at, entry.received_at) == (at("9:45"), at("11:45"), at("10:00"))


def test_a_ride_of_another_trip_is_not_touched(bus: Day) -> None:
    other = a_trip(a_bus(bus.trip.organisation, "Tweede bus"), TUESDAY + timedelta(days=1))
    elsewhere = a_booking(other, bus.person("Riet")).rides.get(way="there")
    tick = Tick(key=uuid.uuid4(), ride=elsewhere.pk, what=What.NOT_THERE, at=at("9:45"), plan_version=1)
    assert bus.sends(tick, now="9:45") == [(Answer.KEPT, Why.NO_SUCH_RIDE)]
    elsewhere.refresh_from_db()
    assert (elsewhere.state, bus.cases()) == ("planned", [])


def test_paper_has_its_own_times_and_none_of_them_lies_ahead(bus: Day) -> None:
    ticks = [bus.tick("Riet", What.ON_BOARD, "9:45"), bus.tick("Riet", What.HOME_INSIDE, "12:45", "home")]
    with pytest.raises(Conflict, match="still to come"):
        day.record_on_paper(trip_id=bus.trip.pk, ticks=ticks, actor=DRIVER, now=bus.is_now("12:00"))
    day.record_on_paper(trip_id=bus.trip.pk, ticks=ticks, actor=DRIVER, now=bus.is_now("17:00"))
    assert bus.ride("Riet", "home").done_at == at("12:45")


def test_driver_and_host_are_texted_their_link_two_hours_before(bus: Day) -> None:
    bus.looked_at("7:29")
    assert ManifestLink.objects.count() == 0
    bus.looked_at("7:30")
    bus.looked_at("7:40")
    texts = Message.objects.filter(lane="notice").order_by("pk")
    assert [one.person.given_name for one in texts] == ["Dirk", "Hanna"]
    assert "/bus/m/" in texts[0].body


@pytest.mark.parametrize("started", [False, True])
def test_who_is_confirmed_at_the_last_moment_is_texted_their_link_at_once(bus: Day, started: bool) -> None:
    duty, lies = bus.trip.crew.get(task="driver"), a_volunteer(bus.trip.organisation, "Lies", "+31600000130")
    bus.looked_at("9:20")
    bus.trip.crew.filter(pk=duty.pk).update(state=CrewDuty.State.OPEN, person=None)
    crew.confirm(duty_id=duty.pk, person=lies, actor=DRIVER, now=bus.is_now("9:35"))
    if started:
        day.start(trip_id=bus.trip.pk, actor=DRIVER, now=at("9:35"))
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("9:35")
    bus.looked_at("9:35")
    assert ManifestLink.objects.filter(duty=duty, person=lies).count() == 1


def test_a_link_of_who_has_handed_the_duty_over_does_not_work_any_more(bus: Day) -> None:
    from backend.common.errors import NotFound

    duty = bus.trip.crew.get(task="driver")
    token = manifest_links.make(duty, duty.person, bus.is_now("7:30")).split("/")[-2]
    assert manifest_links.follow(token, at("9:00")).duty == duty
    duty.person = bus.person("Hanna")
    duty.save()
    with pytest.raises(NotFound):
        manifest_links.follow(token, at("9:00"))
