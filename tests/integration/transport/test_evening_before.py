"""The evening before a trip, played with the real parts: everybody is asked, and nobody is left out."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.common.actors import user
from backend.events import clock
from backend.notifications.models import Message
from backend.people.models import Person
from backend.transport.models import Booking, CallTask, SeatOffer, Trip
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import desk, evening, trips
from tests.support import buses
from tests.support.story import CIRCLE_NUMBER, DUTY_PHONE, MONDAY, Story

PLANNER = user(7)
TUESDAY = buses.TUESDAY
YES = {"pick_up": 5, "on": [{"hears": "Gaat u mee", "press": "1"}, {"hears": "Wilt u mee", "press": "1"}]}
NO = {"pick_up": 5, "on": [{"hears": "Klopt dat", "press": "1"}, {"hears": "Gaat u mee", "press": "2"}]}
SPEAK = {"pick_up": 5, "on": [{"hears": "iemand spreken", "press": "3"}], "talk": 90}
MACHINE = {"voicemail": {"after": 15}}


def a_trip(story: Story, seats: int = 7) -> Trip:
    """A trip to the market on Tuesday; nobody of the circle is rung these days."""
    story.begin = MONDAY.replace(hour=16, minute=50)
    story.circle.first_day = TUESDAY + timedelta(days=7)
    story.circle.save()
    story.lives("duty", DUTY_PHONE, habits=[{"pick_up": 5, "press": "1", "talk": 60}])
    return buses.a_trip(buses.a_bus(story.organisation, seats=seats), max_rounds=1)


def lives(story: Story, name: str, phone: str, *habits: object, **more: object) -> Person:
    story.lives(name.lower(), phone, habits=list(habits) or [YES], **more)
    return buses.a_passenger(story.organisation, name, phones=[phone])


def books(trip: Trip, *people: Person) -> Booking:
    wishes = [Wish(person) for person in people]
    done = desk.book(trip.pk, wishes, actor=PLANNER, now=trip.cutoff_at - timedelta(days=2))
    assert not isinstance(done, No), done
    return done.bookings[0]


def waits(trip: Trip, person: Person) -> Booking:
    found = desk.wait(trip.pk, [Wish(person)], actor=PLANNER, now=trip.cutoff_at - timedelta(days=2))
    assert not isinstance(found, No)
    return found[0]


def answers() -> dict[str, tuple[str, str]]:
    return {row.person.given_name: (row.state, row.answer) for row in Booking.objects.select_related("person")}


def calls() -> list[tuple[str, str, str]]:
    rows = CallTask.objects.select_related("person").order_by("pk")
    return [(row.person.given_name, row.kind, row.state) for row in rows]


def test_everybody_is_asked_as_they_wish_and_the_silent_are_left_to_a_person(story: Story) -> None:
    trip = a_trip(story)
    books(trip, lives(story, "Riet", "+31130001401"))
    texter = {"texts": [{"hears": "Gaat u mee", "reply": "Ja hoor", "after": 120}]}
    books(trip, lives(story, "Jan", "+31600000402", **texter))
    books(trip, lives(story, "Truus", "+31130001403", MACHINE))
    books(trip, lives(story, "Sjef", "+31130001404", "no_answer", YES))
    story.start()
    story.run(until="17:59")
    assert answers() == dict.fromkeys(("Riet", "Jan", "Truus", "Sjef"), ("booked", "not_asked"))
    story.run(until="18:30")
    assert answers()["Riet"] == ("booked", "yes")
    assert answers()["Jan"] == ("booked", "yes")
    assert "over de bus naar De markt. De bus komt morgen tussen 9 uur" in story.heard("riet")
    assert story.texts("jan")[0].startswith("Welzijn Oost: de bus naar De markt. De bus komt morgen tussen 9.")
    assert story.texts("jan")[1].startswith("Dank u wel, wij rekenen op u. De bus komt morgen tussen 9.")
    assert calls() == []
    story.run(until="20:30")
    assert answers()["Sjef"] == ("booked", "yes")
    assert len(story.rings("truus")) == 2
    assert answers()["Truus"] == ("booked", "silent")
    assert calls() == [("Truus", "silent", "open")]
    assert Message.objects.filter(host=evening.HOST).count() == 6


def test_who_cancels_makes_room_by_hand_because_the_cutoff_is_over(story: Story) -> None:
    trip = a_trip(story, seats=2)
    books(trip, lives(story, "Co", "+31130001405", NO))
    waits(trip, lives(story, "Els", "+31130001406", {"pick_up": 5, "press": "1"}))
    story.start()
    story.run(until="17:30")
    assert "er is geen plaats vrijgekomen in de bus naar De markt, morgen" in story.heard("els")
    story.run(until="19:00")
    assert answers() == {"Co": ("cancelled", "asked"), "Els": ("waiting", "not_asked")}
    assert "U bent afgemeld." in story.heard("co")
    assert calls() == [("Els", "seat", "open")]


def test_three_is_put_through_and_stays_on_the_list_until_a_person_has_spoken_to_them(story: Story) -> None:
    trip = a_trip(story)
    books(trip, lives(story, "Ab", "+31130001407", SPEAK))
    story.start()
    story.run(until="19:30")
    assert answers() == {"Ab": ("booked", "speak")}
    assert calls() == [("Ab", "speak", "open")]
    assert "Er belt iemand die een medewerker wil spreken." in story.heard("duty")


def test_two_people_on_one_line_are_asked_for_by_name_one_after_the_other(story: Story) -> None:
    trip = a_trip(story)
    couple = {
        "pick_up": 5,
        "on": [
            {"hears": "Bent u", "press": "1"},
            {"hears": "Gaat u mee", "press": "1"},
        ],
    }
    riet = lives(story, "Riet", "+31130001408", couple)
    wim = buses.a_passenger(story.organisation, "Wim", phones=["+31130001408"])
    books(trip, riet, wim)
    story.start()
    story.run(until="20:00")
    assert answers() == {"Riet": ("booked", "yes"), "Wim": ("booked", "yes")}
    assert "Bent u Riet? Druk op 1." in story.heard("riet")
    assert "Bent u Wim? Druk op 1." in story.heard("riet")


def test_a_couple_with_one_mobile_says_whose_answer_it_is(story: Story) -> None:
    trip = a_trip(story)
    riet = lives(story, "Riet", "+31600000409")
    wim = buses.a_passenger(story.organisation, "Wim", phones=["+31600000409"])
    books(trip, riet, wim)
    story.start()
    story.run(until="18:05")
    assert len(story.texts("riet")) == 2
    assert story.sends("riet", "nee") == [
        "Waarover gaat het? Antwoord met het cijfer: 1 = Riet, De markt, morgen, 2 = Wim, De markt, morgen."
    ]
    (told,) = story.sends("riet", "2")
    assert told.startswith("U bent afgemeld voor de bus naar De markt morgen.")
    assert answers() == {"Riet": ("booked", "asked"), "Wim": ("cancelled", "asked")}


def test_after_saying_yes_one_may_still_cancel_and_ask_to_be_rung(story: Story) -> None:
    trip = a_trip(story)
    books(trip, lives(story, "Jan", "+31600000402"))
    books(trip, lives(story, "Mia", "+31600000410"))
    story.start()
    story.run(until="18:05")
    story.sends("jan", "JA")
    (told,) = story.sends("jan", "Toch nee")
    assert told.startswith("U bent afgemeld")
    (told,) = story.sends("mia", "Bel mij")
    assert told.startswith("Wij bellen u over de bus.")
    assert answers() == {"Jan": ("cancelled", "yes"), "Mia": ("booked", "speak")}
    assert calls() == [("Mia", "speak", "open")]


def test_help_is_help_also_when_it_is_the_bus_that_rings(story: Story) -> None:
    trip = a_trip(story)
    help_ = {"pick_up": 5, "on": [{"hears": "Gaat u mee", "press": "9"}], "talk": 30}
    books(trip, lives(story, "Riet", "+31130001401", help_))
    story.start()
    story.run(until="18:10")
    assert "Wij geven het nu door aan een medewerker. Is er gevaar? Bel 112." in story.heard("riet")
    assert "Er belt iemand die een medewerker wil spreken." in story.heard("duty")


def test_a_free_seat_is_offered_by_call_until_somebody_takes_it(story: Story) -> None:
    trip = a_trip(story, seats=2)
    story.begin = MONDAY.replace(hour=10)
    co = books(trip, lives(story, "Co", "+31130001405"))
    waits(trip, lives(story, "Els", "+31130001406", MACHINE))
    waits(
        trip,
        lives(story, "Ab", "+31130001407", "no_answer", {"pick_up": 5, "on": [{"hears": "Wilt u mee", "press": "1"}]}),
    )
    waits(trip, lives(story, "Mia", "+31600000410"))
    story.start()
    desk.cancel(co.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    story.run(until="16:00")
    offers = SeatOffer.objects.select_related("booking__person").order_by("pk")
    assert [(one.booking.person.given_name, one.state) for one in offers] == [("Els", "expired"), ("Ab", "accepted")]
    assert len(story.rings("els")) == 3
    assert "Dank u wel. De plaats is voor u. De bus komt morgen tussen 9 uur" in story.heard("ab")
    # Who was silent rings in by text when it is too late, and reads what became of it.
    els = Person.objects.get(given_name="Els")
    els.phones.create(e164="+31600000411", kind="mobile", position=2)
    story.town.settle([*story.residents, {"name": "els_mobile", "phones": ["+31600000411"], "calls": ["no_answer"]}])
    (told,) = story.sends("els_mobile", "ja graag")
    assert "de plaats in de bus naar De markt is nu aan een ander aangeboden" in told


def test_who_is_offered_a_seat_on_a_trip_that_is_off_by_then_hears_that(story: Story) -> None:
    trip = a_trip(story, seats=2)
    story.begin = MONDAY.replace(hour=10)
    co = books(trip, lives(story, "Co", "+31130001405"))
    waits(trip, lives(story, "Els", "+31130001406", {"pick_up": 25, "press": "1", "talk": 5}))
    story.start()
    desk.cancel(co.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    story.run_to(buses.wall(buses.MONDAY, "16:00"), unless=lambda: bool(story.rings("els")))
    with transaction.atomic():
        trips.cancel(trip_id=trip.pk, because="weather", actor=PLANNER, now=clock.now())
    story.run(until="11:00")
    assert "De bus naar De markt rijdt toch niet." in story.heard("els")
    assert "U blijft op de wachtlijst" not in story.heard("els")
    assert "Er is een plaats vrij" not in story.heard("els")
    els = Person.objects.get(given_name="Els")
    els.phones.create(e164="+31600000411", kind="mobile", position=2)
    story.town.settle([*story.residents, {"name": "els_mobile", "phones": ["+31600000411"], "calls": ["no_answer"]}])
    (told,) = story.sends("els_mobile", "ja graag")
    assert told == (
        "Welzijn Oost: de bus naar De markt, morgen, rijdt niet. U hoeft niets te doen. Vragen? Bel 013 000 90 00."
    )


def test_who_said_yes_to_times_that_do_not_hold_any_more_is_asked_again(story: Story) -> None:
    trip = a_trip(story)
    row = books(trip, lives(story, "Riet", "+31130001401"))
    story.start()
    story.run(until="18:20")
    assert answers()["Riet"] == ("booked", "yes")
    for ride in row.rides.all():
        later = timedelta(minutes=30)
        ride.planned_at += later
        ride.promised_from, ride.promised_until = ride.promised_from + later, ride.promised_until + later
        ride.save()
    with transaction.atomic():
        evening.ask_whom_it_concerns(trip.pk, clock.now())
    story.run(until="19:00")
    assert len(story.rings("riet")) == 2
    assert answers()["Riet"] == ("booked", "yes")


@pytest.mark.parametrize("state", ["cancelled", "underway"])
def test_nobody_is_asked_about_a_trip_that_is_off_or_underway(story: Story, state: str) -> None:
    trip = a_trip(story)
    books(trip, lives(story, "Riet", "+31130001401"))
    story.start()
    Trip.objects.filter(pk=trip.pk).update(state=state)
    story.run(until="19:00")
    assert story.rings("riet") == []


def rings_in(at: str, *rules: tuple[str, str]) -> dict[str, object]:
    """Somebody rings the one number and presses these keys at what they hear."""
    return {"at": at, "to": CIRCLE_NUMBER, "on": [{"hears": hears, "press": key} for hears, key in rules]}


def test_the_one_number_tells_of_a_trip_and_cancels_it_once_that_is_confirmed(story: Story) -> None:
    trip = a_trip(story)
    kept = rings_in("16:52", ("over de bus", "7"), ("Klopt dat", "2"), ("afmelden", "2"))
    gone = rings_in("16:58", ("over de bus", "7"), ("Klopt dat", "1"), ("afmelden", "2"))
    books(trip, lives(story, "Co", "+31130001405", rings_in=[kept, gone]))
    story.start()
    story.run(until="16:57")
    assert "U gaat mee met de bus naar De markt. De bus komt morgen tussen 9 uur" in story.heard("co")
    assert "Er is niets veranderd." in story.heard("co")
    assert answers() == {"Co": ("booked", "not_asked")}
    story.run(until="17:05")
    assert answers() == {"Co": ("cancelled", "not_asked")}
    assert Booking.objects.get().cancelled_because == "menu"


def test_who_missed_the_call_takes_the_free_seat_by_ringing_the_one_number(story: Story) -> None:
    trip = a_trip(story, seats=2)
    story.begin = MONDAY.replace(hour=10)
    co = books(trip, lives(story, "Co", "+31130001405"))
    ring = rings_in("10:33", ("over de bus", "7"), ("een plaats vrij", "1"))
    waits(trip, lives(story, "Els", "+31130001406", "no_answer", rings_in=[ring]))
    story.start()
    desk.cancel(co.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    story.run(until="10:45")
    assert answers()["Els"] == ("booked", "not_asked")
    assert "Dank u wel. De plaats is voor u. De bus komt morgen tussen 9 uur" in story.heard("els")
    assert SeatOffer.objects.get().ended_by.startswith("person:")
