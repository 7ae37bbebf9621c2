"""Who helps cannot after all: the place is free or handed over, the next is asked, and all hear what they must."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.common import actors
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.models import Evening, GuestCall
from backend.meals.services import crew, crew_swaps, door_crew, evenings, kitchen
from backend.notifications.models import InboxItem
from backend.people.domain.crews import CrewClosed
from backend.people.models import Engagement
from backend.people.services import absences
from tests.integration.meals.crew.a_week import (
    CARLA,
    KEES,
    LIES,
    STAFF,
    THURSDAY,
    a_week,
    asks,
    begin,
    helpers,
    roster,
    soon,
)
from tests.support.restos import TUESDAY, a_helper, a_resto, at, table_of
from tests.support.restos import crew_places as places
from tests.support.story import Story


def test_a_no_after_a_yes_frees_the_evening_and_the_next_is_asked(story: Story) -> None:
    """Nobody reads that somebody else is asked while nobody is: the cook would be missed on the evening itself."""
    evening = a_week(story, "cook")
    kees, _lies = helpers(story, "kees", "lies", jobs=("cook",))
    begin(story)
    crew.confirm(place_id=evening.crew.get().pk, person=kees, actor=STAFF, now=clock.now())
    soon(story)
    assert story.texts("kees")[-1].startswith("Dank u wel. U helpt do 26 nov ")
    (answer,) = story.sends("kees", "Nee, toch niet")
    assert answer.startswith("De Lange Tafel: u staat do 26 nov niet meer op het rooster. Klopt dat niet? Bel ")
    soon(story)
    assert roster(evening) == [("cook", "")]
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open")]
    assert not Engagement.objects.exists()
    assert len(story.texts("kees")) == 3, "they are not told the same twice"


def cooks_twice(story: Story) -> tuple[Evening, Evening]:
    """Kees cooks on Thursday and on Friday, and has read so."""
    evening = a_week(story, "cook")
    other = table_of(evening).evening(THURSDAY + timedelta(days=1))
    (kees,) = helpers(story, "kees", jobs=("cook",))
    story.start()
    for place in (*evening.crew.all(), *places(other, "cook")):
        crew.confirm(place_id=place.pk, person=kees, actor=STAFF, now=clock.now())
    soon(story)
    return evening, other


def test_a_no_that_may_be_about_another_evening_frees_none_and_a_person_gets_it(story: Story) -> None:
    evening, other = cooks_twice(story)
    (answer,) = story.sends("kees", "nee")
    assert answer.startswith(
        "De Lange Tafel: u staat op het rooster voor meer dan één avond, ook voor vr 27 nov. Kunt u niet? Zeg hier "
        "voor welke avond: "
    )
    assert [*roster(evening), *roster(other)] == [("cook", "Kees"), ("cook", "Kees")]
    assert InboxItem.objects.get().person.given_name == "Kees"


def test_a_no_that_names_the_evening_frees_that_one(story: Story) -> None:
    evening, other = cooks_twice(story)
    assert story.sends("kees", "nee 26 nov")[0].startswith("De Lange Tafel: u staat do 26 nov niet meer op het rooster")
    assert [*roster(evening), *roster(other)] == [("cook", ""), ("cook", "Kees")]


def test_a_cook_who_is_ill_this_morning_is_replaced_by_whoever_says_yes_first(story: Story) -> None:
    """All who could are asked at once, by text and by call; who runs the dinners hears so in the same moment."""
    evening = a_week(story, "cook")
    (kees,) = helpers(story, "kees", jobs=("cook",))
    helpers(story, "lies", "moos", jobs=("cook",), habits=["no_answer"])
    story.ladder()
    story.lives("carla", CARLA)
    story.begin = story.begin.replace(day=26, hour=8, minute=55)
    story.start()
    cooking = evening.crew.get()
    crew.confirm(place_id=cooking.pk, person=kees, actor=STAFF, now=clock.now())
    soon(story)
    crew_swaps.drop_out(place_id=cooking.pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open"), ("Moos", "open")]
    for name in ("lies", "moos"):
        assert story.texts(name)[0].startswith(
            "De Lange Tafel, dringend: wij zoeken voor do 26 nov om 13:30 iemand als kok. Kunt u? Antwoord JA 26 nov of"
        )
        assert story.rings(name)[0].startswith("08:56:0")
    assert story.texts("carla")[-1].startswith("De Lange Tafel: Kees kan do 26 nov 13:30 niet als kok.")
    story.sends("moos", "ja")
    assert roster(evening) == [("cook", "Moos")]
    soon(story)
    assert story.texts("lies")[-1].startswith("De Lange Tafel: voor do 26 nov hebben wij al iemand.")
    assert "hebben wij al iemand" in story.sends("lies", "ja")[0]
    assert story.incidents() == [], "somebody cooks: nothing is wrong any more"


def test_what_the_kitchen_was_told_goes_to_who_cooks_instead(story: Story) -> None:
    """The final count went to Kees at half past twelve; a quarter to one he is ill, and Moos cooks."""
    evening = a_week(story, "cook")
    kees, moos = helpers(story, "kees", "moos", jobs=("cook",))
    story.begin = story.begin.replace(day=26, hour=12, minute=29)
    story.start()
    cooking = evening.crew.get()
    crew.confirm(place_id=cooking.pk, person=kees, actor=STAFF, now=clock.now())
    kitchen.keep_watch(clock.now())
    story.run(until="12:45")
    assert story.texts("moos") == []
    crew.confirm(place_id=cooking.pk, person=moos, actor=STAFF, now=clock.now())
    soon(story)
    told = "De Lange Tafel, do 26 nov: kook voor 1 (0 gasten, 1 ploeg)."
    assert [sum(text.startswith(told) for text in story.texts(name)) for name in ("kees", "moos")] == [1, 1]
    assert [count.kind for count in evening.kitchen_counts.order_by("pk")] == ["provisional", "final", "late"]


def test_handing_over_asks_all_others_and_the_first_yes_has_it(story: Story) -> None:
    evening = a_week(story, "bar")
    kees, _lies, _moos = helpers(story, "kees", "lies", "moos", jobs=("bar",))
    begin(story)
    story.sends("kees", "ja")
    assert story.sends("kees", "ruil 26 nov")[0].startswith("Wij vragen de anderen of zij uw avond van do 26 nov")
    assert story.texts("lies")[0].startswith("De Lange Tafel: Kees kan do 26 nov niet. Kunt u van 16:30 tot 20:30")
    assert roster(evening) == [("bar", "Kees")], "the owner keeps it until somebody has it"
    with pytest.raises(Conflict, match="asked already"):
        crew_swaps.ask_others(place_id=evening.crew.get().pk, owner=kees, actor=STAFF, now=clock.now())
    story.sends("moos", "ja")
    assert roster(evening) == [("bar", "Moos")]
    assert "hebben wij al iemand" in story.sends("lies", "ja")[0]
    assert "Moos neemt uw avond van do 26 nov over" in story.texts("kees")[-1]
    assert not Engagement.objects.filter(person=kees).exists()


def test_who_drops_out_while_the_others_are_asked_leaves_the_question_open_to_them(story: Story) -> None:
    evening = a_week(story, "bar")
    (kees, *_others) = helpers(story, "kees", "lies", "moos", "nel", jobs=("bar",))
    begin(story)
    story.sends("kees", "ja")
    story.sends("kees", "ruil 26 nov")
    place = evening.crew.get()
    crew_swaps.drop_out(place_id=place.pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open"), ("Moos", "open"), ("Nel", "open")]
    assert story.sends("nel", "nee") == ["Dank u wel voor uw antwoord. Wij vragen iemand anders."]
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open"), ("Moos", "open"), ("Nel", "declined")]
    story.sends("moos", "ja")
    soon(story)
    assert roster(evening) == [("bar", "Moos")]
    assert [len(story.texts(name)) for name in ("lies", "moos", "nel")] == [2, 2, 2]
    assert "hebben wij al iemand" in story.texts("lies")[-1]


def test_whom_the_others_were_asked_to_replace_drops_out_in_haste_and_nobody_is_asked_twice(story: Story) -> None:
    """One text each, and their telephones ring as well; a yes to the text that they have is a yes."""
    evening = a_week(story, "bar")
    (kees,) = helpers(story, "kees", jobs=("bar",))
    helpers(story, "lies", "moos", jobs=("bar",), habits=["no_answer"])
    story.begin = story.begin.replace(day=26, hour=8, minute=55)
    story.start()
    place = evening.crew.get()
    crew.confirm(place_id=place.pk, person=kees, actor=STAFF, now=clock.now())
    crew_swaps.ask_others(place_id=place.pk, owner=kees, actor=STAFF, now=clock.now())
    story.run(until="9:10")
    assert (story.rings("lies"), story.rings("moos")) == ([], [])
    crew_swaps.drop_out(place_id=place.pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open"), ("Moos", "open")]
    assert [len(story.texts(name)) for name in ("lies", "moos")] == [1, 1]
    assert [[ring[:5] for ring in story.rings(name)] for name in ("lies", "moos")] == [["09:10"], ["09:10"]]
    assert story.sends("moos", "ja")[0].startswith("Dank u wel. U helpt do 26 nov van 16:30 tot 20:30 als bar bij De")
    assert roster(evening) == [("bar", "Moos")]
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "withdrawn"), ("Moos", "accepted")]
    assert "hebben wij al iemand" in story.texts("lies")[-1]


def test_who_drops_out_at_night_has_the_others_rung_at_eight_once_and_then_a_person_knows(story: Story) -> None:
    """They were asked to take over on the evening before. At three nobody is rung; at eight once, and thrice in all."""
    evening = a_week(story, "bar")
    (kees,) = helpers(story, "kees", jobs=("bar",))
    helpers(story, "lies", jobs=("bar",), habits=["no_answer"])
    story.begin = story.begin.replace(day=25, hour=18, minute=0)
    story.start()
    place = evening.crew.get()
    crew.confirm(place_id=place.pk, person=kees, actor=STAFF, now=clock.now())
    crew_swaps.ask_others(place_id=place.pk, owner=kees, actor=STAFF, now=clock.now())
    story.run_to(at("05:00", THURSDAY))
    crew_swaps.drop_out(place_id=place.pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    story.run_to(at("07:59", THURSDAY))
    assert (story.rings("lies"), asks(evening)) == ([], [("Kees", "accepted"), ("Lies", "open")])
    story.run_to(at("12:00", THURSDAY))
    assert [ring[:5] for ring in story.rings("lies")] == ["08:00", "08:47", "09:19"]
    assert len(story.texts("lies")) == 1
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "expired")]
    (call,) = GuestCall.objects.filter(kind="crew", state="open", person__given_name="Lies")
    assert call.details["jobs"] == {"bar": "expired"}


def test_who_falls_ill_is_let_go_and_an_evening_that_is_off_frees_all(story: Story) -> None:
    evening = a_week(story, "bar")
    kees, _lies = helpers(story, "kees", "lies", jobs=("bar",))
    begin(story)
    story.sends("kees", "ja")
    absences.record_absence(person=kees, first_day=TUESDAY, last_day=None, reason="hospital", actor=SYSTEM)
    soon(story)
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "open")]
    assert story.texts("kees")[-1].startswith("De Lange Tafel: u staat do 26 nov niet meer op het rooster.")
    story.sends("lies", "ja")
    with transaction.atomic():
        evenings.cancel(evening_id=evening.pk, because="ijzel", actor=STAFF, now=clock.now())
    soon(story)
    assert "gaat niet door" in story.texts("lies")[-1]
    assert not Engagement.objects.exists()
    with pytest.raises(CrewClosed):
        crew.drop_out(place_id=evening.crew.get().pk, actor=STAFF, now=clock.now())


@pytest.mark.parametrize("instead", [True, False])
def test_who_comes_instead_is_not_here_before_they_come(db: None, instead: bool) -> None:
    table = a_resto()
    evening = table.evening()
    (bar,) = places(evening, "bar")
    kees, lies = (
        a_helper(table.organisation, name, line, jobs=("bar",)) for name, line in (("Kees", KEES), ("Lies", LIES))
    )
    crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=at("09:00"))
    door_crew.came(place_id=bar.pk, actor=STAFF, now=at("16:30"))
    door_crew.left(place_id=bar.pk, actor=STAFF, now=at("17:00"))
    if instead:
        crew.confirm(place_id=bar.pk, person=lies, actor=STAFF, now=at("17:05"))
    else:
        crew.drop_out(place_id=bar.pk, actor=STAFF, now=at("17:05"), because="ill")
    bar.refresh_from_db()
    assert (bar.person, bar.came_at, bar.left_at) == (lies if instead else None, None, None)
