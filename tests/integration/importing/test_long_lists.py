"""A list as long as a list may be: each row costs the same few queries."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.importing.conftest import HEADER, Desk, row

QUERIES_A_ROW = 10
QUERIES_BESIDES = 90
QUERIES_A_DUTY = 8
"""A volunteer's duty of a weekday: their hold, its row, its event, who stands there already, who is to hear of it."""

WORK = 60.0
"""Seconds of the processor, our own: what others do on the machine is not counted."""


def rows(count: int) -> str:
    names = (row(place, f"Mw. Lid{place}", "An", f"013-00{place:05}") for place in range(1, count + 1))
    return HEADER + "".join(names)


def queries_for(desk: Desk, count: int, circle: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        desk.imports_new(rows(count), circle=circle)
    return len(queries)


def test_each_new_row_costs_a_constant_number_of_queries(desk: Desk) -> None:
    few, many = queries_for(desk, 5, "Vijf"), queries_for(desk, 50, "Vijftig")
    assert many - few <= 45 * QUERIES_A_ROW
    assert few <= 5 * QUERIES_A_ROW + 7 * QUERIES_A_DUTY + QUERIES_BESIDES


def test_importing_again_costs_the_same_however_long_the_list_is(desk: Desk) -> None:
    desk.imports_new(rows(5), circle="Vijf")
    desk.imports_new(rows(50), circle="Vijftig")
    assert queries_for(desk, 5, "Vijf") == queries_for(desk, 50, "Vijftig") <= QUERIES_BESIDES


def test_two_thousand_rows_are_stored_and_met_again(desk: Desk) -> None:
    begin = time.process_time()
    assert "1999 leden opgeslagen in de ring" in desk.imports_new(rows(1999)).summary
    assert "1999 ongewijzigd" in desk.imports_new(rows(1999)).summary
    assert time.process_time() - begin < WORK
