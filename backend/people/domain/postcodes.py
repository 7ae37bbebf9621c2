"""Reading a list of postcodes with their middles: a bad row spoils no good one. Pure."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

POSTCODE = re.compile(r"[1-9]\d{3}([A-Z]{2})?")
COLUMNS = ("postcode", "latitude", "longitude")


@dataclass(frozen=True)
class Middle:
    """The middle of a postcode such as 5041 or 5041AB: degrees, WGS 84."""

    postcode: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class BadRow:
    """A line of the file (counted from 1) that cannot be used, and why, in words."""

    line: int
    why: str


def read(lines: Iterable[str]) -> tuple[list[Middle], list[BadRow]]:
    """What can be used of a file with a heading (postcode, latitude, longitude; commas or semicolons), and what not.

    A postcode that comes twice counts as it came last.
    """
    rows = list(lines)
    heading = rows[0].lstrip("\ufeff").strip().lower() if rows else ""
    delimiter = ";" if ";" in heading else ","
    names = [name.strip() for name in heading.split(delimiter)]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        return [], [BadRow(1, f"the heading lacks {', '.join(missing)}; it must name postcode, latitude, longitude")]
    places = [names.index(name) for name in COLUMNS]
    good: dict[str, Middle] = {}
    bad: list[BadRow] = []
    for number, cells in enumerate(csv.reader(rows[1:], delimiter=delimiter), start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found = _middle(cells, places)
        if isinstance(found, Middle):
            good[found.postcode] = found
        else:
            bad.append(BadRow(number, found))
    return list(good.values()), bad


def _middle(cells: list[str], places: list[int]) -> Middle | str:
    if len(cells) <= max(places):
        return "it has too few columns"
    postcode, *written = (cells[place].strip() for place in places)
    postcode = "".join(postcode.split()).upper()
    if not POSTCODE.fullmatch(postcode):
        return f"'{postcode}' is no postcode such as 5041 or 5041AB"
    try:
        latitude, longitude = (float(text.replace(",", ".")) for text in written)
    except ValueError:
        return f"'{written[0]}', '{written[1]}' are no degrees"
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return f"{latitude}, {longitude} is no place on earth"
    return Middle(postcode, latitude, longitude)
