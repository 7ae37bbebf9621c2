"""The list of a trip on paper, and what was ticked there typed in afterwards."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.transport.models import ManifestEntry, Trip
from tests.integration.web.manifest.a_list import ride, tick
from tests.integration.web.mornings import at, set_time

pytestmark = pytest.mark.django_db


def test_the_list_on_paper_is_a_pdf(planner: Client, trip: Trip) -> None:
    answer = planner.get(reverse("manifest-pdf", args=[trip.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def paper(client: Client, trip: Trip, **typed: str) -> Any:
    return client.post(reverse("manifest-paper", args=[trip.pk]), typed)


def typed(name: str, way: str, **times: str) -> dict[str, str]:
    return {f"{ride(name, way).pk}-{field}": wall for field, wall in times.items()}


def test_what_was_ticked_on_paper_is_entered_with_its_true_times(planner: Client, trip: Trip) -> None:
    set_time("17:00")
    form = {**typed("Riet", "there", on_board="9:45", done="10:15"), **typed("Riet", "home", done="12:50")}
    for _again in range(2):
        assert paper(planner, trip, **form, **typed("Truus", "there", not_there="9:50")).status_code == 302
    assert ManifestEntry.objects.count() == 4
    assert {(one.channel, one.applied) for one in ManifestEntry.objects.all()} == {("paper", True)}
    assert ride("Riet", "home").done_at == at("12:50")
    assert ride("Truus").state == "not_there"


def test_what_is_wrong_on_paper_is_said_and_nothing_typed_is_lost(planner: Client, trip: Trip) -> None:
    set_time("12:00")
    for wrong, words in (
        (typed("Riet", "there", on_board="kwart voor"), "Typ een tijd zoals 9:45."),
        (typed("Riet", "there", on_board="9:45", not_there="9:50"), "Wie meereed, was er."),
        (typed("Riet", "there", on_board="9:45", done="9:15"), "Niemand komt aan voordat hij instapt."),
        (typed("Riet", "home", done="12:45"), "moet nog komen"),
    ):
        answer = paper(planner, trip, **wrong, **typed("Truus", "there", on_board="9:51"))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="9:51"' in answer.content.decode()
    assert ManifestEntry.objects.count() == 0


def was(name: str, way: str, **times: str) -> dict[str, str]:
    return {f"initial-{ride(name, way).pk}-{field}": wall for field, wall in times.items()}


def test_a_time_that_was_typed_wrongly_is_corrected_there_and_back(planner: Client, trip: Trip) -> None:
    set_time("17:00")
    paper(planner, trip, **typed("Riet", "there", on_board="9:45", done="10:15"))
    for before, then in (("9:45", "9:50"), ("9:50", "9:40"), ("9:40", "9:45"), ("9:45", "9:50")):
        stood, now_is = {"on_board": before, "done": "10:15"}, {"on_board": then, "done": "10:15"}
        paper(planner, trip, **was("Riet", "there", **stood), **typed("Riet", "there", **now_is))
        assert (ride("Riet").state, ride("Riet").on_board_at, ride("Riet").done_at) == ("done", at(then), at("10:15"))


def test_a_time_in_the_wrong_column_is_taken_back_when_it_is_typed_in_the_right_one(
    planner: Client, trip: Trip
) -> None:
    set_time("17:00")
    paper(planner, trip, **typed("Truus", "there", on_board="9:50"))
    stood = was("Truus", "there", on_board="9:50")
    paper(planner, trip, **stood, **typed("Truus", "there", on_board="", not_there="9:45"))
    assert ride("Truus").state == "not_there"


def test_a_time_that_is_emptied_is_not_forgotten_in_silence(planner: Client, trip: Trip) -> None:
    set_time("17:00")
    paper(planner, trip, **typed("Riet", "home", done="12:50"))
    answer = paper(planner, trip, **was("Riet", "home", done="12:50"), **typed("Riet", "home", done=""))
    assert answer.status_code == 422
    assert "Dit is aangevinkt: zet de tijd terug." in answer.content.decode()
    assert ride("Riet", "home").state == "done"


def test_what_was_taken_back_on_the_list_can_be_typed_again(planner: Client, trip: Trip) -> None:
    set_time("17:00")
    paper(planner, trip, **typed("Riet", "there", on_board="9:45"))
    tick(planner, trip, "Riet", "undone")
    assert ride("Riet").state == "planned"
    paper(planner, trip, **typed("Riet", "there", on_board="9:45"))
    assert (ride("Riet").state, ride("Riet").on_board_at) == ("on_board", at("9:45"))


def test_an_old_page_takes_nothing_back_that_was_ticked_meanwhile(planner: Client, trip: Trip) -> None:
    set_time("17:00")
    paper(planner, trip, **typed("Riet", "home", done="12:50"))
    old = {**was("Riet", "home", done=""), **typed("Riet", "home", done="")}
    assert paper(planner, trip, **old, **typed("Truus", "home", done="12:55")).status_code == 302
    assert {ride(name, "home").state for name in ("Riet", "Truus")} == {"done"}
