"""Two things at once. Each race is first shown to happen when the lock is taken away, then not to happen with it."""

from collections.abc import Callable

import pytest
from django.db import transaction

from backend.circles.models import Leg, Round
from backend.circles.scripts.facts import Proven
from backend.circles.services import facts, planning, rounds, state
from backend.common.actors import user
from backend.events import clock
from backend.incidents.domain import escalation
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, Step
from backend.incidents.services import claiming
from backend.notifications.models import Attempt
from tests.support.races import at_once, meet_in
from tests.support.story import ANNEKE, ANSWERS, Story


@pytest.fixture
def open_case(story: Story) -> Incident:
    """Riet is silent, and nobody has claimed."""
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", habits=["no_answer"])
    story.lives("sjef", "+31130001301")
    story.lives("anneke", ANNEKE, habits=[ANSWERS, ANSWERS, "no_answer"])
    story.start()
    story.run(until="08:50")
    return Incident.objects.get(kind="no_answer", state="open")


def claim_as(incident: Incident, level: int) -> Callable[[], object]:
    target = EscalationPolicy.from_json(incident.policy).levels[level].targets[0]

    def work() -> object:
        with transaction.atomic():
            return claiming.claim(claiming.locked(incident.pk), target=target, actor=user(1), now=clock.now())

    return work


def test_two_claims_at_once_without_the_lock_both_win(open_case: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "locked", lambda pk: Incident.objects.get(pk=pk))
    meet_in(monkeypatch, escalation, "may_claim")
    assert at_once(claim_as(open_case, 0), claim_as(open_case, 1)) == [None, None]
    assert Step.objects.filter(what="claimed").count() == 2


def test_two_claims_at_once_one_wins_and_the_other_is_told(
    open_case: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_in(monkeypatch, escalation, "may_claim")
    ends = at_once(claim_as(open_case, 0), claim_as(open_case, 1))
    assert sorted(type(end).__name__ for end in ends) == ["AlreadyClaimed", "NoneType"]
    assert Step.objects.filter(what="claimed").count() == 1


@pytest.fixture
def last_try(story: Story) -> Attempt:
    """Riet's telephone is ringing for the last time, and she has just picked it up."""
    story.ladder()
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", habits=["no_answer", "no_answer", "manual"])
    story.lives("sjef", "+31130001301")
    story.lives("anneke", ANNEKE)
    story.start()
    story.run(until="08:39")
    story.town.resident("riet").expect_call("Gaat het goed met u")
    return Attempt.objects.get(state="in_progress", line="+31130001300")


def rings_in(story: Story) -> Callable[[], object]:
    """She has rung the circle's number from a neighbour's, and pressed 1."""
    seat, round_id, now = story.round.seats.get(person__given_name="Riet"), story.round.pk, clock.now()

    def work() -> None:
        with transaction.atomic():
            facts.take(state.locked_round(round_id), None, [Proven(seat.pk, "rang_in")], now)

    return work


def is_missed(attempt: Attempt, story: Story) -> Callable[[], object]:
    """The last call to her has ended without a key."""
    leg, round_id, now = Leg.objects.get(pk=attempt.reference["leg"]), story.round.pk, clock.now()

    def work() -> None:
        with transaction.atomic():
            facts.call_ended(state.locked_round(round_id), leg, attempt, "completed", now)

    return work


def test_well_and_missed_at_once_without_the_lock_sends_people_to_somebody_who_rang_in(
    last_try: Attempt, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = lambda pk: Round.objects.select_related("circle__organisation", "volunteer").get(pk=pk)  # noqa: E731
    monkeypatch.setattr(state, "locked_round", unlocked)
    meet_in(monkeypatch, rounds, "go_on")
    assert at_once(rings_in(story), is_missed(last_try, story)) == [None, None]
    assert story.incidents() == [("no_answer", "open", ("Riet",))]


@pytest.mark.parametrize("first", ["well", "missed"])
def test_well_and_missed_at_once_end_well(last_try: Attempt, story: Story, first: str) -> None:
    works = [rings_in(story), is_missed(last_try, story)]
    assert at_once(*(works if first == "well" else reversed(works))) == [None, None]
    open_cases = [case for case in story.incidents() if case[1] != "closed"]
    assert open_cases == [], "proof of life is never lost: no case, or one that is stood down"


def test_two_planners_at_once_make_one_round(story: Story) -> None:
    story.member("riet", "+31130001300")
    story.start()
    Round.objects.all().delete()
    now = clock.now()
    ends = at_once(*(lambda: planning.plan(now) for _planner in range(4)))
    assert ends == [None] * 4
    assert Round.objects.count() == 2, "today's and tomorrow's"
