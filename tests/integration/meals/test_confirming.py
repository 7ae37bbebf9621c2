"""Guests read what was noted about their places: as they wish, at an hour at which they may be disturbed."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction

from backend.common import actors
from backend.events import clock
from backend.meals.domain.series import Times
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.services import changing, confirming, evenings, moving, reserving
from backend.meals.services.changing import Facts
from backend.meals.services.wishes import Wish
from backend.notifications.models import Message
from backend.people.models import Person
from backend.people.services import registering
from tests.integration.meals.a_town import PHONE, TAFEL, a_town, lives, reserves
from tests.support import restos
from tests.support.restos import MANAGER, Table
from tests.support.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_has_a_mobile_reads_what_was_reserved_changed_and_cancelled(story: Story) -> None:
    _table, evening = a_town(story)
    jan = lives(story, "Jan", "+31600000402")
    story.start()
    row = reserves(evening, jan, covers=2)
    story.run(until="10:05")
    with transaction.atomic():
        reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=clock.now())
    story.run(until="10:10")
    with transaction.atomic():
        reserving.cancel(reservation_id=row.pk, because="telephone", actor=MANAGER, now=clock.now())
    story.run(until="10:15")
    assert story.texts("jan") == [
        f"Welzijn Oost: u eet mee bij {TAFEL}, 2 personen. Welkom vanaf 17.30. Komt u niet? "
        f"Antwoord AFZEGGEN ETEN of bel {PHONE}.",
        f"Welzijn Oost: u komt eten bij {TAFEL}, nu met 1 persoon. Klopt dat niet? Bel {PHONE}.",
        f"Welzijn Oost: u bent afgemeld voor het eten bij {TAFEL}. Komt u toch? Bel {PHONE}.",
    ]


def test_nobody_with_only_a_landline_is_rung_and_who_stands_at_the_door_reads_nothing(story: Story) -> None:
    _table, evening = a_town(story)
    riet, mia = lives(story, "Riet", "+31130001401"), lives(story, "Mia", "+31600000410")
    story.start()
    reserves(evening, riet)
    with transaction.atomic():
        reserving.walk_in(
            evening_id=evening.pk, wish=Wish(mia, way=Reservation.Way.WALK_IN), actor=MANAGER, now=clock.now()
        )
    story.run(until="11:00")
    assert (story.rings("riet"), story.texts("mia")) == ([], [])


def test_who_wants_no_texts_gets_none_and_who_speaks_english_reads_english(story: Story) -> None:
    _table, evening = a_town(story)
    els, john = lives(story, "Els", "+31600000411"), lives(story, "John", "+31600000412")
    Person.objects.filter(pk=els.pk).update(preferred_way=Person.Way.CALL)
    Person.objects.filter(pk=john.pk).update(language="en")
    story.start()
    for person in (els, john):
        reserves(evening, Person.objects.get(pk=person.pk))
    story.run(until="10:30")
    assert (story.texts("els"), story.rings("els")) == ([], [])
    assert story.texts("john") == [
        "Welzijn Oost: you eat at De Lange Tafel, Tuesday 24 November, 1 person. Welcome from 17:30. Not coming? "
        f"Answer CANCEL DINNER or ring {PHONE}."
    ]


def test_at_night_nobody_is_texted_and_what_was_taken_back_meanwhile_is_not_told_any_more(story: Story) -> None:
    _table, evening = a_town(story, "21:30")
    jan, els = lives(story, "Jan", "+31600000402"), lives(story, "Els", "+31600000411")
    story.start()
    row = reserves(evening, jan)
    reserves(evening, els)
    story.run(until="22:00")
    with transaction.atomic():
        reserving.cancel(reservation_id=row.pk, because="telephone", actor=MANAGER, now=clock.now())
    story.run(until="23:00")
    assert (story.texts("jan"), story.texts("els")) == ([], [])
    story.run_to(restos.at("09:01"))
    assert [one.split(":")[1].split(" bij")[0] for one in story.texts("jan")] == [" u bent afgemeld voor het eten"]
    assert len(story.texts("els")) == 1


def test_a_dinner_that_is_off_is_told_to_everybody_and_a_person_rings_whom_nobody_reached(story: Story) -> None:
    _table, evening = a_town(story)
    reads = lives(story, "Jan", "+31600000402")
    hears = lives(story, "Riet", "+31130001401", {"pick_up": 5, "press": "1"})
    deaf = lives(story, "Truus", "+31130001403", {"voicemail": {"after": 15}})
    mute = registering.register_person(organisation=story.organisation, given_name="Ab", family_name="Linde", phones=())
    story.start()
    for person in (reads, hears, deaf, mute):
        reserves(evening, person)
    story.run(until="10:10")
    with transaction.atomic():
        evenings.cancel(evening_id=evening.pk, because="De kok is ziek.", actor=actors.user(9), now=clock.now())
    story.run(until="12:00")
    off = f"het eten bij {TAFEL}, gaat niet door. Het spijt ons. Vragen? Bel {PHONE}."
    assert story.texts("jan")[-1] == f"Welzijn Oost: {off}"
    assert off in story.heard("riet")
    assert len(story.rings("riet")) == 1
    assert len(story.rings("truus")) == 2
    calls = GuestCall.objects.order_by("pk")
    assert [(one.person.given_name, one.kind, one.state) for one in calls] == [
        ("Ab", "cancelled", "open"),
        ("Truus", "cancelled", "open"),
    ]


@pytest.fixture
def table(transactional_db: None) -> Table:
    return restos.a_resto()


def moves(evening: Evening) -> None:
    later = Times(cutoff=time(12, 30), doors=time(18), dinner=time(18, 30), ends=time(21))
    changing.change(evening.pk, Facts(times=later, chairs=20), actor=MANAGER, now=clock.now())


def test_another_time_is_told_once_to_everybody_who_comes_and_a_person_rings_whom_nobody_reached(story: Story) -> None:
    _table, evening = a_town(story)
    jan = lives(story, "Jan", "+31600000402")
    riet = lives(story, "Riet", "+31130001401", {"pick_up": 5, "press": "1"})
    deaf = lives(story, "Truus", "+31130001403", {"voicemail": {"after": 15}})
    mute = registering.register_person(organisation=story.organisation, given_name="Ab", family_name="Linde", phones=())
    story.start()
    rows = [reserves(evening, person, covers=2) for person in (jan, riet, deaf, mute)]
    story.run(until="10:10")
    moves(evening)
    with transaction.atomic():
        reserving.change_covers(reservation_id=rows[0].pk, covers=1, actor=MANAGER, now=clock.now())
    story.run(until="10:30")
    moved = f"het eten bij {TAFEL}, is op een andere tijd."
    told = f"Welzijn Oost: {moved} Welkom vanaf 18.00. Komt u niet? Antwoord AFZEGGEN ETEN."
    assert [text for text in story.texts("jan") if moved in text] == [told]
    assert f"{moved} Welkom vanaf 18.00." in story.heard("riet")
    assert [len(story.rings(name)) for name in ("riet", "truus")] == [1, 1]
    calls = GuestCall.objects.order_by("pk")
    assert [(one.person.given_name, one.kind, one.state) for one in calls] == [
        ("Ab", "moved", "open"),
        ("Truus", "moved", "open"),
    ]


@pytest.mark.parametrize("news", [moving.TIME, moving.ADDRESS], ids=["another time", "another address"])
@pytest.mark.parametrize(
    ("now", "day", "any_hour"),
    [
        pytest.param("2026-11-23T10:00", "2026-11-24", False, id="on Monday, for Tuesday"),
        pytest.param("2026-11-24T10:00", "2026-11-24", True, id="on the day itself"),
        pytest.param("2026-11-21T21:00", "2026-11-22", True, id="on Saturday evening, for Sunday"),
    ],
)
def test_where_a_dinner_is_now_is_told_at_any_hour_where_the_next_one_comes_too_late(
    news: moving.News, now: str, day: str, any_hour: bool
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=restos.AMSTERDAM)
    table = restos.a_resto()
    evening = table.evening(date.fromisoformat(day))
    with transaction.atomic():
        row = table.reserves(evening, "Riet", moment - timedelta(days=3))
        moving.tell_everybody(evening.pk, news, moment)
        confirming.tell(evening, row, "changed", moment)
    (message,) = Message.objects.filter(host=news.host)
    assert (message.state, message.any_hour) == ("queued", any_hour)
    with transaction.atomic():
        confirming.take_back(row)
    message.refresh_from_db()
    assert message.state == "cancelled", "whoever does not come any more need not know"


def test_another_time_and_another_address_do_not_take_one_another_back(table: Table) -> None:
    evening, moment = table.evening(), restos.at("21:00", restos.MONDAY)
    with transaction.atomic():
        table.reserves(evening, "Riet", moment)
        for news in (moving.ADDRESS, moving.TIME, moving.ADDRESS, moving.TIME):
            moving.tell_everybody(evening.pk, news, moment)
    found = Message.objects.exclude(host=confirming.HOST).order_by("pk").values_list("host", "state")
    assert list(found) == [
        ("meals.elsewhere", "cancelled"),
        ("meals.moved", "cancelled"),
        ("meals.elsewhere", "queued"),
        ("meals.moved", "queued"),
    ]
