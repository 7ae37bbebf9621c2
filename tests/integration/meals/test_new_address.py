"""A resto that is somewhere else: guests of coming evenings hear the address, on a landline as well."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from backend.events import clock
from backend.events.models import Event
from backend.meals.models import GuestCall, Reservation
from backend.meals.services import reserving, restos
from backend.meals.web.calls import what_to_say
from backend.notifications.models import Message
from backend.people.services import registering
from tests.integration.meals.a_town import PHONE, TAFEL, a_town, lives, reserves
from tests.support.restos import MANAGER, TUESDAY, Table
from tests.support.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def saves(table: Table, **known: object) -> None:
    restos.save_resto(table.organisation, known, pk=table.resto.pk, actor=MANAGER, now=clock.now())


def test_another_address_is_told_to_everybody_who_comes_and_the_first_one_to_nobody(story: Story) -> None:
    table, evening = a_town(story)
    table.evening(TUESDAY - timedelta(days=7))
    jan = lives(story, "Jan", "+31600000402")
    riet = lives(story, "Riet", "+31130001401", {"pick_up": 5, "press": "1"})
    story.start()
    for person in (jan, riet):
        reserves(evening, person)
    saves(table, address="Dorpsstraat 1", place="Oost")
    story.run(until="10:10")
    assert len(story.texts("jan")) == 1
    assert story.rings("riet") == []
    saves(table, address="Kerkplein 2", place="Oost")
    saves(table, name="De Lange Tafel")
    story.run(until="10:30")
    elsewhere = f"het eten bij {TAFEL}, is op een ander adres: Kerkplein 2, Oost. Vragen? Bel {PHONE}."
    assert story.texts("jan")[1:] == [f"Welzijn Oost: {elsewhere}"]
    assert "is op een ander adres: Kerkplein 2, Oost." in story.heard("riet")
    assert Reservation.objects.filter(state="reserved").count() == 2
    assert [event.subject_id for event in Event.objects.filter(kind="meals.evening_elsewhere")] == [evening.pk]
    assert Message.objects.filter(person=jan).count() == 2


def test_whom_neither_text_nor_call_reaches_is_rung_by_a_person_about_the_address_of_that_moment(story: Story) -> None:
    table, evening = a_town(story)
    jan = lives(story, "Jan", "+31600000402")
    deaf = lives(story, "Truus", "+31130001403", {"voicemail": {"after": 15}})
    mute = registering.register_person(organisation=story.organisation, given_name="Ab", family_name="Linde", phones=())
    story.start()
    saves(table, address="Dorpsstraat 1", place="Oost")
    rows = [reserves(evening, person) for person in (jan, deaf, mute)]
    saves(table, address="Kerkplein 2", place="Oost")
    story.run(until="10:30")
    saves(table, address="Kerkplein 3", place="Oost")
    story.run(until="10:45")
    assert len(story.rings("truus")) == 2
    assert [text for text in story.texts("jan") if "Kerkplein 3" in text] == story.texts("jan")[-1:]
    calls = GuestCall.objects.order_by("pk")
    assert [(one.person.given_name, one.kind, one.state) for one in calls] == [
        ("Ab", "elsewhere", "lapsed"),
        ("Truus", "elsewhere", "lapsed"),
        ("Ab", "elsewhere", "open"),
        ("Truus", "elsewhere", "open"),
    ]
    with translation.override("nl"):
        assert what_to_say(calls[3]) == (
            "Het eten bij De Lange Tafel op dinsdag 24 november is op een ander adres: Kerkplein 3, Oost. "
            "Kunt u daar komen?"
        )
    with transaction.atomic():
        reserving.cancel(reservation_id=rows[1].pk, because="telephone", actor=MANAGER, now=clock.now())
    assert GuestCall.objects.get(pk=calls[3].pk).state == "lapsed", "whoever does not come any more need not know"
