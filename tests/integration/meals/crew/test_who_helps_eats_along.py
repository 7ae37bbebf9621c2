"""Who helps eats with the crew: a chair and a plate for them there, and none as a guest."""

import pytest
from django.db import transaction

from backend.common import actors
from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.diets import Food
from backend.meals.domain.kitchen import Of
from backend.meals.models import Guest, GuestCall, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.kitchen import covers_of
from backend.meals.services import crew, crew_places, reserving
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.models import Engagement
from tests.integration.meals.crew.a_week import KEES, STAFF, a_week, helpers, roster, soon
from tests.support.restos import a_helper, a_resto, at, table_of
from tests.support.restos import crew_places as places
from tests.support.story import MONDAY, Story


def test_a_guest_who_helps_gives_up_their_chair_in_the_same_moment_and_reads_so(story: Story) -> None:
    evening = a_week(story, "kitchen")
    (kees,) = helpers(story, "kees")
    now = at("10:00", MONDAY.date())
    table = table_of(evening, Kees=kees)
    with transaction.atomic():
        alone = table.reserves(evening, "Kees", now)
    assert chairs_of(evening, now).covers == 2
    story.start()
    crew.sign_up(
        evening_id=evening.pk, job="kitchen", person=kees, actor=actors.person(kees.pk, "link"), now=clock.now()
    )
    alone.refresh_from_db()
    assert (alone.state, alone.cancelled_because) == ("cancelled", "helps")
    assert chairs_of(evening, now).covers == 1
    assert [one.source for one in Engagement.objects.all()] == [f"meal_crew:{evening.crew.get().pk}"]
    soon(story)
    (told,) = story.texts("kees")
    assert "eet mee met de ploeg. Uw eigen plaats als gast is vrij voor een ander." in told


def test_of_a_party_whose_head_helps_the_others_still_come(story: Story) -> None:
    evening = a_week(story, "kitchen")
    (kees,) = helpers(story, "kees")
    table = table_of(evening, Kees=kees)
    with transaction.atomic():
        party = table.reserves(evening, "Kees", at("10:00", MONDAY.date()), covers=3)
    crew.confirm(place_id=evening.crew.get().pk, person=kees, actor=STAFF, now=at("10:05", MONDAY.date()))
    party.refresh_from_db()
    assert (party.state, party.covers) == (Reservation.State.RESERVED, 2)


def test_what_a_guest_who_helps_does_not_eat_is_cooked_for_them_in_the_crew(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00")
    (bar,) = places(evening, "bar")
    kees = table.people["Kees"] = a_helper(table.organisation, "Kees", KEES, jobs=("bar",))
    plate = PlateWish(("nuts",), own_plate=True, name="Kees", note="ook geen sporen")
    table.reserves(evening, "Kees", now, plates=(plate,))
    crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=now)
    (cover,) = covers_of(evening)
    assert (cover.of, cover.without, cover.own_plate) == (Of.CREW, frozenset({Food.NUTS}), True)
    assert (cover.name, cover.note) == (kees.name, "ook geen sporen")
    Guest.objects.create(person=kees, without=["fish"])
    (cover,) = covers_of(evening)
    assert (cover.without, cover.own_plate) == (frozenset({Food.NUTS, Food.FISH}), True)


def test_which_plate_of_a_party_was_the_helpers_is_asked_by_a_person(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00")
    (bar,) = places(evening, "bar")
    kees = table.people["Kees"] = a_helper(table.organisation, "Kees", KEES, jobs=("bar",))
    table.reserves(evening, "Kees", now, covers=2, plates=(PlateWish(("nuts",), own_plate=True, name="Kees"),))
    crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=now)
    call = GuestCall.objects.get(kind="speak", state="open")
    assert (call.person, call.details) == (kees, {"plates": True})
    assert [one.own_plate for one in covers_of(evening)] == [True, False], "and no plate is thrown away meanwhile"


def test_of_a_party_each_with_a_plate_the_first_goes_with_who_helps_and_the_others_keep_theirs(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00")
    (bar,) = places(evening, "bar")
    kees = table.people["Kees"] = a_helper(table.organisation, "Kees", KEES, jobs=("bar",))
    plates = PlateWish(("nuts",), own_plate=True, name="Kees"), PlateWish(("fish",))
    party = table.reserves(evening, "Kees", now, covers=2, plates=plates)
    crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=now)
    eats = {cover.of: (cover.without, cover.own_plate) for cover in covers_of(evening)}
    assert eats == {Of.GUEST: (frozenset({Food.FISH}), False), Of.CREW: (frozenset({Food.NUTS}), True)}
    party.refresh_from_db()
    assert (party.state, party.covers, chairs_of(evening, now).covers) == ("reserved", 1, 2)


def test_a_place_takes_a_chair_and_none_is_opened_when_there_is_none(db: None) -> None:
    table = a_resto(chairs=3, tables=(3,))
    evening, now = table.evening(), at("09:00")
    places(evening, "cook")
    table.reserves(evening, "Riet", now)
    bar = crew_places.open_one(evening_id=evening.pk, job="bar", actor=STAFF, now=now)
    with pytest.raises(Conflict, match="All chairs are taken"):
        crew_places.open_one(evening_id=evening.pk, job="till", actor=STAFF, now=now)
    crew_places.open_one(evening_id=evening.pk, job="till", actor=STAFF, now=now, eats=False)
    crew_places.close_one(place_id=bar.pk, actor=STAFF, now=now)
    assert roster(evening) == [("cook", ""), ("till", "")]
    assert chairs_of(evening, now).free == 1


def test_who_helps_is_not_a_guest_as_well(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00")
    (bar,) = places(evening, "bar")
    kees = a_helper(table.organisation, "Kees", KEES, jobs=("bar",))
    crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=now)
    assert reserving.reserve(evening_id=evening.pk, wish=Wish(kees), actor=STAFF, now=now) == No(Refusal.HELPS)
    assert reserving.walk_in(evening_id=evening.pk, wish=Wish(kees), actor=STAFF, now=at("17:31")) == No(Refusal.HELPS)
    held = Reservation.objects.create(
        evening=evening, person=kees, state="unconfirmed", covers=1, way="page", reserved_at=now, holds_until=now
    )
    assert reserving.let_in(reservation_id=held.pk, covers=1, actor=STAFF, now=at("17:31")) == No(Refusal.HELPS)
    assert chairs_of(evening, now).covers == 1
