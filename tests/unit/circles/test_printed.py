"""What is put on paper fits: the largest circle on two pages, nobody cut off from who has their key, a card on one."""

import io
from datetime import UTC, date, datetime, time

import pytest
from pypdf import PdfReader

from backend.circles.models import Circle
from backend.circles.printing.call_list import as_pdf
from backend.circles.scripts.life.card import Card
from backend.circles.selectors.paper import ListOnPaper, Row
from backend.circles.web import card
from backend.people.models import Contact, Organisation

NAMES = (
    *("Riet Linde", "Şükrü Yıldırım-Özdoğan", "Wilhelmina Maria van den Berghe-Oosterwijk van Nassau"),
    *("Małgorzata Brzęczyszczykiewicz", "Co Bos", "Fatima Aït Addi", "Jan", "Mevrouw Đặng Thị Hồng"),
    *("Sjef de Vries", "Truus", "Hendrik-Jan van der Zandschulp", "İbrahim Çelik", "Łucja Żółć", "Annie"),
)
NEIGHBOUR = Contact(name="Buurvrouw Janssen", relation="buurvrouw", phone="+31130009077", has_key=True)
SON = Contact(name="Mehmet Yıldırım", relation="zoon", phone="+31600001234")


def the_list(**settings: object) -> list[str]:
    organisation = Organisation(name="Welzijn Oost", duty_phone="+31130009001")
    circle = Circle(organisation=organisation, name="De Linde", start_time=time(8, 30), policy={"morning": settings})
    rows = tuple(
        Row(
            name=name,
            given_name=name.split()[0],
            phones=() if name == "Truus" else ("+31130001301", "+31600001301")[: 1 + number % 2],
            address="Lindelaan 1, 5000 AA Tilburg",
            contacts=(NEIGHBOUR, SON)[: 1 + number % 2],
            state="expected",
            at=None,
        )
        for number, name in enumerate(NAMES)
    )
    wanted = ListOnPaper(
        organisation=organisation,
        circle=circle,
        day=date(2026, 11, 23),
        starts_at=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
        duty=("Anneke de Vries 06 0000 01 00",),
        rows=rows,
        broke_off=False,
    )
    return _pages(as_pdf(wanted, datetime(2026, 11, 22, 18, tzinfo=UTC)))


def a_card(mode: str, circle: str = "De Linde", language: str = "nl") -> list[str]:
    shown = Card(circle, "Welzijn Oost", "013 000 90 00", "013 000 90 01", "8:30", language, mode)
    return _pages(card.printed(shown, printed_at=datetime(2026, 11, 22, 19, tzinfo=UTC)))


def _pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_largest_circle_is_on_two_pages_with_every_name() -> None:
    pages = the_list()
    assert len(pages) == 2
    for name in NAMES:
        assert name in pages[0]
        assert f"{name}. Lindelaan 1" in pages[1]


def test_nobody_is_on_another_page_than_who_has_their_key() -> None:
    for page in the_list(retry_after_minutes=[3, 5, 8, 10, 12, 15, 20]):
        _before, *entries = page.split(". Lindelaan 1, 5000 AA Tilburg ")
        assert all(entry.startswith("Buurvrouw Janssen 013 000 90 77: heeft een sleutel") for entry in entries)


def test_who_has_no_number_is_said_to_have_none() -> None:
    assert "Truus geen nummer bekend" in the_list()[0]


def test_when_to_ring_again_is_what_the_circle_has_chosen() -> None:
    assert "bel wie niet opnam na 2, 5 en 9 minuten nog eens" in " ".join(the_list(retry_after_minutes=[2, 5, 9]))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", ["bridged", "own_phone", "star"])
def test_a_card_is_one_page_also_for_a_circle_with_a_long_name(mode: str, language: str) -> None:
    assert len(a_card(mode, "De Linde en de Beuk aan de Wilhelminasingel", language)) == 1


def test_a_card_names_the_keys_of_its_own_kind_of_circle() -> None:
    assert "Druk op 2: ik maak mij zorgen." in a_card("bridged")[0]
    assert "Druk op 2: ik wil dat de vrijwilliger mij belt." in a_card("star")[0]
    own_phone = a_card("own_phone")[0]
    assert "Druk op 3: ik ben gebeld, maar de volgende neemt niet op." in own_phone
    assert "Druk op 4: niemand heeft mij gebeld." in own_phone
