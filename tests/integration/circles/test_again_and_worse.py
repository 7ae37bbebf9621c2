"""What happens after the first case, and when something is wrong in the rows: nobody falls silent."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from backend.circles.models import Circle, Round
from backend.circles.services import cases, planning, state, watchdog
from backend.common.actors import user
from backend.common.errors import RondjeError
from backend.events import clock
from backend.events.models import Lane, Timer
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.services import rates, sending
from tests.support.story import ANNEKE, ANSWERS, BRAM, CIRCLE_NUMBER, Story

CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1"}


def riet_and_sjef(story: Story, *, anneke: list[object] | None = None, **riet: object) -> None:
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", **riet)
    story.lives("sjef", "+31130001301")
    story.lives("anneke", ANNEKE, habits=anneke)
    story.lives("bram", BRAM, habits=[CLAIMS])


def close_all(outcome: Outcome) -> None:
    """A person has looked, and says what was found."""
    for one in Incident.objects.exclude(state="closed"):
        with transaction.atomic():
            closing.record_outcome(
                claiming.locked(one.pk), member_id=None, outcome=outcome, actor=user(1), name="Carla", now=clock.now()
            )


def test_second_cry_for_help_on_a_day_is_a_new_case(story: Story) -> None:
    cries = [{"at": wall, "to": CIRCLE_NUMBER, "press": "9"} for wall in ("09:20", "09:50")]
    riet_and_sjef(story, rings_in=cries, anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.start()
    story.run(until="09:30")
    close_all(Outcome.FALSE_ALARM)
    before = len(story.rings("anneke"))
    story.run(until="09:55")
    assert story.incidents() == [("help", "closed", ("Riet",)), ("help", "claimed", ("Riet",))]
    assert len(story.rings("anneke")) == before + 1


def test_second_cry_while_the_case_is_open_rings_everybody_who_was_alerted(story: Story) -> None:
    cries = [{"at": wall, "to": CIRCLE_NUMBER, "press": "9"} for wall in ("09:20", "09:28")]
    riet_and_sjef(story, rings_in=cries, anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.start()
    story.run(until="09:27")
    before = len(story.rings("anneke"))
    story.run(until="09:30")
    assert "asked_again" in story.timeline("help")
    assert len(story.rings("anneke")) == before + 1


def test_nine_is_proof_of_life_but_not_of_being_well(story: Story) -> None:
    """Whoever is on the way to a silent member keeps going when that member rings in and presses 9."""
    riet_and_sjef(
        story,
        habits=["no_answer"],
        rings_in=[{"at": "08:55", "to": CIRCLE_NUMBER, "press": "9"}],
        anneke=[ANSWERS, ANSWERS, CLAIMS],
    )
    story.start()
    story.run(until="08:58")
    assert ("no_answer", "claimed", ("Riet",)) in story.incidents()
    assert "stood_down" not in story.timeline()
    assert "U hoeft niet te gaan" not in story.heard("anneke")
    assert any(kind == "help" for kind, _state, _people in story.incidents())


def test_members_added_to_a_claimed_case_are_told_at_once(story: Story) -> None:
    """The volunteer missed the close and has claimed that; at the deadline somebody else turns out to be missing."""
    riet_and_sjef(story, habits=["no_answer"], anneke=[ANSWERS, "no_answer", CLAIMS, "no_answer"])
    story.circle.policy = {"morning": {"retry_after_minutes": [3, 40], "slack_minutes": 5}}
    story.circle.save()
    story.start()
    story.run(until="09:00")
    assert story.incidents() == [("round", "claimed", ())]
    before = len(story.rings("anneke"))
    with transaction.atomic():
        round_ = state.locked_round(story.round.pk)
        riet = round_.seats.get(person__given_name="Riet")
        cases.open_for_round(round_, [riet], reason="deadline", now=clock.now())
    story.run(until="09:02")
    assert story.incidents() == [("round", "claimed", ("Riet",))]
    assert len(story.rings("anneke")) == before + 1


def test_received_is_no_outcome_for_a_person(story: Story) -> None:
    riet_and_sjef(story, habits=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.start()
    story.run(until="08:55")
    with pytest.raises(RondjeError, match="about people"):
        close_all(Outcome.RECEIVED)


def test_settings_that_cannot_work_cost_nobody_their_morning(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story, habits=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.organisation.settings = {"escalation": {"nonsense": 1}, "morning": {"ring_seconds": 99999}}
    story.organisation.timezone = "Europe/Amsterdm"
    story.organisation.save()
    story.start()
    story.run(until="09:00")
    assert story.standings() == {"Riet": "incident", "Sjef": "well"}
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]


def test_long_name_of_a_circle_does_not_keep_a_case_from_being_opened(story: Story) -> None:
    riet_and_sjef(story, habits=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    Circle.objects.update(name="x" * 120)
    story.start()
    story.run(until="09:00")
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]


def test_one_poisoned_alarm_does_not_hold_up_the_others(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story, habits=["no_answer"], anneke=[ANSWERS, ANSWERS, CLAIMS])
    story.start()
    story.run(until="08:29")
    now = clock.now()
    for number in range(6):
        Message.objects.create(
            organisation=story.organisation,
            way="call",
            line=f"+3160000090{number}",
            lane=Lane.ALARM,
            host="incidents",
            subject_id=999_999,
            due_at=now,
            expires_at=now + timedelta(hours=2),
            created_at=now,
        )
    story.run(until="09:00")
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]
    assert Message.objects.get(line="+31600000900").tries > 2


def test_call_that_the_carrier_no_longer_knows_frees_its_line(story: Story) -> None:
    riet_and_sjef(story)
    story.start()
    now = clock.now()
    lost = Attempt.objects.create(
        organisation=story.organisation,
        kind=Attempt.Kind.CALL,
        line=ANNEKE,
        host="circles.round",
        subject_id=Round.objects.earliest("date").pk,
        state=Attempt.State.IN_PROGRESS,
        sid="CA" + "0" * 32,
        created_at=now,
        look_at=now,
    )
    story.run(until="09:10")
    assert Attempt.objects.get(pk=lost.pk).state == Attempt.State.FAILED
    assert story.round.closed_how == "received"


def test_alarm_takes_precedence_on_its_line_while_it_is_put_off(story: Story) -> None:
    riet_and_sjef(story)
    story.start()
    now = clock.now()
    Message.objects.create(
        organisation=story.organisation,
        way="call",
        line=ANNEKE,
        lane=Lane.ALARM,
        host="incidents",
        subject_id=1,
        due_at=now + timedelta(seconds=3),
        expires_at=now + timedelta(hours=1),
        created_at=now,
    )
    assert sending.alarm_waits_for(ANNEKE, now)


def test_clock_that_was_ahead_once_does_not_stop_the_carrier(story: Story) -> None:
    story.start()
    now = clock.now()
    with transaction.atomic():
        assert rates.take(Way.CALL, Lane.LIVE, now + timedelta(days=3650))
        taken = [rates.take(Way.CALL, Lane.LIVE, now + timedelta(seconds=seconds)) for seconds in range(10)]
    assert sum(taken) >= 9


def test_days_that_a_long_downtime_swallowed_are_incidents(story: Story) -> None:
    """Down from Friday evening to Monday noon: Saturday, Sunday and Monday."""
    riet_and_sjef(story)
    story.begin = story.begin.replace(month=11, day=20, hour=20)
    story.start()
    Round.objects.all().delete()
    Timer.objects.all().delete()
    planning.plan_day(story.circle, date(2026, 11, 20), clock.now())
    Round.objects.update(state=Round.State.CLOSED, closed_at=clock.now())
    story.begin = story.begin.replace(day=23, hour=12)
    story.start()
    story.run(until="12:01")
    held = Round.objects.filter(closed_how="not_held").order_by("date").values_list("date__day", flat=True)
    assert list(held) == [21, 22, 23]
    assert Incident.objects.filter(kind="round").count() == 3


def test_paused_circle_is_not_rung_although_its_morning_was_planned(story: Story) -> None:
    riet_and_sjef(story)
    story.start()
    Circle.objects.update(status=Circle.Status.PAUSED)
    story.run(until="09:00")
    assert story.rings("riet") == []
    assert story.round.closed_how == "nobody_today"


def test_round_without_a_timer_is_found_by_the_watchdog(story: Story) -> None:
    story.may_fail = True
    riet_and_sjef(story)
    story.start()
    from backend.events.models import Timer

    Timer.objects.all().delete()
    story.run(until="08:40")
    assert story.rings("riet") == []
    watchdog.watch(clock.now())
    story.run(until="09:10")
    assert story.standings() == {"Riet": "well", "Sjef": "well"}
