"""Paper comes out with every letter of people's names, in sizes that can be read, and says when it was printed."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from backend.common.paper import BODY, Column, Paper

NAMES = (
    "Şükrü Ağaoğlu · Łukasz Wójcik · Čeněk Ďuriš · Zoë Müller-Brontë · Iñigo Öz · ĳsbrand · Ömer Kılıç · Стефан · Ελένη"
)


def a_paper(language: str = "nl") -> Paper:
    printed = datetime(2026, 11, 23, 19, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    return Paper(title="Bellijst", language=language, printed_at=printed, foot="Welzijn Oost")


def pages_of(paper: Paper) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(paper.finished())).pages]


def test_every_letter_of_peoples_names_is_on_the_paper(caplog: pytest.LogCaptureFixture) -> None:
    paper = a_paper()
    paper.paragraph(NAMES)
    paper.heading(NAMES)
    assert "".join(NAMES.split()) in "".join(pages_of(paper)[0].split())
    assert "missing" not in caplog.text  # the library logs every letter that a font does not have


def test_each_page_says_which_it_is_of_how_many_and_when_it_was_printed() -> None:
    paper = a_paper()
    paper.grid([Column("Wie", 3), Column("Goed", 1)], [[f"Lid {number}", ""] for number in range(60)])
    pages = pages_of(paper)
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"Pagina {number} van {len(pages)}" in text
        assert "Welzijn Oost · Afgedrukt 23-11-2026 19:00" in text
        assert "Wie" in text  # the heading of the table comes again


def test_a_paper_in_english_is_in_english() -> None:
    paper = a_paper("en")
    paper.paragraph("Ring everybody.")
    assert "Page 1 of 1" in pages_of(paper)[0]


def test_a_language_without_words_of_its_own_gets_the_dutch_ones() -> None:
    paper = a_paper("pl")
    paper.paragraph("Wszystko dobrze.")
    assert "Pagina 1 van 1" in pages_of(paper)[0]


def test_a_row_and_a_step_are_never_cut_in_two() -> None:
    paper = a_paper()
    for _paragraph in range(30):
        paper.paragraph("Bel iedereen.", size=BODY)
    long = "Bel wie er dienst heeft, en daarna wie er een sleutel heeft. " * 6
    paper.steps([f"Begin{number} {long} Eind{number}" for number in range(6)])
    for text in pages_of(paper):
        for number in range(6):
            assert (f"Begin{number} " in text) == (f"Eind{number}" in text)


def test_a_table_with_its_heading_goes_to_the_next_page_rather_than_into_two_pieces() -> None:
    paper = a_paper()
    for _paragraph in range(28):
        paper.paragraph("Bel iedereen.", size=BODY)
    columns = [Column("Gerecht", 3), Column("Aantal", 1)]
    paper.titled_grid("Hoofdgerecht", columns, [[f"Stamppot {number}", "4"] for number in range(8)])
    first, second = pages_of(paper)
    assert "Hoofdgerecht" not in first
    assert all(words in second for words in ("Hoofdgerecht", "Stamppot 0", "Stamppot 7"))


def test_a_table_longer_than_a_page_is_all_there() -> None:
    paper = a_paper()
    paper.titled_grid("Gasten", [Column("Wie", 3)], [[f"Gast {number}"] for number in range(80)])
    pages = pages_of(paper)
    text = " ".join(pages)
    assert "Gast 0" in pages[0]
    assert all(f"Gast {number}" in text for number in range(80))
