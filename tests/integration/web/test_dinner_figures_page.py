"""Figures of the dinners on a page and in a spreadsheet: counts of months that are over, small cells hidden."""

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from backend.meals.models import Evening, Reservation, Resto
from backend.people.models import Organisation, Role
from tests.integration.web import mornings
from tests.integration.web.mornings import signed_in
from tests.support import restos

OCTOBER = date(2026, 10, 6)
EIGHT, TWO = 8, 2


@pytest.fixture
def october(organisation: Organisation) -> None:
    """Eight people ate at one resto; two at another, whose name is a formula."""
    table = restos.a_resto_of(organisation)
    other = Resto.objects.create(organisation=organisation, name="=1+1", slug="formule", chairs=20)
    for number, people in enumerate((EIGHT, TWO)):
        evening = table.evening(OCTOBER + timedelta(days=number))
        for guest in range(people):
            row = table.reserves(evening, f"Gast {number}{guest}", restos.at("09:00", OCTOBER - timedelta(days=1)))
            Reservation.objects.filter(pk=row.pk).update(arrived_at=evening.doors_at, arrived_covers=1)
        Evening.objects.filter(pk=evening.pk).update(state="closed", resto=(table.resto, other)[number])


def test_a_reader_sees_counts_of_months_that_are_over_and_small_ones_hidden(
    organisation: Organisation, october: None
) -> None:
    reader = signed_in(organisation, Role.Kind.READER)
    words = reader.get("/resto/figures/").content.decode()
    assert "oktober 2026" in words
    assert "november 2026" not in words
    assert "Gast 00" not in words
    answer = reader.get("/resto/figures/csv/")
    rows = {row["Resto"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    # Who could subtract would find the two: so nobody is told the eight either.
    for name in ("De Lange Tafel", "'=1+1"):
        assert (rows[name]["Gasten die aten"], rows[name]["Bezette stoelen, in procenten"]) == (
            "verborgen",
            "verborgen",
        )
        assert rows[name]["Avonden gehouden"] == "1"
    assert rows["Alle resto's"]["Gasten die aten"] == "10"


def test_who_runs_the_dinners_sees_this_month_too_and_takes_a_workbook_along(
    organisation: Organisation, october: None
) -> None:
    manager = signed_in(organisation, Role.Kind.RESTO_MANAGER)
    assert "november 2026" in manager.get("/resto/figures/").content.decode()
    page = load_workbook(io.BytesIO(manager.get("/resto/figures/xlsx/").content)).active
    assert page is not None
    assert page.cell(row=1, column=2).value == "Resto"
    assert manager.get("/resto/figures/pdf/").status_code == 404
    assert "Cijfers van de etentjes" in manager.get("/manage/").content.decode()


def test_other_organisations_and_other_roles_see_none(organisation: Organisation, october: None) -> None:
    assert signed_in(organisation, Role.Kind.CREW).get("/resto/figures/").status_code == 403
    elsewhere = signed_in(mornings.an_organisation("anders", "Samen West"), Role.Kind.RESTO_MANAGER)
    assert elsewhere.get("/resto/figures/?organisation=welzijn").status_code == 404
