"""The importer's own sentences, in Dutch and English: `tell(notice, language)`."""

from __future__ import annotations

from backend.circles.domain.call_list.findings import Code, finding
from backend.circles.domain.call_list.messages import Language, days_as_words, say
from backend.circles.services.importing.notices import Fact, Notice, NoticeCode

_SENTENCES: dict[NoticeCode, tuple[str, str]] = {
    NoticeCode.FILE_NOT_FOUND: (
        "Het bestand {file} bestaat niet. Kijk de naam en de map na.",
        "The file {file} does not exist. Check its name and folder.",
    ),
    NoticeCode.FILE_NOT_OPENED: (
        "Het bestand {file} kan niet worden geopend ({reason}).",
        "The file {file} cannot be opened ({reason}).",
    ),
    NoticeCode.CONSENT_UNREADABLE: (
        "--consent ‘{text}’ is niet te lezen. Geef wat de leden is voorgelegd, een komma, en de dag waarop zij het goed "
        "vonden: ‘…, 2026-03-12’. De dag mag niet in de toekomst liggen.",
        "--consent ‘{text}’ cannot be read. Give what the members agreed to, a comma, and the day on which they did: "
        "‘…, 2026-03-12’. The day may not lie ahead.",
    ),
    NoticeCode.NO_MEMBERS: (
        "In {file} staat geen enkel lid dat kan worden opgeslagen. Vul onder de kolomnamen ten minste een naam in.",
        "There is not one member in {file} that could be stored. Fill in at least one name below the column names.",
    ),
    NoticeCode.NO_ORGANISATION: (
        'Er is nog geen organisatie. Maak die eerst: manage.py register_organisation {slug} --name "…" --phone … --duty-phone …',
        'There is no organisation yet. Make one first: manage.py register_organisation {slug} --name "…" --phone … --duty-phone …',
    ),
    NoticeCode.UNKNOWN_ORGANISATION: (
        "Er is geen organisatie ‘{slug}’. Wel: {known}.",
        "There is no organisation ‘{slug}’. There are: {known}.",
    ),
    NoticeCode.UNKNOWN_CIRCLE: (
        "Er is geen cirkel ‘{circle}’. Wel: {known}. Geef --start (en --weekdays) om een nieuwe te maken.",
        "There is no circle ‘{circle}’. There are: {known}. Give --start (and --weekdays) to make a new one.",
    ),
    NoticeCode.NO_CIRCLE: (
        "Er is geen cirkel ‘{circle}’, en nog geen andere. Geef --start (en --weekdays) om deze te maken.",
        "There is no circle ‘{circle}’, nor any other. Give --start (and --weekdays) to make it.",
    ),
    NoticeCode.CIRCLE_UNCLEAR: (
        "‘{circle}’ kan meer dan een cirkel zijn: {known}. Schrijf de naam precies zo.",
        "‘{circle}’ can be more than one circle: {known}. Write the name exactly so.",
    ),
    NoticeCode.CIRCLE_NAME: (
        "De naam van een cirkel heeft 1 tot {limit} tekens.",
        "The name of a circle has 1 to {limit} characters.",
    ),
    NoticeCode.START_UNREADABLE: (
        "--start: ‘{text}’ is geen tijd. Schrijf bijvoorbeeld 08:30.",
        "--start: ‘{text}’ is not a time. Write for example 08:30.",
    ),
    NoticeCode.START_OUTSIDE: (
        "--start: een cirkel begint tussen {earliest} en {latest}; {start} valt daarbuiten.",
        "--start: a circle starts between {earliest} and {latest}; {start} is outside that.",
    ),
    NoticeCode.DAYS_UNREADABLE: (
        "--weekdays: ‘{text}’ is niet te lezen als dagen. Schrijf bijvoorbeeld daily, ma-vr of ‘ma, wo, vr’.",
        "--weekdays: ‘{text}’ cannot be read as days. Write for example daily, ma-vr or ‘mon, wed, fri’.",
    ),
    NoticeCode.SETTING_REFUSED: (
        "Een instelling van de organisatie of de cirkel kan niet werken: {reason}",
        "A setting of the organisation or the circle could not work: {reason}",
    ),
    NoticeCode.REACHES_NOBODY: (
        'Op {days} zou een alarm van deze cirkel niemand bereiken: er is geen vrijwilliger met een nummer en de organisatie heeft geen nummer dat dag en nacht opneemt. Geef --volunteer "naam, nummer", of geef de organisatie zo’n nummer.',
        'On {days} an alarm of this circle could never reach anyone: there is no volunteer with a number, and the organisation has no number that answers day and night. Give --volunteer "name, number", or give the organisation such a number.',
    ),
    NoticeCode.VOLUNTEER_UNREADABLE: (
        '--volunteer: ‘{text}’ is geen naam en nummer. Schrijf bijvoorbeeld "Anneke de Boer, 06 0000 0100".',
        '--volunteer: ‘{text}’ is not a name and a number. Write for example "Anneke de Boer, 06 0000 0100".',
    ),
    NoticeCode.VOLUNTEER_NUMBER_REFUSED: ("--volunteer: {refusal}", "--volunteer: {refusal}"),
    NoticeCode.VOLUNTEER_UNKNOWN: (
        '--volunteer: in deze organisatie is niemand bekend als ‘{text}’. Schrijf naam en nummer: "Anneke de Boer, 06 0000 0100".',
        '--volunteer: nobody in this organisation is known as ‘{text}’. Write name and number: "Anneke de Boer, 06 0000 0100".',
    ),
    NoticeCode.VOLUNTEER_UNCLEAR: (
        '--volunteer: ‘{text}’ kan in deze organisatie {count} mensen zijn. Schrijf naam en nummer: "Anneke de Boer, 06 0000 0100".',
        '--volunteer: ‘{text}’ can be {count} people in this organisation. Write name and number: "Anneke de Boer, 06 0000 0100".',
    ),
    NoticeCode.VOLUNTEER_WITHOUT_NUMBER: (
        "--volunteer: {name} heeft geen telefoonnummer en kan dus niet worden gewaarschuwd. Schrijf het nummer erbij.",
        "--volunteer: {name} has no telephone number and so cannot be alerted. Write the number too.",
    ),
    NoticeCode.CIRCLE_MADE: (
        "Nieuwe cirkel {circle}: begint om {start}; dagen: {days}.",
        "New circle {circle}: starts at {start}; days: {days}.",
    ),
    NoticeCode.FIRST_MORNING: (
        "De eerste ochtend is {day} {date}.",
        "The first morning is {day} {date}.",
    ),
    NoticeCode.CIRCLE_FOUND: (
        "Bestaande cirkel {circle}: begint om {start}; dagen: {days}.",
        "Existing circle {circle}: starts at {start}; days: {days}.",
    ),
    NoticeCode.CIRCLE_NOT_ACTIVE: (
        "De cirkel gaat nu niet rond (status: {status}): er wordt niemand gebeld. Maak de cirkel actief als dat wel moet.",
        "The circle does not go round now (status: {status}): nobody is rung. Make the circle active if it should.",
    ),
    NoticeCode.START_DIFFERS: (
        "--start {new} verschilt van de begintijd van de cirkel, {old}. Er is niets veranderd.",
        "--start {new} differs from the circle's start, {old}. Nothing was changed.",
    ),
    NoticeCode.DAYS_DIFFER: (
        "--weekdays ({new}) verschilt van de dagen van de cirkel ({old}). Er is niets veranderd.",
        "--weekdays ({new}) differs from the circle's days ({old}). Nothing was changed.",
    ),
    NoticeCode.TOO_MANY_MEMBERS: (
        "Er zijn nu {count} leden in de ring; meer dan {limit} is te veel om op tijd rond te zijn. Verdeel ze over twee cirkels.",
        "There are {count} members in the ring now; more than {limit} is too many to come round in time. Divide them between two circles.",
    ),
    NoticeCode.VOLUNTEER_REGISTERED: (
        "Nieuwe vrijwilliger {name}: {number}.",
        "New volunteer {name}: {number}.",
    ),
    NoticeCode.VOLUNTEER_NAMESAKE: (
        "Vrijwilliger {name} heet hetzelfde als iemand met een ander nummer: twee mensen.",
        "Volunteer {name} has the same name as somebody with another number: two people.",
    ),
    NoticeCode.VOLUNTEER_ON_DUTY: (
        "{name} heeft dienst; dagen: {days}.",
        "{name} is on duty; days: {days}.",
    ),
    NoticeCode.VOLUNTEER_IS_MEMBER: (
        "{name} is zelf lid van deze cirkel: wie niet opneemt, krijgt ook het alarm over zichzelf niet. Kies een ander, of zorg voor een reserve.",
        "{name} is a member of this circle: who does not answer misses the alarm about themselves too. Choose somebody else, or see to a backup.",
    ),
    NoticeCode.VOLUNTEER_DIFFERS: (
        "--volunteer {new}: op {days} heeft al {old} dienst. Er is niets veranderd.",
        "--volunteer {new}: on {days} {old} is on duty already. Nothing was changed.",
    ),
    NoticeCode.NOBODY_ON_DUTY: (
        'Op {days} heeft geen vrijwilliger dienst; een alarm gaat dan meteen verder. Geef --volunteer "naam, nummer".',
        'On {days} no volunteer is on duty; an alarm then goes on at once. Give --volunteer "name, number".',
    ),
    NoticeCode.NOT_IN_LIST: (
        "{name} staat in de cirkel, maar niet in de lijst. Er is niemand verwijderd; kijk of dit lid nog meedoet.",
        "{name} is in the circle, but not in the list. Nobody was removed; see whether this member still takes part.",
    ),
    NoticeCode.PLACED_BEHIND: (
        "Plaats {place} in de ring, achter wie er al was; in de lijst is het plaats {written}.",
        "Place {place} in the ring, behind who was there; in the list it is place {written}.",
    ),
    NoticeCode.PERHAPS_THE_SAME: (
        "Is dit {name}, met dezelfde naam of hetzelfde nummer in de cirkel maar niet in de lijst? Tot iemand kiest, zijn het er twee.",
        "Is this {name}, with the same name or number in the circle but not in the list? Until somebody chooses, they are two.",
    ),
    NoticeCode.HAS_LEFT: (
        "Heeft deze cirkel verlaten en is niet opnieuw opgenomen: wordt niet gebeld. Neem dit lid weer op als dat moet.",
        "Has left this circle and was not taken back: is not rung. Take this member back if that is meant.",
    ),
    NoticeCode.ALSO_IN_CIRCLE: (
        "Is ook lid van cirkel {circle}. Klopt dat? Dit lid wordt door beide cirkels gebeld.",
        "Is a member of circle {circle} too. Is that right? This member is rung by both circles.",
    ),
    NoticeCode.NEVER_RUNG: (
        "Doet mee op {days}, maar de cirkel gaat rond op {circle_days}: dit lid wordt nooit gebeld. Kies andere dagen.",
        "Takes part on {days}, but the circle goes round on {circle_days}: this member is never rung. Choose other days.",
    ),
    NoticeCode.NOT_RUNG_ON: (
        "Op {days} gaat de cirkel niet rond; dan wordt dit lid niet gebeld.",
        "On {days} the circle does not go round; this member is not rung then.",
    ),
    NoticeCode.NOT_STORED: (
        "Deze rij kon niet worden opgeslagen ({reason}). Verbeter de rij en importeer opnieuw.",
        "This row could not be stored ({reason}). Correct the row and import again.",
    ),
    NoticeCode.STILL_NEEDS_NUMBER: (
        "De lijst heeft nu een nummer, maar dit lid wordt nog niet gebeld. Geef het nummer: manage.py give_number.",
        "The list has a number now, but this member is not rung yet. Give the number: manage.py give_number.",
    ),
}
# Values that are codes themselves, as words in a sentence.
_WORDS: dict[str, tuple[str, str]] = {
    "status:forming": ("in wording", "forming"),
    "status:paused": ("gepauzeerd", "paused"),
    "status:closed": ("gesloten", "closed"),
    "reason:not_found": ("niet gevonden", "not found"),
    "reason:is_folder": ("het is een map", "it is a folder"),
    "reason:not_allowed": ("u mag het niet lezen", "you may not read it"),
    "reason:input_error": ("het lezen mislukte", "reading failed"),
    "reason:too_long": ("een tekst is te lang", "a text is too long"),
    "reason:forbidden_number": ("een nood- of servicenummer", "an emergency or service number"),
    "reason:unusable_text": ("een tekst met onbruikbare tekens", "a text with unusable characters"),
}


def tell(notice: Notice, language: Language = "nl") -> str:
    """The notice as a sentence in Dutch ("nl") or English ("en")."""
    index = 0 if language == "nl" else 1
    facts = {name: _word(name, value, language) for name, value in notice.facts}
    return _SENTENCES[notice.code][index].format_map(facts)


def _word(name: str, value: Fact, language: Language) -> str:
    if isinstance(value, frozenset):
        return days_as_words(value, language)
    if name == "refusal":
        written, _, reason = str(value).rpartition("|")
        return say(finding(Code.NUMBER_REFUSED, text=written, reason=reason), language)
    words = _WORDS.get(f"{name}:{value}")
    return words[0 if language == "nl" else 1] if words else str(value)
