"""What coordinators call their columns, in Dutch and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.circles.domain.call_list.cells import heading_key
from backend.circles.domain.call_list.weekdays import weekday_of_heading

# The contact that has columns of its own as a key holder ("Sleutelhouder", "Tel. sleutelhouder").
KEY_HOLDER = 9
# Longer texts are titles or remarks above the list.
LONGEST_HEADING = 60


class Field(StrEnum):
    """What a column holds."""

    POSITION = "position"
    STATUS = "status"
    TITLE = "title"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    INITIALS = "initials"
    NAME_PREFIX = "name_prefix"
    PHONE = "phone"
    LANDLINE = "landline"
    MOBILE = "mobile"
    ADDRESS = "address"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    PLACE = "place"
    WEEKDAYS = "weekdays"
    WEEKDAY = "weekday"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    CONTACT_RELATION = "contact_relation"
    KEY = "key"
    NOTES = "notes"
    UNKNOWN = "unknown"


PHONE_FIELDS = frozenset({Field.PHONE, Field.LANDLINE, Field.MOBILE})
NAME_FIELDS = frozenset({Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})
# Shown when no header is found; one of each kind is enough to mend a file.
KNOWN_HEADINGS = (
    "Nr, Naam, Achternaam, Voornaam, Telefoon, Vast nummer, Mobiel, Adres, Straat, Huisnummer, Postcode, "
    "Plaats, Dagen, Belt op, Contactpersoon 1, Telefoon contact 1, Relatie, Sleutel, Opmerkingen; "
    "Name, First name, Phone, Mobile, Address, Days, Contact, Key, Notes"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading by itself. `contact` is its number if it has one, 0 when it only says "contact"."""

    field: Field
    contact: int | None = None
    weekday: int | None = None
    number: int | None = None
    other_person: bool = False


_PHONE = r"tel\w*|phone\w*|telephone\w*|bereikbaar\w*"
_LANDLINE = r"vast\w*|landline|huistelefoon|thuisnummer|home phone"
_MOBILE = r"mobiel\w*|mobile|mob|06|gsm|cell\w*|06nr|06nummer"
_KEY = r"\w*sleutel\w*|keys?|key ?holder|has key|kluis\w*"
_KEY_HOLDER = r"sleutelhouders?|sleuteladres|key ?holders?|sleutel bij"
_RELATION = r"relatie|relation\w*|verwantschap|familierelatie|betrekking"
_CONTACT = (
    r"contact\w*|cp|noodcontact\w*|noodnummer|mantelzorg\w*|naaste|familielid|waarschuw\w*|emergency"
    r"|next of kin|bij nood|bij geen gehoor"
)
# Data about other people or things; a telephone number behind it is not the member's.
_OTHER_PERSON = (
    r"huisarts|arts|dokter|gp|doctor|apotheek|apotheker|thuiszorg\w*|wijkverple\w*|vrijwilliger\w*|volunteer"
)
_OTHER_THING = (
    r"e ?mail\w*|geboorte\w*|geb|birth\w*|dob|leeftijd|age|datum|date|sinds|since|bsn|polis\w*|rekening\w*"
    r"|iban|fax\w*"
)

# In this order: the first pattern that occurs in the heading decides.
_VOCABULARY: tuple[tuple[Field, str], ...] = (
    (Field.HOUSE_NUMBER, r"huis ?n\w*|hnr|huisnr|house n\w*|toevoeging|toev"),
    (Field.LANDLINE, _LANDLINE),
    (Field.MOBILE, _MOBILE),
    (Field.PHONE, _PHONE),
    (Field.NAME, r"voor\w* (?:en )?achter\w*|achter\w* (?:en )?voor\w*|naam (?:en )?voor\w*|volledige naam"),
    (Field.FAMILY_NAME, r"achternaam|familienaam|surname|last ?name|family ?name"),
    (Field.GIVEN_NAME, r"voornaam|voornamen|roepnaam|first ?name|given ?name|forename"),
    (Field.INITIALS, r"voorletters?|initialen|initials"),
    (Field.NAME_PREFIX, r"tussenv\w*|tv|voorvoegsel\w*"),
    (Field.TITLE, r"aanhef|titel|title|salutation|m v|geslacht|gender|dhr mw|mw dhr|mevr dhr|dhr mevr"),
    (Field.POSTCODE, r"postcode|pc|zip\w*|postal code|post code"),
    (Field.ADDRESS, r"\w*adres|address|straat en \w+|straatnaam en \w+|straat \w*nr|straat \w*nummer"),
    (Field.STREET, r"straat\w*|street"),
    (Field.PLACE, r"woonplaats|plaats|plaatsnaam|stad|dorp|city|town|gemeente|residence"),
    (
        Field.WEEKDAYS,
        r"dagen|beldag\w*|bel ?dag\w*|weekdag\w*|belt op|bellen op|gebeld op|bel ?schema|days?|weekdays?"
        r"|wanneer",
    ),
    (
        Field.NOTES,
        r"opmerking\w*|bijzonderhe\w*|notities?|notes?|remarks?|comments?|toelichting|aantekening\w*|nb",
    ),
    (Field.STATUS, r"status|wachtlijst|waiting list"),
    (
        Field.NAME,
        r"naam|name|full name|namen|deelnemers?|deelneemster|leden|lid|bewoner|bewoonster|members?|client"
        r"|participant",
    ),
    (
        Field.POSITION,
        r"nr|no|volgorde|volg ?nr|volg ?nummer|belvolgorde|positie|position|pos|order|nummer|rang",
    ),
)
_ORDINALS = (
    (1, r"1e?|1ste|eerste|first|1st|i"),
    (2, r"2e?|2de|tweede|second|2nd|ii"),
    (3, r"3e?|3de|derde|third|3rd|iii"),
    (4, r"4e?|4de|vierde|fourth|4th|iv"),
)


def read_heading(text: str) -> Heading:  # noqa: PLR0911 - the order of the cases is the rule
    """What one heading means by itself, whatever stands beside it."""
    key = heading_key(text)
    if not key or len(key) > LONGEST_HEADING:
        return Heading(Field.UNKNOWN)
    if key in {"#", "nr #", "# nr"}:
        return Heading(Field.POSITION)
    weekday = weekday_of_heading(key)
    if weekday is not None:
        return Heading(Field.WEEKDAY, weekday=weekday)
    if _has(key, _OTHER_THING):
        return Heading(Field.UNKNOWN)
    if _has(key, _OTHER_PERSON):
        return Heading(Field.UNKNOWN, other_person=True)
    ordinal = next((number for number, words in _ORDINALS if _has(key, words)), None)
    if _has(key, _KEY_HOLDER):
        return Heading(_field_of_contact(key), contact=KEY_HOLDER)
    if _has(key, _CONTACT) and not _has(key, r"contactgegevens|contactnummer"):
        return Heading(_field_of_contact(key), contact=ordinal or 0)
    if _has(key, _RELATION):
        return Heading(Field.CONTACT_RELATION, contact=ordinal or 0)
    if _has(key, _KEY):
        return Heading(Field.KEY, number=ordinal)
    if _has(key, r"contactnummer"):
        return Heading(Field.PHONE, number=ordinal)
    for field, words in _VOCABULARY:
        if _has(key, words):
            return Heading(field, number=ordinal)
    return Heading(Field.UNKNOWN)


def _field_of_contact(key: str) -> Field:
    if _has(key, rf"{_PHONE}|{_LANDLINE}|{_MOBILE}|noodnummer|nummer|nr|telnr"):
        # "Contact nr 1" counts contacts; "nummer contact" is a telephone number.
        counts = re.search(r"\b(?:nr|nummer) \d\b", key) and not _has(key, f"{_PHONE}|{_MOBILE}")
        return Field.CONTACT_NAME if counts else Field.CONTACT_PHONE
    if _has(key, _RELATION):
        return Field.CONTACT_RELATION
    if _has(key, r"heeft sleutel|sleutel|key|keys") and not _has(key, _KEY_HOLDER):
        return Field.KEY
    if _has(key, r"\w*adres|address|straat|postcode|plaats|woonplaats"):
        return Field.UNKNOWN
    return Field.CONTACT_NAME


def _has(key: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", key) is not None
