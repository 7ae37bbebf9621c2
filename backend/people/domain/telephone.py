"""Telephone numbers as people write them: read, judged, refused and written back.

Dutch numbers are judged by their nine national digits and their prefix, never by libphonenumber: that
library calls unassigned ranges invalid and an eight-digit "13 000 122" possible. Foreign numbers are judged
by libphonenumber's idea of *possible*.

Prefixes follow the Dutch numbering plan (Nummerplan telefoon- en ISDN-diensten): 6 is mobile; 1-5 and 7 are
geographic; 8 and 9 are services, organisations and machines.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberType, shortnumberinfo

Kind = Literal["mobile", "landline"]
Restored = Literal["zero", "country_code"]

# Area codes of two national digits (013); every other Dutch area code has three (0113).
SHORT_AREA_CODES = frozenset(
    {"10", "13", "15", "20", "23", "24", "26", "30", "33", "35", "36", "38", "40", "43", "45"}
    | {"46", "50", "53", "55", "58", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79"}
)
EMERGENCY_CODES = frozenset({"000", "110", "112", "113", "114", "144", "911", "999"})
# 116xxx harmonised help lines, 14xxx municipalities, 18xx directory enquiries.
SHORT_SERVICE_CODES = re.compile(r"116\d{3}|14\d{2,4}|18\d{2}")
DUTCH_SERVICE_PREFIXES = ("800", "900", "906", "909")
# The number on which the Dutch police answers 0900-8844 for callers from abroad.
DUTCH_POLICE_FROM_ABROAD = "343578844"
FOREIGN_REFUSED_TYPES = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    }
)
# Longer than any cell with two or three numbers in it; beyond this no reading is attempted.
MOST_DIGITS = 60
# E.164 has at most 15 digits; 00 and a trunk zero can stand before and between them.
LONGEST_WRITTEN = 18


class Refusal(StrEnum):
    """Why digits in a cell are not a number that may be rung."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SERVICE = "service"
    ORGANISATION = "organisation"
    MACHINE = "machine"
    ROUNDED = "rounded"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number that may be rung, in E.164, with what had to be restored to read it."""

    e164: str
    kind: Kind
    as_written: str
    restored: Restored | None = None


@dataclass(frozen=True, slots=True)
class RefusedNumber:
    """Digits that may not be rung; `e164` is set only for a well-formed line of an organisation."""

    as_written: str
    reason: Refusal
    e164: str | None = None


@dataclass(frozen=True, slots=True)
class NumberReading:
    """All that one cell says: usable numbers in their order, refused ones, and the words around them."""

    numbers: tuple[ReadNumber, ...] = ()
    refused: tuple[RefusedNumber, ...] = ()
    remark: str = ""


_STRONG_SEPARATOR = re.compile(r"[\n;|&]|\b(?:of|en|or|and)\b", re.IGNORECASE)
_RUN = re.compile(r"[+(]*\d[\d\s().\-/,+\\]*")
_TOKEN = re.compile(r"\+?\d+")
_TRUNK_ZERO = re.compile(r"((?:\+|\b00)\s*\d{1,3})\s*\(0\)")
_CALENDAR_DATE = re.compile(r"\b(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b")
_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d+)?)[eE]\+?(\d{1,2})")
_FLOAT = re.compile(r"(\d{6,})[.,]0+")
_LABEL = re.compile(
    r"\b(?:tel(?:efoon)?(?:nr|nummer)?|mob(?:iel)?|vast|gsm|nr|nummer|phone|mobile|landline)\b[.:]*",
    re.IGNORECASE,
)


def is_forbidden(number: str) -> bool:
    """Whether a number must never be dialled by the platform: emergency, help and premium lines.

    `number` is E.164 or national digits; bare digits are taken as Dutch. Covers 112, 113, 144, 911, 999,
    116xxx, 14xxx, 0800, 0900 (with 0900-8844), 0906, 0909, the foreign-access police number, and the
    emergency and premium numbers of other countries.
    """
    digits = re.sub(r"\D", "", number)
    international = number.strip().startswith("+") or digits.startswith("00")
    if not international:
        return digits in EMERGENCY_CODES or _is_dutch_service(digits.lstrip("0"))
    digits = digits.lstrip("0")
    if digits.startswith("31"):
        return _is_dutch_service(digits[2:].lstrip("0"))
    return _is_foreign_service(digits)


def kind_of(e164: str) -> Kind:
    """Mobile or landline, by prefix. A foreign number that could be either counts as landline: no texts.

    Raises ValueError when `e164` is not a number in E.164 form.
    """
    if not re.fullmatch(r"\+[1-9]\d{4,14}", e164):
        raise ValueError("a telephone number in E.164 form (+ and 5 to 15 digits) is needed")
    if e164.startswith("+31"):
        return "mobile" if e164[3] == "6" else "landline"
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return "landline"
    return "mobile" if kind == PhoneNumberType.MOBILE else "landline"


def spoken_digits(line: str) -> str:
    """A number (E.164) as it is read out: digit by digit, a Dutch one with its zero."""
    national = f"0{line[3:]}" if line.startswith("+31") else line.lstrip("+")
    return " ".join(national)


def format_for_people(e164: str, country: str = "NL") -> str:
    """The number as somebody in `country` (ISO 3166 alpha-2) writes it: "013 000 12 11", "06 0000 10 02"."""
    national = e164[3:]
    if e164.startswith("+31") and len(national) == 9:
        if country != "NL":
            return f"+31 {_grouped_dutch(national)}"
        return f"0{_grouped_dutch(national)}"
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    own = country in phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if own else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def read_numbers(cell_text: str, country: str = "NL") -> NumberReading:
    """Reads every telephone number in a cell, keeping the words around them as a remark.

    `country` (ISO 3166 alpha-2) is where numbers without a country code belong. Two numbers in one cell are
    separated first. Nothing is raised: what cannot be rung comes back as refused, with the reason.
    """
    text = _TRUNK_ZERO.sub(r"\1 ", _ordinary_signs(cell_text).strip())
    from_spreadsheet = _undo_spreadsheet(text)
    if isinstance(from_spreadsheet, RefusedNumber):
        return NumberReading(refused=(from_spreadsheet,))
    numbers: dict[str, ReadNumber] = {}
    refused: list[RefusedNumber] = []
    remarks: list[str] = []
    for segment in _STRONG_SEPARATOR.split(from_spreadsheet):
        remark = _read_segment(segment, country, numbers, refused)
        if remark:
            remarks.append(remark)
    return NumberReading(tuple(numbers.values()), tuple(refused), "; ".join(remarks))


def _read_segment(segment: str, country: str, numbers: dict[str, ReadNumber], refused: list[RefusedNumber]) -> str:
    has_words = bool(re.search(r"[^\W\d_]{2,}", segment))
    remark: list[str] = []
    position = 0
    for start, end in _runs(segment, has_words):
        run = _without_odd_bracket(segment[start:end].strip(" ,-/."))
        digits = re.sub(r"\D", "", run)
        if has_words and len(digits) <= 4 and not is_forbidden(digits):
            continue
        remark.append(segment[position:start])
        position = end
        for read in _read_run(run, country):
            if isinstance(read, RefusedNumber):
                refused.append(read)
            else:
                numbers.setdefault(read.e164, read)
    remark.append(segment[position:])
    words = _LABEL.sub(" ", " ".join(remark)) if position else " ".join(remark)
    words = re.sub(r"\(\s*\)|^\W+$", "", words)
    return re.sub(r"\s+", " ", words).strip(" ,:-/.").removeprefix("(").removesuffix(")").strip()


def _runs(segment: str, has_words: bool) -> list[tuple[int, int]]:
    """Where the digits of possible numbers are; calendar dates between words are not numbers."""
    masked = _CALENDAR_DATE.sub(lambda m: "x" * len(m.group()), segment) if has_words else segment
    runs = []
    for match in _RUN.finditer(masked):
        text = match.group()
        # A bracket that opens after the last digit belongs to the words that follow.
        runs.append((match.start(), match.start() + len(re.sub(r"[^\d)]*$", "", text))))
    return runs


def _without_odd_bracket(run: str) -> str:
    return run if run.count("(") == run.count(")") else re.sub(r"^[(]+|[)]+$", "", run)


def _read_run(run: str, country: str) -> list[ReadNumber | RefusedNumber]:
    """One run of digits and signs as one number, or as several that are each complete."""
    if sum(c.isdigit() for c in run) > MOST_DIGITS:
        return [RefusedNumber(run, Refusal.TOO_LONG)]
    pieces = [piece for piece in re.split(r"[/,\\]", run) if re.search(r"\d", piece)]
    judged = [_judge(piece, country) for piece in pieces]
    if len(judged) > 1 and any(isinstance(one, ReadNumber) for one in judged):
        return judged
    whole = _judge(run, country)
    if isinstance(whole, ReadNumber):
        return [whole]
    several = _several(run, country)
    return [*several] if several else [whole]


def _several(run: str, country: str) -> list[ReadNumber] | None:
    """The fewest complete numbers that together use every digit of the run, or None."""
    tokens = list(_TOKEN.finditer(run))
    best: list[list[ReadNumber] | None] = [[]] + [None] * len(tokens)
    for end in range(1, len(tokens) + 1):
        for start in range(end):
            before = best[start]
            if before is None or (best[end] is not None and len(best[end] or []) <= len(before) + 1):
                continue
            candidate = run[tokens[start].start() : tokens[end - 1].end()]
            if sum(c.isdigit() for c in candidate) > LONGEST_WRITTEN:
                continue
            one = _judge(candidate, country)
            if isinstance(one, ReadNumber):
                best[end] = [*before, one]
    return best[-1]


def _judge(written: str, country: str) -> ReadNumber | RefusedNumber:  # noqa: PLR0911 - one case a line
    """One candidate as one number: usable, or refused with the reason."""
    written = written.strip(" ,-/.")
    compact = re.sub(r"[^\d+]", "", written)
    if "+" in compact[1:]:
        return RefusedNumber(written, Refusal.NOT_POSSIBLE)
    if compact.startswith("00"):
        compact = f"+{compact[2:]}"
    if compact in EMERGENCY_CODES or (_is_dutch_or_global(compact, country) and is_forbidden(compact)):
        return RefusedNumber(written, Refusal.SERVICE)
    if compact.startswith("+31"):
        return _judge_dutch(written, compact[3:].removeprefix("0"), None)
    if compact.startswith("+") or country != "NL":
        return _judge_foreign(written, compact, country)
    if compact.startswith("0"):
        return _judge_dutch(written, compact[1:], None)
    if len(compact) == 11 and compact.startswith("31"):
        return _judge_dutch(written, compact[2:], "country_code")
    return _judge_dutch(written, compact, "zero")


def _judge_dutch(written: str, national: str, restored: Restored | None) -> ReadNumber | RefusedNumber:
    if national.startswith("97"):
        return RefusedNumber(written, Refusal.MACHINE)
    if len(national) != 9:
        return RefusedNumber(written, Refusal.TOO_SHORT if len(national) < 9 else Refusal.TOO_LONG)
    e164 = f"+31{national}"
    if national.startswith(("85", "88")):
        return RefusedNumber(written, Refusal.ORGANISATION, e164)
    if national[0] in "89":
        return RefusedNumber(written, Refusal.MACHINE)
    if national[0] == "0":
        return RefusedNumber(written, Refusal.NOT_POSSIBLE)
    return ReadNumber(e164, kind_of(e164), written, restored)


def _judge_foreign(written: str, compact: str, country: str) -> ReadNumber | RefusedNumber:
    try:
        parsed = phonenumbers.parse(compact, country)
    except phonenumbers.NumberParseException:
        return RefusedNumber(written, Refusal.NOT_POSSIBLE)
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        too_long = possible == phonenumbers.ValidationResult.TOO_LONG
        return RefusedNumber(written, Refusal.TOO_LONG if too_long else Refusal.TOO_SHORT)
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if is_forbidden(e164):
        return RefusedNumber(written, Refusal.SERVICE)
    if not re.fullmatch(r"\+[1-9]\d{4,14}", e164):
        return RefusedNumber(written, Refusal.NOT_POSSIBLE)
    return ReadNumber(e164, kind_of(e164), written)


def _is_dutch_or_global(compact: str, country: str) -> bool:
    """Elsewhere 0900 can be an area code (Umeå): bare digits there are judged once their country is known."""
    return country == "NL" or compact.startswith("+")


def _is_dutch_service(national: str) -> bool:
    return (
        national in EMERGENCY_CODES
        or national == DUTCH_POLICE_FROM_ABROAD
        or national.startswith(DUTCH_SERVICE_PREFIXES)
        or SHORT_SERVICE_CODES.fullmatch(national) is not None
    )


def _is_foreign_service(digits: str) -> bool:
    for length in (1, 2, 3):
        code = digits[:length]
        if not code or int(code) not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            continue
        national = digits[length:]
        regions = phonenumbers.region_codes_for_country_code(int(code))
        if national in EMERGENCY_CODES or national.lstrip("0") in EMERGENCY_CODES:
            return True
        if re.fullmatch(r"116\d{3}", national):
            return True
        if any(shortnumberinfo.is_emergency_number(national, region) for region in regions):
            return True
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) in FOREIGN_REFUSED_TYPES


def _ordinary_signs(text: str) -> str:
    """Full-width digits, typographic dashes and hard spaces as the plain signs they stand for."""
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"})
    visible = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in visible)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"[^\S\n]", " ", visible))


def _undo_spreadsheet(text: str) -> str | RefusedNumber:
    """Digits that a spreadsheet turned into a number (6.00001001E8, 600001001.0), if none was lost."""
    if floating := _FLOAT.fullmatch(text):
        return floating.group(1)
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text
    mantissa = scientific.group(1).replace(",", ".")
    digits_shown = len(mantissa.replace(".", ""))
    if digits_shown < int(scientific.group(2)) + 1:
        return RefusedNumber(text, Refusal.ROUNDED)
    try:
        value = Decimal(f"{mantissa}E{scientific.group(2)}")
    except InvalidOperation:
        return RefusedNumber(text, Refusal.ROUNDED)
    return str(int(value)) if value == int(value) else text


def _grouped_dutch(national: str) -> str:
    if national.startswith("6"):
        return f"6 {national[1:5]} {national[5:7]} {national[7:]}"
    if national[:2] in SHORT_AREA_CODES:
        return f"{national[:2]} {national[2:5]} {national[5:7]} {national[7:]}"
    return f"{national[:3]} {national[3:5]} {national[5:7]} {national[7:]}"
