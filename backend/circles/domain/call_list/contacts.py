"""The contacts of a member: names, relations, numbers and keys, from whatever columns the list has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from backend.circles.domain.call_list.cells import read_key
from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.circles.domain.call_list.findings import Code, Notebook
from backend.circles.domain.call_list.header import Column, Columns
from backend.circles.domain.call_list.headings import KEY_HOLDER, Field
from backend.people.domain.telephone import (
    NumberReading,
    Refusal,
    RefusedNumber,
    format_for_people,
    kind_of,
    read_numbers,
)

FEW_CONTACTS = 2
LONGEST_CONTACT_NAME = 120
LONGEST_RELATION = 60
UNNAMED = "contactpersoon"
_NOBODY = re.compile(
    r"(?:geen|nog geen|none|nobody|niemand|onbekend|unknown|n\.?v\.?t\.?|n/?a|nihil|-+|\?|x)"
    r"(?: (?:contact\w*|bekend|known|sleutel\w*))*\.?",
    re.IGNORECASE,
)
_RELATIONS = (
    r"(?:oudste |jongste |aangetrouwde )?(?:(?:schoon|klein|achter|stief|pleeg)?(?:dochter|zoon|zus|zuster|"
    r"broer|moeder|vader|kind|kinderen)|nicht|neef|nichtje|neefje|tante|oom|zwager|schoonzusje|buurvrouw|buurman|buurmeisje|"
    r"buurjongen|buren|buur|overbuurvrouw|overbuurman|vriendin|vriend|partner|echtgenote|echtgenoot|man|vrouw|"
    r"mantelzorger|mantelzorgster|huismeester|conciërge|kennis|wijkverpleegkundige|thuiszorg|huishoudster|huisarts|"
    r"bewindvoerder|daughter|son|sister|brother|niece|nephew|neighbours?|neighbors?|friend|husband|wife|caretaker|"
    r"cousin|grandson|granddaughter)"
)
_RELATION_FIRST = re.compile(rf"({_RELATIONS})\b[:,]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_RELATION_LAST = re.compile(rf"(.+?)(?:,\s*|\s*\(\s*)({_RELATIONS})\s*\)?", re.IGNORECASE | re.DOTALL)
_HAS_KEY = re.compile(r"\b(?:heeft|met) (?:een |de )?sleutel\b|\bhas (?:a |the )?key\b", re.IGNORECASE)


@dataclass(slots=True)
class ContactReader:
    """Reads the contacts of one row. `text` gives the clean text of a column; leftovers go to `remarks`.

    `none_reachable` notes that nobody can be rung: urgent for who is in the ring, not for who waits.
    """

    columns: Columns
    text: Callable[[Column], str]
    own_numbers: frozenset[str]
    country: str
    notebook: Notebook
    none_reachable: Callable[[Code], None]
    remarks: list[str] = field(default_factory=list)

    def read(self) -> tuple[ContactEntry, ...]:
        """The contacts in the order of the list, with findings about each and about all of them."""
        contacts: list[ContactEntry] = []
        for number in self.columns.contacts:
            if number != KEY_HOLDER:
                contacts.extend(self._contact(number))
        self._add_key_holder(contacts)
        self._apply_common_key(contacts)
        self._report(contacts)
        return tuple(contacts)

    def _cell(self, wanted: Field, number: int) -> str:
        return " ".join(self.text(column) for column in self.columns.of(wanted, contact=number)).strip()

    def _contact(self, number: int) -> list[ContactEntry]:
        name_text = self._cell(Field.CONTACT_NAME, number)
        phone_text = self._cell(Field.CONTACT_PHONE, number)
        relation = self._cell(Field.CONTACT_RELATION, number)
        key_text = self._cell(Field.KEY, number)
        if _NOBODY.fullmatch(name_text) and not re.search(r"\d", phone_text):
            self.remarks += [f"{UNNAMED}: {part}" for part in (name_text, phone_text) if len(part) > 1]
            name_text = phone_text = ""
        if not (name_text or re.search(r"\w", phone_text)):
            if key_text:
                self.remarks.append(f"sleutel: {key_text}")
            return []
        pieces = _several_contacts(name_text, self.country)
        if len(pieces) > 1 and not phone_text:
            return [entry for piece in pieces for entry in self._entries(piece, "", relation, key_text)]
        return self._entries(name_text, phone_text, relation, key_text)

    def _entries(self, name_text: str, phone_text: str, relation: str, key_text: str) -> list[ContactEntry]:
        """One contact, once for each number."""
        beside, inside = read_numbers(phone_text, self.country), read_numbers(name_text, self.country)
        name = inside.remark if inside.numbers or inside.refused else name_text
        remark = beside.remark
        if not name:
            name, remark = remark or relation or UNNAMED, ""
        relation_found, name = _split_relation(name)
        key = read_key(key_text)
        has_key = True if key.has_key is None and _HAS_KEY.search(f"{name_text} {phone_text}") else key.has_key
        entry = ContactEntry(
            name=self._fit(name, LONGEST_CONTACT_NAME),
            relation=self._fit(relation or relation_found, LONGEST_RELATION),
            has_key=has_key,
            key_note=key.note,
        )
        if remark:
            self.remarks.append(f"{entry.name}: {remark}")
        phones = self._phones(entry.name, beside) + self._phones(entry.name, inside)
        if has_key is None and key.note:
            self.notebook.assume(Code.KEY_UNCLEAR, name=entry.name)
        if len(phones) > 1:
            self.notebook.assume(Code.CONTACT_SECOND_NUMBER, name=entry.name)
        return [replace(entry, phone=phone) for phone in dict.fromkeys(phones)] or [entry]

    def _phones(self, name: str, reading: NumberReading) -> list[PhoneEntry]:
        phones = [PhoneEntry(n.e164, n.kind, n.as_written) for n in reading.numbers]
        for number in reading.numbers:
            if number.restored:
                code = Code.ZERO_RESTORED if number.restored == "zero" else Code.COUNTRY_CODE_RESTORED
                shown = format_for_people(number.e164, self.country)
                self.notebook.assume(code, text=number.as_written, number=shown)
        phones += [phone for refused in reading.refused if (phone := self._refused(name, refused))]
        return phones

    def _refused(self, name: str, refused: RefusedNumber) -> PhoneEntry | None:
        """A contact may be reached at an organisation (home care on 088); other refusals need a person."""
        if refused.reason is Refusal.ORGANISATION and refused.e164:
            shown = format_for_people(refused.e164, self.country)
            self.notebook.assume(Code.CONTACT_ORGANISATION_LINE, name=name, number=shown)
            return PhoneEntry(refused.e164, kind_of(refused.e164), refused.as_written)
        reason = refused.reason.value
        self.notebook.ask(Code.CONTACT_NUMBER_REFUSED, name=name, text=refused.as_written, reason=reason)
        self.remarks.append(f"{name}: {refused.as_written}")
        return None

    def _add_key_holder(self, contacts: list[ContactEntry]) -> None:
        """A column "Sleutelhouder" names somebody with a key, or only answers yes or no."""
        answer = read_key(self._cell(Field.CONTACT_NAME, KEY_HOLDER))
        if answer.has_key is not None:
            self._key_of_first(contacts, answer.has_key, answer.note)
            return
        for holder in self._contact(KEY_HOLDER):
            self._give_key(contacts, replace(holder, has_key=holder.has_key is not False))

    def _apply_common_key(self, contacts: list[ContactEntry]) -> None:
        """A key column that belongs to no contact: yes or no for the first, or the name of who has it."""
        text = self._cell(Field.KEY, 0)
        answer = read_key(text)
        if not text or (answer.has_key is None and not answer.note):
            return
        if answer.has_key is not None:
            self._key_of_first(contacts, answer.has_key, answer.note)
        elif _names_somebody(text, contacts, self.country):
            for holder in self._entries(text, "", "", ""):
                self._give_key(contacts, replace(holder, has_key=True))
        elif contacts:
            contacts[0] = replace(contacts[0], key_note=contacts[0].key_note or answer.note)
            self.notebook.assume(Code.KEY_UNCLEAR, name=contacts[0].name)
        else:
            self.remarks.append(f"sleutel: {text}")

    def _key_of_first(self, contacts: list[ContactEntry], has_key: bool, note: str) -> None:
        if not contacts:
            self.remarks.append(f"sleutel: {'ja' if has_key else 'nee'} {note}".strip())
            return
        first = contacts[0]
        if first.has_key is None:
            contacts[0] = replace(first, has_key=has_key, key_note=first.key_note or note)
            self.notebook.assume(Code.KEY_OF_FIRST_CONTACT)

    def _give_key(self, contacts: list[ContactEntry], holder: ContactEntry) -> None:
        for index, contact in enumerate(contacts):
            if _same_contact(contact, holder) and holder.phone in {None, contact.phone}:
                contacts[index] = replace(contact, has_key=holder.has_key)
                return
        contacts.append(holder)

    def _report(self, contacts: list[ContactEntry]) -> None:
        reachable: set[str] = set()
        for contact in contacts:
            if contact.phone is None:
                self.notebook.assume(Code.CONTACT_WITHOUT_NUMBER, name=contact.name)
            elif contact.phone.e164 in self.own_numbers:
                self.notebook.assume(Code.CONTACT_ON_OWN_LINE, name=contact.name)
            else:
                reachable.add(contact.name)
            number = format_for_people(contact.phone.e164, self.country) if contact.phone else "none"
            key = {True: "yes", False: "no", None: "unknown"}[contact.has_key]
            name = contact.name
            if contact.relation and contact.relation not in name.casefold():
                name = f"{contact.relation} {name}"
            self.notebook.understand(Code.CONTACT_READ, name=name, number=number, key=key)
        if not reachable:
            self.none_reachable(Code.NO_CONTACT)
        elif len(reachable) < FEW_CONTACTS:
            self.notebook.assume(Code.FEW_CONTACTS)
        if not any(contact.has_key for contact in contacts):
            self.notebook.assume(Code.NOBODY_WITH_KEY)

    def _fit(self, text: str, longest: int) -> str:
        if len(text) > longest:
            self.notebook.ask(Code.TEXT_CUT, column=UNNAMED, count=len(text) - longest)
        return text[:longest].strip()


def mentions_relation(text: str) -> bool:
    """Whether a remark names a relative or neighbour, so that a number beside it may be theirs."""
    return re.search(rf"\b{_RELATIONS}\b", text, re.IGNORECASE) is not None


def _several_contacts(text: str, country: str) -> list[str]:
    """The pieces of a cell that names several contacts, each with a number of its own."""
    for separator in (r"\n|;", r"\n|;|\s/\s|\s\+\s", r"\n|;|,|\s/\s|\s(?:en|and)\s"):
        pieces = [piece.strip(" ,") for piece in re.split(separator, text) if piece.strip(" ,")]
        readings = [read_numbers(piece, country) for piece in pieces]
        if len(pieces) > 1 and all(r.numbers and re.search(r"[^\W\d_]{2,}", r.remark) for r in readings):
            return pieces
    return [text]


def _split_relation(text: str) -> tuple[str, str]:
    """ "dochter Marjan" as ("dochter", "Marjan"); a relation alone is the name as well."""
    if found := _RELATION_FIRST.fullmatch(text):
        relation, name = found.group(1), found.group(2).strip(" ,:")
        bracketed = name.startswith("(") or not name
        return relation.lower(), text if bracketed else name
    if found := _RELATION_LAST.fullmatch(text):
        return found.group(2).lower(), found.group(1).strip()
    return "", text


def _names_somebody(text: str, contacts: list[ContactEntry], country: str) -> bool:
    relation, name = _split_relation(text)
    named = ContactEntry(name=name, relation=relation)
    return bool(relation or read_numbers(text, country).numbers or any(_same_contact(c, named) for c in contacts))


def _same_contact(one: ContactEntry, other: ContactEntry) -> bool:
    if one.name.casefold() == other.name.casefold():
        return not (one.relation and other.relation) or one.relation == other.relation
    same_relation = bool(one.relation) and one.relation == other.relation
    return same_relation and other.name.casefold() in {other.relation, one.name.casefold()}
