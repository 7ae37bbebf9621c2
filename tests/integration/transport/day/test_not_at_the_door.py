"""Who is not at the door: a case, a question when they are noted as away, and what ends either."""

import pytest
from django.db import transaction

from backend.events import clock
from backend.events.models import Timer
from backend.incidents.models import Incident, Outcome
from backend.incidents.services.ladders import bus_scope
from backend.notifications.models import Message
from backend.people.models import DutyShift, Sighting
from backend.people.services import duty, registering
from backend.transport.domain.run import Answer, Missing, What, Why
from backend.transport.models import Booking, CallTask, ManifestEntry
from backend.transport.services import booking, call_tasks, day, evening, not_there
from tests.integration.transport.day.a_day import DRIVER, Day, at, is_away

pytestmark = pytest.mark.django_db


def test_who_is_not_at_the_door_is_a_case_in_the_same_transaction(bus: Day) -> None:
    day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("9:30"))
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]


def test_who_turns_up_after_all_ends_the_case(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:50"), now="9:50")
    assert bus.cases() == [("not_at_door", "closed", ["Riet"])]
    assert bus.ride("Riet").state == "on_board"


def test_a_slip_of_the_finger_ends_the_case_that_nobody_has_taken(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")
    assert Incident.objects.get().members.get().outcome == Outcome.FALSE_ALARM
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:47"), now="9:47")
    assert [state for _reason, state, _who in bus.cases()] == ["closed", "open"], "said again, it is a case again"


def test_whoever_was_alerted_by_a_slip_of_the_finger_hears_that_nobody_need_go(bus: Day) -> None:
    els = registering.register_person(
        organisation=bus.trip.organisation, given_name="Els", family_name="Smit", phones=["+31600000170"]
    )
    duty.put_on_duty(person=els, scope=bus_scope(els.organisation), rank=DutyShift.Rank.PRIMARY, weekday=1)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    alerts = Message.objects.filter(host="incidents")
    assert [one.way for one in alerts.order_by("way")] == ["call", "text"]
    alerts.update(state=Message.State.DONE)
    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")
    news = alerts.filter(state=Message.State.QUEUED).get()
    assert (news.line, news.way) == ("+31600000170", "text")
    assert "het was een vergissing. U hoeft niet te gaan." in news.body


def test_a_slip_of_the_finger_about_the_way_home_ends_no_search_of_the_morning(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.NOT_THERE, "12:40", "home"), now="12:40")
    bus.sends(bus.tick("Riet", What.UNDONE, "12:41", "home"), now="12:41")
    assert [state for _reason, state, _who in bus.cases()] == ["open", "closed"]


def test_who_turned_up_before_it_was_sent_is_no_case(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), bus.tick("Riet", What.ON_BOARD, "9:50"), now="10:30")
    assert bus.cases() == []


def test_a_late_not_there_after_a_later_on_board_is_kept_and_no_case(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:50"), now="9:50")
    assert bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="10:30") == [(Answer.KEPT, Why.LATER_FACT)]
    assert bus.cases() == []
    assert not ManifestEntry.objects.get(what="not_there").applied


def question_falls_due(bus: Day, task: CallTask) -> None:
    """The timer of the question fires."""
    timer = Timer.objects.get(kind=not_there.TIMER, subject_id=task.pk)
    clock.set_clock(virtual=timer.due_at, rate=0)
    not_there.look(task.pk, timer.due_at)


def test_who_is_away_according_to_an_absence_is_a_question_first(bus: Day) -> None:
    is_away(bus)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    task = CallTask.objects.get()
    assert (task.kind, task.state, task.details["until"]) == ("speak", "open", "2026-11-29")
    assert bus.cases() == []
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:55"), now="9:55")
    task.refresh_from_db()
    assert task.state == "lapsed"
    question_falls_due(bus, task)
    assert bus.cases() == [], "she is in the bus"


def test_a_question_that_nobody_has_answered_after_half_an_hour_is_a_case_with_what_is_known(bus: Day) -> None:
    is_away(bus)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    task = CallTask.objects.get()
    assert Timer.objects.get(kind=not_there.TIMER).due_at == at("10:15")
    question_falls_due(bus, task)
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]
    assert Incident.objects.get().details["known"]["away"] == {"until": "2026-11-29"}
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("lapsed", "case")


def test_a_question_about_who_is_away_outlives_the_trip_and_the_booking(bus: Day) -> None:
    is_away(bus)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    task = CallTask.objects.get()
    evening.look(bus.trip.pk, bus.trip.ends_at)
    with transaction.atomic():
        booking.cancel(booking_id=bus.ride("Riet").booking_id, because="desk", actor=DRIVER, now=bus.is_now("9:50"))
    task.refresh_from_db()
    assert task.state == "open"
    question_falls_due(bus, task)
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]


def test_an_answered_question_opens_no_case_and_lets_the_run_be_closed_a_lapsed_one_does_not(bus: Day) -> None:
    is_away(bus)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), bus.tick("Truus", What.ON_BOARD, "9:46"), now="9:46")
    bus.sends(bus.tick("Truus", What.HOME_INSIDE, "12:45", "home"), now="12:45")
    task = CallTask.objects.get()
    CallTask.objects.update(state="lapsed", ended_at=at("9:50"))
    assert bus.not_home() == {"Riet": Missing.NOT_THERE}
    CallTask.objects.update(state="open", ended_at=None)
    call_tasks.finish(task.pk, call_tasks.Outcome.DONE, actor=DRIVER, now=bus.is_now("12:50"))
    question_falls_due(bus, task)
    assert bus.cases() == []
    assert bus.close().state == "closed"


@pytest.mark.parametrize("newer", ["seen since", "seen today", "said yes since", "booked since"])
def test_an_absence_that_something_newer_disproves_is_no_reason_not_to_look(bus: Day, newer: str) -> None:
    is_away(bus)
    rows = Booking.objects.filter(person__given_name="Riet")
    if newer == "said yes since":
        rows.update(answer="yes", answered_at=at("9:10"))
    elif newer == "booked since":
        rows.update(booked_at=at("9:10"))
    else:
        seen_at = at("9:10" if newer == "seen since" else "8:40")
        Sighting.objects.create(person=bus.person("Riet"), at=seen_at, source="circle:key")
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    assert (bus.cases(), CallTask.objects.count()) == ([("not_at_door", "open", ["Riet"])], 0)


def test_who_is_noted_as_away_and_does_not_come_to_the_bus_home_is_a_case(bus: Day) -> None:
    is_away(bus)
    bus.sends(bus.tick("Riet", What.NOT_THERE, "12:40", "home"), now="12:40")
    assert (bus.cases(), CallTask.objects.count()) == ([("not_at_door", "open", ["Riet"])], 0)


def test_who_does_not_come_to_the_bus_home_is_a_case(bus: Day) -> None:
    bus.is_driven()
    bus.sends(bus.tick("Riet", What.NOT_THERE, "12:40", "home"), now="12:40")
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]


def test_who_was_not_at_the_door_and_boards_on_the_way_home_is_not_looked_for_any_more(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "12:30", "home"), now="12:30")
    assert bus.cases() == [("not_at_door", "closed", ["Riet"])]
    bus.sends(bus.tick("Riet", What.UNDONE, "12:31", "home"), now="12:31")
    assert [state for _reason, state, _who in bus.cases()] == ["closed", "open"], "it was somebody else"


def test_a_tick_of_before_does_not_end_the_search_for_who_did_not_come_later(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.NOT_THERE, "12:40", "home"), now="12:40")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="13:00")
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]


def test_who_boarded_on_the_way_home_before_it_was_sent_that_they_were_not_at_the_door_is_no_case(bus: Day) -> None:
    ticks = [bus.tick("Riet", What.NOT_THERE, "9:45"), bus.tick("Riet", What.ON_BOARD, "12:30", "home")]
    bus.sends(*ticks, now="12:35")
    assert bus.cases() == []
    bus.sends(bus.tick("Riet", What.UNDONE, "12:36", "home"), now="12:36")
    assert bus.cases() == [("not_at_door", "open", ["Riet"])]
