"""Mornings that nobody holds: after a pause that ended while we were down, or that fails whenever it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction

from backend.circles.models import Circle, Round
from backend.circles.services import cases, life, planning, state, watchdog
from backend.circles.services.ladders import ladder_for
from backend.common.actors import SYSTEM, user
from backend.events import clock
from backend.events.claims import POISON_AFTER
from backend.events.models import Lane, Timer
from backend.events.services import set_timer
from backend.incidents.models import Incident
from backend.incidents.services import claiming, opening
from backend.notifications.models import Message
from backend.people.models import DutyShift, Person
from tests.support.story import ANNEKE, ANSWERS, CARLA, Story

CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1"}


def riet_and_sjef(story: Story, *, anneke: list[object] | None = None) -> None:
    story.ladder()
    for number, name in enumerate(("riet", "sjef")):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}")
    story.lives("anneke", ANNEKE, habits=anneke)
    story.lives("carla", CARLA, habits=[CLAIMS])


def paused_until_yesterday(story: Story) -> None:
    """Set on Friday, until Sunday included; on Monday the machine comes back at 8:45 from a long stand-still."""
    story.start()
    Round.objects.all().delete()
    Timer.objects.all().delete()
    yesterday = story.begin.date() - timedelta(days=1)
    life.pause(story.circle.pk, until=yesterday, actor=user(1), now=clock.now() - timedelta(days=3))
    Timer.objects.filter(kind=life.TIMER).update(due_at=life.wakes_at(story.circle, yesterday))


def test_pause_that_ended_while_the_machine_stood_still_costs_nobody_their_morning(story: Story) -> None:
    """At six the circle should have been woken; at 8:45 it is, and the morning starts late."""
    riet_and_sjef(story)
    paused_until_yesterday(story)
    story.move_to(story.at(20 * 60))
    story.rest()
    planning.plan(clock.now())
    story.run(until="09:30")
    assert story.standings() == {"Riet": "well", "Sjef": "well"}


def test_morning_that_is_due_before_its_circle_was_woken_waits_for_it(story: Story) -> None:
    """Planned before the pause was set; now two workers take the two overdue timers at once."""
    riet_and_sjef(story)
    story.start()
    Circle.objects.update(status="paused", paused_until=story.begin.date() - timedelta(days=1))
    story.run(until="08:31")
    assert story.round.state == "planned"
    life.resume(story.circle.pk, actor=SYSTEM, now=clock.now(), since=clock.now() - timedelta(hours=2))
    story.run(until="09:20")
    assert story.standings() == {"Riet": "well", "Sjef": "well"}


@contextmanager
def refused(table: str, condition: str) -> Iterator[None]:
    """The database takes no row of this kind, as when an index is broken."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT refused CHECK (NOT ({condition})) NOT VALID")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT refused")


def test_circle_that_cannot_be_woken_is_a_case_and_so_is_the_morning_that_waits_for_it(story: Story) -> None:
    """Whatever keeps it asleep. One case after five failures, the other when it is too late to begin."""
    story.may_fail, story.watched = True, True
    riet_and_sjef(story, anneke=[CLAIMS])
    story.start()
    yesterday = story.begin.date() - timedelta(days=1)
    Circle.objects.update(status="paused", paused_until=yesterday)
    set_timer(kind=life.TIMER, subject_id=story.circle.pk, due_at=clock.now(), lane=Lane.LIVE)
    with refused("circles_circle", "status = 'active'"):
        story.run(until="08:33")
        assert story.incidents() == [("duty", "claimed", ())]
        assert Incident.objects.get().details == {"reason": "not_resumed"}
        assert story.round.state == "planned", "it waits: the circle may still be woken"
        story.move_to(story.at(125 * 60))
        story.run(until="10:32")
    assert story.incidents()[1] == ("round", "claimed", ("Riet", "Sjef"))
    assert story.round.closed_how == "not_held"
    story.run(until="10:34")
    assert Circle.objects.get().status == "active", "it was tried all the same"


def test_pause_whose_end_nothing_would_look_at_is_ended_by_the_watchdog(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story)
    paused_until_yesterday(story)
    Timer.objects.filter(kind=life.TIMER).delete()
    watchdog.watch(clock.now())
    story.rest()
    assert Circle.objects.get().status == "active"


def test_news_that_cannot_be_told_to_one_member_keeps_no_circle_asleep(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story)
    paused_until_yesterday(story)
    riet = Person.objects.get(given_name="Riet")
    with refused("notifications_message", f"person_id = {riet.pk} AND reference->>'news' = 'resumed'"):
        story.rest()
    assert Circle.objects.get().status == "active"
    told = Message.objects.filter(host="circles.news", reference__news="resumed")
    assert [message.person.given_name for message in told] == ["Sjef"]


def test_circle_that_cannot_go_on_after_its_pause_is_a_case(story: Story) -> None:
    """The volunteers have gone meanwhile: members wait for a call that does not come, and a person knows it."""
    riet_and_sjef(story)
    paused_until_yesterday(story)
    DutyShift.objects.filter(rank=DutyShift.Rank.PRIMARY).delete()
    story.run(until="08:35")
    assert story.incidents() == [("duty", "claimed", ())]
    assert Incident.objects.get().details == {"reason": "not_resumed"}
    assert Circle.objects.get().paused_until is None


def test_morning_that_fails_at_every_look_is_an_incident_with_everybody_of_whom_nothing_is_known(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story, anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.start()
    story.run(until="08:31")
    Round.objects.update(policy={"nonsense": 1})
    story.run(until="08:56")
    watchdog.watch(clock.now())
    story.run(until="08:58")
    assert story.incidents() == [("round", "claimed", ("Sjef",))], "of Riet it was known before"
    watchdog.watch(clock.now())
    assert Incident.objects.count() == 1


def test_morning_that_cannot_even_begin_is_an_incident_too(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story, anneke=[CLAIMS])
    story.start()
    Timer.objects.filter(kind=planning.TIMER, subject_id=story.round.pk).update(tries=POISON_AFTER)
    story.move_to(story.at(6 * 60))
    watchdog.watch(clock.now())
    assert story.incidents() == [("round", "open", ("Riet", "Sjef"))]


def test_outage_that_was_left_open_yesterday_swallows_nobody_today(story: Story) -> None:
    """Riet was reached after all yesterday, and nobody ended that case. Today she is a case of today."""
    riet_and_sjef(story, anneke=[CLAIMS])
    story.start()
    with transaction.atomic():
        yesterday = opening.open_incident(
            organisation=story.organisation,
            kind=Incident.Kind.OUTAGE,
            cause="outage:yesterday",
            members=[membership.person for membership in story.circle.memberships.all()],
            policy=ladder_for(story.circle, story.begin.date(), []),
            source_kind="organisation",
            source_id=story.organisation.pk,
            source_label="Welzijn Oost",
            now=clock.now() - timedelta(days=1),
        )
    yesterday.members.update(outcome="answered_late")
    story.run(until="08:31")
    with transaction.atomic():
        round_ = state.locked_round(story.round.pk)
        opened = cases.open_for_round(round_, list(round_.seats.all()), reason="deadline", now=clock.now())
    assert opened != yesterday
    assert opened.kind == "round"


def test_second_worry_while_somebody_is_on_the_way_is_told_to_them(story: Story) -> None:
    """A mate worries, Carla takes it; five minutes later somebody else worries about Riet, too."""
    riet_and_sjef(story, anneke=["no_answer"])
    story.start()
    story.run(until="08:31")
    riet = story.round.seats.get(person__given_name="Riet")
    with transaction.atomic():
        case = cases.open_for_seat(state.locked_round(story.round.pk), riet, Incident.Kind.WORRIED, now=clock.now())
    policy = ladder_for(story.circle, story.begin.date(), [])
    carla = next(target for level in policy.levels for target in level.targets if target.lines == (CARLA,))
    with transaction.atomic():
        claiming.claim(
            Incident.objects.select_for_update().get(pk=case.pk), target=carla, actor=SYSTEM, now=clock.now()
        )
    story.run(until="08:40")
    for _again in range(2):
        with transaction.atomic():
            cases.open_for_seat(state.locked_round(story.round.pk), riet, Incident.Kind.WORRIED, now=clock.now())
    story.run(until="08:41")
    assert story.timeline("worried").count("worried_again") == 2
    assert sum("nog iemand maakt zich zorgen" in text for text in story.texts("carla")) == 1
