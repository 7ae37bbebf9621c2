"""A code proves the number: sent once, guessed by nobody, and nobody learns whose number is known."""

import re
from datetime import date, timedelta

import pytest

from backend.common.errors import Conflict
from backend.events.models import Event
from backend.keeping.services import purging
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import HOLD, Tried
from backend.meals.models import Evening, NumberCheck, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import codes, online
from backend.meals.services.wishes import No, PlateWish
from backend.notifications.models import Message
from backend.people.models import Person
from tests.integration.meals.online.a_visitor import LANDLINE, MOBILE, NOW, asks, code_for, tries, wrong_for
from tests.support.restos import Table, at


def test_the_right_code_makes_a_reservation_of_what_was_kept(table: Table, evening: Evening) -> None:
    row = asks(evening, covers=2, plates=(PlateWish(("pork",)),), wants_ride=True)
    assert (row.state, row.holds_until, chairs_of(evening, NOW).free) == ("unconfirmed", NOW + HOLD, 18)
    assert not row.person.phones.exists()
    assert tries(row, code_for()) is Tried.RIGHT
    row.refresh_from_db()
    assert (row.state, row.covers, row.way, row.reserved_by) == ("reserved", 2, "page", f"person:{row.person_id}")
    assert [phone.e164 for phone in row.person.phones.all()] == [MOBILE]
    assert row.plates.get().without == ["pork"]
    assert Event.objects.get(kind="meals.reserved").payload["wants_ride"] is True


def test_a_mobile_is_texted_and_a_landline_is_rung_and_told_digit_by_digit(evening: Evening) -> None:
    asks(evening)
    asks(evening, "Truus Berg", LANDLINE)
    text, call = Message.objects.filter(host="meals.code").order_by("pk")
    assert (text.way, text.line, text.person) == ("text", MOBILE, None)
    assert re.fullmatch(r"\d{6} is uw code om te reserveren bij De Lange Tafel\. .*", text.body)
    assert (call.way, call.line) == ("call", LANDLINE)
    assert re.search(r"Uw code is: \d, \d, \d, \d, \d, \d\.", call.body)


def test_a_code_stands_nowhere_but_in_the_message_that_brings_it(evening: Evening) -> None:
    row = asks(evening)
    code = code_for()
    check = NumberCheck.objects.get()
    assert (check.reservation, len(check.code_hash), code in check.code_hash) == (row, 64, False)
    assert not any(code in str(event.payload) for event in Event.objects.all())
    message = Message.objects.get()
    codes.ended(message)
    message.refresh_from_db()
    assert message.body == ""


def test_five_wrong_codes_lock_a_number_for_an_hour_and_free_the_chairs(evening: Evening) -> None:
    row = asks(evening)
    right, wrong = code_for(), wrong_for()
    assert [tries(row, wrong) for _try in range(5)] == [Tried.WRONG] * 4 + [Tried.LOCKED]
    assert tries(row, right) is Tried.LOCKED
    assert chairs_of(evening, NOW).free == 20
    with pytest.raises(Conflict, match="Too many wrong codes"):
        asks(evening, now=NOW + timedelta(minutes=59))
    assert asks(evening, now=NOW + timedelta(minutes=61)).state == "unconfirmed"


def test_another_code_gives_no_more_guesses(evening: Evening) -> None:
    row = asks(evening)
    assert [tries(row, wrong_for()) for _try in range(3)] == [Tried.WRONG] * 3
    online.send_again(reservation_id=row.pk, language="nl", now=NOW)
    assert [tries(row, wrong_for()) for _try in range(2)] == [Tried.WRONG, Tried.LOCKED]


def test_known_and_unknown_numbers_are_answered_in_the_same_way_to_the_letter(table: Table, evening: Evening) -> None:
    riet = table.guest("Riet")
    known = riet.phones.get().e164
    answers = []
    for line, name in ((known, "Riet Linde"), (LANDLINE, "Wil Berg")):
        row = asks(evening, name, line)
        said = [tries(row, wrong_for(line)) for _try in range(5)]
        with pytest.raises(Conflict) as refused:
            asks(evening, name, line)
        answers.append((row.state, said, refused.value.message))
    assert answers[0] == answers[1]
    assert riet.reservations.count() == 0


def test_the_right_code_sent_twice_is_right_twice_and_reserves_once(evening: Evening) -> None:
    row = asks(evening)
    code = code_for()
    assert [tries(row, code), tries(row, code)] == [Tried.RIGHT] * 2
    assert Event.objects.filter(kind="meals.reserved").count() == 1
    assert tries(row, "000000" if code != "000000" else "1") is Tried.OVER


def test_one_number_keeps_one_party_and_no_more_than_three_codes_go_to_it_in_an_hour(
    table: Table, evening: Evening
) -> None:
    other = table.evening(date(2026, 11, 26))
    first = asks(evening)
    code = code_for()
    with pytest.raises(Conflict, match="for another evening"):
        asks(other)
    second = asks(evening, covers=3)
    first.refresh_from_db()
    assert (first.state, second.state, chairs_of(evening, NOW).held) == ("cancelled", "unconfirmed", 3)
    assert tries(first, code) is Tried.OVER
    online.send_again(reservation_id=second.pk, language="nl", now=NOW)
    with pytest.raises(Conflict, match="three codes"):
        online.send_again(reservation_id=second.pk, language="nl", now=NOW)
    assert tries(second, code_for()) is Tried.RIGHT


def test_a_new_code_makes_the_earlier_one_worthless(evening: Evening) -> None:
    row = asks(evening)
    first = code_for()
    online.send_again(reservation_id=row.pk, language="nl", now=NOW)
    assert first != code_for()
    assert [tries(row, first), tries(row, code_for())] == [Tried.WRONG, Tried.RIGHT]
    assert Message.objects.filter(host="meals.code", state="cancelled", body="").count() == 1


def test_a_code_after_the_cutoff_comes_too_late(evening: Evening) -> None:
    before = evening.cutoff_at - timedelta(minutes=5)
    row = asks(evening, now=before)
    outcome = online.try_code(reservation_id=row.pk, code=code_for(), now=evening.cutoff_at)
    assert (outcome.tried, outcome.no) == (Tried.OVER, No(Refusal.TOO_LATE, free=20))
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_at_night_no_landline_is_rung_whoever_typed_its_number(evening: Evening) -> None:
    night, sunday = at("23:00", date(2026, 11, 22)), at("11:00", date(2026, 11, 22))
    for moment in (night, sunday):
        with pytest.raises(Conflict, match="landlines"):
            asks(evening, line=LANDLINE, now=moment)
    assert asks(evening, now=night).state == "unconfirmed"


def test_a_number_and_who_was_written_down_for_it_in_vain_are_gone_after_a_day(table: Table, evening: Evening) -> None:
    in_vain = asks(evening)
    online.look(in_vain.pk, NOW + HOLD)
    confirmed = asks(evening, "Wil Berg", LANDLINE)
    assert tries(confirmed, code_for(LANDLINE)) is Tried.RIGHT
    helped = asks(evening, "Oma Berg", "+31600001703", booked_by="Kim Berg")
    assert tries(helped, code_for("+31600001703")) is Tried.RIGHT
    purging.purge(NOW + timedelta(hours=23))
    assert NumberCheck.objects.count() == 3
    purging.purge(NOW + timedelta(hours=25))
    assert NumberCheck.objects.count() == 0
    assert set(Person.objects.values_list("family_name", "given_name")) == {("Berg", "Wil"), ("Berg", "Oma")}
    assert set(Reservation.objects.all()) == {confirmed, helped}
