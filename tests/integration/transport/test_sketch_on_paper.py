"""The drawing of a route on paper."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from backend.common.paper import Paper
from backend.events import clock
from backend.transport.domain.places import Place
from backend.transport.domain.sketch import sketch
from backend.transport.printing import manifest
from backend.transport.printing.sketch import draw
from backend.transport.selectors.manifest import manifest_of
from tests.integration.web import mornings
from tests.support.buses import a_bus
from tests.support.rides import a_full_trip

GARAGE, MARKET = Place(51.56, 5.09), Place(51.555, 5.08)
DOORS = [Place(51.58, 5.085), Place(51.56, 5.12), Place(51.54, 5.085)]


def on_paper(copies: int) -> PdfReader:
    paper = Paper(title="Route", language="nl", printed_at=datetime(2026, 11, 23, 17, tzinfo=UTC))
    for _copy in range(copies):
        draw(paper, sketch(GARAGE, MARKET, [DOORS[:2], DOORS[2:]]), width=120)
        paper.paragraph("Eronder.")
    return PdfReader(BytesIO(paper.finished()))


def test_numbers_and_scale_can_be_read() -> None:
    [page] = on_paper(1).pages
    text = page.extract_text()
    assert all(word in text for word in ("1", "2", "3", "2 km", "Eronder."))


def test_a_drawing_is_never_cut_in_two() -> None:
    assert [page.extract_text().count("2 km") for page in on_paper(4).pages] == [2, 2]


@pytest.mark.django_db
def test_the_list_of_driver_and_host_has_the_drawing_with_the_numbers_of_the_list(settings: Any) -> None:
    settings.RONDJE_DEMO = True
    mornings.set_time("08:30")
    trip = a_full_trip(a_bus(mornings.an_organisation()))
    pdf = manifest.as_pdf(manifest_of(trip, clock.now()), clock.now())
    paper = PdfReader(BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert "1. Aaltje Linde" in text
    assert "5. Cor Linde" in text
    assert "Ruit: De markt." in text
    assert "Afgedrukt 23-11-2026 08:30" in text
    assert text.count("500 m") == 2, "a scale under each way"
    assert len(paper.pages) == 2
