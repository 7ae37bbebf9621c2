"""Whom the bus and the dinner have both asked: a bare yes is answered with what is open, and never guessed."""

import pytest

from backend.meals.models import Reservation
from backend.transport.models import Booking
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import desk
from tests.integration.meals.a_town import a_town, reserves
from tests.support import buses
from tests.support.restos import MANAGER
from tests.support.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bare_yes_to_two_questions_is_asked_which_and_then_answers_the_one_that_is_left(story: Story) -> None:
    _table, evening = a_town(story, "16:50")
    trip = buses.a_trip(buses.a_bus(story.organisation), max_rounds=1)
    story.lives("jan", "+31600000402", habits=["no_answer"])
    jan = buses.a_passenger(story.organisation, "Jan", phones=["+31600000402"])
    booked = desk.book(trip.pk, [Wish(jan)], actor=MANAGER, now=trip.cutoff_at)
    assert not isinstance(booked, No)
    story.start()
    reserves(evening, jan)
    story.run(until="18:05")
    assert story.sends("jan", "ja") == [
        "Waarover gaat het? Antwoord met het cijfer: 1 = Jan, De markt, morgen, "
        "2 = Jan, eten bij De Lange Tafel, morgen."
    ]
    assert (Booking.objects.get().answer, Reservation.objects.get().answer) == ("asked", "asked")
    (told,) = story.sends("jan", "2")
    assert told == "Dank u wel, wij rekenen op u, 1 persoon. Welkom morgen vanaf 17.30 bij De Lange Tafel."
    (which,) = story.sends("jan", "nee")
    assert which == (
        "Waarover gaat het? Antwoord met het cijfer: 1 = Jan, De markt, morgen, "
        "2 = Jan, eten bij De Lange Tafel, morgen."
    ), "a no may be meant for what they said yes to, and begins soon"
    (told,) = story.sends("jan", "nee 1")
    assert told.startswith("U bent afgemeld voor de bus naar De markt morgen.")
    assert (Booking.objects.get().state, Reservation.objects.get().answer) == ("cancelled", "yes")
