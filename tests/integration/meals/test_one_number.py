"""The dinners by the one number: reserving, waiting and cancelling by text and in the menu, without a person."""

from datetime import date

import pytest
from django.db import transaction

from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.services import reserving
from backend.meals.services.guests import Diet
from backend.notifications.models import InboxItem, OptOut
from backend.people.models import Engagement, Person
from backend.people.services import engagements
from tests.integration.meals.a_town import PHONE, a_town, lives, reserves
from tests.integration.meals.regulars import keeps
from tests.support import buses
from tests.support.restos import MANAGER
from tests.support.story import CIRCLE_NUMBER, DUTY_PHONE, Story

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = date(2026, 11, 26)
TUESDAY_TABLE = "De Lange Tafel, dinsdag 24 november"
NOT_COMING = f"Toch niet? Antwoord AFZEGGEN ETEN of bel {PHONE}."
FOOD = f"Eet iemand iets niet? Bel {PHONE}."
OR_FOOD = f"Toch niet? Antwoord AFZEGGEN ETEN. {FOOD}"
TOLD_LATER = f"Komt er plaats, dan hoort u het. {FOOD}"
WAIT = f"Wilt u op de wachtlijst? Antwoord JA. Een andere avond? Bel {PHONE}."
THURSDAY_TABLE = "De Lange Tafel, donderdag 26 november"


def town(story: Story, **evening: object) -> tuple[Evening, Evening]:
    """A dinner on Tuesday, and one on Thursday."""
    story.lives("duty", DUTY_PHONE, habits=[{"pick_up": 5, "press": "1", "talk": 60}])
    table, tuesday = a_town(story, **evening)
    return tuesday, table.evening(THURSDAY)


def noted() -> list[tuple[str, str, int, int]]:
    rows = Reservation.objects.select_related("person", "evening").order_by("pk")
    return [(row.person.given_name, row.state, row.covers, row.evening.date.day) for row in rows]


def test_eten_reserves_for_the_next_dinner_and_with_a_day_for_that_one(story: Story) -> None:
    town(story)
    lives(story, "Jan", "+31600000402")
    lives(story, "Mia", "+31600000410")
    story.start()
    assert story.sends("jan", "ETEN") == [f"U eet mee bij {TUESDAY_TABLE}, 1 persoon. Welkom om 17.30. {OR_FOOD}"]
    assert story.sends("mia", "Eten do 2 aub") == [
        f"U eet mee bij {THURSDAY_TABLE}, 2 personen. Welkom om 17.30. {OR_FOOD}"
    ]
    assert story.sends("jan", "eten 3") == [f"U staat al genoteerd voor {TUESDAY_TABLE}. Iets veranderen? Bel {PHONE}."]
    assert story.sends("jan", "ETEN vrijdag") == [
        f"Dan is er geen eten waarvoor u kunt reserveren. Bel om te horen wanneer wel: {PHONE}."
    ]
    assert noted() == [("Jan", "reserved", 1, 24), ("Mia", "reserved", 2, 26)]


def test_who_eats_alone_and_of_whom_it_is_known_what_they_do_not_eat_is_not_asked_again(story: Story) -> None:
    town(story)
    keeps(lives(story, "Jan", "+31600000402"), Diet(("nuts",), own_plate=True))
    story.start()
    assert story.sends("jan", "ETEN") == [f"U eet mee bij {TUESDAY_TABLE}, 1 persoon. Welkom vanaf 17.30. {NOT_COMING}"]
    story.sends("jan", "AFZEGGEN ETEN")
    assert story.sends("jan", "ETEN 2") == [f"U eet mee bij {TUESDAY_TABLE}, 2 personen. Welkom om 17.30. {OR_FOOD}"]


def test_who_eats_elsewhere_at_that_time_is_answered_in_words_and_nothing_is_noted(story: Story) -> None:
    tuesday, _thursday = town(story)
    jan = lives(story, "Jan", "+31600000402")
    engagements.engage(
        jan,
        programme=Engagement.Programme.DINNER,
        source="reservation:0",
        starts_at=tuesday.doors_at,
        ends_at=tuesday.ends_at,
    )
    story.start()
    assert story.sends("jan", "ETEN") == [
        f"U eet op dat moment al ergens anders mee. Wilt u ruilen naar {TUESDAY_TABLE}? Bel {PHONE}."
    ]
    assert noted() == []


def test_afzeggen_eten_cancels_and_is_never_taken_for_opting_out(story: Story) -> None:
    tuesday, thursday = town(story)
    jan = lives(story, "Jan", "+31600000402")
    story.start()
    for evening in (tuesday, thursday):
        reserves(evening, jan)
    story.run(until="10:05")
    assert story.sends("jan", "Afmelden eten") == [
        "Voor welke avond? Antwoord met het cijfer: 1 = dinsdag 24 november, 2 = donderdag 26 november."
    ]
    assert story.sends("jan", "2") == [f"U bent afgemeld voor het eten bij {THURSDAY_TABLE}. Komt u toch? Bel {PHONE}."]
    assert story.sends("jan", "afzeggen eten") == [
        f"U bent afgemeld voor het eten bij {TUESDAY_TABLE}. Komt u toch? Bel {PHONE}."
    ]
    assert story.sends("jan", "afzeggen eten") == [f"U staat niet genoteerd voor een etentje. Vragen? Bel {PHONE}."]
    assert not OptOut.objects.exists()
    assert InboxItem.objects.count() == 1, "whoever cancels what we know nothing of is read by a person"


def test_ik_kan_niet_eten_is_asked_back_and_read_by_a_person(story: Story) -> None:
    _tuesday, thursday = town(story)
    jan = lives(story, "Jan", "+31600000402")
    story.start()
    reserves(thursday, jan)
    story.run(until="10:05")
    assert story.sends("jan", "ik kan niet eten") == [
        f"Wilt u afzeggen? Antwoord met het cijfer: 1 = donderdag 26 november. Gaat het over iets anders? Bel {PHONE}."
    ]
    assert InboxItem.objects.count() == 1
    assert noted() == [("Jan", "reserved", 1, 26)]
    assert story.sends("jan", "ik kom niet eten morgen") == [
        "Voor welke avond? Antwoord met het cijfer: 1 = donderdag 26 november."
    ]
    assert noted() == [("Jan", "reserved", 1, 26)]
    story.sends("jan", "1")
    assert noted() == [("Jan", "cancelled", 1, 26)]


def test_afzeggen_alone_is_asked_what_about_before_anything_was_asked(story: Story) -> None:
    tuesday, _thursday = town(story)
    jan = lives(story, "Jan", "+31600000402")
    story.start()
    reserves(tuesday, jan)
    story.run(until="10:05")
    assert story.sends("jan", "afzeggen") == [
        f"Wilt u het eten afzeggen? Antwoord AFZEGGEN ETEN. Gaat het over iets anders? Bel {PHONE}."
    ]
    assert noted() == [("Jan", "reserved", 1, 24)]


def test_where_it_is_full_one_may_wait_and_a_bare_yes_takes_the_chairs(story: Story) -> None:
    tuesday, _thursday = town(story, chairs=2)
    sjef = lives(story, "Sjef", "+31130001404")
    lives(story, "Jan", "+31600000402")
    story.start()
    row = reserves(tuesday, sjef, covers=2)
    assert story.sends("jan", "eten di 2") == [f"Bij {TUESDAY_TABLE}, is het vol voor 2 personen. {WAIT}"]
    assert story.sends("jan", "ja") == [f"U staat op de wachtlijst van {TUESDAY_TABLE}, 2 personen. {TOLD_LATER}"]
    with transaction.atomic():
        reserving.cancel(reservation_id=row.pk, because="telephone", actor=MANAGER, now=clock.now())
    story.run(until="10:10")
    assert story.texts("jan")[-1] == (
        "Welzijn Oost: er is plaats bij De Lange Tafel, morgen, 2 personen. Wilt u komen eten? Antwoord JA of NEE, "
        "uiterlijk vandaag 12.00."
    )
    assert story.sends("jan", "JA graag") == [
        f"U eet mee bij De Lange Tafel, morgen, 2 personen. Welkom vanaf 17.30. {NOT_COMING}"
    ]
    assert story.sends("jan", "afzeggen") == [
        f"Wilt u het eten afzeggen? Antwoord AFZEGGEN ETEN. Gaat het over iets anders? Bel {PHONE}."
    ], "the chairs were offered and taken: a no is not about the offer any more"
    assert noted()[-1] == ("Jan", "reserved", 2, 24)


def test_a_couple_on_one_mobile_is_left_to_a_person(story: Story) -> None:
    town(story)
    riet = lives(story, "Riet", "+31600000409")
    buses.a_passenger(riet.organisation, "Wim", phones=["+31600000409"])
    story.start()
    assert story.sends("riet", "ETEN 2") == [
        f"Wij kennen meer mensen met dit nummer. Bel om te reserveren of af te zeggen: {PHONE}."
    ]
    assert noted() == []
    assert InboxItem.objects.count() == 1


def rings_in(at: str, *rules: tuple[str, str]) -> dict[str, object]:
    """Somebody rings the one number at a wall time; the more particular rules stand in front."""
    return {"at": at, "to": CIRCLE_NUMBER, "on": [{"hears": hears, "press": press} for hears, press in rules]}


def test_in_the_menu_one_reserves_hears_it_and_cancels(story: Story) -> None:
    town(story)
    reserve = rings_in("10:05", ("Klopt dat", "1"), ("Met hoeveel mensen", "2"), ("over het eten", "6"))
    cancel = rings_in("10:15", ("Klopt dat", "1"), ("U eet morgen", "2"), ("over het eten", "6"))
    riet = lives(story, "Riet", "+31130001401", rings_in=[reserve, cancel])
    story.start()
    story.run(until="10:10")
    assert "U kunt mee-eten bij De Lange Tafel, morgen om 18 uur. Met hoeveel mensen komt u" in story.heard("riet")
    assert "Dank u wel. U eet morgen mee bij De Lange Tafel, 2 personen. Welkom vanaf 17 uur 30." in story.heard("riet")
    assert noted() == [("Riet", "reserved", 2, 24)]
    story.run(until="10:20")
    assert "U bent afgemeld voor het eten bij De Lange Tafel." in story.heard("riet")
    assert noted() == [("Riet", "cancelled", 2, 24)]
    assert Person.objects.get(pk=riet.pk).reservations.get().way == Reservation.Way.MENU


def test_in_the_menu_who_does_not_eat_everything_is_put_through_to_say_so(story: Story) -> None:
    town(story)
    food = ("Eet iemand iets niet", "0"), ("Klopt dat", "1"), ("Met hoeveel mensen", "2"), ("over het eten", "6")
    lives(story, "Riet", "+31130001401", rings_in=[rings_in("10:05", *food)])
    story.start()
    story.run(until="10:10")
    asked = "Welkom vanaf 17 uur 30. Eet iemand iets niet? Druk op 0, dan kunt u het zeggen."
    assert asked in story.heard("riet")
    assert "wij verbinden u door" in story.heard("riet")
    assert noted() == [("Riet", "reserved", 2, 24)]


def test_in_the_menu_one_waits_where_it_is_full(story: Story) -> None:
    tuesday, _thursday = town(story, chairs=2)
    sjef = lives(story, "Sjef", "+31130001404")
    ring = rings_in("10:05", ("op de wachtlijst", "1"), ("Klopt dat", "1"), ("hoeveel", "1"), ("over het eten", "6"))
    lives(story, "Riet", "+31130001401", rings_in=[ring])
    story.start()
    reserves(tuesday, sjef, covers=2)
    story.run(until="10:10")
    assert "Het is dan vol voor 1 persoon. Wilt u op de wachtlijst? Druk op 1." in story.heard("riet")
    assert noted()[-1] == ("Riet", "waiting", 1, 24)
