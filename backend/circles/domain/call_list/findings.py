"""What the importer has to say, as small values: a stable code and its parameters.

The sentences are in `messages`; tests and programs look at the codes, people read the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | frozenset[int]


class Code(StrEnum):
    """Every kind of finding. Codes are stable: they are stored in reports and asserted in tests."""

    # A file that cannot be read at all
    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    OLD_OR_LOCKED_WORKBOOK = "old_or_locked_workbook"
    DAMAGED_WORKBOOK = "damaged_workbook"
    NOT_TEXT = "not_text"
    NO_HEADER = "no_header"
    # About the file
    ENCODING_ASSUMED = "encoding_assumed"
    QUOTES_TAKEN_LITERALLY = "quotes_taken_literally"
    OTHER_SHEET_WITH_LIST = "other_sheet_with_list"
    OTHER_SHEET_SKIPPED = "other_sheet_skipped"
    HEADER_FOUND = "header_found"
    COLUMN_BY_CONTENT = "column_by_content"
    COLUMN_OF_CONTACT = "column_of_contact"
    COLUMN_TO_NOTES = "column_to_notes"
    NO_POSITIONS = "no_positions"
    # Rows that are not a member of their own
    NOT_ABOUT_A_MEMBER = "not_about_a_member"
    REPEATED_HEADER = "repeated_header"
    WAITING_LIST_HEADING = "waiting_list_heading"
    NUMBER_WITHOUT_NAME = "number_without_name"
    CONTACT_WITHOUT_MEMBER = "contact_without_member"
    SAME_AS_ROW = "same_as_row"
    DIFFERS_FROM_ROW = "differs_from_row"
    # Text
    INVISIBLE_SIGNS_REMOVED = "invisible_signs_removed"
    TEXT_CUT = "text_cut"
    TEXT_GARBLED = "text_garbled"
    FORMULA_AS_TEXT = "formula_as_text"
    SPREADSHEET_ERROR = "spreadsheet_error"
    # Names
    NAME_READ = "name_read"
    NAME_SPLIT = "name_split"
    TWO_PEOPLE_IN_ONE_ROW = "two_people_in_one_row"
    SAME_LINE_AS_ROW = "same_line_as_row"
    SAME_NAME_OTHER_NUMBER = "same_name_other_number"
    SAME_NAME_AND_ADDRESS = "same_name_and_address"
    # Numbers
    NUMBER_READ = "number_read"
    TWO_NUMBERS_IN_CELL = "two_numbers_in_cell"
    ZERO_RESTORED = "zero_restored"
    COUNTRY_CODE_RESTORED = "country_code_restored"
    NUMBER_REFUSED = "number_refused"
    NO_NUMBER_IN_CELL = "no_number_in_cell"
    NUMBER_OF_SOMEBODY_ELSE = "number_of_somebody_else"
    NO_USABLE_NUMBER = "no_usable_number"
    # Place in the ring and days
    WAITING_LIST = "waiting_list"
    POSITION_RESOLVED = "position_resolved"
    POSITION_UNREADABLE = "position_unreadable"
    DAYS_READ = "days_read"
    DAYS_NOT_SAID = "days_not_said"
    DAYS_UNREADABLE = "days_unreadable"
    # Address
    ADDRESS_READ = "address_read"
    POSTCODE_INCOMPLETE = "postcode_incomplete"
    NO_ADDRESS = "no_address"
    # Contacts
    CONTACT_READ = "contact_read"
    CONTACT_WITHOUT_NUMBER = "contact_without_number"
    CONTACT_ON_OWN_LINE = "contact_on_own_line"
    CONTACT_NUMBER_REFUSED = "contact_number_refused"
    CONTACT_ORGANISATION_LINE = "contact_organisation_line"
    CONTACT_SECOND_NUMBER = "contact_second_number"
    KEY_OF_FIRST_CONTACT = "key_of_first_contact"
    KEY_UNCLEAR = "key_unclear"
    NO_CONTACT = "no_contact"
    FEW_CONTACTS = "few_contacts"
    NOBODY_WITH_KEY = "nobody_with_key"
    # Remarks
    IS_RUNG_ONLY = "is_rung_only"
    RING_LONGER = "ring_longer"
    REMARK_ASKS = "remark_asks"
    REMARK_MAY_END_PLACE = "remark_may_end_place"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say. `parameters` are the facts in the sentence; days are 0 (Monday) to 6."""

    code: Code
    parameters: tuple[tuple[str, Parameter], ...] = ()

    def __getitem__(self, name: str) -> Parameter:
        return dict(self.parameters)[name]


def finding(code: Code, **parameters: Parameter) -> Finding:
    """A finding with its facts by name."""
    return Finding(code, tuple(sorted(parameters.items())))


@dataclass(frozen=True, slots=True)
class Findings:
    """Three lists: what was understood, what was assumed, and what needs a person."""

    understood: tuple[Finding, ...] = ()
    assumed: tuple[Finding, ...] = ()
    needs_person: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        yield from self.understood
        yield from self.assumed
        yield from self.needs_person

    def codes(self) -> frozenset[Code]:
        return frozenset(one.code for one in self)


NOTHING_TO_SAY = Findings()


@dataclass(slots=True)
class Notebook:
    """Collects findings while something is being read."""

    understood: list[Finding] = field(default_factory=list)
    assumed: list[Finding] = field(default_factory=list)
    needs_person: list[Finding] = field(default_factory=list)

    def understand(self, code: Code, **parameters: Parameter) -> None:
        self.understood.append(finding(code, **parameters))

    def assume(self, code: Code, **parameters: Parameter) -> None:
        self.assumed.append(finding(code, **parameters))

    def ask(self, code: Code, **parameters: Parameter) -> None:
        self.needs_person.append(finding(code, **parameters))

    def add(self, findings: Findings) -> None:
        self.understood.extend(findings.understood)
        self.assumed.extend(findings.assumed)
        self.needs_person.extend(findings.needs_person)

    def closed(self) -> Findings:
        """The lists as they are now, each finding once."""
        return Findings(_once(self.understood), _once(self.assumed), _once(self.needs_person))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
