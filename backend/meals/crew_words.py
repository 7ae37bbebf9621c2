"""What the crew of a dinner is asked and told: short, no guest's name, nothing that a stranger may not hear."""

from backend.common.languages import Catalogue

NL = {
    "cook": "kok",
    "kitchen": "hulp in de keuken",
    "host": "gastheer of gastvrouw",
    "serving": "bediening",
    "till": "kassa",
    "bar": "bar",
    "shopping": "boodschappen",
    "asked": "{resto}: kunt u {day} van {begin} tot {end} helpen als {role}? Antwoord JA {short} of NEE {short}, "
    "graag voor {until}. {link}",
    "asked_urgently": "{resto}, dringend: wij zoeken voor {day} om {begin} iemand als {role}. Kunt u? Antwoord JA "
    "{short} of NEE {short}. Wie het eerst JA zegt, helpt ons. {link}",
    "asked_to_take_over": "{resto}: {name} kan {day} niet. Kunt u van {begin} tot {end} helpen als {role}? Antwoord "
    "JA {short} of NEE {short}. {link}",
    "confirmed": "Dank u wel. U helpt {day} van {begin} tot {end} als {role} bij {resto}. Kunt u toch niet? {link}",
    "confirmed_no_guest": "Dank u wel. U helpt {day} van {begin} tot {end} als {role} bij {resto} en eet mee met de "
    "ploeg. Uw eigen plaats als gast is vrij voor een ander. Kunt u toch niet? {link}",
    "declined": "Dank u wel voor uw antwoord. Wij vragen iemand anders.",
    "still_yours": "{resto}: u staat op het rooster voor meer dan één avond, ook voor {day}. Kunt u niet? Zeg hier voor "
    "welke avond: {link} Of bel {phone}.",
    "taken_by_other": "{resto}: voor {day} hebben wij al iemand. U hoeft niets te doen. Dank u wel.",
    "not_needed": "{resto}: de vraag over {day} is niet meer nodig. U hoeft niets te doen.",
    "taken_over": "{resto}: {name} neemt uw avond van {day} over. U bent dan vrij.",
    "nobody_took_over": "{resto}: niemand kon uw avond van {day} overnemen. De avond blijft van u. Lukt dat niet? "
    "Bel {phone}.",
    "others_asked": "Wij vragen de anderen of zij uw avond van {day} kunnen overnemen. Tot iemand JA zegt, blijft de "
    "avond van u. U hoort van ons.",
    "released": "{resto}: u staat {day} niet meer op het rooster. Klopt dat niet? Bel {phone}.",
    "moved": "{resto}: {day} helpt u nu van {begin} tot {end} als {role}. Kunt u dan niet? {link}",
    "evening_off": "{resto}: de avond van {day} gaat niet door. U bent dan vrij.",
    "reminder": "{resto}: u helpt {day} van {begin} tot {end} als {role}. Tot dan! Kunt u toch niet? {link}",
    "gap": "{resto}: voor {day} {begin} is er geen {role}; van wie wij vroegen kan niemand. {link}",
    "dropped": "{resto}: {name} kan {day} {begin} niet als {role}. Wij vragen nu alle anderen. {link}",
    "which": "U bent voor meer dan één dag gevraagd. {list} Antwoord {choices}.",
    "item": "{number}: {day} {begin} als {role}.",
    "yes_number": "JA {number}",
    "no_number": "NEE {number}",
    "or": "of",
    "not_asked_then": "Over die dag is u niets gevraagd; er is niets veranderd. {list} Antwoord {choices}.",
    "too_late": "{resto}: de avond van {day} is al begonnen of gaat niet door. Dank u wel.",
    "cannot_be": "{resto}: u kunt {day} niet op het rooster. Bel {phone}, dan zoeken wij uit hoe dat zit.",
    "which_day": "Welke avond wilt u ruilen? Antwoord bijvoorbeeld RUIL 3 dec. Uw avonden: {link}",
    "nobody_to_ask": "Er is niemand anders die wij kunnen vragen. De avond van {day} blijft van u. Bel {phone}.",
    "link": "{organisation}: de avonden waarop u helpt, en waarop u kunt helpen: {link}",
    "label": "{resto}, {day}",
    "call_question": "Goedendag, dit is {resto}, van {organisation}. Kunt u op {day} van {begin} tot {end} helpen als "
    "{role}? Ja: druk 1. Nee: druk 2.",
    "call_yes": "Dank u wel. U staat op het rooster voor {day}, {begin}. Tot dan.",
    "call_no": "Dank u wel voor uw antwoord. Wij vragen iemand anders. Tot ziens.",
    "call_taken": "Wij hebben voor {day} inmiddels iemand. U hoeft niets te doen. Dank u wel.",
    "call_over": "Deze vraag is niet meer nodig. Dank u wel. Tot ziens.",
    "call_cannot_be": "Het lukt niet om u op het rooster te zetten. Bel {phone}, dan zoeken wij uit hoe dat zit.",
    "call_no_key": "Wij hebben geen toets gehoord. Wij proberen het later nog eens. Tot ziens.",
}

EN = {
    "cook": "cook",
    "kitchen": "kitchen help",
    "host": "host",
    "serving": "waiter",
    "till": "cashier",
    "bar": "barkeeper",
    "shopping": "shopper",
    "asked": "{resto}: can you help on {day} from {begin} to {end} as {role}? Answer YES {short} or NO {short}, "
    "please before {until}. {link}",
    "asked_urgently": "{resto}, urgent: we need somebody on {day} at {begin} as {role}. Can you come? Answer YES "
    "{short} or NO {short}. Whoever says YES first helps us out. {link}",
    "asked_to_take_over": "{resto}: {name} cannot come on {day}. Can you help from {begin} to {end} as {role}? "
    "Answer YES {short} or NO {short}. {link}",
    "confirmed": "Thank you. You help on {day} from {begin} to {end} as {role} at {resto}. Cannot come after all? "
    "{link}",
    "confirmed_no_guest": "Thank you. You help on {day} from {begin} to {end} as {role} at {resto} and eat with the "
    "crew. Your own place as a guest is free for somebody else. Cannot come after all? {link}",
    "declined": "Thank you for answering. We are asking somebody else.",
    "still_yours": "{resto}: you are on the roster for more than one evening, also for {day}. Cannot come? Say "
    "here on which: {link} Or ring {phone}.",
    "taken_by_other": "{resto}: we have somebody for {day} already. You need do nothing. Thank you.",
    "not_needed": "{resto}: the question about {day} is not needed any more. You need do nothing.",
    "taken_over": "{resto}: {name} takes over your evening of {day}. You are free then.",
    "nobody_took_over": "{resto}: nobody could take over your evening of {day}. It stays yours. Is that impossible? "
    "Ring {phone}.",
    "others_asked": "We are asking the others whether they can take over your evening of {day}. Until somebody says "
    "YES it stays yours. You will hear from us.",
    "released": "{resto}: you are not on the roster of {day} any more. Is that wrong? Ring {phone}.",
    "moved": "{resto}: on {day} you help from {begin} to {end} as {role} now. Cannot come then? {link}",
    "evening_off": "{resto}: the evening of {day} is off. You are free then.",
    "reminder": "{resto}: you help on {day} from {begin} to {end} as {role}. See you then! Cannot come after all? "
    "{link}",
    "gap": "{resto}: there is no {role} for {day} {begin}; nobody whom we asked can come. {link}",
    "dropped": "{resto}: {name} cannot come as {role} on {day} {begin}. We are asking all others now. {link}",
    "which": "You have been asked about more than one day. {list} Answer {choices}.",
    "item": "{number}: {day} {begin} as {role}.",
    "yes_number": "YES {number}",
    "no_number": "NO {number}",
    "or": "or",
    "not_asked_then": "You were not asked about that day; nothing has changed. {list} Answer {choices}.",
    "too_late": "{resto}: the evening of {day} has begun already, or is off. Thank you.",
    "cannot_be": "{resto}: you cannot be on the roster on {day}. Ring {phone} and we will find out why.",
    "which_day": "Which evening would you like to swap? Answer for example SWAP 3 dec. Your evenings: {link}",
    "nobody_to_ask": "There is nobody else whom we could ask. The evening of {day} stays yours. Ring {phone}.",
    "link": "{organisation}: the evenings on which you help, and on which you could: {link}",
    "label": "{resto}, {day}",
    "call_question": "Good day, this is {resto}, of {organisation}. Can you help on {day} from {begin} to {end} as "
    "{role}? Yes: press 1. No: press 2.",
    "call_yes": "Thank you. You are on the roster for {day}, {begin}. See you then.",
    "call_no": "Thank you for answering. We are asking somebody else. Goodbye.",
    "call_taken": "We have somebody for {day} by now. You need do nothing. Thank you.",
    "call_over": "This question is not needed any more. Thank you. Goodbye.",
    "call_cannot_be": "We could not put you on the roster. Ring {phone} and we will find out why.",
    "call_no_key": "We did not hear a key. We will try again later. Goodbye.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
