"""One thing of a morning cannot be done: everybody else gets what is theirs, and whom it is about is not forgotten."""

from __future__ import annotations

from backend.circles.models import Round, Seat
from backend.circles.selectors.failing import failing_rounds
from backend.circles.services import watchdog
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from tests.support.story import ANNEKE, ANSWERS, Story

PHONES = {"riet": "+31130001300", "truus": "+31130001301", "sjef": "+31130001302"}


def circle_of(story: Story, **habits: list[object]) -> None:
    """These members, in this order, and a volunteer who takes the first two calls only."""
    story.may_fail = True
    story.ladder()
    story.lives("anneke", ANNEKE, habits=[ANSWERS, ANSWERS, "no_answer"])
    for name, calls in habits.items():
        story.member(name, PHONES[name])
        story.lives(name, PHONES[name], habits=calls)
    story.start()


def cannot_be_alerted_about(story: Story, name: str) -> Incident:
    """A case of this member and morning lies in the rows already, and nobody can read its ladder."""
    person = Seat.objects.get(person__given_name=name, round=story.round).person
    return Incident.objects.create(
        organisation=story.organisation,
        kind=Incident.Kind.NO_ANSWER,
        cause=f"round:{story.round.pk}:no_answer:{person.pk}",
        source_kind="round",
        source_id=story.round.pk,
        policy={"nonsense": 1},
        opened_at=clock.now(),
    )


def opened(story: Story) -> list[tuple[str, tuple[str, ...]]]:
    return [(kind, about) for kind, _state, about in story.incidents() if about]


def test_a_case_that_cannot_be_opened_keeps_nobody_elses_from_being_opened(story: Story) -> None:
    """Riet and Truus do not answer. Riet's case fails; Truus's is opened when it always is, and the round waits."""
    circle_of(story, riet=["no_answer"], truus=["no_answer"])
    story.run(until="08:31")
    broken = cannot_be_alerted_about(story, "Riet")
    story.run(until="08:45")
    assert story.standings() == {"Riet": "expected", "Truus": "incident"}
    assert opened(story) == [("no_answer", ("Truus",))]
    assert story.round.state == Round.State.RUNNING
    assert [failure.error for failure in failing_rounds()[0].failures] == ["KeyError"]
    assert Event.objects.filter(kind="circles.action_failed", payload__tries=1).count() == 1
    broken.delete()  # the operator mends it
    story.run(until="08:48")
    assert story.standings() == {"Riet": "incident", "Truus": "incident"}
    assert story.round.state == Round.State.CLOSED
    assert failing_rounds() == []


def test_who_has_no_case_of_their_own_by_the_deadline_is_in_that_of_the_round(story: Story) -> None:
    """After some tries people are told that the machine fails at Riet; at the deadline she is in the round's case."""
    circle_of(story, riet=["no_answer"], truus=[ANSWERS])
    story.run(until="08:31")
    cannot_be_alerted_about(story, "Riet")
    story.run(until="08:50")
    watchdog.watch(clock.now())
    assert opened(story) == [("round", ("Riet",))]
    assert Incident.objects.get(kind="round").details == {"reason": "stuck"}
    story.run(until="08:58")
    assert story.standings() == {"Riet": "incident", "Truus": "well"}
    assert story.round.closed_how == Round.ClosedHow.DEADLINE
    assert Incident.objects.filter(details={"reason": "deadline"}, members__person__given_name="Riet").count() == 1


def test_a_call_that_cannot_be_asked_for_is_passed_and_whom_it_was_to_reach_is_looked_for(story: Story) -> None:
    """The number that was frozen for Truus may not be rung. Riet, who stays on the line, is joined to Sjef instead."""
    circle_of(story, riet=[ANSWERS], truus=[ANSWERS], sjef=[ANSWERS])
    story.run(until="08:30")
    story.step()
    Seat.objects.filter(person__given_name="Truus").update(lines=["112"])
    story.run(until="08:48")
    assert "Riet wil u spreken" in story.heard("sjef")
    assert len(story.rings("riet")) == 1
    assert story.standings() == {"Riet": "well", "Truus": "incident", "Sjef": "well"}
    assert opened(story) == [("no_answer", ("Truus",))]
    assert Incident.objects.get().details["reason"] == "not_rung"
    assert story.round.closed_how == Round.ClosedHow.RECEIVED
