"""What guests are texted when something about their places at a dinner has been noted or changed, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "one": "1 persoon",
    "more": "{covers} personen",
    "reserved": "{organisation}: u eet mee bij {resto}, {date}, {people}. Welkom vanaf {doors}. Komt u niet? Antwoord AFZEGGEN ETEN of bel {phone}.",
    "waiting": "{organisation}: u staat op de wachtlijst van {resto}, {date}, {people}. Komt er plaats, dan hoort u het. Vragen? Bel {phone}.",
    "changed": "{organisation}: u komt eten bij {resto}, {date}, nu met {people}. Klopt dat niet? Bel {phone}.",
    "moved": "{organisation}: het eten bij {resto}, {date}, is op een andere tijd. Welkom vanaf {doors}. Komt u niet? Antwoord AFZEGGEN ETEN.",
    "elsewhere": "{organisation}: het eten bij {resto}, {date}, is op een ander adres: {address}. Vragen? Bel {phone}.",
    "cancelled": "{organisation}: u bent afgemeld voor het eten bij {resto}, {date}. Komt u toch? Bel {phone}.",
    "off_list": "{organisation}: u staat niet meer op de wachtlijst van {resto}, {date}. Klopt dat niet? Bel {phone}.",
    "evening_off": "{organisation}: het eten bij {resto}, {date}, gaat niet door. Het spijt ons. Vragen? Bel {phone}.",
}

EN = {
    "one": "1 person",
    "more": "{covers} people",
    "reserved": "{organisation}: you eat at {resto}, {date}, {people}. Welcome from {doors}. Not coming? Answer CANCEL DINNER or ring {phone}.",
    "waiting": "{organisation}: you are on the waiting list of {resto}, {date}, {people}. We tell you when there is room. Ring {phone}.",
    "changed": "{organisation}: you eat at {resto}, {date}, now with {people}. Is that not right? Ring {phone}.",
    "moved": "{organisation}: the dinner at {resto}, {date}, is at another time. Welcome from {doors}. Not coming? Answer CANCEL DINNER.",
    "elsewhere": "{organisation}: the dinner at {resto}, {date}, is at another address: {address}. Questions? Ring {phone}.",
    "cancelled": "{organisation}: your places at {resto}, {date}, are cancelled. Coming after all? Ring {phone}.",
    "off_list": "{organisation}: you are off the waiting list of {resto}, {date}. Is that not right? Ring {phone}.",
    "evening_off": "{organisation}: the dinner at {resto}, {date}, does not take place. We are sorry. Questions? Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
