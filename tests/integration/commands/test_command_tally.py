"""`manage.py tally`: where everybody is who was expected on a day."""

import json
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from backend.circles.domain.call_list.entries import MemberEntry, PhoneEntry
from backend.circles.models import Circle, Round, Seat
from backend.circles.services import membership, planning, rounds
from backend.circles.services.cases import open_case, open_for_seat
from backend.circles.services.setting_up import slug_of
from backend.common.actors import Actor
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import closing
from backend.people.models import Organisation, Person
from backend.people.services.absences import record_absence
from backend.people.services.registering import register_organisation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
BY_HAND = Actor(who="user:1", channel="page")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    """A clock that can be set."""
    settings.RONDJE_DEMO = True


def it_is(wall: str, day: date = MONDAY) -> datetime:
    moment = datetime.combine(day, time.fromisoformat(wall), AMSTERDAM)
    clock.set_clock(virtual=moment, rate=0)
    return moment


def organisation(name: str = "Welzijn Zuid") -> Organisation:
    return register_organisation(
        slug=slug_of(name), name=name, phone="+31130009000", duty_phone="+31130009001", timezone="Europe/Amsterdam"
    )


def circle(owner: Organisation, *names: str, name: str = "De Linde") -> Circle:
    made = membership.create_circle(organisation=owner, name=name, start=time(8, 30), weekdays=list(range(7)))
    for number, given in enumerate(names):
        phone = f"+31130001{owner.pk % 10}{number:02}"
        entry = MemberEntry(given_name=given, family_name="Bos", phones=(PhoneEntry(phone, "landline", phone),))
        membership.add_member(made, entry)
    return made


def started(of: Circle) -> Round:
    """The round of Monday, begun at 8:30."""
    now = it_is("08:30")
    planning.plan(now)
    round_ = Round.objects.get(circle=of, date=MONDAY)
    rounds.look(round_.pk, now)
    return Round.objects.get(pk=round_.pk)


def seat(of: Round, given: str) -> Seat:
    return of.seats.get(person__given_name=given)


def stand(of: Round, given: str, standing: Seat.Standing, how: str) -> None:
    of.seats.filter(person__given_name=given).update(standing=standing, how=how, at=clock.now())


def tally(*arguments: str, status: int = 0) -> dict[str, Any]:
    """What the command prints as JSON, after checking its exit status."""
    out = StringIO()
    try:
        call_command("tally", "--json", *arguments, stdout=out)
    except SystemExit as end:
        assert end.code == status
    else:
        assert status == 0
    (line,) = out.getvalue().splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


def statuses(answer: dict[str, Any]) -> dict[str, str]:
    return {member["name"].split()[0]: member["status"] for member in answer["members"]}


def test_every_status_in_one_morning() -> None:
    it_is("08:00")
    of = circle(organisation(), "Riet", "Halil", "Truus", "Sjef", "Annie")
    round_ = started(of)
    it_is("08:45")
    stand(round_, "Riet", Seat.Standing.WELL, "key_as_callee")
    stand(round_, "Halil", Seat.Standing.EXCUSED, "absent_hospital")
    for given in ("Truus", "Sjef"):
        open_for_seat(round_, seat(round_, given), Incident.Kind.NO_ANSWER, now=clock.now())
        stand(round_, given, Seat.Standing.INCIDENT, "no_answer")
    incident = Incident.objects.get(members__person__given_name="Sjef")
    it_is("09:00")
    closing.record_outcome(
        incident, member_id=None, outcome=Outcome.FOUND_WELL, actor=BY_HAND, name="Anneke", now=clock.now()
    )

    answer = tally("--organisation", "welzijn-zuid")

    assert answer == {
        "date": "2026-11-23",
        "organisation": "welzijn-zuid",
        "expected": 5,
        "well": 1,
        "excused": 1,
        "in_progress": 1,
        "incident_open": 1,
        "incident_closed": 1,
        "unaccounted": 0,
        "members": [
            line("Riet", "well", "key_as_callee", "08:45"),
            line("Halil", "excused", "absent_hospital", "08:45"),
            line("Truus", "incident_open", "no_answer", "08:45"),
            line("Sjef", "incident_closed", "found_well", "09:00"),
            line("Annie", "in_progress", "", None),
        ],
    }


def line(given: str, status: str, how: str, at: str | None) -> dict[str, Any]:
    moment = f"2026-11-23T{at}:00+01:00" if at else None
    return {"name": f"{given} Bos", "circle": "De Linde", "status": status, "how": how, "at": moment}


def test_the_table_is_in_plain_words() -> None:
    it_is("08:00")
    round_ = started(circle(organisation(), "Riet", "Truus"))
    stand(round_, "Riet", Seat.Standing.WELL, "key_as_callee")
    out = StringIO()

    call_command("tally", stdout=out)

    assert out.getvalue().splitlines() == [
        "2026-11-23, all organisations: 2 expected: 1 well, 1 in progress",
        "Riet Bos   De Linde  well         key as callee  08:30:00",
        "Truus Bos  De Linde  in progress",
    ]


def test_an_open_incident_past_its_outcome_time_is_unaccounted_for() -> None:
    it_is("08:00")
    round_ = started(circle(organisation(), "Riet", "Truus"))
    stand(round_, "Riet", Seat.Standing.WELL, "key_as_callee")
    open_for_seat(round_, seat(round_, "Truus"), Incident.Kind.NO_ANSWER, now=clock.now())
    stand(round_, "Truus", Seat.Standing.INCIDENT, "no_answer")

    it_is("09:00")
    assert statuses(tally()) == {"Riet": "well", "Truus": "incident_open"}
    it_is("09:01")
    assert statuses(tally(status=1)) == {"Riet": "well", "Truus": "unaccounted"}


def test_a_morning_that_never_began_is_noticed_once_its_deadline_is_past() -> None:
    it_is("08:00")
    circle(organisation(), "Riet", "Truus")
    planning.plan(clock.now())

    # Three legs of three minutes and fifteen of slack: 8:54.
    it_is("08:54")
    assert tally()["in_progress"] == 2
    it_is("08:55")
    assert tally(status=1)["unaccounted"] == 2


def test_a_circle_for_which_nothing_was_planned_at_all_is_noticed() -> None:
    it_is("08:00")
    of = circle(organisation(), "Riet", "Truus")
    record_absence(
        person=Person.objects.get(given_name="Truus"), first_day=MONDAY, last_day=None, reason="away", actor=BY_HAND
    )

    assert statuses(tally()) == {"Riet": "in_progress", "Truus": "excused"}
    it_is("09:30")
    assert statuses(tally(status=1)) == {"Riet": "unaccounted", "Truus": "excused"}
    assert not Round.objects.filter(circle=of).exists()


def test_nobody_was_expected_before_a_circle_was_made_nor_on_a_day_without_it() -> None:
    it_is("12:00")
    of = circle(organisation(), "Riet")
    membership.set_first_morning(of, clock.now())
    assert tally("--date", "2026-11-22")["expected"] == 0
    assert tally("--date", "2026-11-23")["expected"] == 0
    it_is("12:00", MONDAY + timedelta(days=2))
    assert tally("--date", "2026-11-24", status=1)["unaccounted"] == 1
    Circle.objects.filter(pk=of.pk).update(weekdays=[5, 6])
    assert tally("--date", "2026-11-24")["expected"] == 0


def test_a_worry_rung_in_before_the_round_counts_above_well() -> None:
    it_is("08:00")
    of = circle(organisation(), "Riet", "Truus")
    planning.plan(clock.now())
    truus = Person.objects.get(given_name="Truus")
    round_ = Round.objects.get(circle=of, date=MONDAY)
    incident = open_case(round_, Incident.Kind.WORRIED, [truus], cause="rung in", now=clock.now())
    Incident.objects.filter(pk=incident.pk).update(source_kind="circle", source_id=of.pk)

    assert statuses(tally()) == {"Riet": "in_progress", "Truus": "incident_open"}

    round_ = started(of)
    stand(round_, "Truus", Seat.Standing.WELL, "key_as_callee")
    incident.refresh_from_db()
    closing.record_outcome(
        incident, member_id=None, outcome=Outcome.HOSPITAL, actor=BY_HAND, name="Anneke", now=clock.now()
    )
    assert statuses(tally())["Truus"] == "incident_closed"


def test_an_incident_of_yesterday_that_nobody_ended_is_not_forgotten_today() -> None:
    it_is("08:00")
    of = circle(organisation(), "Riet")
    round_ = started(of)
    open_for_seat(round_, seat(round_, "Riet"), Incident.Kind.WORRIED, now=clock.now())

    tuesday = MONDAY + timedelta(days=1)
    planning.plan(it_is("08:00", tuesday))

    assert statuses(tally(status=1)) == {"Riet": "unaccounted"}


def test_organisations_are_counted_together_or_one_alone() -> None:
    it_is("08:00")
    circle(organisation("Welzijn Zuid"), "Riet", "Truus")
    circle(organisation("Welzijn Noord"), "Sjef")

    assert (tally()["organisation"], tally()["expected"]) == (None, 3)
    assert statuses(tally("--organisation", "welzijn-noord")) == {"Sjef": "in_progress"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--organisation", "welzijn-west"], "There is no organisation 'welzijn-west'. There are: welzijn-zuid."),
        (["--date", "gisteren"], "--date: 'gisteren' is not a date. Write it as 2026-11-23."),
    ],
)
def test_what_is_not_understood_is_refused(arguments: list[str], sentence: str) -> None:
    organisation()
    with pytest.raises(CommandError) as refused:
        call_command("tally", *arguments)
    assert (str(refused.value), refused.value.returncode) == (sentence, 2)


def test_an_empty_installation_has_nobody_to_account_for() -> None:
    it_is("08:00")
    assert tally()["expected"] == 0
