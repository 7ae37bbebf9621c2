"""Codes by real calls and texts, and chairs that nobody confirmed, which go to who waits."""

import re
from datetime import date

import pytest
from django.db import transaction

from backend.circles.models import Circle
from backend.events import clock
from backend.meals.domain.codes import Tried
from backend.meals.models import Evening, Reservation
from backend.meals.services import online, reservation_links, reserving
from backend.meals.services.online import Asked
from backend.meals.services.wishes import Wish
from backend.notifications.models import Attempt, Message
from tests.support.deliveries import drain
from tests.support.restos import MANAGER, Table, a_resto_of
from tests.support.story import MONDAY, Story

WIL, RIET, TRUUS = "+31130001700", "+31600001700", "+31600001701"


@pytest.fixture
def table(story: Story) -> Table:
    """Monday morning; no circle rings today."""
    story.begin = MONDAY.replace(hour=10, minute=0)
    Circle.objects.update(status=Circle.Status.FORMING)
    return a_resto_of(story.organisation, chairs=2)


def asks(evening: Evening, name: str, line: str) -> Reservation:
    row = online.start(evening_id=evening.pk, asked=Asked(name, line, covers=2), now=clock.now())
    assert isinstance(row, Reservation)
    return row


def test_a_landline_hears_the_code_twice_and_again_at_1_and_it_is_kept_nowhere(story: Story, table: Table) -> None:
    story.lives("wil", WIL, habits=[{"pick_up": 4, "press": "1"}])
    story.start()
    row = asks(table.evening(date(2026, 11, 24)), "Wil Berg", WIL)
    story.run(until="10:10")
    codes = re.findall(r"Uw code is: ((?:\d, ){5}\d)\.", story.heard("wil"))
    assert len(codes) >= 3
    assert len(set(codes)) == 1
    code = codes[0].replace(", ", "")
    assert [message.body for message in Message.objects.filter(host="meals.code")] == [""]
    assert not any(codes[0] in str(attempt.last_prompt) for attempt in Attempt.objects.all())
    assert online.try_code(reservation_id=row.pk, code=code, now=clock.now()).tried is Tried.RIGHT


def test_chairs_that_nobody_confirms_are_offered_to_who_waits(story: Story, table: Table) -> None:
    story.lives("riet", RIET)
    story.lives("truus", TRUUS)
    story.start()
    evening = table.evening(date(2026, 11, 24))
    row = asks(evening, "Riet Linde", RIET)
    truus = table.guest("Truus")
    truus.phones.update(e164=TRUUS, kind="mobile")
    with transaction.atomic():
        wish = Wish(truus, covers=2)
        assert isinstance(reserving.wait(evening_id=evening.pk, wish=wish, actor=MANAGER, now=clock.now()), Reservation)
    story.run(until="10:14")
    assert re.match(r"\d{6} is uw code om te reserveren bij De Lange Tafel\.", story.texts("riet")[0])
    assert not any("JA of NEE" in text for text in story.texts("truus"))
    story.run(until="10:20")
    row.refresh_from_db()
    assert (row.state, len(story.texts("riet"))) == ("cancelled", 1)
    assert any("JA of NEE" in text for text in story.texts("truus"))


def test_who_reserves_for_somebody_else_gets_the_link_whatever_is_told_of_it_first(story: Story, table: Table) -> None:
    story.lives("kim", RIET)
    story.lives("oma", TRUUS)
    story.start()
    oma = table.guest("Oma")
    oma.phones.update(e164=TRUUS, kind="mobile")
    oma.contacts.create(name="Kim Berg", phone=RIET, position=1)
    evening = table.evening(date(2026, 11, 24))
    row = online.start(evening_id=evening.pk, asked=Asked("Oma Linde", RIET, booked_by="Kim Berg"), now=clock.now())
    assert isinstance(row, Reservation)
    story.run(until="10:05")
    code = story.texts("kim")[0].split()[0]
    assert online.try_code(reservation_id=row.pk, code=code, now=clock.now()).tried is Tried.RIGHT
    drain()
    story.run(until="10:10")
    assert [reservation_links.address(row) in text for text in story.texts("kim")] == [False, True]
    assert [text.split(": ")[1].split(",")[0] for text in story.texts("oma")] == ["u eet mee bij De Lange Tafel"]


def test_a_link_that_has_not_gone_out_is_taken_back_when_they_cancel(story: Story, table: Table) -> None:
    story.lives("riet", RIET)
    story.start()
    row = asks(table.evening(date(2026, 11, 24)), "Riet Linde", RIET)
    story.run(until="10:05")
    code = story.texts("riet")[0].split()[0]
    assert online.try_code(reservation_id=row.pk, code=code, now=clock.now()).tried is Tried.RIGHT
    with transaction.atomic():
        reserving.cancel(reservation_id=row.pk, because="page", actor=MANAGER, now=clock.now())
    drain()
    story.run(until="10:10")
    assert not any(reservation_links.address(row) in text for text in story.texts("riet"))
