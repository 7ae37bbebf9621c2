"""The evening before a dinner, played with the real parts: everybody is asked, and nobody is left out."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.events import clock
from backend.meals.models import ChairOffer, Evening, GuestCall, MealVolunteer, Reservation
from backend.meals.services import crew, reserving
from backend.meals.services.wishes import No, Wish
from backend.people.models import Person
from tests.integration.meals.a_town import PHONE, a_town, lives, reserves
from tests.support import restos
from tests.support.restos import MANAGER
from tests.support.story import DUTY_PHONE, Story

pytestmark = pytest.mark.django_db(transaction=True)

YES = {"pick_up": 5, "on": [{"hears": "Komt u?", "press": "1"}, {"hears": "Wilt u komen", "press": "1"}]}
NO = {"pick_up": 5, "on": [{"hears": "Klopt dat", "press": "1"}, {"hears": "Komt u?", "press": "2"}]}
PARTY_COMES = {"pick_up": 5, "on": [{"hears": "Komen zij?", "press": "1"}]}
SPEAK = {"pick_up": 5, "on": [{"hears": "iemand spreken", "press": "3"}], "talk": 90}
HELP = {"pick_up": 5, "on": [{"hears": "Komt u?", "press": "9"}], "talk": 30}
MACHINE = {"voicemail": {"after": 15}}


def town(story: Story, wall: str = "17:00", **evening: object) -> Evening:
    story.lives("duty", DUTY_PHONE, habits=[{"pick_up": 5, "press": "1", "talk": 60}])
    return a_town(story, wall, **evening)[1]


def answers() -> dict[str, tuple[str, str]]:
    return {row.person.given_name: (row.state, row.answer) for row in Reservation.objects.select_related("person")}


def calls() -> list[tuple[str, str, str]]:
    rows = GuestCall.objects.select_related("person").order_by("pk")
    return [(row.person.given_name, row.kind, row.state) for row in rows]


@transaction.atomic
def waits(evening: Evening, person: Person, covers: int = 1) -> Reservation:
    found = reserving.wait(evening_id=evening.pk, wish=Wish(person, covers), actor=MANAGER, now=clock.now())
    assert not isinstance(found, No)
    return found


def test_everybody_is_asked_as_they_wish_and_the_silent_are_left_to_a_person(story: Story) -> None:
    evening = town(story)
    texter = {"texts": [{"hears": "JA of NEE", "reply": "Ja hoor", "after": 120}]}
    people = [
        lives(story, "Riet", "+31130001401", YES),
        lives(story, "Jan", "+31600000402", **texter),
        lives(story, "Truus", "+31130001403", MACHINE),
        lives(story, "Sjef", "+31130001404", "no_answer", YES),
        lives(story, "Co", "+31130001405", NO),
    ]
    story.start()
    for person in people:
        reserves(evening, person)
    story.run(until="17:59")
    assert set(answers().values()) == {("reserved", "not_asked")}
    story.run(until="18:30")
    assert "U eet morgen om 18 uur mee bij De Lange Tafel, 1 persoon. Komt u? Druk op 1." in story.heard("riet")
    assert story.texts("jan")[1:] == [
        "Welzijn Oost: u eet morgen om 18.00 mee bij De Lange Tafel, 1 persoon. Komt u? Antwoord JA of NEE. Iemand "
        "spreken? Antwoord BEL.",
        "Dank u wel, wij rekenen op u, 1 persoon. Welkom morgen vanaf 17.30 bij De Lange Tafel.",
    ]
    assert calls() == []
    story.run(until="20:30")
    assert answers() == {
        "Riet": ("reserved", "yes"),
        "Jan": ("reserved", "yes"),
        "Truus": ("reserved", "silent"),
        "Sjef": ("reserved", "yes"),
        "Co": ("cancelled", "asked"),
    }
    assert len(story.rings("truus")) == 2
    assert "U bent afgemeld. Dank u wel voor het doorgeven." in story.heard("co")
    assert calls() == [("Truus", "silent", "open")]
    story.run_to(evening.doors_at)
    assert calls() == [("Truus", "silent", "lapsed")]


def test_who_helps_is_asked_about_the_others_of_their_party_and_a_no_leaves_them_on_the_roster(story: Story) -> None:
    evening = town(story)
    jan = lives(story, "Jan", "+31600000402", texts=[{"hears": "Komen zij?", "reply": "Nee", "after": 120}])
    els = lives(story, "Els", "+31130001406", PARTY_COMES)
    story.start()
    for person, place in zip((jan, els), restos.crew_places(evening, "bar", "bar"), strict=True):
        MealVolunteer.objects.create(organisation=person.organisation, person=person, job="bar")
        reserves(evening, person, covers=3)
        crew.confirm(place_id=place.pk, person=person, actor=MANAGER, now=clock.now())
    story.run(until="19:00")
    assert story.texts("jan")[-2:] == [
        "Welzijn Oost: u helpt morgen bij De Lange Tafel. Van uw gezelschap eten mee: 2 personen. Komen zij? Antwoord "
        "JA of NEE. Iemand spreken? Antwoord BEL.",
        "Uw gezelschap is afgemeld voor het eten bij De Lange Tafel, morgen. U zelf staat nog op het rooster. Toch "
        f"komen? Bel {PHONE}.",
    ]
    assert "Van uw gezelschap eten om 18 uur mee: 2 personen. Komen zij?" in story.heard("els")
    assert "Wij rekenen op uw gezelschap. Tot dan." in story.heard("els")
    assert answers() == {"Jan": ("cancelled", "asked"), "Els": ("reserved", "yes")}
    assert evening.crew.filter(state="confirmed").count() == 2


def test_who_says_no_gives_their_chairs_to_who_waits(story: Story) -> None:
    evening = town(story, chairs=2)
    co = lives(story, "Co", "+31130001405", NO)
    els = lives(story, "Els", "+31130001406", YES)
    story.start()
    reserves(evening, co, covers=2)
    waits(evening, els, 2)
    story.run(until="19:00")
    assert answers() == {"Co": ("cancelled", "asked"), "Els": ("reserved", "yes")}
    assert "Er is plaats voor u bij het eten van De Lange Tafel, morgen, 2 personen. Wilt u komen?" in story.heard(
        "els"
    )
    assert "Dank u wel. U eet morgen mee bij De Lange Tafel, 2 personen. Welkom vanaf 17 uur 30." in story.heard("els")
    assert ChairOffer.objects.get().state == "accepted"


def test_three_is_put_through_and_stays_on_the_list_until_a_person_has_spoken_to_them(story: Story) -> None:
    evening = town(story)
    ab = lives(story, "Ab", "+31130001407", SPEAK)
    story.start()
    reserves(evening, ab)
    story.run(until="18:20")
    assert answers() == {"Ab": ("reserved", "speak")}
    assert calls() == [("Ab", "speak", "open")]
    assert "Er belt iemand die een medewerker wil spreken." in story.heard("duty")


def test_nine_is_help_also_when_it_is_the_dinner_that_rings(story: Story) -> None:
    evening = town(story)
    riet = lives(story, "Riet", "+31130001401", HELP)
    story.start()
    reserves(evening, riet)
    story.run(until="18:20")
    assert "Wij geven het nu door aan een medewerker. Is er gevaar? Bel 112." in story.heard("riet")
    assert "Er belt iemand die een medewerker wil spreken." in story.heard("duty")


def test_afzeggen_cancels_and_after_yes_one_may_still_say_no(story: Story) -> None:
    evening = town(story)
    jan, mia, els = (lives(story, name, f"+3160000041{n}") for n, name in enumerate(("Jan", "Mia", "Els")))
    story.start()
    for person in (jan, mia, els):
        reserves(evening, person)
    story.run(until="18:05")
    assert story.sends("jan", "Afzeggen") == [
        f"U bent afgemeld voor het eten bij De Lange Tafel, morgen. Toch komen? Bel {PHONE}."
    ]
    story.sends("mia", "JA")
    (told,) = story.sends("mia", "Toch nee")
    assert told.startswith("U bent afgemeld")
    (told,) = story.sends("els", "Bel mij")
    assert told == f"Wij bellen u over het eten. Is er haast bij? Bel {PHONE}."
    assert answers() == {"Jan": ("cancelled", "asked"), "Mia": ("cancelled", "yes"), "Els": ("reserved", "speak")}
    assert calls() == [("Els", "speak", "open")]


def test_who_booked_on_the_page_is_reminded_on_the_day_and_may_still_cancel(story: Story) -> None:
    evening = town(story)
    page, rang = lives(story, "Jan", "+31600000402"), lives(story, "Mia", "+31600000410")
    story.start()
    reserves(evening, page, way=Reservation.Way.PAGE)
    reserves(evening, rang)
    story.run(until="18:05")
    for name in ("jan", "mia"):
        story.sends(name, "ja")
    before = len(story.texts("jan")), len(story.texts("mia"))
    story.run_to(restos.at("10:01"))
    assert story.texts("jan")[before[0] :] == [
        "Welzijn Oost: u eet vandaag mee bij De Lange Tafel, 1 persoon. Welkom vanaf 17.30. Kunt u niet? Antwoord "
        f"NEE of bel {PHONE}."
    ]
    assert len(story.texts("mia")) == before[1]
    story.run_to(evening.cutoff_at + timedelta(minutes=5))
    (told,) = story.sends("jan", "nee")
    assert told.startswith("U bent afgemeld voor het eten bij De Lange Tafel, vandaag.")
    assert answers()["Jan"][0] == "cancelled"
