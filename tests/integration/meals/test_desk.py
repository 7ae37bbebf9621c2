"""Reserving with the caller on the line, as the host sees it: found, asked, answered, reserved; or not, and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event
from backend.meals.domain.chairs import spoken_for
from backend.meals.models import ChairOffer, Evening, Reservation, TurnedAway
from backend.meals.selectors import newcomers
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import evenings, reserving
from backend.meals.services.wishes import PlateWish
from backend.people.models import Consent, Contact, Person
from backend.people.services.absences import record_absence
from tests.support.pages import answered, one_line
from tests.support.restos import MANAGER, TUESDAY, Table, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))
THURSDAY = date(2026, 11, 26)


def does(host: Client, what: str, person: Person, evening: Evening, **more: object) -> HttpResponse:
    """Ask, and press the button of the answer."""
    address, asked = f"/resto/reserve/{person.pk}/", {"evening": evening.pk, "covers": 1, **more}
    about = answered(host.post(address, {**asked, "do": "ask"})) if what != "ask" else {}
    return host.post(address, {**asked, **about, "do": what}, follow=True)


def asks(host: Client, person: Person, evening: Evening, **more: object) -> str:
    return one_line(does(host, "ask", person, evening, **more))


def test_a_caller_is_found_asked_and_has_chairs(host: Client, table: Table, evening: Evening) -> None:
    riet = table.guest("Riet")
    found = host.get("/resto/reserve/", {"q": "riet lnde"})
    assert found.headers["Location"] == f"/resto/reserve/{riet.pk}/"
    assert "20 van 20 stoelen vrij" in one_line(host.get(f"/resto/reserve/{riet.pk}/"))
    yes = "Ja: op dinsdag 24 november bent u welkom bij De Lange Tafel. De deur gaat open om 17:30, we eten om 18:00."
    assert yes in asks(host, riet, evening, covers=2)
    assert not Reservation.objects.exists()
    done = one_line(does(host, "reserve", riet, evening, covers=2))
    assert "Op dinsdag 24 november bent u welkom bij De Lange Tafel met 2 personen." in done
    assert "Kunt u niet komen, bel dan vóór dinsdag 24 november, 12:30." in done
    row = Reservation.objects.get()
    assert (row.state, row.covers, row.way, row.on_behalf_of) == ("reserved", 2, "telephone", f"person:{riet.pk}")


def test_who_has_a_usual_evening_is_answered_at_once_with_as_many_as_last_time(host, table, evening) -> None:
    last = table.evening(TUESDAY - timedelta(weeks=1))
    riet = table.guest("Riet")
    table.reserves(last, "Riet", at("11:00", date(2026, 11, 16)), covers=3, plates=(PlateWish(("pork",)),))
    page = one_line(host.get(f"/resto/reserve/{riet.pk}/"))
    assert "Meestal bij De Lange Tafel op dinsdag (1 keer in een jaar), met 3 personen." in page
    assert "Ja: op dinsdag 24 november bent u welkom" in page
    assert 'name="covers" value="3"' in page
    assert 'value="pork" id="id_plate0-without_1" checked' not in page
    Consent.objects.create(
        person=riet,
        purpose=Consent.Purpose.DIET,
        given_at=MONDAY,
        recorded_at=MONDAY,
        version="2026-1",
        channel="call",
    )
    assert 'value="pork" id="id_plate0-without_1" checked' in one_line(host.get(f"/resto/reserve/{riet.pk}/"))


def test_somebody_new_needs_a_name_and_a_number(host: Client, table: Table, evening: Evening) -> None:
    assert "Niemand heet zo" in one_line(host.get("/resto/reserve/", {"q": "Zwanenburg"}))
    assert "Geef een telefoonnummer" in one_line(host.post("/resto/reserve/new/", {"name": "Co Zwanenburg"}))
    added = host.post("/resto/reserve/new/", {"name": "Co Zwanenburg", "phone": "013 000 3999"})
    co = Person.objects.get(family_name="Zwanenburg")
    assert added.headers["Location"] == f"/resto/reserve/{co.pk}/"
    assert "misschien is dit het eerste" in one_line(host.get(f"/resto/reserve/{co.pk}/"))
    does(host, "reserve", co, evening)
    assert newcomers.marked(Reservation.objects.all()).get().is_new


def test_a_daughter_reserves_for_her_mother_with_a_plate_and_friends_at_one_table(host, table, evening) -> None:
    riet, jan = table.guest("Riet"), table.guest("Jan")
    els = Contact.objects.create(person=riet, position=1, name="Els", relation="dochter", phone="+31600000177")
    sjef = table.reserves(evening, "Sjef", MONDAY)
    planned = {
        "covers": 2,
        "friends": [sjef.person_id],
        "friend": "jan",
        "asked_by": f"contact:{els.pk}",
        "note": "Loopt slecht",
        "plate0-without": ["pork", "nuts"],
        "plate1-own_plate": "on",
        "plate1-name": "Riet",
        "plate1-note": "ook geen sporen van pinda",
    }
    host.get(f"/resto/reserve/{riet.pk}/")
    page = one_line(does(host, "reserve", riet, evening, **planned))
    assert "Jan Linde" in page
    mine = Reservation.objects.get(person=riet)
    theirs = Reservation.objects.get(person=jan)
    sjef.refresh_from_db()
    assert (mine.party == theirs.party == sjef.party, mine.party is not None) == (True, True)
    assert (mine.on_behalf_of, mine.note) == (f"contact:{els.pk}", "Loopt slecht")
    first, second = mine.plates.order_by("pk")
    assert (first.without, first.own_plate) == (["pork", "nuts"], False)
    assert (second.own_plate, second.name, second.note) == (True, "Riet", "ook geen sporen van pinda")
    assert "gevraagd door Els" in page
    assert "geen varkensvlees, geen noten" in page
    assert "door Marijke Bos" in page


def test_friends_get_chairs_all_or_none(host: Client, table: Table) -> None:
    evening = table.evening(chairs=3)
    table.reserves(evening, "Sjef", MONDAY, covers=2)
    riet, jan = table.guest("Riet"), table.guest("Jan")
    assert "Nee: er is nog maar één stoel." in asks(host, riet, evening, friend="jan")
    assert does(host, "reserve", riet, evening, friend="jan").status_code == 409
    assert not Reservation.objects.filter(person__in=[riet, jan]).exists()


@pytest.mark.parametrize("what", ["reserve", "wait", "away"])
def test_nothing_is_done_but_what_the_answer_was_about(host: Client, table: Table, evening: Evening, what: str) -> None:
    riet, thursday = table.guest("Riet"), table.evening(THURSDAY)
    address = f"/resto/reserve/{riet.pk}/"
    about = answered(host.post(address, {"evening": evening.pk, "covers": 1, "do": "ask"}))
    for ticked in ({"evening": thursday.pk, "covers": 1}, {"evening": evening.pk, "covers": 2}):
        refused = host.post(address, {**ticked, **about, "do": what})
        assert refused.status_code == 409
        said = "Er is niets gereserveerd: er is iets anders aangevinkt dan waarover het antwoord ging."
        assert said in one_line(refused)
    assert not Reservation.objects.exists()
    assert not TurnedAway.objects.exists()
    refused = host.post(address, {"evening": thursday.pk, "covers": 1, **about, "do": "reserve"})
    assert "Reserveer donderdag 26 november, De Lange Tafel" in one_line(refused)
    host.post(address, {"evening": thursday.pk, "covers": 1, **answered(refused), "do": "reserve"})
    assert Reservation.objects.get().evening == thursday


def test_what_cannot_be_understood_is_said_where_the_answer_appears(host, table: Table, evening: Evening) -> None:
    riet = table.guest("Riet")
    given = {"evening": evening.pk, "covers": 1, "friend": "Zwanenburg"}
    asked = host.post(f"/resto/reserve/{riet.pk}/", given, headers={"HX-Request": "true"})
    assert asked.status_code == 200
    said = one_line(asked).partition('id="answer"')[2]
    assert "Niemand heet zo." in said
    assert "Reserveer dinsdag" not in said


def test_a_full_evening_offers_the_waiting_list_names_others_and_counts_who_goes_without(host, table) -> None:
    evening, thursday = table.evening(chairs=2), table.evening(THURSDAY)
    table.reserves(evening, "Sjef", MONDAY, covers=2)
    riet, jan = table.guest("Riet"), table.guest("Jan")
    page = asks(host, riet, evening)
    assert "Nee: alle stoelen zijn bezet." in page
    assert f'name="evening" value="{thursday.pk}">donderdag 26 november, 18:00: De Lange Tafel' in page
    assert "Zodra er stoelen zijn, hoort u het van ons." in one_line(does(host, "wait", riet, evening))
    assert Reservation.objects.get(person=riet).state == "waiting"
    does(host, "away", jan, evening, covers=2)
    assert TurnedAway.objects.values_list("reason", "covers").get() == ("full", 2)


def test_chairs_that_were_given_up_belong_to_who_waits(host: Client, table: Table) -> None:
    evening = table.evening(chairs=2)
    sjef = table.reserves(evening, "Sjef", MONDAY, covers=2)
    riet, jan = table.guest("Riet"), table.guest("Jan")
    does(host, "wait", riet, evening)
    reserving.cancel(reservation_id=sjef.pk, because="by_telephone", actor=MANAGER, now=MONDAY)
    assert "Ja:" in asks(host, jan, evening), "one chair goes to Riet, the other is free"
    said = "Nee: de stoelen die vrij zijn, zijn voor iemand op de wachtlijst, die eerst wordt gevraagd."
    assert said in asks(host, jan, evening, covers=2)
    does(host, "wait", jan, evening, covers=2)
    assert Reservation.objects.get(person=jan).state == "waiting"
    ChairOffer.objects.create(
        evening=evening,
        reservation=Reservation.objects.get(person=riet),
        state="declined",
        offered_at=MONDAY,
        deadline_at=MONDAY,
        ended_at=MONDAY,
    )
    assert "zijn voor iemand op de wachtlijst" in asks(host, table.guest("Co"), evening), "for Jan now"


def test_chairs_are_kept_for_whoever_fits_in_their_turn() -> None:
    assert spoken_for(5, [6, 2, 4]) == 2
    assert spoken_for(6, [2, 4, 1]) == 6
    assert spoken_for(0, [1]) == 0
    assert spoken_for(-2, [1]) == 0


def test_bad_input_is_answered_in_a_sentence_and_what_was_typed_stays(host, table, evening) -> None:
    riet = table.guest("Riet")
    page = asks(host, riet, evening, covers=11, note="Met de fiets")
    assert "Nee: de grootste tafel heeft 10 stoelen." in page
    assert 'value="Met de fiets"' in page
    two = {"plate0-note": "zacht", "plate1-note": "gemalen"}
    answer = does(host, "reserve", riet, evening, note="Met de fiets", **two)
    assert answer.status_code == 422
    assert "Er zijn meer borden dan personen in dit gezelschap." in one_line(answer)
    assert 'value="gemalen"' in one_line(answer)
    assert "Zeg voor hoeveel personen, als getal." in asks(host, riet, evening, covers="twee")
    assert "Een reservering is voor minstens één persoon." in asks(host, riet, evening, covers=0)
    assert "Dit eten kent de keuken niet." in asks(host, riet, evening, **{"plate0-without": "halal"})
    nothing = does(host, "reserve", riet, evening, **{"plate0-name": "Bea"})
    assert (nothing.status_code, 'value="Bea"' in one_line(nothing)) == (422, True)
    assert "Vink aan wat niet gegeten wordt. Is dat niets, laat dit deel dan leeg." in one_line(nothing)
    assert not Reservation.objects.exists()


def test_an_evening_that_has_its_final_count_or_is_off_cannot_be_chosen(host, table, evening) -> None:
    riet = table.guest("Riet")
    clock.set_clock(virtual=evening.cutoff_at, rate=0)
    assert "Voor deze avond kan niemand meer reserveren." in asks(host, riet, evening)
    clock.set_clock(virtual=MONDAY, rate=0)
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=MONDAY)
    assert "Voor deze avond kan niemand meer reserveren." in asks(host, riet, evening)


def test_nobody_has_two_places_nor_is_at_two_dinners_at_once(host, table, evening) -> None:
    riet = table.guest("Riet")
    does(host, "reserve", riet, evening)
    said = "Riet Linde heeft al gereserveerd voor deze avond, of wacht op stoelen."
    page = asks(host, riet, evening)
    assert said in page
    assert f'href="/resto/reservations/{Reservation.objects.get().pk}/"' in page
    again = does(host, "reserve", riet, evening)
    assert (again.status_code, said in one_line(again)) == (409, True)
    other = type(table.resto).objects.create(
        organisation=table.organisation, name="De Pollepel", slug="pollepel", chairs=20
    )
    elsewhere = table.evening(resto=other)
    assert "Nee: Riet Linde is op dat moment bij een ander etentje." in asks(host, riet, elsewhere)
    assert Reservation.objects.count() == 1


def test_somebody_who_is_noted_as_away_is_asked_whether_that_is_so(host, table, evening) -> None:
    riet = table.guest("Riet")
    record_absence(person=riet, first_day=TUESDAY, last_day=TUESDAY, reason="away", actor=SYSTEM)
    assert "Vraag of dat nog klopt." in asks(host, riet, evening)


def test_a_reservation_is_changed_if_it_fits_and_stays_as_it_was_if_not(host, table) -> None:
    evening = table.evening(chairs=4)
    row = table.reserves(evening, "Riet", MONDAY, covers=2, plates=(PlateWish(("pork",)),))
    table.reserves(evening, "Sjef", MONDAY)
    address = f"/resto/reservations/{row.pk}/change/"
    assert 'value="pork" id="id_plate0-without_1" checked' in one_line(host.get(address))
    refused = host.post(address, {"covers": 4, "note": "Dochter komt mee", "plate0-without": "pork"})
    assert refused.status_code == 422
    assert "Er is niets veranderd." in one_line(refused)
    assert 'value="Dochter komt mee"' in one_line(refused)
    changed = host.post(address, {"covers": 3, "note": "Dochter komt mee", "plate0-without": "fish"}, follow=True)
    assert "met 3 personen" in one_line(changed)
    row.refresh_from_db()
    assert (row.covers, row.note, row.plates.get().without) == (3, "Dochter komt mee", ["fish"])
    assert [event.kind for event in Event.objects.filter(payload__reservation=row.pk)] == [
        "meals.reserved",
        "meals.covers_changed",
        "meals.changed",
    ]
    assert chairs_of(evening, MONDAY).free == 0
    many = {f"plate{number}-without": "fish" for number in range(4)}
    assert "meer borden dan personen" in one_line(host.post(address, {"covers": 3, **many}))


def test_a_reservation_is_cancelled_once_and_who_cancelled_is_remembered(host, table, evening) -> None:
    row = table.reserves(evening, "Riet", MONDAY)
    address = f"/resto/reservations/{row.pk}/cancel/"
    assert "De stoelen gaan naar wie erop wacht." in one_line(host.get(address))
    page = one_line(host.post(address, follow=True))
    assert "afgezegd (Marijke Bos)" in page
    again = host.post(address)
    assert (again.status_code, "Deze reservering is al afgezegd." in one_line(again)) == (409, True)
    late = table.reserves(evening, "Sjef", MONDAY)
    clock.set_clock(virtual=evening.cutoff_at + timedelta(hours=1), rate=0)
    assert "De keuken heeft al geteld" in one_line(host.get(f"/resto/reservations/{late.pk}/cancel/"))


def test_the_page_asks_the_database_as_often_for_forty_evenings_as_for_two(host, table) -> None:
    riet = table.guest("Riet")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert host.get(f"/resto/reserve/{riet.pk}/").status_code == 200
        return len(asked)

    for ahead in range(2):
        table.evening(TUESDAY + timedelta(days=ahead))
    host.get(f"/resto/reserve/{riet.pk}/")
    few = queries()
    for ahead in range(2, 40):
        table.evening(TUESDAY + timedelta(days=ahead))
    assert queries() == few


def test_every_evening_that_is_planned_can_be_reserved_however_many_come_before_it(host, table) -> None:
    riet = table.guest("Riet")
    coming = [table.evening(TUESDAY + timedelta(days=ahead)) for ahead in range(26)]
    at_christmas = table.evening(TUESDAY + timedelta(weeks=12))
    address = f"/resto/reserve/{riet.pk}/"
    near, _summary, later = one_line(host.get(address)).partition("Latere avonden (3)")
    assert [f'id="evening-{one.pk}"' in near for one in coming] == [True] * 24 + [False] * 2
    assert [f'id="evening-{one.pk}"' in later for one in (*coming, at_christmas)] == [False] * 24 + [True] * 3
    assert '<details class="details" id="later">' in near
    assert '<details class="details" id="later" open>' in one_line(host.get(f"{address}?evening={at_christmas.pk}"))
    assert "Gereserveerd." in one_line(does(host, "reserve", riet, at_christmas))
    assert Reservation.objects.get().evening == at_christmas
