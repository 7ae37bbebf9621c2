"""Who reserves on the public page, for whom, and what is known of them once their code was right."""

import re
from datetime import date

import pytest

from backend.common.errors import Conflict
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import Tried
from backend.meals.domain.groups import group_code
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import guest_calls, online
from backend.meals.services.guests import Diet
from backend.meals.services.online import Asked, Outcome
from backend.meals.services.wishes import No, PlateWish
from backend.meals.web import calls
from backend.notifications.models import Message
from backend.people.models import Contact, Person
from tests.integration.meals.online.a_visitor import LANDLINE, MOBILE, NOW, asks, code_for, tries, wrong_for
from tests.integration.meals.regulars import keeps
from tests.support.restos import Table, a_resto


def test_a_known_number_and_its_name_are_one_person_and_another_name_is_somebody_else(
    table: Table, evening: Evening
) -> None:
    riet = table.guest("Riet")
    line = riet.phones.get().e164
    row = asks(evening, "R. Linde", line)
    stranger = row.person_id
    assert tries(row, code_for(line)) is Tried.RIGHT
    row.refresh_from_db()
    assert row.person == riet
    assert not Person.objects.filter(pk=stranger).exists()
    partner = asks(evening, "Jan Linde", line)
    assert tries(partner, code_for(line)) is Tried.RIGHT
    partner.refresh_from_db()
    assert (partner.person.name, partner.person.phones.get().e164) == ("Jan Linde", line)


def eats(row: Reservation) -> list[tuple[list[str], bool]]:
    return list(row.plates.order_by("pk").values_list("without", "own_plate"))


def test_what_is_known_of_a_guest_is_on_their_plate_once_the_code_was_right(table: Table, evening: Evening) -> None:
    riet = table.guest("Riet")
    keeps(riet, Diet(("nuts",), own_plate=True))
    line = riet.phones.get().e164
    row = asks(evening, "Riet Linde", line, covers=2, plates=(PlateWish(("meat",)),))
    assert tries(row, wrong_for(line)) is Tried.WRONG
    assert eats(row) == [(["meat"], False)]
    assert tries(row, code_for(line)) is Tried.RIGHT
    row.refresh_from_db()
    assert (row.person, eats(row)) == (riet, [(["meat"], False), (["nuts"], True)])
    assert tries(row, code_for(line)) is Tried.RIGHT
    assert len(eats(row)) == 2


@pytest.mark.parametrize("typed", [PlateWish(("nuts",), own_plate=True), PlateWish(("nuts", "fish"))])
def test_who_says_what_is_known_of_them_or_something_besides_has_one_plate(
    table: Table, evening: Evening, typed: PlateWish
) -> None:
    riet = table.guest("Riet")
    keeps(riet, Diet(("nuts",), own_plate=True))
    line = riet.phones.get().e164
    row = asks(evening, "Riet Linde", line, plates=(typed,))
    assert tries(row, code_for(line)) is Tried.RIGHT
    without = sorted(typed.without)
    assert [(sorted(foods), own_plate) for foods, own_plate in eats(row)] == [(without, True)]


def test_nobody_of_another_organisation_is_taken_for_the_guest(table: Table, evening: Evening) -> None:
    elsewhere = a_resto(slug="west").guest("Riet")
    line = elsewhere.phones.get().e164
    row = asks(evening, "Riet Linde", line)
    assert tries(row, code_for(line)) is Tried.RIGHT
    row.refresh_from_db()
    assert row.person != elsewhere
    assert row.person.organisation == table.organisation


def test_the_same_guest_twice_keeps_the_places_they_had(table: Table, evening: Evening) -> None:
    riet = table.guest("Riet")
    line = riet.phones.get().e164
    had = table.reserves(evening, "Riet", NOW, covers=2)
    row = asks(evening, "Riet Linde", line)
    outcome = online.try_code(reservation_id=row.pk, code=code_for(line), now=NOW)
    assert (outcome.tried, outcome.reservation) == (Tried.ALREADY, had)
    assert chairs_of(evening, NOW).guests == 2
    assert chairs_of(evening, NOW).held == 0


def test_who_helps_on_the_evening_gets_no_guests_chair_by_the_page(table: Table, evening: Evening) -> None:
    kees = table.guest("Kees")
    evening.crew.create(job="bar", person=kees, state="confirmed")
    line = kees.phones.get().e164
    for keep in (online.start, online.start_waiting):
        row = keep(evening_id=evening.pk, asked=Asked("Kees Linde", line, covers=2), now=NOW)
        assert isinstance(row, Reservation)
        outcome = online.try_code(reservation_id=row.pk, code=code_for(line), now=NOW)
        assert outcome == Outcome(Tried.OVER, no=No(Refusal.HELPS))
        row.refresh_from_db()
        assert (row.state, row.cancelled_because) == ("cancelled", "helps")
    assert not evening.reservations.filter(person=kees).exists()
    assert chairs_of(evening, NOW).covers == 1


def test_who_reserves_for_somebody_else_is_their_contact_and_the_number_is_not_the_guests(
    table: Table, evening: Evening
) -> None:
    row = asks(evening, "Oma Berg", booked_by="Kim Berg")
    assert tries(row, code_for()) is Tried.RIGHT
    row.refresh_from_db()
    kim = Contact.objects.get()
    assert (row.person.name, kim.name, kim.phone, row.person.phones.count()) == ("Oma Berg", "Kim Berg", MOBILE, 0)
    assert (row.reserved_by, row.on_behalf_of) == (f"contact:{kim.pk}", f"person:{row.person_id}")
    call = guest_calls.to_make(evening, row, GuestCall.Kind.SILENT, NOW)
    assert calls.row(call)["near"] == [kim]
    again = asks(table.evening(date(2026, 11, 26)), "Oma Berg", booked_by="Kim Berg")
    assert tries(again, code_for()) is Tried.RIGHT
    again.refresh_from_db()
    assert (again.person, Contact.objects.count()) == (row.person, 1)


def test_friends_give_the_word_of_whoever_reserved_first(evening: Evening) -> None:
    first = asks(evening)
    assert tries(first, code_for()) is Tried.RIGHT
    assert first.party is not None
    word = group_code(first.party)
    friend = asks(evening, "Wil Berg", "+31600001701", group=f" {word[:2]} {word[2:].lower()}")
    assert friend.party == first.party
    with pytest.raises(Conflict, match="group word"):
        asks(evening, "An Dal", "+31600001702", group="ANDER")


def test_what_is_written_in_words_goes_to_a_person_and_is_not_guessed(evening: Evening) -> None:
    row = asks(evening, note="Graag niets met knoflook, en ik kan slecht lopen")
    assert GuestCall.objects.count() == 0
    assert tries(row, code_for()) is Tried.RIGHT
    row.refresh_from_db()
    call = GuestCall.objects.get()
    assert (call.kind, call.reservation, call.details) == ("speak", row, {"why": "note"})
    shown = calls.row(calls.open_calls([call.organisation], NOW)[0])
    assert shown["note"] == row.note == "Graag niets met knoflook, en ik kan slecht lopen"
    assert row.plates.count() == 0


def test_a_confirmed_mobile_is_texted_the_facts_and_a_link(settings, evening: Evening) -> None:
    settings.RONDJE_PUBLIC_URL = "https://rondje.example"
    row = asks(evening, covers=2)
    assert tries(row, code_for()) is Tried.RIGHT
    text = Message.objects.exclude(host="meals.code").get()
    assert text.line == MOBILE
    assert re.fullmatch(
        r"Welzijn Oost: u eet mee bij De Lange Tafel, dinsdag 24 november, 2 personen\. Welkom vanaf 17\.30\. "
        rf"Bekijken, wijzigen of afmelden: https://rondje\.example/e/{row.pk}\.[\w-]+/",
        text.body,
    )
    landline = asks(evening, "Wil Berg", LANDLINE)
    assert tries(landline, code_for(LANDLINE)) is Tried.RIGHT
    assert Message.objects.exclude(host="meals.code").count() == 1
