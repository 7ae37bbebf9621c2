"""Two people, workers or processes do the same at the same moment: it happens once, and the other one hears so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client

from backend.circles.models import Circle, Membership, PaperList, Round
from backend.circles.selectors.settings import scope_of
from backend.circles.services import membership, outage, paper, planning, spreading, swaps
from backend.common import actors
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, Letter, OptOut
from backend.notifications.services import moving, opting_out
from backend.people.models import DutyShift, DutySwap, Person
from backend.people.services import duty, integrations, registering
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.races import at_once, meet_after, meet_in


@pytest.fixture
def morning(settings: Any, transactional_db: None) -> Morning:
    """A circle of eight before half past eight, whose rows other threads can see."""
    settings.RONDJE_DEMO = True
    mornings.set_time("08:20")
    return Morning(mornings.an_organisation())


# Two who take the same duty


@pytest.fixture
def swap(morning: Morning) -> DutySwap:
    """Anneke asks; Bram and Dora have been asked."""
    dora = registering.register_person(
        organisation=morning.organisation, given_name="Dora", family_name="de Vries", phones=["+31600000103"]
    )
    duty.put_on_duty(person=dora, scope=scope_of(morning.circle), rank=DutyShift.Rank.COORDINATOR, weekday=0)
    return mornings.a_swap(morning)


def takes(swap: DutySwap, name: str) -> Any:
    taker, now = Person.objects.get(given_name=name), clock.now()
    return lambda: swaps.take(swap.pk, taker=taker, actor=actors.person(taker.pk, "link"), now=now)


def test_two_who_take_a_duty_without_the_lock_both_hear_that_it_is_theirs(
    swap: DutySwap, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = lambda pk: DutySwap.objects.select_related("owner", "organisation").get(pk=pk)  # noqa: E731
    monkeypatch.setattr(duty, "locked_swap", unlocked)
    meet_after(monkeypatch, duty, "absent_on")
    assert at_once(takes(swap, "Bram"), takes(swap, "Dora")) == [None, None]


def test_two_who_take_a_duty_one_has_it_and_the_other_is_told(swap: DutySwap, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, duty, "absent_on")
    ends = at_once(takes(swap, "Bram"), takes(swap, "Dora"))
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "SwapTaken"]
    assert DutyShift.objects.filter(date=swap.date, rank="primary").count() == 1


# Two opt-outs


def test_two_texts_with_stop_are_one_opt_out(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops() -> object:
        return opting_out.opt_out(morning.organisation, "+31600000100", how=OptOut.How.KEYWORD)

    meet_in(monkeypatch, OptOut, "save")  # neither has found the other's row
    assert at_once(stops, stops) == [None, None]
    assert OptOut.objects.count() == 1
    assert Event.objects.filter(kind=opting_out.OPTED_OUT).count() == 1


# Two workers that move one call


class CountingCarrier:
    """Takes every move, and counts."""

    def __init__(self) -> None:
        self.moved: list[str] = []

    def move(self, sid: str, *, attempt: str, step: int) -> None:
        self.moved.append(sid)


def test_two_workers_have_a_call_moved_once(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = CountingCarrier()
    monkeypatch.setattr(moving, "carrier", lambda _account: carrier)
    now = clock.now()
    Attempt.objects.create(
        organisation=morning.organisation, kind=Attempt.Kind.CALL, line="+31600000100", host="circles.round",
        subject_id=1, state=Attempt.State.IN_PROGRESS, sid="CA1", created_at=now, move_at=now,
    )  # fmt: skip
    meet_in(monkeypatch, moving, "real_now")
    assert at_once(moving.move_due, moving.move_due) == [None, None]
    assert carrier.moved == ["CA1"]


# Two that send the evening's list


def test_two_evening_jobs_send_one_list(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    morning.organisation.email = "dienst@example.org"
    morning.organisation.save()
    morning.plan()
    round_, now = morning.round, clock.now()

    @transaction.atomic
    def issues() -> None:
        paper.issue(round_, PaperList.Reason.EVENING, now)

    meet_in(monkeypatch, paper, "mailboxes")
    assert at_once(issues, issues) == [None, None]
    assert (PaperList.objects.count(), Letter.objects.count()) == (1, 1)


# Two watchdogs in one outage


class Unlocked(QuerySet[Round]):
    """Rows as they are, whoever is changing them."""

    def select_for_update(self, *_args: Any, **_kwargs: Any) -> "Unlocked":
        return self


@pytest.fixture
def cut_off(morning: Morning) -> Morning:
    """The round is under way, and the carrier has not answered since half past eight."""
    mornings.set_time("08:30")
    morning.start()
    Attempt.objects.create(
        organisation=morning.organisation, kind=Attempt.Kind.CALL, line="+31130001399", host="circles.round",
        subject_id=morning.round.pk, state=Attempt.State.UNDECIDED, error_code="timeout", created_at=clock.now(),
    )  # fmt: skip
    mornings.set_time("08:40")
    return morning


def watches(seconds: int) -> Any:
    now = clock.now() + timedelta(seconds=seconds)
    return lambda: outage.watch(now)


def test_two_watchdogs_without_the_lock_open_two_cases(cut_off: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    running = lambda: Unlocked(Round).filter(state="running").select_related("circle__organisation")  # noqa: E731
    monkeypatch.setattr(outage, "_running", running)
    monkeypatch.setattr(outage, "_more_time", lambda *_nothing: None)
    meet_after(monkeypatch, outage, "ladder_of_organisation")
    at_once(watches(0), watches(1))
    assert Incident.objects.count() == 2


def test_two_watchdogs_open_one_case_with_everybody_in_it(cut_off: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, outage, "ladder_of_organisation")
    assert at_once(watches(0), watches(1)) == [None, None]
    assert Incident.objects.get().members.count() == 8


# Two that spread the starts


def test_two_that_spread_the_starts_move_a_circle_once(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        Circle.objects.create(
            organisation=morning.organisation, name=f"Kring {number}", start_time=morning.circle.start_time,
            weekdays=list(range(7)),
        )  # fmt: skip
    shift = {circle.pk: 8 * 60 + 30 + 5 for circle in Circle.objects.all()}
    verdict = spreading.verdict()
    moved = type(verdict)(shift, (), 0, 0, 4)
    known = spreading.plans()
    monkeypatch.setattr(spreading, "plans", lambda: known)
    meet_in(monkeypatch, spreading, "plans")
    assert at_once(lambda: spreading.apply(moved), lambda: spreading.apply(moved)) == [None, None]
    assert set(Circle.objects.values_list("shift_minutes", flat=True)) == {5}
    assert Event.objects.filter(kind=spreading.MOVED).count() == Circle.objects.count()
    planning.plan(clock.now())
    assert Round.objects.get(circle=morning.circle, date=mornings.MONDAY.date()).planned_start == mornings.at("08:35")


# Two sign-ups by the interface


def test_a_sign_up_that_comes_twice_is_one_place_on_the_waiting_list(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    _integration, token = integrations.admit(
        organisation=morning.organisation, name="Het dossier", may_write=True, actor=SYSTEM
    )
    answers = []

    def signs_up() -> None:
        asked = {"circle": morning.circle.pk, "family_name": "Zomer", "phones": ["+31 13 000 1999"]}
        client = Client(headers={"Authorization": f"Bearer {token}"})
        answers.append(client.post("/api/v1/members/", asked, content_type="application/json").status_code)

    meet_in(monkeypatch, membership, "add_member")
    assert at_once(signs_up, signs_up) == [None, None]
    assert sorted(answers) == [201, 409]
    assert Membership.objects.filter(person__family_name="Zomer").count() == 1
