"""What is said, texted and put in calendars to who reserves without an account, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "calendar_reserve": "Mee-eten? Bel {phone}.",
    "code_text": "{code} is uw code om te reserveren bij {resto}. Hij geldt 15 minuten. Niet gevraagd? Dan hoeft u niets te doen.",
    "code_call": "Dit is {organisation}. U vroeg om een code, om te reserveren bij {resto}. Uw code is: {digits}. Druk op 1 om hem nog "
    "eens te horen. Heeft u niets gevraagd? Dan kunt u ophangen.",
    "code_goodbye": "Dank u wel. Tot ziens.",
    "reserved": "{organisation}: u eet mee bij {resto}, {date}, {people}. Welkom vanaf {doors}. Bekijken, wijzigen of afmelden: {link}",
    "waiting": "{organisation}: u staat op de wachtlijst van {resto}, {date}, {people}. Bekijken of afmelden: {link}",
}

EN = {
    "calendar_reserve": "Coming to eat? Ring {phone}.",
    "code_text": "{code} is your code to reserve at {resto}. It is good for 15 minutes. Not asked for? Then you need do nothing.",
    "code_call": "This is {organisation}. You asked for a code, to reserve at {resto}. Your code is: {digits}. Press 1 to hear it "
    "again. Did you ask for nothing? Then you can hang up.",
    "code_goodbye": "Thank you. Goodbye.",
    "reserved": "{organisation}: you eat at {resto}, {date}, {people}. Welcome from {doors}. Look, change or cancel: {link}",
    "waiting": "{organisation}: you are on the waiting list of {resto}, {date}, {people}. Look or cancel: {link}",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
