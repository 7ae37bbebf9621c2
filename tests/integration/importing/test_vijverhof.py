"""The list of De Vijverhof as a coordinator handed it in, where that file is at hand."""

from pathlib import Path

import pytest

from backend.circles.domain.call_list import compare
from backend.circles.models import Membership
from backend.circles.services.importing import entry_of, read_call_list
from backend.events.models import Event
from backend.people.models import Person
from tests.integration.importing.conftest import ANNEKE, Desk

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
CSV, XLSX = DATA / "telefooncirkel_vijverhof.csv", DATA / "telefooncirkel_vijverhof.xlsx"

pytestmark = pytest.mark.skipif(
    not (CSV.exists() and XLSX.exists()), reason="the Vijverhof list is not on this machine"
)


def test_the_vijverhof_goes_round(desk: Desk) -> None:
    answer = desk.imports(CSV, "--start=08:30", "--weekdays=daily", f"--volunteer={ANNEKE}", circle="De Vijverhof")
    assert answer.status == 1
    assert answer.summary == (
        "Samenvatting: 8 leden opgeslagen in de ring, 1 op de wachtlijst, 1 heeft een nummer nodig, "
        "0 ongewijzigd, 0 met verschillen, 3 rijen om na te kijken."
    )
    assert desk.ring("De Vijverhof") == [
        (1, "Riet van den Heuvel", "active"),
        (2, "Halil Özdemir", "active"),
        (3, "Truus Janssen-de Wit", "active"),
        (4, "Sjef Peeters", "active"),
        (5, "Annie Bakker", "active"),
        (6, "Nel Verhoeven", "active"),
        (7, "Fatima El Amrani", "active"),
        (8, "Wim de Groot", "active"),
        (9, "Mien Claassen", "needs_number"),
        (10, "Jo Smulders", "waiting"),
    ]
    assert [one.person.given_name for one in Membership.objects.filter(can_ring=False)] == ["Wim"]
    assert [one.given_name for one in Person.objects.filter(ring_longer=True)] == ["Riet"]
    assert desk.person("Verhoeven").contacts.get(position=1).key_note == "kluisje 4-cijferig"


@pytest.mark.parametrize(("first", "second"), [(CSV, XLSX), (XLSX, CSV)], ids=["xlsx after csv", "csv after xlsx"])
def test_the_same_list_in_the_other_format_changes_nothing(desk: Desk, first: Path, second: Path) -> None:
    desk.imports_new(first, circle="De Vijverhof")
    before = (desk.ring("De Vijverhof"), Person.objects.count(), Event.objects.count())
    again = desk.imports_new(second, circle="De Vijverhof")
    assert again.status == 1
    assert "10 ongewijzigd, 0 met verschillen, 3 rijen om na te kijken" in again.summary
    assert not [line for line in again.lines if "verschil " in line]
    assert (desk.ring("De Vijverhof"), Person.objects.count(), Event.objects.count()) == before


def test_what_was_stored_can_be_read_back_as_the_list_said_it(desk: Desk) -> None:
    desk.imports_new(CSV, circle="De Vijverhof")
    stored = Membership.objects.select_related("person").order_by("position")
    said = [entry for _row, entry in read_call_list(CSV).to_store()]
    assert [compare(entry_of(one), entry) for one, entry in zip(stored, said, strict=True)] == [()] * 10
