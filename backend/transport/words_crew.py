"""What drivers and hosts are asked and told: short, no passenger's name, nothing that a stranger may not hear."""

from backend.common.languages import Catalogue

NL = {
    "driver": "chauffeur",
    "host": "gastheer of gastvrouw",
    "asked": "Boodschappenbus: kunt u {day} van {begin} tot {end} mee als {role} ({trip})? Antwoord JA {short} "
    "of NEE {short}, graag voor {until}. {link}",
    "asked_to_take_over": "Boodschappenbus: {name} kan {day} niet. Kunt u van {begin} tot {end} mee als {role} "
    "({trip})? Antwoord JA {short} of NEE {short}. {link}",
    "confirmed": "Dank u wel. U staat {day} van {begin} tot {end} op het rooster als {role} ({trip}). Kunt u "
    "toch niet? {link}",
    "declined": "Dank u wel voor uw antwoord. Wij vragen iemand anders.",
    "still_yours": "Boodschappenbus: u staat op het rooster voor meer dan één rit, ook voor {day}. Kunt u niet? "
    "Zeg hier voor welke rit: {link} Of bel {phone}.",
    "taken_by_other": "Boodschappenbus: voor {day} hebben wij al iemand. U hoeft niets te doen. Dank u wel.",
    "not_needed": "Boodschappenbus: de vraag over {day} is niet meer nodig. U hoeft niets te doen.",
    "taken_over": "Boodschappenbus: {name} neemt uw rit van {day} over. U bent die dag vrij.",
    "nobody_took_over": "Boodschappenbus: niemand kon uw rit van {day} overnemen. De rit blijft van u. Lukt dat "
    "niet? Bel {phone}.",
    "others_asked": "Wij vragen de anderen of zij uw rit van {day} kunnen overnemen. Tot iemand JA zegt, blijft "
    "de rit van u. U hoort van ons.",
    "released": "Boodschappenbus: u staat {day} niet meer op het rooster. Klopt dat niet? Bel {phone}.",
    "moved": "Boodschappenbus: de rit van {day} ({trip}) is nu van {begin} tot {end}. Kunt u dan niet? {link}",
    "trip_off": "Boodschappenbus: de rit van {day} ({trip}) gaat niet door. U bent die dag vrij.",
    "gap": "Boodschappenbus: voor {day} {begin} ({trip}) is er geen {role}; van wie wij vroegen kan niemand. {link}",
    "which": "U bent over meer dan één rit gevraagd. {list} Antwoord {choices}.",
    "item": "{number}: {day} {begin} als {role}.",
    "yes_number": "JA {number}",
    "no_number": "NEE {number}",
    "or": "of",
    "not_asked_then": "Over die dag is u niets gevraagd; er is niets veranderd. {list} Antwoord {choices}.",
    "too_late": "Boodschappenbus: de rit van {day} is al begonnen of gaat niet door. Dank u wel.",
    "cannot_be": "Boodschappenbus: u kunt {day} niet op het rooster. Bel {phone}, dan zoeken wij uit hoe dat zit.",
    "which_day": "Welke rit wilt u ruilen? Antwoord bijvoorbeeld RUIL 3 dec. Uw ritten: {link}",
    "nobody_to_ask": "Er is niemand anders die wij kunnen vragen. De rit van {day} blijft van u. Bel {phone}.",
    "link": "Boodschappenbus: uw ritten, en op welke dagen u kunt: {link}",
    "call_question": "Goedendag, dit is de boodschappenbus van {organisation}. Kunt u op {day} van {begin} tot "
    "{end} mee als {role}? De rit gaat naar {trip}. Ja: druk 1. Nee: druk 2.",
    "call_yes": "Dank u wel. U staat op het rooster voor {day}, {begin}. Tot dan.",
    "call_no": "Dank u wel voor uw antwoord. Wij vragen iemand anders. Tot ziens.",
    "call_taken": "Wij hebben voor {day} inmiddels iemand. U hoeft niets te doen. Dank u wel.",
    "call_over": "Deze vraag is niet meer nodig. Dank u wel. Tot ziens.",
    "call_cannot_be": "Het lukt niet om u op het rooster te zetten. Bel {phone}, dan zoeken wij uit hoe dat zit.",
    "call_no_key": "Wij hebben geen toets gehoord. Wij proberen het later nog eens. Tot ziens.",
}

EN = {
    "driver": "driver",
    "host": "host",
    "asked": "Shopping bus: can you come along on {day} from {begin} to {end} as {role} ({trip})? Answer YES "
    "{short} or NO {short}, please before {until}. {link}",
    "asked_to_take_over": "Shopping bus: {name} cannot come on {day}. Can you, from {begin} to {end}, as {role} "
    "({trip})? Answer YES {short} or NO {short}. {link}",
    "confirmed": "Thank you. You are on the roster on {day} from {begin} to {end} as {role} ({trip}). Cannot "
    "come after all? {link}",
    "declined": "Thank you for answering. We are asking somebody else.",
    "still_yours": "Shopping bus: you are on the roster for more than one trip, also for {day}. Cannot come? Say "
    "here on which: {link} Or ring {phone}.",
    "taken_by_other": "Shopping bus: we have somebody for {day} already. You need do nothing. Thank you.",
    "not_needed": "Shopping bus: the question about {day} is not needed any more. You need do nothing.",
    "taken_over": "Shopping bus: {name} takes over your trip of {day}. You are free that day.",
    "nobody_took_over": "Shopping bus: nobody could take over your trip of {day}. It stays yours. Is that "
    "impossible? Ring {phone}.",
    "others_asked": "We are asking the others whether they can take over your trip of {day}. Until somebody says "
    "YES it stays yours. You will hear from us.",
    "released": "Shopping bus: you are not on the roster of {day} any more. Is that wrong? Ring {phone}.",
    "moved": "Shopping bus: the trip of {day} ({trip}) is from {begin} to {end} now. Cannot come then? {link}",
    "trip_off": "Shopping bus: the trip of {day} ({trip}) is off. You are free that day.",
    "gap": "Shopping bus: there is no {role} for {day} {begin} ({trip}); nobody whom we asked can come. {link}",
    "which": "You have been asked about more than one trip. {list} Answer {choices}.",
    "item": "{number}: {day} {begin} as {role}.",
    "yes_number": "YES {number}",
    "no_number": "NO {number}",
    "or": "or",
    "not_asked_then": "You were not asked about that day; nothing has changed. {list} Answer {choices}.",
    "too_late": "Shopping bus: the trip of {day} has begun already, or is off. Thank you.",
    "cannot_be": "Shopping bus: you cannot be on the roster on {day}. Ring {phone} and we will find out why.",
    "which_day": "Which trip would you like to swap? Answer for example SWAP 3 dec. Your trips: {link}",
    "nobody_to_ask": "There is nobody else whom we could ask. The trip of {day} stays yours. Ring {phone}.",
    "link": "Shopping bus: your trips, and the days on which you can come: {link}",
    "call_question": "Good day, this is the shopping bus of {organisation}. Can you come along on {day} from "
    "{begin} to {end} as {role}? The trip goes to {trip}. Yes: press 1. No: press 2.",
    "call_yes": "Thank you. You are on the roster for {day}, {begin}. See you then.",
    "call_no": "Thank you for answering. We are asking somebody else. Goodbye.",
    "call_taken": "We have somebody for {day} by now. You need do nothing. Thank you.",
    "call_over": "This question is not needed any more. Thank you. Goodbye.",
    "call_cannot_be": "We could not put you on the roster. Ring {phone} and we will find out why.",
    "call_no_key": "We did not hear a key. We will try again later. Goodbye.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
