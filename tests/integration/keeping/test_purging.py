"""What has been kept long enough goes, after it was counted; what is open never does."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from backend.circles.models import Leg, PaperList, Round, Seat
from backend.circles.selectors.settings import scope_of
from backend.common.actors import user
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import ClaimLink, Incident, Outcome, Step
from backend.incidents.services import claiming, closing
from backend.keeping.models import MonthlyFigure, Purge
from backend.keeping.services import purging
from backend.notifications.models import Attempt, Message
from backend.people.models import DutyLink, DutyShift, DutySwap, Organisation, Sighting
from backend.people.services import duty, duty_links
from backend.people.services.sightings import saw
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(settings: Any) -> Morning:
    """A Monday that has closed, with an open case about Halil and calls that have ended."""
    settings.RONDJE_DEMO = True
    morning = mornings.with_a_case_about_halil()
    mornings.link_for(Incident.objects.get())
    all_calls_end()
    Leg.objects.update(state=Leg.State.ENDED)
    Round.objects.update(state=Round.State.CLOSED, closed_at=clock.now(), closed_how=Round.ClosedHow.RECEIVED)
    saw(morning.person("Riet").pk, at=clock.now(), source="key")
    saw(morning.person("Riet").pk, at=clock.now() + timedelta(minutes=1), source="key")
    return morning


def all_calls_end() -> None:
    now = clock.now()
    for message in Message.objects.all():
        Attempt.objects.create(
            message=message,
            organisation=message.organisation,
            kind=Attempt.Kind.CALL if message.way == "call" else Attempt.Kind.TEXT,
            line=message.line,
            host=message.host,
            subject_id=message.subject_id,
            state=Attempt.State.COMPLETED,
            created_at=now,
            settled_at=now,
        )
    Message.objects.update(state=Message.State.DONE)


def close_the_case() -> None:
    with transaction.atomic():
        incident = claiming.locked(Incident.objects.get().pk)
        closing.record_outcome(
            incident, member_id=None, outcome=Outcome.FOUND_WELL, actor=user(3), name="Marijke", now=clock.now()
        )
    all_calls_end()


def after(days: int) -> datetime:
    return mornings.at("08:50") + timedelta(days=days)


def removed(days: int) -> dict[str, int]:
    """What a purge so many days after the Monday removes, by kind."""
    return {done.kind: done.rows for done in purging.purge(after(days))}


def test_within_the_periods_nothing_goes(morning: Morning) -> None:
    before = Message.objects.count(), Leg.objects.count(), Step.objects.count()
    assert removed(29) == {}
    assert (Message.objects.count(), Leg.objects.count(), Step.objects.count()) == before


def test_calls_go_after_30_days_but_none_of_an_open_case(morning: Morning) -> None:
    of_the_case = Message.objects.filter(host="incidents").count()
    assert of_the_case > 0

    found = removed(31)

    assert {"legs", "messages", "numbers in mornings", "links"} <= set(found)
    assert Leg.objects.count() == 0
    assert Message.objects.count() == of_the_case == Message.objects.filter(host="incidents").count()
    assert Attempt.objects.exclude(message__host="incidents").count() == 0
    assert Seat.objects.exclude(lines=[]).count() == 0
    assert Seat.objects.count() == 8, "who was where stays as long as cases do"
    assert ClaimLink.objects.count() == 0
    assert removed(31) == {}, "a second run finds nothing"


def test_the_latest_sighting_stays(morning: Morning) -> None:
    removed(400)
    assert Sighting.objects.filter(person=morning.person("Riet")).count() == 1


def test_after_two_years_only_figures_are_left_of_what_is_closed(morning: Morning) -> None:
    close_the_case()
    found = removed(731)
    assert {"mornings", "cases", "events"} <= set(found)
    assert (Round.objects.count(), Incident.objects.count(), Step.objects.count()) == (0, 0, 0)
    figures = {one.name: one.value for one in MonthlyFigure.objects.all()}
    assert figures["rounds"] == 1
    assert figures["cases:no_answer"] == 1
    assert figures["outcome:found_well"] == 1
    assert figures["members:incident"] == 1
    assert {one.month.isoformat() for one in MonthlyFigure.objects.all()} == {"2026-11-01"}


def test_an_open_case_and_its_morning_outlive_everything(morning: Morning) -> None:
    found = removed(3000)
    assert "cases" not in found and "mornings" not in found
    assert Incident.objects.get().is_open
    assert Step.objects.exists()
    assert Event.objects.filter(subject_kind="incident").exists()


def test_a_day_is_counted_once_however_often_it_runs(morning: Morning) -> None:
    for days in (1, 1, 2, 40):
        purging.purge(after(days))
    assert MonthlyFigure.objects.get(name="rounds").value == 1


def test_it_goes_in_batches(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 2)
    monkeypatch.setattr(purging, "BATCHES_AT_MOST", 2)
    assert removed(31)["numbers in mornings"] == 4
    assert removed(31)["numbers in mornings"] == 4
    assert "numbers in mornings" not in removed(31)


def test_an_organisation_keeps_less_and_a_broken_setting_harms_only_itself(morning: Morning) -> None:
    out = StringIO()
    call_command("keep_days", "welzijn", "calls=3", stdout=out)
    assert "calls          3 days" in out.getvalue()
    changed = Event.objects.get(kind="keeping.days_set")
    assert (changed.actor, changed.subject_id, changed.payload) == ("system", morning.organisation.pk, {"calls": 3})
    call_command("keep_days", "welzijn", stdout=out)
    assert Event.objects.filter(kind="keeping.days_set").count() == 1, "who only looks changes nothing"
    Organisation.objects.create(pk=-1, slug="anders", name="Samen West", settings={"keep_days": {"calls": "ever"}})
    assert "legs" in removed(4)
    with pytest.raises(CommandError, match=r"write it as calls=14"):
        call_command("keep_days", "welzijn", "calls=some")


def test_one_that_cannot_even_be_counted_harms_only_itself(morning: Morning, caplog: pytest.LogCaptureFixture) -> None:
    """It comes first in the order, so that everybody would wait for it."""
    Organisation.objects.create(pk=-1, slug="anders", name="Samen West", settings=["no names at all"])
    assert "legs" in removed(31)
    assert "Nothing of organisation -1 was purged." in caplog.text


def test_a_kind_that_cannot_be_removed_does_not_hold_up_the_others(
    morning: Morning, caplog: pytest.LogCaptureFixture
) -> None:
    """The database refuses to let a leg go, whatever the reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql; "
            "CREATE TRIGGER refuse BEFORE DELETE ON circles_leg FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    found = removed(31)
    assert "legs" not in found and "links" in found
    assert f"Of organisation {morning.organisation.pk} no legs could be purged." in caplog.text


def test_duties_of_a_day_and_their_swaps_links_and_lists_go_and_the_roster_stays(morning: Morning) -> None:
    roster = set(DutyShift.objects.values_list("pk", flat=True))
    swap = mornings.a_swap(morning)
    duty_links.make(morning.volunteer, clock.now())
    duty.put_on_duty(
        person=morning.volunteer,
        scope=scope_of(morning.circle),
        rank=DutyShift.Rank.BACKUP,
        day=mornings.MONDAY.date(),
    )
    PaperList.objects.create(circle=morning.circle, date=mornings.MONDAY.date(), reason="evening", made_at=clock.now())

    assert "swapped duties" not in removed(400), "nobody has taken it yet, nor has it lapsed"
    DutySwap.objects.update(state=DutySwap.State.LAPSED, ended_at=clock.now())
    assert removed(400) == {"swapped duties": 1}
    assert "lists on paper" in removed(731)

    assert not DutySwap.objects.filter(pk=swap.pk).exists()
    assert (DutyLink.objects.count(), PaperList.objects.count()) == (0, 0)
    assert set(DutyShift.objects.values_list("pk", flat=True)) == roster


def test_what_was_purged_when_is_written_down(morning: Morning) -> None:
    removed(31)
    legs = Purge.objects.get(kind="legs")
    assert (legs.organisation, legs.ran_at, legs.older_than) == (morning.organisation, after(31), after(1))
