"""One row of a call list: whether it is about a member, and what it says about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from backend.circles.domain.call_list.cells import (
    LONGEST_CELL,
    LONGEST_NOTES,
    SPREADSHEET_ERRORS,
    clean,
    looks_garbled,
    looks_like_formula,
    read_key,
    read_place,
    read_postcode,
    split_address,
)
from backend.circles.domain.call_list.contacts import ContactReader, mentions_relation
from backend.circles.domain.call_list.entries import EVERY_DAY, MemberEntry, MemberStatus, PhoneEntry
from backend.circles.domain.call_list.findings import Code, Notebook
from backend.circles.domain.call_list.header import Column, Columns
from backend.circles.domain.call_list.headings import NAME_FIELDS, PHONE_FIELDS, Field
from backend.circles.domain.call_list.remarks import is_rung_only, report_remark, wants_long_ringing
from backend.circles.domain.call_list.table import TableRow
from backend.circles.domain.call_list.weekdays import DaysRead, read_weekdays
from backend.people.domain.names import (
    PersonName,
    names_two_people,
    read_full_name,
    read_name,
    read_title,
)
from backend.people.domain.telephone import NumberReading, format_for_people, read_numbers

# The longest texts that are kept, in characters, by what they are; elsewhere LONGEST_CELL.
LONGEST: dict[Field, int] = {
    Field.NOTES: LONGEST_NOTES,
    Field.UNKNOWN: LONGEST_NOTES,
    Field.CONTACT_NAME: 600,
    Field.STREET: 150,
    Field.HOUSE_NUMBER: 45,
    Field.PLACE: 80,
}
LONGEST_GIVEN_NAME = 80
LONGEST_FAMILY_NAME = 120
LONGEST_POSTCODE = 12
WAITING = re.compile(r"wacht ?lijst|wachtend\w*|\bwl\b|waiting(?: list)?|reserve\w*", re.IGNORECASE)
NO_VALUE = re.compile(r"[-–—./\s]*|geen|none|n\.?v\.?t\.?|n/?a", re.IGNORECASE)
_POSTCODE_AND_PLACE = re.compile(r"([1-9]\d{3}\s*[A-Za-z]{2})[\s,]+(\S.*)", re.DOTALL)
_NAME_PARTS = NAME_FIELDS | {Field.INITIALS}
_IN_THE_RING = re.compile(r"actief|active|lid|member|ja|doet mee|deelnemer|nee|", re.IGNORECASE)


@dataclass(slots=True)
class RowReader:
    """Reads one row with the columns of its list; findings gather in `notebook`."""

    row: TableRow
    columns: Columns
    country: str
    notebook: Notebook = field(default_factory=Notebook)
    remarks: list[str] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {column.index for column in self.columns.columns}
        beyond = (Column(index, "", Field.UNKNOWN) for index in range(len(self.row.cells)) if index not in known)
        self.texts = {column.index: self._clean(column) for column in (*self.columns.columns, *beyond)}

    def text(self, column: Column) -> str:
        """The clean text of a column in this row."""
        return self.texts[column.index]

    def cell(self, *fields: Field) -> str:
        """The clean text of the member's columns with these fields, joined by spaces."""
        return " ".join(filter(None, (self.text(column) for column in self.columns.of(*fields))))

    @property
    def name_text(self) -> str:
        return self.cell(*_NAME_PARTS)

    @property
    def position_text(self) -> str:
        return self.cell(Field.POSITION)

    @property
    def filled(self) -> list[str]:
        return [text for text in self.texts.values() if text]

    @property
    def says_waiting(self) -> bool:
        """Whether the row itself says "wachtlijst", as its number or its status."""
        status = self.cell(Field.STATUS)
        ticked = any(WAITING.search(c.heading) for c in self.columns.of(Field.STATUS)) and read_key(status).has_key
        return bool(WAITING.match(self.position_text) or WAITING.match(status) or ticked)

    def names_contact(self) -> bool:
        """Whether a contact's column is filled."""
        return any(self.text(column) for column in self.columns.columns if column.contact)

    def tells_of_somebody(self) -> bool:
        """Whether the row has a number or an address, so that a person may be missing a name."""
        return bool(self.cell(*PHONE_FIELDS, Field.ADDRESS, Field.STREET, Field.POSTCODE))

    def entry(self, waiting: bool) -> MemberEntry:
        """The member in this row; the place in the ring is decided when all rows are known."""
        name = self._name()
        phones = self._phones()
        address, postcode, place = self._address()
        weekdays = self._weekdays()
        status_text = self.cell(Field.STATUS)
        if not WAITING.match(status_text) and not _IN_THE_RING.fullmatch(status_text):
            self.remarks.append(status_text)
        position_text = self.position_text
        if re.search(r"[^\W\d_]{2,}", position_text) and not WAITING.match(position_text):
            self.remarks.append(position_text)
        own = frozenset(phone.e164 for phone in phones)
        none_reachable = self.notebook.assume if waiting else self.notebook.ask
        reader = ContactReader(self.columns, self.text, own, self.country, self.notebook, none_reachable)
        contacts = reader.read()
        self.remarks += reader.remarks
        remark = "\n".join(self.text(column) for column in self.columns.of(Field.NOTES) if self.text(column))
        report_remark(remark, self.notebook)
        if not phones:
            self.notebook.ask(Code.NO_USABLE_NUMBER, name=f"{name.given} {name.family}".strip())
        return MemberEntry(
            title=name.title,
            given_name=name.given,
            family_name=name.family,
            phones=phones,
            address=address,
            postcode=postcode,
            place=place,
            weekdays=weekdays,
            contacts=contacts,
            can_ring=not is_rung_only(remark),
            ring_longer=wants_long_ringing(remark),
            notes=self._notes(remark),
            status=self._status(phones, waiting),
        )

    def _status(self, phones: tuple[PhoneEntry, ...], waiting: bool) -> MemberStatus:
        if waiting:
            self.notebook.understand(Code.WAITING_LIST)
            return MemberStatus.WAITING
        return MemberStatus.ACTIVE if phones else MemberStatus.NEEDS_NUMBER

    def _clean(self, column: Column) -> str:
        cleaned = clean(self.row.cell(column.index), LONGEST.get(column.field, LONGEST_CELL))
        text = cleaned.text
        if cleaned.removed:
            self.notebook.assume(Code.INVISIBLE_SIGNS_REMOVED, column=column.label, count=cleaned.removed)
        if cleaned.cut:
            self.notebook.ask(Code.TEXT_CUT, column=column.label, count=cleaned.cut)
        if text.casefold() in SPREADSHEET_ERRORS:
            self.notebook.ask(Code.SPREADSHEET_ERROR, column=column.label, text=text)
            return ""
        if looks_garbled(text):
            self.notebook.ask(Code.TEXT_GARBLED, column=column.label, text=text)
        if looks_like_formula(text):
            self.notebook.assume(Code.FORMULA_AS_TEXT, column=column.label)
        return text

    def _name(self) -> PersonName:
        family = self.cell(Field.FAMILY_NAME) or self.cell(Field.NAME)
        given, initials = self.cell(Field.GIVEN_NAME), self.cell(Field.INITIALS)
        if given and initials:
            self.remarks.append(f"{self.columns.of(Field.INITIALS)[0].label}: {initials}")
        given = given or initials
        if not family:
            family, given = given, ""
        prefix = self.cell(Field.NAME_PREFIX)
        if given or prefix or self.columns.of(Field.FAMILY_NAME):
            name = read_name(family.replace("\n", " "), given.replace("\n", " "), prefix)
        else:
            name = read_full_name(family.replace("\n", " "))
        title = read_title(self.cell(Field.TITLE)) or name.title
        if names_two_people(f"{self.cell(Field.TITLE)} {family}"):
            self.notebook.ask(Code.TWO_PEOPLE_IN_ONE_ROW, text=family)
        if name.split:
            self.notebook.assume(Code.NAME_SPLIT, text=family, given=name.given, family=name.family)
        given_kept = self._fit(name.given, LONGEST_GIVEN_NAME, "voornaam")
        family_kept = self._fit(name.family, LONGEST_FAMILY_NAME, "naam")
        self.notebook.understand(Code.NAME_READ, name=" ".join(filter(None, (title, given_kept, family_kept))))
        return PersonName(title, given_kept, family_kept)

    def _phones(self) -> tuple[PhoneEntry, ...]:
        phones: dict[str, PhoneEntry] = {}
        for column in sorted(self.columns.of(*PHONE_FIELDS), key=lambda one: one.index):
            reading = read_numbers(self.text(column), self.country)
            self._report_numbers(column, reading)
            for number in reading.numbers:
                phones.setdefault(number.e164, PhoneEntry(number.e164, number.kind, number.as_written))
        for phone in phones.values():
            shown = format_for_people(phone.e164, self.country)
            self.notebook.understand(Code.NUMBER_READ, number=shown, kind=phone.kind)
        return tuple(phones.values())

    def _report_numbers(self, column: Column, reading: NumberReading) -> None:
        if len(reading.numbers) > 1:
            self.notebook.understand(Code.TWO_NUMBERS_IN_CELL, column=column.label, count=len(reading.numbers))
        for number in reading.numbers:
            if number.restored:
                code = Code.ZERO_RESTORED if number.restored == "zero" else Code.COUNTRY_CODE_RESTORED
                shown = format_for_people(number.e164, self.country)
                self.notebook.assume(code, text=number.as_written, number=shown)
        for refused in reading.refused:
            self.notebook.ask(Code.NUMBER_REFUSED, text=refused.as_written, reason=refused.reason.value)
            self.remarks.append(f"{column.label}: {refused.as_written}")
        if reading.remark and not NO_VALUE.fullmatch(reading.remark):
            self.remarks.append(f"{column.label}: {reading.remark}")
            if mentions_relation(reading.remark):
                self.notebook.ask(Code.NUMBER_OF_SOMEBODY_ELSE, column=column.label, text=reading.remark)
            if not reading.numbers and not reading.refused:
                self.notebook.assume(Code.NO_NUMBER_IN_CELL, column=column.label, text=reading.remark)

    def _address(self) -> tuple[str, str, str]:
        whole = self.cell(Field.ADDRESS)
        postcode_text, place_text = self.cell(Field.POSTCODE), self.cell(Field.PLACE)
        street, inner_postcode, inner_place = split_address(whole) if not postcode_text else (whole, "", "")
        parts = (street, self.cell(Field.STREET), self.cell(Field.HOUSE_NUMBER))
        address = self._fit(" ".join(filter(None, parts)).replace("\n", ", "), LONGEST_CELL, "adres")
        if with_place := _POSTCODE_AND_PLACE.fullmatch(postcode_text):
            postcode_text, place_text = with_place.group(1), place_text or with_place.group(2)
        postcode, complete = read_postcode(postcode_text or inner_postcode)
        place = self._fit(read_place((place_text or inner_place).replace("\n", " ")), LONGEST[Field.PLACE], "plaats")
        postcode = self._fit(postcode, LONGEST_POSTCODE, "postcode")
        if postcode and not complete and self.country == "NL":
            self.notebook.assume(Code.POSTCODE_INCOMPLETE, text=postcode)
        if address:
            shown = ", ".join(filter(None, (address, f"{postcode} {place}".strip())))
            self.notebook.understand(Code.ADDRESS_READ, address=shown)
        else:
            self.notebook.ask(Code.NO_ADDRESS)
        return address, postcode, place

    def _weekdays(self) -> frozenset[int]:
        text = self.cell(Field.WEEKDAYS)
        reading = read_weekdays(text)
        if reading.how is DaysRead.UNREADABLE:
            self.notebook.ask(Code.DAYS_UNREADABLE, text=text)
            self.remarks.append(f"{self.columns.of(Field.WEEKDAYS)[0].label}: {text}")
            return reading.days
        ticked = self._ticked_days()
        if reading.how is DaysRead.NOT_SAID and ticked is not None:
            return ticked
        if reading.how is DaysRead.NOT_SAID:
            self.notebook.assume(Code.DAYS_NOT_SAID)
        else:
            self.notebook.understand(Code.DAYS_READ, days=reading.days)
        return reading.days

    def _ticked_days(self) -> frozenset[int] | None:
        """The days from a column per day ("ma", "di", …); None when none is ticked."""
        days: set[int] = set()
        unclear: list[str] = []
        for column in self.columns.of(Field.WEEKDAY):
            answer = read_key(self.text(column))
            if answer.has_key:
                days.add(column.weekday or 0)
            elif answer.has_key is None and answer.note:
                unclear.append(f"{column.label}: {answer.note}")
        if unclear:
            self.notebook.ask(Code.DAYS_UNREADABLE, text="; ".join(unclear))
            self.remarks += unclear
            return EVERY_DAY
        if days:
            self.notebook.understand(Code.DAYS_READ, days=frozenset(days))
        return frozenset(days) or None

    def _notes(self, remark: str) -> str:
        unknown = [f"{column.label}: {self.text(column)}" for column in self.columns.unknown if self.text(column)]
        known = {column.index for column in self.columns.columns}
        beyond = [f"{index + 1}: {text}" for index, text in self.texts.items() if index not in known and text]
        return self._fit("\n".join(filter(None, (remark, *self.remarks, *unknown, *beyond))), LONGEST_NOTES, "notes")

    def _fit(self, text: str, longest: int, label: str) -> str:
        if len(text) > longest:
            self.notebook.ask(Code.TEXT_CUT, column=label, count=len(text) - longest)
        return text[:longest].strip()
