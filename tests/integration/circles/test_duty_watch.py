"""A gap on the roster is told days ahead; a morning without anybody is an incident the evening before."""

from datetime import date, datetime, timedelta

from django.db import transaction

from backend.circles.selectors.settings import scope_of
from backend.circles.services import membership
from backend.common.actors import SYSTEM, user
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.people.models import DutyShift, Person
from backend.people.services import absences, duty
from tests.support.story import AMSTERDAM, BRAM, CARLA, DUTY_PHONE, MONDAY, Story

TUESDAY = MONDAY.date() + timedelta(days=1)


def circle_of_two(story: Story, begin: str = "16:00") -> None:
    """De Linde with Anneke, Bram and Carla; nobody picks up an alarm. It is the afternoon of a Monday."""
    hour, minute = map(int, begin.split(":"))
    story.begin = MONDAY.replace(hour=hour, minute=minute)
    story.circle.first_day = TUESDAY
    story.circle.save()
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    for name, line in (("bram", BRAM), ("carla", CARLA), ("kantoor", DUTY_PHONE)):
        story.lives(name, line, habits=["no_answer"])


def person(name: str) -> Person:
    return Person.objects.get(given_name=name.capitalize())


def away(name: str, first: date, last: date) -> None:
    absences.record_absence(person=person(name), first_day=first, last_day=last, reason="away", actor=SYSTEM)


def levels(incident: Incident) -> list[str]:
    return [step.details["role"] for step in incident.steps.filter(what="alerted")]


def test_nobody_on_duty_tomorrow_is_an_incident_this_evening(story: Story) -> None:
    circle_of_two(story)
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="17:59")
    assert story.incidents() == []
    story.run(until="18:17")
    assert story.incidents() == [("duty", "open", ())]
    incident = Incident.objects.get()
    assert levels(incident) == ["backup", "coordinator", "organisation"]
    assert incident.details["circles"] == [story.circle.pk]
    assert "er staat niemand op het rooster" in story.texts("bram")[0]
    story.run(until="20:03")
    assert story.incidents() == [("duty", "open", ())], "only a person ends it, and it gets louder until then"
    assert len(story.rings("kantoor")) > 5


def test_a_full_roster_disturbs_nobody(story: Story) -> None:
    circle_of_two(story)
    story.start()
    story.run(until="23:00")
    assert story.incidents() == []
    assert [entry for entry in story.town.journal() if entry["kind"] in ("rings", "text_received")] == []


def test_it_ends_when_a_person_says_that_somebody_will_be_there(story: Story) -> None:
    circle_of_two(story)
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="18:07")
    with transaction.atomic():
        incident = claiming.locked(Incident.objects.get().pk)
        closing.record_outcome(
            incident, member_id=None, outcome=Outcome.ARRANGED, actor=user(1), name="Carla", now=clock.now()
        )
    before = len(story.town.journal())
    story.run(until="23:00")
    assert story.incidents() == [("duty", "closed", ())]
    assert [entry for entry in story.town.journal()[before:] if entry["kind"] == "rings"] == []


def test_by_text_it_ends_as_arranged_and_not_as_a_round(story: Story) -> None:
    circle_of_two(story)
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="18:07")
    claimed = story.sends("bram", "ja")
    assert any("Antwoord 1 als het geregeld is" in text for text in claimed)
    (noted,) = story.sends("bram", "1")
    assert "genoteerd: geregeld. De melding is afgesloten." in noted
    assert Incident.objects.get().steps.get(what="outcome").details["outcome"] == "arranged"


def test_two_circles_without_anybody_are_one_incident(story: Story) -> None:
    circle_of_two(story)
    other = membership.create_circle(
        organisation=story.organisation, name="De Es", start=story.circle.start_time, weekdays=list(range(7))
    )
    other.first_day = TUESDAY
    other.save()
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="18:01")
    incident = Incident.objects.get()
    assert sorted(incident.details["circles"]) == sorted([story.circle.pk, other.pk])
    assert incident.source_label == "Telefooncirkel De Es en De Linde"


def test_who_falls_ill_after_the_check_is_an_incident_at_once(story: Story) -> None:
    circle_of_two(story)
    story.start()
    story.run(until="21:00")
    away("anneke", TUESDAY, TUESDAY)
    story.run(until="21:01")
    assert story.incidents() == [("duty", "open", ())]


def test_a_second_circle_that_loses_its_volunteer_is_added_to_the_open_incident(story: Story) -> None:
    circle_of_two(story)
    other = membership.create_circle(
        organisation=story.organisation, name="De Es", start=story.circle.start_time, weekdays=list(range(7))
    )
    other.first_day = TUESDAY
    other.save()
    scope = scope_of(other)
    shift = duty.put_on_duty(person=person("bram"), scope=scope, rank=DutyShift.Rank.PRIMARY, day=TUESDAY)
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="19:00")
    duty.take_off_duty(shift, actor=SYSTEM)
    story.run(until="19:01")
    incident = Incident.objects.get()
    assert sorted(incident.details["circles"]) == sorted([story.circle.pk, other.pk])
    assert "circle_added" in story.timeline()


def test_a_machine_that_was_down_in_the_evening_says_so_before_the_morning(story: Story) -> None:
    circle_of_two(story)
    away("anneke", TUESDAY, TUESDAY)
    story.start()
    story.run(until="17:00")
    story.move_to(datetime(2026, 11, 24, 7, 0, tzinfo=AMSTERDAM))
    story.rest()
    assert story.incidents() == [("duty", "open", ())]


def test_gaps_are_told_to_the_coordinator_once_a_day(story: Story) -> None:
    circle_of_two(story, begin="08:00")
    away("anneke", TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=3))
    story.start()
    story.run(until="17:00")
    link = f"{story.public_url}/circles/{story.circle.pk}/roster/"
    assert story.texts("carla") == [
        f"Rooster: De Linde op do 26 nov en vr 27 nov heeft nog niemand dienst. Kijk op {link}"
    ]
    away("anneke", TUESDAY + timedelta(days=5), TUESDAY + timedelta(days=5))
    story.run(until="17:30")
    assert len(story.texts("carla")) == 1, "what changes in the day is told tomorrow"


def test_gaps_are_not_told_on_a_sunday_nor_at_night(story: Story) -> None:
    circle_of_two(story, begin="08:00")
    story.begin = story.begin - timedelta(days=1)
    away("anneke", TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=2))
    story.start()
    story.run(until="23:59")
    assert story.texts("carla") == []


def test_who_is_away_is_not_rung_when_a_member_does_not_answer(story: Story) -> None:
    """The volunteer of the day is in hospital: the ladder begins with the backup at once."""
    story.ladder()
    away("anneke", MONDAY.date(), MONDAY.date())
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", habits=["no_answer"])
    story.lives("sjef", "+31130001301")
    for name, line in (("bram", BRAM), ("carla", CARLA), ("kantoor", DUTY_PHONE)):
        story.lives(name, line, habits=["no_answer"])
    story.may_fail = True
    story.start()
    story.run(until="08:55")
    steps = Incident.objects.get(kind="no_answer").steps.order_by("pk").values_list("what", "details__role")
    assert list(steps)[1:3] == [("level_skipped", "duty"), ("alerted", "backup")]
