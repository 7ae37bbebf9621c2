"""An evening finds its crew: asked in turn, no yes taken for another, and a person called in when nobody is left."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.common import actors
from backend.common.actors import SYSTEM
from backend.common.errors import NotAllowed
from backend.events import clock
from backend.events.models import Event
from backend.meals.models import CrewAsk, GuestCall
from backend.meals.services import crew, crew_asking, crew_calls, crew_people, crew_places, crew_watch
from backend.notifications.domain.prompts import Answered, End
from backend.notifications.models import Attempt, Message
from backend.people.domain.crews import Barred
from backend.people.models import Engagement, Paper, Person
from backend.people.services import absences
from backend.transport.models import CrewMember
from backend.transport.models.crew import Task
from backend.transport.services import crew_watch as bus_watch
from tests.integration.meals.crew.a_week import CARLA, KEES, STAFF, THURSDAY, a_week, asks, begin, helpers, roster, soon
from tests.support.buses import a_bus, a_trip
from tests.support.restos import TUESDAY, a_helper, a_resto, at, table_of
from tests.support.restos import crew_places as places
from tests.support.story import MONDAY, Story


def test_as_many_are_asked_as_there_are_places_and_the_next_when_one_says_no(story: Story) -> None:
    evening = a_week(story, "kitchen", "kitchen")
    helpers(story, "kees", "lies", "moos")
    begin(story)
    (question,) = story.texts("kees")
    assert question.startswith(
        "De Lange Tafel: kunt u do 26 nov van 14:30 tot 20:30 helpen als hulp in de keuken? Antwoord JA 26 nov of NEE "
        "26 nov, graag voor "
    )
    assert asks(evening) == [("Kees", "open"), ("Lies", "open")]
    (answer,) = story.sends("kees", "Ja hoor!")
    assert answer.startswith("Dank u wel. U helpt do 26 nov van 14:30 tot 20:30 als hulp in de keuken bij De Lange")
    assert story.sends("lies", "nee") == ["Dank u wel voor uw antwoord. Wij vragen iemand anders."]
    assert asks(evening) == [("Kees", "accepted"), ("Lies", "declined"), ("Moos", "open")]
    story.sends("moos", "ja")
    assert roster(evening) == [("kitchen", "Kees"), ("kitchen", "Moos")]
    engaged = Engagement.objects.get(person__given_name="Kees")
    assert (engaged.starts_at, engaged.ends_at) == (at("14:30", THURSDAY), evening.ends_at)


def test_who_stands_by_is_kept_for_last_and_comes_first_when_somebody_drops_out(story: Story) -> None:
    evening = a_week(story, "host")
    helpers(story, "kees", jobs=("host",), standby=True)
    helpers(story, "lies", "moos", jobs=("host",))
    begin(story)
    assert asks(evening) == [("Lies", "open")]
    story.sends("lies", "ja")
    lies = Person.objects.get(given_name="Lies")
    place = evening.crew.get()
    assert crew.drop_out(place_id=place.pk, actor=actors.person(lies.pk, "link"), now=clock.now())
    soon(story)
    assert asks(evening) == [("Lies", "accepted"), ("Kees", "open")]
    assert not Engagement.objects.exists()
    assert not crew.drop_out(place_id=place.pk, actor=STAFF, now=clock.now()), "there is nobody to drop out"


def test_asked_whether_they_come_and_whether_they_help_a_bare_yes_is_asked_back(story: Story) -> None:
    evening = a_week(story, "bar")
    (kees,) = helpers(story, "kees", jobs=("bar",))
    table = table_of(evening, Kees=kees)
    with transaction.atomic():
        table.reserves(table.evening(TUESDAY), "Kees", at("09:00", MONDAY.date()))
    begin(story, until="18:20")
    (which,) = story.sends("kees", "ja")
    assert "1" in which
    assert "2" in which
    assert roster(evening) == [("bar", "")], "a bare yes is not taken for either"
    story.sends("kees", "ja 26 nov")
    assert roster(evening) == [("bar", "Kees")]


def test_nobody_left_puts_those_who_could_be_persuaded_on_the_call_list(story: Story) -> None:
    """Kees was silent, Lies said no; Moos is away, and Nel is in a bus at that time."""
    evening = a_week(story, "serving")
    helpers(story, "kees", "lies", "moos", "nel", jobs=("serving",))
    moos, nel = (Person.objects.get(given_name=name) for name in ("Moos", "Nel"))
    absences.record_absence(person=moos, first_day=THURSDAY, last_day=None, reason="away", actor=SYSTEM)
    Engagement.objects.create(
        person=nel, programme=1, source="booking:1", starts_at=at("16:00", THURSDAY), ends_at=at("17:00", THURSDAY)
    )
    story.ladder()
    story.lives("carla", CARLA)
    begin(story)
    story.run_to(at("12:00", TUESDAY))
    story.sends("lies", "nee")
    tasks = GuestCall.objects.filter(kind=GuestCall.Kind.CREW).order_by("pk")
    assert [(task.person.given_name, task.details["jobs"]) for task in tasks] == [
        ("Kees", {"serving": "expired"}),
        ("Lies", {"serving": "declined"}),
    ]
    (gap,) = Event.objects.filter(kind="meals.crew_gap")
    assert [reason for _key, reason in gap.payload["passed_over"]] == ["expired", "declined", "away", "engaged"]
    soon(story)
    (told,) = story.texts("carla")
    assert told.startswith("De Lange Tafel: voor do 26 nov 16:30 is er geen bediening; van wie wij vroegen kan niemand")
    lies = Person.objects.get(given_name="Lies")
    crew.confirm(place_id=evening.crew.get().pk, person=lies, actor=STAFF, now=clock.now())
    assert not GuestCall.objects.filter(state=GuestCall.State.OPEN).exists()


def test_an_evening_without_a_cook_the_day_before_is_a_case_and_one_without_a_barkeeper_is_not(story: Story) -> None:
    """The cook would begin at half past one on Thursday: 28 hours before is half past nine on Wednesday."""
    a_week(story, "cook", "bar")
    story.ladder()
    for name, line in (("carla", CARLA), ("kantoor", "+31130009001")):
        story.lives(name, line, habits=["no_answer"])
    story.begin = story.begin.replace(day=25, hour=9, minute=25)
    begin(story, until="9:29")
    assert story.incidents() == []
    story.run(until="9:31")
    assert story.incidents() == [("evening", "open", ())]
    story.run(until="10:00")
    assert len(story.incidents()) == 1
    assert story.rings("carla"), "it goes up the ladder until somebody takes it"


def test_who_helps_is_reminded_once_the_day_before_and_who_said_yes_after_that_is_not(story: Story) -> None:
    evening = a_week(story, "host", "bar")
    kees, lies = helpers(story, "kees", "lies", jobs=("host", "bar"))
    hosting, bar = evening.crew.get(job="host"), evening.crew.get(job="bar")
    story.begin = story.begin.replace(day=25, hour=16, minute=25)
    story.start()
    with transaction.atomic():
        crew.confirm(place_id=hosting.pk, person=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    story.run(until="16:31")
    with transaction.atomic():
        crew.confirm(place_id=bar.pk, person=lies, actor=actors.person(lies.pk, "link"), now=clock.now())
    story.run(until="18:00")
    told = story.texts("kees")[-1]
    assert told.startswith("De Lange Tafel: u helpt do 26 nov van 16:30 tot 20:30 als gastheer of gastvrouw. Tot dan!")
    assert not any("Tot dan!" in text for text in story.texts("lies"))
    assert sum("Tot dan!" in text for text in story.texts("kees")) == 1


def test_a_place_that_is_closed_while_its_volunteer_is_rung_ends_the_call_and_breaks_nothing(story: Story) -> None:
    evening = a_week(story, "bar")
    story.lives("gerrit", "+31130001310")
    gerrit = a_helper(story.organisation, "Gerrit", "+31130001310", jobs=("bar",))
    story.start()
    place = evening.crew.get()
    crew.ask(place_id=place.pk, person=gerrit, actor=STAFF, now=clock.now())
    asked = CrewAsk.objects.get()
    call = Message.objects.get(way="call")
    crew_places.close_one(place_id=place.pk, actor=STAFF, now=clock.now())
    assert not CrewAsk.objects.exists()
    on_the_line = Attempt(message=call, reference={"offer": asked.pk}, language="nl")
    with transaction.atomic():
        assert crew_calls.converse(on_the_line, Answered(), clock.now()) == End(
            "Deze vraag is niet meer nodig. Dank u wel. Tot ziens."
        )
        crew_asking.ring_again(call, None, clock.now())
    assert Message.objects.filter(way="call").count() == 1, "they are not rung again"


def test_asked_by_the_bus_and_by_the_dinner_a_bare_yes_is_asked_back(story: Story) -> None:
    evening = a_week(story, "bar")
    (kees,) = helpers(story, "kees", jobs=("bar",))
    for kind in Paper.Kind:
        Paper.objects.create(person=kees, kind=kind, seen_on=TUESDAY, seen_by="user:1")
    CrewMember.objects.create(organisation=story.organisation, person=kees, task=Task.DRIVER)
    trip = a_trip(a_bus(story.organisation), THURSDAY + timedelta(days=1))
    story.start()
    crew_watch.keep_watch(clock.now())
    bus_watch.keep_watch(clock.now())
    story.run(until="10:05")
    assert len(story.texts("kees")) == 2
    assert story.sends("kees", "ja") == [
        "U bent voor meer dan één dag gevraagd. 1: do 26 nov 16:30 als bar. 2: vr 27 nov 9:30 als chauffeur. Antwoord "
        "JA 1 of JA 2."
    ]
    story.sends("kees", "ja 2")
    assert roster(evening) == [("bar", "")]
    assert trip.crew.get(task="driver").state == "confirmed"
    story.sends("kees", "ja")
    assert roster(evening) == [("bar", "Kees")]


def test_who_may_not_help_is_refused_to_a_manager_as_well(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00")
    kitchen, bar = places(evening, "kitchen", "bar")
    table.organisation.settings = {"resto_crew": {"papers": {"kitchen": ["hygiene"]}}}
    table.organisation.save()
    kees = a_helper(table.organisation, "Kees", KEES, jobs=("kitchen",))
    with pytest.raises(Barred) as barred:
        crew.confirm(place_id=kitchen.pk, person=kees, actor=STAFF, now=now)
    assert barred.value.reason == "missing:hygiene"
    with pytest.raises(NotAllowed):
        crew.confirm(place_id=bar.pk, person=kees, actor=STAFF, now=now)
    Paper.objects.create(person=kees, kind="hygiene", seen_on=TUESDAY, seen_by="user:1")
    crew.confirm(place_id=kitchen.pk, person=kees, actor=STAFF, now=now)
    other = crew_places.open_one(evening_id=evening.pk, job="kitchen", actor=STAFF, now=now)
    with pytest.raises(Barred) as barred:
        crew.confirm(place_id=other.pk, person=kees, actor=STAFF, now=now)
    assert barred.value.reason == "other_task"


def test_who_says_that_they_cannot_is_not_asked_and_may_still_change_their_mind(db: None) -> None:
    table = a_resto()
    evening, now = table.evening(), at("09:00", TUESDAY - timedelta(days=3))
    places(evening, "bar")
    kees = a_helper(table.organisation, "Kees", KEES, jobs=("bar",))
    crew_people.cannot(kees, evening_id=evening.pk, actor=STAFF, now=now)
    crew_people.cannot(kees, evening_id=evening.pk, actor=STAFF, now=now)
    with transaction.atomic():
        crew_watch.look(evening.pk, now)
    assert asks(evening) == [("Kees", "declined")]
    crew.sign_up(evening_id=evening.pk, job="bar", person=kees, actor=STAFF, now=now)
    assert roster(evening) == [("bar", "Kees")]
    crew_people.cannot(kees, evening_id=evening.pk, actor=STAFF, now=now)
    assert roster(evening) == [("bar", "")], "they had a page open from before"
    with transaction.atomic():
        crew_watch.look(evening.pk, now)
    assert not CrewAsk.objects.filter(state="open").exists()
