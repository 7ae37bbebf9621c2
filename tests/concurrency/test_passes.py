"""Two people at two desks take the last trip of a pass at the same moment: one of them gets it."""

from datetime import UTC, date, datetime

import pytest

from backend.common.actors import user
from backend.common.errors import Conflict
from backend.people.services import registering
from backend.transport.models import Pass, Payment
from backend.transport.selectors import money as read
from backend.transport.services import money
from tests.support.races import at_once, meet_after
from tests.support.underway import an_outing

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def last_trip(transactional_db) -> tuple[Pass, list[int]]:
    """A pass with one trip left, and two bookings of its owner."""
    organisation = registering.register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    first = an_outing(organisation, day=date(2026, 11, 24)).passenger("riet")
    second = an_outing(organisation, day=date(2026, 11, 25)).booking(first.person)
    card = money.sell_pass(
        first.person, trips=1, valid_from=date(2026, 11, 1), valid_until=None, cents=300, actor=user(7), now=NOW
    )
    return card, [first.pk, second.pk]


def pays(card: Pass, booking: int) -> Payment:
    return money.pay_by_pass(booking, pass_id=card.pk, actor=user(7), at=NOW)


def test_the_last_trip_of_a_pass_is_used_once(last_trip: tuple[Pass, list[int]], monkeypatch) -> None:
    card, (first, second) = last_trip
    meet_after(monkeypatch, money, "used")
    ends = at_once(lambda: pays(card, first), lambda: pays(card, second))
    assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]
    assert any(isinstance(end, Conflict) for end in ends)
    assert Payment.objects.filter(used_pass=card).count() == 1


def test_without_the_lock_it_would_be_used_twice(last_trip: tuple[Pass, list[int]], monkeypatch) -> None:
    """The negative control: what the test above would see if nothing kept the two apart."""
    card, (first, second) = last_trip
    monkeypatch.setattr(type(Pass.objects.all()), "select_for_update", lambda self, *_args, **_kwargs: self)
    meet_after(monkeypatch, money, "used")
    assert at_once(lambda: pays(card, first), lambda: pays(card, second)) == [None, None]
    assert read.used(card) == 2
