"""Two planners act on the same broken bus at the same moment: one list, one call each, and the other one hears so."""

from datetime import UTC, date, datetime

from backend.common.actors import user
from backend.common.errors import Conflict
from backend.notifications.models import Message
from backend.people.services import registering
from backend.transport.domain.disruption import Part
from backend.transport.models import Disruption, DisruptionNotice, Ride
from backend.transport.services import disruption
from tests.support.races import at_once, meet_in
from tests.support.underway import Underway, an_outing

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
PLANNER = user(7)


def outing() -> Underway:
    """A trip of three who are rung on their landlines."""
    organisation = registering.register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    found = an_outing(organisation, day=date(2026, 11, 24))
    for number, name in enumerate(("riet", "halil", "truus")):
        found.passenger(name, f"+3113000130{number}")
    return found


def cause() -> disruption.Cause:
    return disruption.Cause(Disruption.Kind.BUS_DOWN, PLANNER, NOW)


def test_a_trip_that_two_stop_is_stopped_once_and_everybody_is_rung_once(transactional_db, monkeypatch) -> None:
    trip = outing().trip
    meet_in(monkeypatch, disruption, "standings")
    ends = at_once(*[lambda: disruption.stop(trip.pk, cause(), ways_home={})] * 2)
    assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]
    assert any(isinstance(end, Conflict) for end in ends)
    assert (Disruption.objects.count(), DisruptionNotice.objects.count(), Message.objects.count()) == (1, 3, 3)


def test_two_shifts_add_up_and_nobody_is_told_the_times_in_between(transactional_db, monkeypatch) -> None:
    trip = outing().trip
    before = Ride.objects.order_by("pk").values_list("promised_from", flat=True)[0]
    meet_in(monkeypatch, disruption, "standings")
    shifts = [lambda: disruption.shift(trip.pk, cause(), minutes=15, part=Part.BOTH)] * 2
    assert at_once(*shifts) == [None, None]
    after = Ride.objects.order_by("pk").values_list("promised_from", flat=True)[0]
    assert (after - before).total_seconds() == 1800
    assert DisruptionNotice.objects.filter(state="open").count() == 3
    assert Message.objects.filter(state="queued").count() == 3
