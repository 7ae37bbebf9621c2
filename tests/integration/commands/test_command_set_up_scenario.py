"""`manage.py set_up_scenario`: an organisation with its circle, from JSON, all of it or nothing."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.circles.models import Circle, Membership, Round
from backend.events import clock
from backend.people.models import Absence, Consent, DutyShift, Organisation

pytestmark = pytest.mark.django_db

REQUEST: dict[str, Any] = {
    "begin": "2026-11-23T08:29:30+01:00",
    "setup": {
        "organisation": {"name": "Welzijn Zuid", "number": "+31130009000", "duty_number": "+31130009001"},
        "circle": {"name": "De Linde", "start": "08:30", "policy": {"morning": {"ring_seconds": 30}}},
        "members": [
            {"name": "Riet Wolters", "phones": ["+31130002211"], "contacts": [{"name": "Bep"}]},
            {
                "name": "Truus Kamp",
                "phones": ["+31130002214", "+31600002004"],
                "contacts": [{"name": "Henk", "phone": "+31130002215", "has_key": True}],
                "can_ring": False,
            },
        ],
        "volunteers": [{"name": "Anneke Smit", "phones": ["+31600000100"], "duty": "primary"}],
        "absences": [{"member": "Riet Wolters"}],
    },
}


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.RONDJE_DEMO = True


def set_up(monkeypatch: pytest.MonkeyPatch, request: Any) -> dict[str, Any]:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(request)))
    out = io.StringIO()
    call_command("set_up_scenario", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def refusal(monkeypatch: pytest.MonkeyPatch, request: Any) -> str:
    with pytest.raises(CommandError) as refused:
        set_up(monkeypatch, request)
    assert refused.value.returncode == 2
    return str(refused.value)


def without_members(**more: Any) -> dict[str, Any]:
    return {**REQUEST, "setup": {**REQUEST["setup"], "members": [], "absences": [], **more}}


def test_everybody_is_there_and_the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = set_up(monkeypatch, REQUEST)

    assert answer["organisation"] == "welzijn-zuid"
    assert [(one["part"], one["given_name"], one["phones"]) for one in answer["people"]] == [
        ("member", "Riet", ["+31130002211"]),
        ("member", "Truus", ["+31130002214", "+31600002004"]),
        ("contact", "Henk", ["+31130002215"]),
        ("volunteer", "Anneke", ["+31600000100"]),
        ("organisation", "Welzijn Zuid", ["+31130009001"]),
    ]
    assert clock.anchor().rate == 0
    assert clock.now() == datetime(2026, 11, 23, 7, 29, 30, tzinfo=UTC)
    circle = Circle.objects.get()
    assert circle.policy == {"morning": {"ring_seconds": 30}}
    assert [round_.date.isoformat() for round_ in Round.objects.order_by("date")] == ["2026-11-23", "2026-11-24"]
    assert [member.can_ring for member in Membership.objects.order_by("position")] == [True, False]
    assert DutyShift.objects.filter(rank="primary").count() == 7
    assert Consent.objects.filter(purpose="circle", channel="visit", withdrawn_at=None).count() == 2
    absence = Absence.objects.get()
    assert (absence.first_day.isoformat(), absence.last_day and absence.last_day.isoformat()) == (
        "2026-11-23",
        "2026-11-23",
    )


def test_members_can_come_from_a_call_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "bellijst.csv"
    path.write_text(
        "Nr;Naam;Voornaam;Telefoon;Belt op\n"
        "1;Mw. Bos;Riet;013 - 000 12 11;alle dagen\n"
        "2;Dhr. Maas;Henk;013 - 000 12;alle dagen\n",
        encoding="utf-8",
    )

    answer = set_up(monkeypatch, without_members(call_list=str(path)))

    members = [one for one in answer["people"] if one["part"] == "member"]
    assert [(one["name"], one["phones"]) for one in members] == [("Riet Bos", ["+31130001211"])]
    assert Membership.objects.filter(status="needs_number").count() == 1


def test_a_call_list_without_anybody_to_ring_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "bellijst.csv"
    path.write_text("Naam;Telefoon\n", encoding="utf-8")

    assert "bellijst.csv" in refusal(monkeypatch, without_members(call_list=str(path)))

    assert not Organisation.objects.exists()


def test_nothing_is_made_of_a_description_that_does_not_hang_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for request, reason in [
        (without_members(), "give either the members or a call list"),
        ({**REQUEST, "begin": "2026-11-23T08:29:30"}, "timezone"),
        ({**REQUEST, "start": "08:30"}, "Extra inputs are not permitted"),
    ]:
        assert reason in refusal(monkeypatch, request)
    assert not Organisation.objects.exists()


def test_a_second_scenario_in_the_same_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, REQUEST)
    assert "needs one of its own" in refusal(monkeypatch, REQUEST)


def test_it_is_refused_outside_a_demo(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.RONDJE_DEMO = False
    assert "refused outside a demo" in refusal(monkeypatch, REQUEST)
    assert not Organisation.objects.exists()
