"""A coordinator plans a practice morning, calls it off, and sees who did not manage."""

import pytest
from django.test import Client

from backend.circles.models import Round, Seat
from backend.people.models import Role
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


@pytest.fixture
def staff(morning: Morning, client: Client) -> Client:
    mornings.set_time("08:50")
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    return client


def page(morning: Morning) -> str:
    return f"/circles/{morning.circle.pk}/practice/"


def test_planning_says_when_and_shows_it(staff: Client, morning: Morning) -> None:
    assert "Nog geen oefenochtend" in staff.get(f"/circles/{morning.circle.pk}/").content.decode()
    answer = staff.post(page(morning), {"day": "2026-11-24", "at": "14:00"}, follow=True)
    assert "De oefenochtend is gepland" in answer.content.decode()
    assert "24 november 2026, 14:00: gepland" in answer.content.decode()
    assert Round.with_practice.get(practice=True).planned_start.isoformat() == "2026-11-24T13:00:00+00:00"
    assert "Oefenochtenden" in staff.get("/today/").content.decode()


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        ("2026-11-22", "14:00", "Dat moment is voorbij"),
        ("2026-11-29", "14:00", "Op zondag wordt niet gebeld"),
        ("2026-11-24", "20:00", "tussen 9:00 en 18:30"),
        ("2026-11-24", "10:00", "De cirkel gaat die ochtend rond"),
        ("2026-11-24", "", "Vul de tijd in"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words_and_what_was_given_stays(
    staff: Client, morning: Morning, day: str, at: str, words: str
) -> None:
    answer = staff.post(page(morning), {"day": day, "at": at})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{day}"' in answer.content.decode()
    assert not Round.with_practice.filter(practice=True).exists()


def test_calling_off_by_a_button(staff: Client, morning: Morning) -> None:
    staff.post(page(morning), {"day": "2026-11-24", "at": "14:00"})
    planned = Round.with_practice.get(practice=True)
    answer = staff.post(page(morning), {"call_off": planned.pk}, follow=True)
    assert "De oefenochtend is afgelast" in answer.content.decode()
    assert "14:00: gepland" not in answer.content.decode()


@pytest.mark.parametrize("sent", ["²", "9" * 30, "-1"])
def test_what_is_no_practice_morning_calls_none_off(staff: Client, morning: Morning, sent: str) -> None:
    staff.post(page(morning), {"day": "2026-11-24", "at": "14:00"})
    assert staff.post(page(morning), {"call_off": sent}).status_code == 422
    assert Round.with_practice.filter(practice=True).count() == 1


def test_who_did_not_manage_is_listed_there_and_on_the_board(staff: Client, morning: Morning) -> None:
    staff.post(page(morning), {"day": "2026-11-24", "at": "14:00"})
    round_ = Round.with_practice.get(practice=True)
    for position, (name, standing) in enumerate((("Riet", "well"), ("Halil", "missed")), start=1):
        Seat.objects.create(round=round_, person=morning.person(name), position=position, standing=standing)
    Round.with_practice.filter(pk=round_.pk).update(state="closed", closed_how="received")
    results = staff.get(page(morning)).content.decode()
    assert "Bij 1 van de 2 deelnemers is het gelukt" in results
    assert "niet gelukt" in results
    board = staff.get("/today/").content.decode()
    assert "Niet gelukt: Halil Linde." in board
