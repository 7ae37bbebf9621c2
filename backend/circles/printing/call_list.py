"""The call list as a PDF, and as a short text."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.circles.printing.words import WORDS
from backend.circles.selectors.paper import ListOnPaper, Row
from backend.circles.selectors.settings import policy_of, zone_of
from backend.common.languages import in_language
from backend.common.paper import BODY, LARGE, Column, Paper
from backend.people.domain.days import NAMES
from backend.people.domain.telephone import format_for_people

MANY = 10
"""Members: more than so many are printed a little smaller, so that the largest circle is on two pages."""


def words_of(language: str) -> dict[str, Any]:
    """The words in a language; the Dutch ones where there are none."""
    return in_language(WORDS, language)


def as_pdf(wanted: ListOnPaper, now: datetime) -> bytes:
    """The list to print: the order of the ring with room to tick, then addresses and key holders. `now` is UTC."""
    language = wanted.organisation.language
    said, zone = words_of(language), zone_of(wanted.circle)
    title = said["title"].format(circle=wanted.circle.name)
    paper = Paper(title=title, language=language, printed_at=now.astimezone(zone), foot=wanted.organisation.name)
    paper.heading(title)
    weekday = NAMES.get(language, NAMES["nl"])[0][wanted.day.weekday()]
    begin = wanted.starts_at.astimezone(zone)
    paper.paragraph(
        said["day"].format(weekday=weekday, day=f"{wanted.day:%d-%m-%Y}", time=f"{begin:%H:%M}"), size=LARGE
    )
    paper.paragraph(said["duty"].format(names=", ".join(wanted.duty)) if wanted.duty else said["nobody"])
    if wanted.broke_off:
        paper.paragraph(said["broke_off"], bold=True)
    columns = [Column("", 4), Column(said["name"], 26), Column(said["phone"], 24)]
    columns += [Column(said["well"], 8), Column(said["time"], 14)]
    rows = [_row(number, row, said, zone) for number, row in enumerate(wanted.rows, start=1)]
    paper.grid(columns, rows, size=LARGE if len(rows) <= MANY else BODY)
    paper.heading(said["what"], size=15)
    duty_phone = format_for_people(wanted.organisation.duty_phone)
    again = _listed([str(minutes) for minutes in policy_of(wanted.circle).retry_after_minutes], said["and"])
    paper.steps([step.format(duty_phone=duty_phone, again=again) for step in said["steps"]])
    paper.heading(said["near"], size=15)
    for row in wanted.rows:
        if row.state != "excused":
            paper.entry(f"{row.name}. {row.address or said['no_address']}", _near(row, said))
    return paper.finished()


def as_text(wanted: ListOnPaper) -> str:
    """First names and numbers only, of those who are to be rung, for a telephone that may lie on a table."""
    said = words_of(wanted.organisation.language)
    waiting = [row for row in wanted.rows if row.state == "expected"]
    listed = ", ".join(
        f"{number} {row.given_name} {format_for_people(row.phones[0]) if row.phones else '-'}"
        for number, row in enumerate(waiting, start=1)
    )
    return str(said["text"].format(circle=wanted.circle.name, day=f"{wanted.day:%d-%m}", list=listed))


def _listed(words: list[str], last: str) -> str:
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _row(number: int, row: Row, said: dict[str, Any], zone: ZoneInfo) -> list[str]:
    phones = "\n".join(format_for_people(phone) for phone in row.phones) or said["no_phone"]
    if row.state == "excused":
        return [str(number), row.name, said["away"], "–", "–"]
    if row.state == "well":
        when = f"{row.at.astimezone(zone):%H:%M}" if row.at else ""
        return [str(number), row.name, phones, "✓", when]
    return [str(number), row.name, phones, "", said["case"] if row.state == "incident" else ""]


def _near(row: Row, said: dict[str, Any]) -> list[str]:
    if not row.contacts:
        return [said["nobody_near"]]
    lines = []
    for one in row.contacts:
        is_said = one.relation.lower() in one.name.lower()
        relation = "" if is_said else f" ({one.relation})"
        number = f" {format_for_people(one.phone)}" if one.phone else ""
        lines.append(f"{one.name}{relation}{number}: {said['key'] if one.has_key else said['no_key']}")
    return lines
