"""Call lists made in the test, as CSV in an encoding of choice or as a real workbook."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from backend.circles.domain.call_list import CallList, find_header, read_table, understand

ReadCsv = Callable[..., CallList]


def call_list(data: bytes, filename: str) -> CallList:
    table = read_table(data, filename)
    return understand(table, find_header(table))


@pytest.fixture
def read_csv() -> ReadCsv:
    def read(text: str, encoding: str = "utf-8") -> CallList:
        return call_list(text.encode(encoding), "lijst.csv")

    return read


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    def make(**sheets: Sequence[Sequence[Any]]) -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        packed = io.BytesIO()
        book.save(packed)
        return packed.getvalue()

    return make


@pytest.fixture
def read_xlsx() -> Callable[[bytes], CallList]:
    return lambda data: call_list(data, "lijst.xlsx")
