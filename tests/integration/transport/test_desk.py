"""Booking with the caller on the line, as the planner sees it: found, asked, answered, booked; or not, and why."""

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from backend.events import clock
from backend.events.models import Event
from backend.people.models import Contact, Person, Role
from backend.transport.models import Booking, CallTask, SeatOffer, Trip, UnmetRequest
from backend.transport.selectors.answering import No, Wish
from backend.transport.selectors.money import LATE, expected_cash, payments
from backend.transport.selectors.run import ABOUT_ABSENCE
from backend.transport.services import booking, desk, money, offers, planning
from backend.transport.services.desk import Held
from tests.integration.web.mornings import a_user, an_organisation
from tests.support import buses
from tests.support.pages import answered, one_line
from tests.support.road import FRIDAY, PLANNER, TUESDAY, Road

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=1)


@pytest.fixture
def planner(bus: Road) -> Client:
    client = Client(headers={"accept-language": "nl"})
    client.force_login(a_user("petra", bus.organisation, Role.Kind.BUS_PLANNER))
    return client


def asks(planner: Client, person: Person, trip: Trip, **more: object) -> str:
    return one_line(planner.get(f"/bus/book/{person.pk}/", {"trip": trip.pk, **more}))


def does(planner: Client, what: str, person: Person, trip: Trip, **more: object) -> HttpResponse:
    """Ask, and press the button of the answer."""
    address, asked = f"/bus/book/{person.pk}/", {"trip": trip.pk, **more}
    about = answered(planner.post(address, {**asked, "do": "ask"}))
    return planner.post(address, {**asked, **about, "do": what}, follow=True)


def test_a_caller_is_found_asked_and_booked(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    found = planner.get("/bus/book/", {"q": "riet lnde"})
    assert found.headers["Location"] == f"/bus/book/{riet.pk}/"
    assert "de markt" in one_line(planner.get(f"/bus/book/{riet.pk}/"))
    assert "Ja: u wordt opgehaald tussen 9:30 en 9:45 en bent rond 12:00 thuis." in asks(planner, riet, trip)
    assert not Booking.objects.exists()
    done = one_line(does(planner, "book", riet, trip))
    assert "De bus komt op dinsdag 24 november tussen 9:30 en 9:45. U bent rond 12:00 thuis." in done
    row = Booking.objects.get()
    assert (row.state, row.channel, row.on_behalf_of) == ("booked", "page", f"person:{riet.pk}")


def test_a_daughter_books_for_her_mother_with_help_and_a_friend_only_there(
    planner: Client, bus: Road, trip: Trip
) -> None:
    riet, jan = bus.lives("Riet", 1), bus.lives("Jan", 1)
    els = Contact.objects.create(person=riet, position=1, name="Els", relation="dochter", phone="+31600000177")
    planned = {"friend": "jan", "ways": "there", "asked_by": f"contact:{els.pk}", "note": "Bel twee keer"}
    assert "Jan Linde: u wordt opgehaald tussen" in asks(planner, riet, trip, **planned)
    does(planner, "book", riet, trip, **planned)
    first, second = Booking.objects.order_by("pk")
    assert first.party == second.party
    assert (first.on_behalf_of, first.note, first.there, first.home) == (
        f"contact:{els.pk}",
        "Bel twee keer",
        True,
        False,
    )
    assert second.person == jan


def test_friends_are_booked_all_or_none(planner: Client, bus: Road, trip: Trip) -> None:
    riet, jan = bus.lives("Riet", 1), bus.lives("Jan", 1)
    bus.books(trip, bus.lives("Sjef", 1), FRIDAY)
    assert "Nee: alle zitplaatsen zijn bezet." in asks(planner, riet, trip, friends=[jan.pk])
    assert does(planner, "book", riet, trip, friends=[jan.pk]).status_code == 409
    assert Booking.objects.count() == 1


def test_a_full_trip_offers_the_waiting_list_and_counts_who_goes_without(
    planner: Client, bus: Road, trip: Trip
) -> None:
    thursday = bus.trip(date(2026, 11, 26), max_rounds=1)
    riet, jan = bus.lives("Riet", 1), bus.lives("Jan", 1)
    for name in ("Sjef", "Co"):
        bus.books(trip, bus.lives(name, 1), FRIDAY)
    page = asks(planner, riet, trip)
    assert "donderdag 26 november, 9:30: de markt" in page
    assert f"/bus/book/{riet.pk}/?trip={thursday.pk}" in page
    waits = one_line(does(planner, "wait", riet, trip))
    assert "op de wachtlijst" in waits
    assert "Een vrije plaats gaat naar wie het langst niet mee is geweest." in waits
    does(planner, "unmet", jan, trip)
    assert UnmetRequest.objects.get().reason == "no_room"


@pytest.mark.parametrize(
    ("km", "aids", "sentence"),
    [
        (None, (), "Nog niet: niemand weet waar Riet Linde op de kaart woont."),
        (60, (), "Nee: Riet Linde woont meer dan 40 kilometer van de garage."),
        (1, ("wheelchair",), "Nee: deze bus heeft geen plaats voor een rolstoel."),
        (1, ("scootmobiel",), "Nee: de bus neemt geen scootmobielen mee."),
    ],
)
def test_what_cannot_be_is_said_so_that_a_planner_can_act(planner, bus, km, aids, sentence) -> None:
    assert sentence in asks(planner, bus.lives("Riet", km, *aids), bus.trip())


def test_more_people_than_any_round_can_carry(planner: Client, bus: Road, trip: Trip) -> None:
    page = asks(planner, bus.lives("Riet", 1), trip, companions=2)
    assert "Nee: dit zijn er meer dan de bus in één ronde kan meenemen." in page


def test_a_ride_that_is_too_long_says_how_long_it_would_be(planner: Client, bus: Road) -> None:
    page = asks(planner, bus.lives("Riet", 35), bus.trip(shift_minutes=600))
    assert re.search(r"Nee: de rit zou \d+ minuten duren, en hoogstens 45 mag\.", page)


def test_nobody_is_booked_twice_nor_on_two_trips_at_once(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    does(planner, "book", riet, trip)
    assert "Riet Linde heeft al een plaats op deze rit, of wacht erop." in asks(planner, riet, trip)
    does(planner, "book", riet, trip)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("what", ["book", "wait", "unmet"])
def test_nothing_is_done_but_what_the_answer_was_about(planner: Client, bus: Road, trip: Trip, what: str) -> None:
    riet, thursday = bus.lives("Riet", 1), bus.trip(date(2026, 11, 26))
    address = f"/bus/book/{riet.pk}/"
    about = answered(planner.post(address, {"trip": trip.pk, "do": "ask"}))
    for ticked in ({"trip": thursday.pk}, {"trip": trip.pk, "companions": 1}, {"trip": trip.pk, "ways": "there"}):
        refused = planner.post(address, {**ticked, **about, "do": what})
        assert refused.status_code == 409
        assert "Er is niets geboekt: er is iets anders aangevinkt dan waarover het antwoord ging." in one_line(refused)
    assert not Booking.objects.exists()
    assert not UnmetRequest.objects.exists()
    # What comes back is the answer to what is ticked, and its button does that.
    refused = planner.post(address, {"trip": thursday.pk, **about, "do": "book"})
    assert "Boek donderdag 26 november, de markt" in one_line(refused)
    planner.post(address, {"trip": thursday.pk, **answered(refused), "do": "book"})
    assert Booking.objects.get().trip == thursday


def test_what_was_never_answered_is_not_booked(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    assert planner.post(f"/bus/book/{riet.pk}/", {"trip": trip.pk, "do": "book"}).status_code == 409
    assert not Booking.objects.exists()


def test_what_cannot_be_understood_is_said_where_the_answer_appears(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    asked = planner.post(
        f"/bus/book/{riet.pk}/", {"trip": trip.pk, "friend": "Zwanenburg"}, headers={"HX-Request": "true"}
    )
    assert asked.status_code == 200
    said = one_line(asked).partition('id="answer"')[2]
    assert "Niemand heet zo." in said
    assert "Boek dinsdag" not in said


def test_a_trip_that_has_left_cannot_be_chosen(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    clock.set_clock(virtual=trip.leaves_at + SOON, rate=0)
    assert "Deze rit kan niet meer geboekt worden. Kies een andere." in asks(planner, riet, trip)
    assert does(planner, "book", riet, trip).status_code == 422


def test_every_trip_that_is_planned_can_be_booked_however_many_come_before_it(planner: Client, bus: Road) -> None:
    riet = bus.lives("Riet", 1)
    coming = [bus.trip(TUESDAY + timedelta(days=ahead)) for ahead in range(26)]
    after_new_year = bus.trip(date(2027, 2, 2))
    page = one_line(planner.get(f"/bus/book/{riet.pk}/"))
    near, _summary, later = page.partition("Latere ritten (3)")
    assert [f'id="trip-{trip.pk}"' in near for trip in coming] == [True] * 24 + [False] * 2
    assert [f'id="trip-{trip.pk}"' in later for trip in coming] == [False] * 24 + [True] * 2
    assert f'id="trip-{after_new_year.pk}"' in later
    assert '<details class="details" id="later">' in page
    assert "Ja: u wordt opgehaald" in asks(planner, riet, after_new_year)
    assert '<details class="details" id="later" open>' in asks(planner, riet, after_new_year)
    does(planner, "book", riet, after_new_year)
    assert Booking.objects.get().trip == after_new_year
    # Also when it is changed.
    changed = planner.post(f"/bus/bookings/{Booking.objects.get().pk}/change/", {"trip": coming[25].pk}, follow=True)
    assert "Veranderd." in one_line(changed)
    assert Booking.objects.get(state="booked").trip == coming[25]


def test_who_is_on_the_line_is_found_from_the_page_of_a_trip(planner: Client, bus: Road, trip: Trip) -> None:
    riet, later = bus.lives("Riet", 1), bus.trip(date(2027, 2, 2))
    bus.books(trip, riet, FRIDAY, companions=1)
    assert f'href="/bus/book/?trip={later.pk}"' in one_line(planner.get(f"/bus/trips/{later.pk}/"))
    unknown = one_line(planner.get("/bus/book/", {"trip": later.pk, "q": "Toos"}))
    assert f'href="/bus/book/new/?q=Toos&trip={later.pk}"' in unknown
    given = {"name": "Toos Nieuw", "phone": "013 000 1388", "address": "Eslaan 3"}
    added = planner.post(f"/bus/book/new/?trip={later.pk}", given)
    assert added.headers["Location"].endswith(f"/?trip={later.pk}")
    found = planner.get("/bus/book/", {"trip": later.pk, "q": "riet"}, follow=True)
    assert found.redirect_chain == [(f"/bus/book/{riet.pk}/?trip={later.pk}", 302)]
    page = one_line(found)
    assert "Boek dinsdag 2 februari, de markt" in page
    assert '<option value="1" selected>1</option>' in page, "with as many as usual"


def test_a_trip_of_another_organisation_cannot_be_booked(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    theirs = buses.a_trip(buses.a_bus(an_organisation("west", "Welzijn West")))
    page = asks(planner, riet, theirs)
    assert "Deze rit kan niet meer geboekt worden. Kies een andere." in page
    assert f'id="trip-{theirs.pk}"' not in page
    assert not Booking.objects.exists()


def test_somebody_new_is_added_on_the_way(planner: Client, bus: Road, trip: Trip) -> None:
    assert "Niemand heet zo" in one_line(planner.get("/bus/book/", {"q": "Toos Nieuw"}))
    assert 'value="Toos Nieuw"' in one_line(planner.get("/bus/book/new/", {"q": "Toos Nieuw"}))
    given = {"name": "mw. Toos van Nieuw", "phone": "013 000 1388", "address": "Eslaan 3", "postcode": "5041ab"}
    page = one_line(planner.post("/bus/book/new/", given, follow=True))
    toos = Person.objects.get(given_name="Toos")
    assert (toos.family_name, toos.title, toos.phones.get().e164) == ("van Nieuw", "mevrouw", "+31130001388")
    assert "Toos van Nieuw" in page
    assert "Nog niet: niemand weet waar Toos van Nieuw op de kaart woont." in asks(planner, toos, trip)


@pytest.mark.parametrize("phone", ["112", "geen", ""])
def test_a_number_that_cannot_be_rung_loses_none_of_what_was_typed(planner: Client, bus: Road, phone: str) -> None:
    answer = planner.post("/bus/book/new/", {"name": "Toos Nieuw", "phone": phone, "address": "Eslaan 3"})
    assert answer.status_code == 422
    assert 'value="Eslaan 3"' in one_line(answer)
    assert not Person.objects.filter(given_name="Toos").exists()


def test_a_seat_that_is_offered_is_not_sold_to_who_rings_meanwhile(planner: Client, bus: Road, trip: Trip) -> None:
    sjef = bus.books(trip, bus.lives("Sjef", 1), FRIDAY)
    bus.books(trip, bus.lives("Co", 1), FRIDAY)
    riet, jan = bus.lives("Riet", 1), bus.lives("Jan", 1)
    booking.wait(trip_id=trip.pk, wishes=[Wish(riet)], actor=PLANNER, now=FRIDAY)
    booking.cancel(booking_id=sjef.pk, because="by_telephone", actor=PLANNER, now=FRIDAY)
    # Even before she has been asked: the seat is hers.
    assert desk.ask(trip.pk, [Wish(jan)], FRIDAY) == Held(None)
    offers.look(trip.pk, FRIDAY)
    assert "is aangeboden aan iemand van de wachtlijst, die tot vrijdag 13:00 mag antwoorden" in asks(
        planner, jan, trip
    )
    assert does(planner, "book", jan, trip).status_code == 409
    assert "op de wachtlijst" in one_line(does(planner, "wait", jan, trip))
    assert {row.state for row in trip.bookings.filter(person__in=[riet, jan])} == {"waiting"}
    assert SeatOffer.objects.get().booking.person == riet


def test_a_booking_is_changed_only_if_the_new_one_fits(planner: Client, bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    thursday = bus.trip(date(2026, 11, 26), max_rounds=1)
    for name in ("Sjef", "Co"):
        bus.books(thursday, bus.lives(name, 1), FRIDAY)
    row = bus.books(trip, riet, FRIDAY)
    address = f"/bus/bookings/{row.pk}/change/"
    refused = planner.post(address, {"trip": thursday.pk})
    assert refused.status_code == 409
    assert "Nee: alle zitplaatsen zijn bezet. Er is niets veranderd." in one_line(refused)
    row.refresh_from_db()
    assert row.state == "booked"
    changed = one_line(planner.post(address, {"trip": trip.pk, "companions": "1"}, follow=True))
    assert "Veranderd." in changed
    assert [(one.state, one.companions) for one in Booking.objects.filter(person=riet).order_by("pk")] == [
        ("cancelled", 0),
        ("booked", 1),
    ]


def test_who_changes_after_the_cutoff_pays_once_and_has_cancelled_nothing_late(bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    row = bus.books(trip, riet, FRIDAY)
    tariff = money.set_tariff(bus.organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(row.pk, tariff_id=tariff.pk, actor=PLANNER, at=FRIDAY)
    late = trip.cutoff_at + SOON
    changed = desk.change(row.pk, trip.pk, Wish(riet, companions=1), actor=PLANNER, now=late)
    assert [payment.booking for payment in payments()] == [changed.booking]
    assert expected_cash(trip) == 250
    assert not Booking.objects.filter(LATE).exists()
    assert Event.objects.get(kind="transport.cancelled").payload["late"] is False


def test_cancelling_is_asked_first_and_after_the_cutoff_noted_as_late(planner: Client, bus: Road, trip: Trip) -> None:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    address = f"/bus/bookings/{row.pk}/cancel/"
    assert "De plaats gaat naar wie erop wacht." in one_line(planner.get(address))
    clock.set_clock(virtual=trip.cutoff_at + SOON, rate=0)
    assert "het wordt als laat genoteerd" in one_line(planner.get(address))
    assert "telefonisch afgemeld" in one_line(planner.post(address, follow=True))
    assert planner.post(address).status_code == 409


def test_calls_are_made_in_order_and_each_ends_with_one_button(planner: Client, bus: Road, trip: Trip) -> None:
    rows = [bus.books(trip, bus.lives(name, 1), FRIDAY) for name in ("Riet", "Jan")]
    for order, row in enumerate(rows):
        planning.call_to_make(trip, row, CallTask.Kind.SILENT, FRIDAY, {"asked": 2}, order=order)
    page = one_line(planner.get("/bus/calls/"))
    assert page.index("Riet Linde") < page.index("Jan Linde")
    assert "Over de markt op dinsdag 24 november: De bus komt tussen 9:30 en 9:45." in page
    riet, jan = (CallTask.objects.get(booking=row) for row in rows)
    planner.post(f"/bus/calls/{riet.pk}/finish/", {"outcome": "not_reached"})
    page = one_line(planner.get("/bus/calls/"))
    assert page.index(f'id="call-{jan.pk}"') < page.index(f'id="call-{riet.pk}"')
    assert "Niet bereikt om 11:00." in page
    planner.post(f"/bus/calls/{riet.pk}/finish/", {"outcome": "agreed"})
    planner.post(f"/bus/calls/{jan.pk}/finish/", {"outcome": "cancels"})
    assert "Er hoeft niemand gebeld te worden." in one_line(planner.get("/bus/calls/"))
    states = {row.person.given_name: (row.state, row.answer) for row in Booking.objects.all()}
    assert states == {"Riet": ("booked", "yes"), "Jan": ("cancelled", "not_asked")}
    assert planner.post(f"/bus/calls/{riet.pk}/finish/", {"outcome": "agreed"}).status_code == 409


def test_a_late_seat_goes_by_hand_to_who_comes_next(planner: Client, bus: Road, trip: Trip) -> None:
    sjef = bus.books(trip, bus.lives("Sjef", 1), FRIDAY)
    bus.books(trip, bus.lives("Co", 1), FRIDAY)
    booking.wait(trip_id=trip.pk, wishes=[Wish(bus.lives("Riet", 1))], actor=PLANNER, now=FRIDAY)
    late = trip.cutoff_at + SOON
    clock.set_clock(virtual=late, rate=0)
    booking.cancel(booking_id=sjef.pk, because="by_telephone", actor=PLANNER, now=late)
    offers.freed(trip.pk, late)
    task = CallTask.objects.get(kind=CallTask.Kind.SEAT, state=CallTask.State.OPEN)
    assert "Er is een plaats vrij" in one_line(planner.get("/bus/calls/"))
    planner.post(f"/bus/calls/{task.pk}/finish/", {"outcome": "agreed"})
    assert Booking.objects.get(person__given_name="Riet").state == "booked"
    assert not isinstance(desk.ask(trip.pk, [Wish(bus.lives("Jan", 1))], late), Held)
    assert isinstance(desk.ask(trip.pk, [Wish(bus.lives("Els", 1))], late), No)


def test_each_kind_of_call_says_what_it_is_about(planner: Client, bus: Road, trip: Trip) -> None:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    trip.crew.create(task="driver")
    cases = {
        CallTask.Kind.SPEAK: ({"about": ABOUT_ABSENCE}, "u was niet aan de deur, en staat als afwezig genoteerd"),
        CallTask.Kind.CREW: ({"tasks": {"driver": "declined"}}, "wij hebben een chauffeur nodig"),
        CallTask.Kind.DISRUPTED: ({}, "het gaat niet zoals beloofd"),
        CallTask.Kind.MOVED: ({"no_place": True}, "de bus kan u niet meer halen of brengen zoals wij beloofden"),
    }
    for kind, (details, _sentence) in cases.items():
        planning.call_to_make(trip, row, kind, FRIDAY, details)
    page = one_line(planner.get("/bus/calls/"))
    for _details, sentence in cases.values():
        assert sentence in page
    assert f"/bus/roster/{trip.crew.get().pk}/" in page
    assert f"/bus/trips/{trip.pk}/wrong/" in page
