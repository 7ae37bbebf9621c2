"""The sentences of the importer, in Dutch and English: `say(finding, language)`."""

from __future__ import annotations

from typing import Literal

from backend.circles.domain.call_list.findings import Code, Finding, Parameter

Language = Literal["nl", "en"]

_SENTENCES: dict[Code, tuple[str, str]] = {
    Code.EMPTY_FILE: (
        "Het bestand {file} is leeg. Kies het bestand met de bellijst.",
        "The file {file} is empty. Choose the file with the call list.",
    ),
    Code.TOO_LARGE: (
        "Het bestand {file} is groter dan {limit} MB. Een bellijst is kleiner; kies het juiste bestand.",
        "The file {file} is larger than {limit} MB. A call list is smaller; choose the right file.",
    ),
    Code.TOO_MANY_ROWS: (
        "Het bestand {file} heeft meer dan {limit} gevulde rijen. Splits het per telefooncirkel.",
        "The file {file} has more than {limit} filled rows. Split it by telephone circle.",
    ),
    Code.TOO_WIDE: (
        "Het bestand {file} heeft in rij {row} meer dan {limit} kolommen. Bewaar alleen de bellijst.",
        "The file {file} has more than {limit} columns in row {row}. Keep only the call list.",
    ),
    Code.NOT_A_SPREADSHEET: (
        "Het bestand {file} is geen CSV of XLSX, maar {seen}. Bewaar de lijst als CSV of XLSX.",
        "The file {file} is not CSV or XLSX, but {seen}. Save the list as CSV or XLSX.",
    ),
    Code.OLD_OR_LOCKED_WORKBOOK: (
        "Het bestand {file} is een oude .xls of beveiligd met een wachtwoord. "
        "Open het en bewaar het zonder wachtwoord als XLSX.",
        "The file {file} is an old .xls or protected with a password. Open it and save it as XLSX without a password.",
    ),
    Code.DAMAGED_WORKBOOK: (
        "Het bestand {file} lijkt een XLSX, maar is beschadigd. Open het in uw spreadsheet en bewaar het opnieuw.",
        "The file {file} looks like XLSX but is damaged. Open it in your spreadsheet and save it again.",
    ),
    Code.NOT_TEXT: (
        "De tekens in {file} zijn niet te lezen. Bewaar de lijst als XLSX, of als CSV met codering UTF-8.",
        "The characters in {file} cannot be read. Save the list as XLSX, or as CSV in UTF-8.",
    ),
    Code.NO_HEADER: (
        "Er is geen regel met kolomnamen gevonden. Gezien: {seen}. "
        "Nodig zijn een naam en een telefoonnummer; begrepen worden: {known}.",
        "No line with column names was found. Seen: {seen}. "
        "A name and a telephone number are needed; understood are: {known}.",
    ),
    Code.ENCODING_ASSUMED: (
        "De tekens zijn gelezen als {encoding}. Kijk of namen met accenten kloppen.",
        "The characters were read as {encoding}. See whether names with accents are right.",
    ),
    Code.QUOTES_TAKEN_LITERALLY: (
        "Aanhalingstekens in het bestand staan niet in paren; elke regel is als een rij gelezen.",
        "Quotation marks in the file do not come in pairs; every line was read as one row.",
    ),
    Code.OTHER_SHEET_WITH_LIST: (
        "Het tabblad ‘{sheet}’ bevat ook een lijst en is niet gelezen. Importeer het apart.",
        "The sheet ‘{sheet}’ holds a list too and was not read. Import it separately.",
    ),
    Code.OTHER_SHEET_SKIPPED: (
        "Het tabblad ‘{sheet}’ is niet gelezen: er staat geen lijst met kolomnamen op.",
        "The sheet ‘{sheet}’ was not read: there is no list with column names on it.",
    ),
    Code.HEADER_FOUND: ("De kolomnamen staan in rij {row}.", "The column names are in row {row}."),
    Code.COLUMN_BY_CONTENT: (
        "Kolom ‘{heading}’ is gelezen als {field}, om wat erin staat.",
        "Column ‘{heading}’ was read as {field}, because of what is in it.",
    ),
    Code.COLUMN_OF_CONTACT: (
        "Kolom ‘{heading}’ (kolom {column}) hoort bij contactpersoon {contact}, om zijn plaats.",
        "Column ‘{heading}’ (column {column}) belongs to contact {contact}, because of its place.",
    ),
    Code.COLUMN_TO_NOTES: (
        "Kolom ‘{heading}’ is onbekend; de inhoud staat bij de bijzonderheden.",
        "Column ‘{heading}’ is unknown; its content is kept in the notes.",
    ),
    Code.NO_POSITIONS: (
        "De lijst heeft geen volgnummers; de volgorde is die van het bestand.",
        "The list has no numbers; the order is that of the file.",
    ),
    Code.NOT_ABOUT_A_MEMBER: (
        "Deze rij gaat niet over een deelnemer: ‘{text}’.",
        "This row is not about a member: ‘{text}’.",
    ),
    Code.REPEATED_HEADER: ("De kolomnamen staan hier nog eens.", "The column names are repeated here."),
    Code.WAITING_LIST_HEADING: (
        "Hieronder begint de wachtlijst: ‘{text}’.",
        "The waiting list begins below: ‘{text}’.",
    ),
    Code.NUMBER_WITHOUT_NAME: (
        "Hier staat een nummer zonder naam; zo kan niemand worden gevraagd. Vul de naam in.",
        "There is a number without a name here; nobody can be asked for. Fill in the name.",
    ),
    Code.CONTACT_WITHOUT_MEMBER: (
        "Hier staat een contactpersoon zonder deelnemer. Zet die op de rij van de deelnemer.",
        "There is a contact without a member here. Put it on the member's row.",
    ),
    Code.SAME_AS_ROW: (
        "Dezelfde persoon als in rij {other}; deze rij telt niet mee.",
        "The same person as in row {other}; this row does not count.",
    ),
    Code.DIFFERS_FROM_ROW: (
        "Dezelfde persoon als in rij {other}, maar niet gelijk: {fields}. Rij {other} geldt; kijk wat klopt.",
        "The same person as in row {other}, but different: {fields}. Row {other} holds; see which is right.",
    ),
    Code.INVISIBLE_SIGNS_REMOVED: (
        "Uit ‘{column}’ zijn {count} onzichtbare tekens verwijderd.",
        "{count} invisible characters were removed from ‘{column}’.",
    ),
    Code.TEXT_CUT: (
        "‘{column}’ was te lang: {count} tekens zijn weggelaten. Kort de tekst in.",
        "‘{column}’ was too long: {count} characters were left out. Shorten the text.",
    ),
    Code.TEXT_GARBLED: (
        "In ‘{column}’ zijn letters beschadigd: ‘{text}’. Verbeter de tekst.",
        "Letters in ‘{column}’ are damaged: ‘{text}’. Correct the text.",
    ),
    Code.FORMULA_AS_TEXT: (
        "‘{column}’ lijkt een formule en is als tekst bewaard.",
        "‘{column}’ looks like a formula and was kept as text.",
    ),
    Code.SPREADSHEET_ERROR: (
        "In ‘{column}’ staat een foutmelding van de spreadsheet ({text}). Vul de waarde in.",
        "‘{column}’ holds an error of the spreadsheet ({text}). Fill in the value.",
    ),
    Code.NAME_READ: ("Naam: {name}.", "Name: {name}."),
    Code.NAME_SPLIT: (
        "‘{text}’ is gelezen als voornaam ‘{given}’ en achternaam ‘{family}’.",
        "‘{text}’ was read as given name ‘{given}’ and family name ‘{family}’.",
    ),
    Code.TWO_PEOPLE_IN_ONE_ROW: (
        "‘{text}’ lijkt twee mensen te noemen. Maak voor ieder een eigen rij.",
        "‘{text}’ seems to name two people. Make a row for each of them.",
    ),
    Code.SAME_LINE_AS_ROW: (
        "Op dezelfde telefoon als rij {other}: er wordt naar ieder bij naam gevraagd.",
        "On the same telephone as row {other}: each is asked for by name.",
    ),
    Code.SAME_NAME_OTHER_NUMBER: (
        "Heet hetzelfde als rij {other} maar heeft een ander nummer: twee mensen.",
        "Has the same name as row {other} but another number: two people.",
    ),
    Code.SAME_NAME_AND_ADDRESS: (
        "Zelfde naam en adres als rij {other}, ander nummer. Is het een en dezelfde? Beiden worden gebeld.",
        "Same name and address as row {other}, another number. Are they one person? Both are rung.",
    ),
    Code.NUMBER_READ: ("{number} ({kind}).", "{number} ({kind})."),
    Code.TWO_NUMBERS_IN_CELL: (
        "In ‘{column}’ staan {count} nummers; ze worden in die volgorde gebeld.",
        "‘{column}’ holds {count} numbers; they are rung in that order.",
    ),
    Code.ZERO_RESTORED: (
        "‘{text}’ mist de nul vooraan en is gelezen als {number}.",
        "‘{text}’ lost its leading zero and was read as {number}.",
    ),
    Code.COUNTRY_CODE_RESTORED: (
        "‘{text}’ mist de + vooraan en is gelezen als {number}.",
        "‘{text}’ lost its leading + and was read as {number}.",
    ),
    Code.NUMBER_REFUSED: (
        "‘{text}’ is geen nummer om te bellen: {reason}. Vraag het juiste nummer na.",
        "‘{text}’ is not a number to ring: {reason}. Ask for the right number.",
    ),
    Code.NO_NUMBER_IN_CELL: (
        "In ‘{column}’ staat geen telefoonnummer: ‘{text}’.",
        "There is no telephone number in ‘{column}’: ‘{text}’.",
    ),
    Code.NUMBER_OF_SOMEBODY_ELSE: (
        "In ‘{column}’ staat ‘{text}’: is het nummer wel van het lid zelf? "
        "Zo niet, dan zou een ander zeggen dat het goed gaat. Kijk het na.",
        "‘{column}’ says ‘{text}’: is the number really the member's own? "
        "If not, somebody else would say that all is well. Check it.",
    ),
    Code.NO_USABLE_NUMBER: (
        "{name} heeft geen bruikbaar nummer en wordt niet gebeld tot dat er is. Vul het nummer in.",
        "{name} has no usable number and is not rung until there is one. Fill in the number.",
    ),
    Code.WAITING_LIST: (
        "Staat op de wachtlijst en is niet in de ring.",
        "Is on the waiting list and not in the ring.",
    ),
    Code.POSITION_RESOLVED: (
        "Volgnummer ‘{written}’ is plaats {position} in de ring geworden (volgorde van het bestand).",
        "Number ‘{written}’ became place {position} in the ring (order of the file).",
    ),
    Code.POSITION_UNREADABLE: (
        "Volgnummer ‘{written}’ is niet te lezen; de plaats is {position}, naar de volgorde van het bestand.",
        "Number ‘{written}’ cannot be read; the place is {position}, by the order of the file.",
    ),
    Code.DAYS_READ: ("Dagen: {days}.", "Days: {days}."),
    Code.DAYS_NOT_SAID: ("Geen dagen genoemd: elke dag.", "No days given: every day."),
    Code.DAYS_UNREADABLE: (
        "De dagen ‘{text}’ zijn niet begrepen; tot iemand kiest wordt elke dag gebeld.",
        "The days ‘{text}’ were not understood; until somebody chooses, every day is rung.",
    ),
    Code.ADDRESS_READ: ("Adres: {address}.", "Address: {address}."),
    Code.POSTCODE_INCOMPLETE: (
        "Postcode ‘{text}’ is niet volledig en is bewaard zoals die er staat.",
        "Postcode ‘{text}’ is not complete and was kept as written.",
    ),
    Code.NO_ADDRESS: (
        "Geen adres: wie gaat kijken, weet niet waarheen. Vul het adres in.",
        "No address: whoever goes to look does not know where. Fill in the address.",
    ),
    Code.CONTACT_READ: (
        "Contactpersoon: {name}, {number}, sleutel: {key}.",
        "Contact: {name}, {number}, key: {key}.",
    ),
    Code.CONTACT_WITHOUT_NUMBER: (
        "Contactpersoon {name} heeft geen bruikbaar nummer en kan niet worden gebeld.",
        "Contact {name} has no usable number and cannot be rung.",
    ),
    Code.CONTACT_ON_OWN_LINE: (
        "Contactpersoon {name} heeft het nummer van het lid zelf en helpt dus niet als het lid niet opneemt.",
        "Contact {name} has the member's own number and is no help when the member does not answer.",
    ),
    Code.CONTACT_NUMBER_REFUSED: (
        "Nummer ‘{text}’ van contactpersoon {name} is niet te bellen: {reason}. Vraag het juiste nummer na.",
        "Number ‘{text}’ of contact {name} cannot be rung: {reason}. Ask for the right number.",
    ),
    Code.CONTACT_ORGANISATION_LINE: (
        "{number} van contactpersoon {name} is een nummer van een organisatie; ga na of daar iemand opneemt.",
        "{number} of contact {name} is an organisation's number; make sure that somebody answers there.",
    ),
    Code.CONTACT_SECOND_NUMBER: (
        "Contactpersoon {name} heeft meer dan een nummer en staat er daarom vaker in, in die volgorde.",
        "Contact {name} has more than one number and is therefore listed again, in that order.",
    ),
    Code.KEY_OF_FIRST_CONTACT: (
        "De sleutel is genoteerd bij de eerste contactpersoon.",
        "The key was noted with the first contact.",
    ),
    Code.KEY_UNCLEAR: (
        "Of {name} een sleutel heeft is niet duidelijk; de tekst is bewaard.",
        "Whether {name} has a key is not clear; the text was kept.",
    ),
    Code.NO_CONTACT: (
        "Geen contactpersoon met een nummer: na de vrijwilliger is er niemand om te bellen. Vraag ernaar.",
        "No contact with a number: after the volunteer there is nobody to ring. Ask for one.",
    ),
    Code.FEW_CONTACTS: (
        "Maar een contactpersoon om te bellen; twee of drie is veiliger.",
        "Only one contact to ring; two or three are safer.",
    ),
    Code.NOBODY_WITH_KEY: (
        "Niemand met een sleutel bekend.",
        "Nobody with a key is known.",
    ),
    Code.IS_RUNG_ONLY: (
        "Om de opmerking aangenomen: wordt gebeld, maar belt zelf niemand.",
        "Assumed from the remark: is rung, but rings nobody.",
    ),
    Code.RING_LONGER: (
        "Om de opmerking aangenomen: de telefoon langer laten overgaan.",
        "Assumed from the remark: let the telephone ring longer.",
    ),
    Code.REMARK_ASKS: (
        "De opmerking vraagt iets: ‘{text}’.",
        "The remark asks something: ‘{text}’.",
    ),
    Code.REMARK_MAY_END_PLACE: (
        "Volgens de opmerking doet dit lid misschien niet (meer) mee: ‘{text}’. Tot iemand kiest, wordt gebeld.",
        "By the remark this member may not take part (any more): ‘{text}’. Until somebody chooses, they are rung.",
    ),
}

_DAYS: dict[Language, tuple[str, ...]] = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# Values that are codes themselves, as words in a sentence.
_WORDS: dict[str, tuple[str, str]] = {
    "kind:mobile": ("mobiel", "mobile"),
    "kind:landline": ("vast", "landline"),
    "key:yes": ("ja", "yes"),
    "key:no": ("nee", "no"),
    "key:unknown": ("niet bekend", "not known"),
    "number:none": ("geen nummer", "no number"),
    "reason:too_short": ("er ontbreken cijfers", "digits are missing"),
    "reason:too_long": ("er zijn te veel cijfers", "there are too many digits"),
    "reason:service": (
        "nood- en servicenummers worden nooit gebeld",
        "emergency and service lines are never rung",
    ),
    "reason:organisation": ("het is van een organisatie", "it belongs to an organisation"),
    "reason:machine": (
        "op zo'n nummer is geen mens te bereiken",
        "no person can be reached on such a number",
    ),
    "reason:rounded": ("de spreadsheet heeft cijfers afgerond", "the spreadsheet rounded its digits"),
    "reason:not_possible": ("zo'n nummer bestaat niet", "there is no such number"),
    "seen:pdf": ("een PDF", "a PDF"),
    "seen:picture": ("een afbeelding", "a picture"),
    "seen:web_page": ("een webpagina", "a web page"),
    "seen:opendocument": ("een OpenDocument-bestand", "an OpenDocument file"),
    "seen:archive": ("een ander soort bestand", "another kind of file"),
    "seen:nothing": ("niets", "nothing"),
}
_FIELDS: dict[str, tuple[str, str]] = {
    "position": ("volgnummer", "position"),
    "title": ("aanhef", "form of address"),
    "given_name": ("voornaam", "given name"),
    "family_name": ("achternaam", "family name"),
    "phones": ("telefoonnummers", "telephone numbers"),
    "phone": ("telefoonnummer", "telephone number"),
    "address": ("adres", "address"),
    "postcode": ("postcode", "postcode"),
    "place": ("plaats", "place"),
    "weekdays": ("dagen", "days"),
    "contacts": ("contactpersonen", "contacts"),
    "can_ring": ("belt zelf", "rings somebody"),
    "ring_longer": ("langer laten overgaan", "ring longer"),
    "notes": ("bijzonderheden", "notes"),
    "status": ("status", "status"),
}


def say(finding: Finding, language: Language = "nl") -> str:
    """The finding as a sentence in Dutch ("nl") or English ("en")."""
    index = 0 if language == "nl" else 1
    facts = {name: _word(name, value, language) for name, value in finding.parameters}
    return _SENTENCES[finding.code][index].format_map(facts)


def field_name(field: str, language: Language = "nl") -> str:
    """The name of a field of a member, as people call it."""
    names = _FIELDS.get(field)
    return names[0 if language == "nl" else 1] if names else field


def days_as_words(days: frozenset[int], language: Language = "nl") -> str:
    """Days 0 (Monday) to 6 in short: "ma, wo, vr"."""
    if len(days) == 7:
        return "elke dag" if language == "nl" else "every day"
    return ", ".join(_DAYS[language][day] for day in sorted(days))


def _word(name: str, value: Parameter, language: Language) -> str:
    if isinstance(value, frozenset):
        return days_as_words(value, language)
    if name == "fields":
        return ", ".join(field_name(part, language) for part in str(value).split())
    if name == "field":
        return field_name(str(value), language)
    words = _WORDS.get(f"{name}:{value}")
    return words[0 if language == "nl" else 1] if words else str(value)
