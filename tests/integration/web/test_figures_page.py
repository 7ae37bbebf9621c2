"""Figures on a page and in a spreadsheet: for planners and readers, small cells hidden, never a formula."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.people.models import Organisation, Role
from backend.transport.models import Area, MonthlyCosts, Trip
from tests.integration.web import mornings
from tests.integration.web.mornings import signed_in
from tests.support.underway import an_outing

OCTOBER = mornings.MONDAY.date().replace(month=10, day=6)
EIGHT, TWO = 8, 2


@pytest.fixture
def october(organisation: Organisation) -> None:
    """Eight people rode in one area, two in another, whose name is a formula; a trip this month, too."""
    for number, people in enumerate((EIGHT, TWO)):
        outing = an_outing(organisation, day=OCTOBER + timedelta(days=number))
        for guest in range(people):
            outing.passenger(f"gast{number}{guest}", f"+31130001{number}{guest:02}", there="done", home="done")
        area = Area.objects.get_or_create(organisation=organisation, name=("Oost", "=1+1")[number])[0]
        Trip.objects.filter(pk=outing.trip.pk).update(state="closed", area=area, odometer_km=20)
    an_outing(organisation, day=mornings.MONDAY.date())


def sheet(client: Client) -> list[dict[str, str]]:
    answer = client.get("/bus/figures/csv/")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_reader_sees_counts_of_months_that_are_over_and_small_ones_hidden(
    organisation: Organisation, october: None
) -> None:
    reader = signed_in(organisation, Role.Kind.READER)
    words = reader.get("/bus/figures/").content.decode()
    assert "oktober 2026" in words
    assert "november 2026" not in words
    assert "Gast00" not in words and "Wat de bus kostte" not in words
    rows = {row["Wijk"]: row for row in sheet(reader)}
    # Who could subtract would find the two: so nobody is told the eight either.
    assert rows["Oost"]["Verschillende mensen"] == rows["'=1+1"]["Verschillende mensen"] == "verborgen"
    assert rows["Alle wijken"]["Verschillende mensen"] == "10"
    assert rows["Oost"]["Gereden ritten"] == "1"


def test_a_planner_enters_costs_and_sees_what_a_ride_costs(organisation: Organisation, october: None) -> None:
    planner = signed_in(organisation, Role.Kind.BUS_PLANNER)
    words = planner.post("/bus/figures/", {"month": "2026-10", "cents": "500"}, follow=True).content.decode()
    assert "De kosten zijn bewaard" in words
    assert MonthlyCosts.objects.get().cents == 50_000
    row = next(row for row in sheet(planner) if row["Wijk"] == "Alle wijken" and row["Maand"] == "2026-10")
    assert (row["Ritten (enkele reizen)"], row["Kosten per rit van één persoon, in euro"]) == ("20", "25.0")


def test_a_reader_enters_no_costs(organisation: Organisation) -> None:
    reader = signed_in(organisation, Role.Kind.READER)
    assert reader.post("/bus/figures/", {"month": "2026-10", "cents": "500"}).status_code == 403
    assert not MonthlyCosts.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"month": "oktober", "cents": "5"}, "Geef de maand, zoals 2026-11."),
        ({"month": "2026-10", "cents": "veel"}, "Geef een bedrag, zoals 2,50."),
    ],
)
def test_costs_that_are_none_are_refused_in_words(
    organisation: Organisation, given: dict[str, str], words: str
) -> None:
    answer = signed_in(organisation, Role.Kind.BUS_PLANNER).post("/bus/figures/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_workbook_holds_texts_and_numbers_and_no_formula(organisation: Organisation, october: None) -> None:
    answer = signed_in(organisation, Role.Kind.READER).get("/bus/figures/xlsx/")
    page = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "'=1+1" in [cell.value for cell in cells]
    assert page["A2"].value == "2026-10"


def test_there_is_no_other_kind_of_file(organisation: Organisation) -> None:
    assert signed_in(organisation, Role.Kind.READER).get("/bus/figures/exe/").status_code == 404
