"""What notifications say and text by themselves, for no programme in particular. Slow, short, one thing at a time."""

from backend.common.languages import Catalogue

NL = {
    "read_out": "Een bericht van {organisation}. {text} Druk op 1 als u dit gehoord heeft.",
    "thanks": "Dank u wel.",
    "could_not_ring": "{organisation} kan u niet bellen. Er is haast bij: bel {phone}.",
    "not_understood": "Dank u voor uw bericht. Wij begrijpen het niet vanzelf; een medewerker leest het. Is er haast bij? "
    "Bel dan {phone}.",
    "you_are": "U bent",
    "they_are": "{name} is",
    "away_day": "{who} afwezig op {first}.",
    "away_from_to": "{who} afwezig van {first} tot en met {last}.",
    "away_open": "{who} afwezig vanaf {first}, tot wij horen dat dat voorbij is.",
    "away_wrong": "Klopt dat niet? Bel {phone}. Weer thuis? Antwoord TERUG.",
    "away_today": "{who} vandaag, {day}, afwezig. Langer? Antwoord tot en met wanneer, bijvoorbeeld: t/m 3 dec, of: tot "
    "nader order. Weer thuis? Antwoord TERUG.",
    "absence_unclear": "Wij begrijpen niet welke dagen u bedoelt; er is nog niets genoteerd. Antwoord bijvoorbeeld: AFWEZIG "
    "t/m 3 dec, of: AFWEZIG 3 dec t/m 5 dec. Of bel {phone}.",
    "absence_who": "Over wie gaat het? Antwoord: {choices}.",
    "is_back": "{who} niet meer afwezig en hoort er weer bij. Klopt dat niet? Bel {phone}.",
    "question_which": "Waarover gaat het? Antwoord met het cijfer: {choices}.",
    "question_choice": "{number} = {name}, {about}",
    "morning": "Goedemorgen {name}. Dit is {organisation}.",
    "afternoon": "Goedemiddag {name}. Dit is {organisation}.",
    "evening": "Goedenavond {name}. Dit is {organisation}.",
    "who": "Dit is {organisation}. {choices} Heeft u hulp nodig? Druk op 9. Wilt u iemand spreken? Blijf aan de lijn.",
    "who_person": "Bent u {name}? Druk op {digit}.",
    "who_contact": "Belt u voor {name}? Druk op {digit}.",
    "menu_end": "Heeft u hulp nodig? Druk op 9. Wilt u iemand spreken? Blijf aan de lijn, of druk op 0.",
    "to_human": "Een ogenblik, wij verbinden u door met een medewerker.",
    "unknown_caller": "U belt met {organisation}. Wij kennen dit nummer niet. U wordt nu doorverbonden met een medewerker.",
    "human_screen": "Dit is {organisation}. Er belt iemand die een medewerker wil spreken. Druk op 1 om verbonden te worden.",
    "nobody_free": "Er is nu niemand vrij. Wij bellen u terug op het nummer waarmee u belt. Wilt u op een ander nummer gebeld "
    "worden? Toets dat nummer in, en daarna een hekje. Er wordt niets opgenomen.",
    "leave_number": "Er is nu niemand vrij. Toets het nummer in waarop wij u kunnen terugbellen, en daarna een hekje. Er wordt "
    "niets opgenomen.",
    "number_back": "U toetste {digits}. Klopt dat? Druk op 1. Opnieuw? Druk op 2.",
    "number_wrong": "Dat is geen nummer dat wij kunnen bellen. Toets het nummer nog eens in, en daarna een hekje.",
    "number_noted": "Dank u wel. Wij bellen u terug.",
    "ring_instead": "Belt u anders {digits}. Dank u wel.",
    "offer_away": "Bent u een tijd weg? Druk op 3.",
    "offer_away_for": "Is {name} een tijd weg? Druk op 3.",
    "offer_back": "Bent u weer thuis? Druk op 4.",
    "offer_back_for": "Is {name} weer thuis? Druk op 4.",
    "away_until": "Tot wanneer? Tot en met morgen: druk op 1. Een week: druk op 2. Tot wij het horen: druk op 3. Tot een andere "
    "dag: druk op 4.",
    "away_digits": "Toets de laatste dag in: twee cijfers voor de dag en twee voor de maand. Voor 3 december is dat nul drie een "
    "twee.",
    "away_no_date": "Die dag begrijpen wij niet.",
    "away_confirm": "{days} Klopt dat? Druk op 1. Opnieuw? Druk op 2.",
    "away_noted": "Dank u wel, het is genoteerd. Een fijne dag.",
    "fault_through": "Er gaat bij ons iets mis. Wij verbinden u door met een medewerker. Blijf aan de lijn.",
    "fault_ring": "Er gaat bij ons iets mis. Belt u alstublieft {digits}. Nog eens: {digits}. Is er gevaar? Bel 112.",
    "fault_here": "Er gaat bij ons iets mis. Kijk alstublieft op de pagina van vandaag en in het postvak.",
    "fault_nobody": "Er is bij ons een storing. Belt u alstublieft uw contactpersoon of een bekende. Is er gevaar? Bel 112.",
    "help_noted": "Wij geven het nu door aan een medewerker. Is er gevaar? Bel 112. Blijf aan de lijn.",
    "texts_again": "U krijgt weer sms'jes van {organisation}. Wilt u dat niet meer? Antwoord STOP.",
    "no_texts_told": "{organisation}: {name} heeft dienst, maar heeft STOP gestuurd en krijgt geen sms'jes meer. Bij een melding "
    "bellen wij wel. Zie het postvak.",
    "help_stranger": "Is er gevaar? Bel 112. Wij geven uw bericht nu door; een medewerker belt u. Of bel {phone}.",
    "call_back": "Dit is {organisation}. Iemand wil graag teruggebeld worden. Druk op 1 als u dat op u neemt.",
    "call_back_number": "Het nummer is {digits}. Nog eens: {digits}. Het staat ook in het postvak. Dank u wel.",
    "call_back_text": "{organisation}: iemand wil graag teruggebeld worden. Zie het postvak: {link}",
    "call_back_later": "Wij bellen u zo nog eens.",
    "call_back_done": "Iemand anders heeft dit al op zich genomen. Dank u wel.",
    "was_not_away": "{who} bij ons niet afwezig gemeld. Er is niets veranderd. Vragen? Bel {phone}.",
}

EN = {
    "read_out": "A message from {organisation}. {text} Press 1 if you have heard this.",
    "thanks": "Thank you.",
    "could_not_ring": "{organisation} cannot ring you. It is urgent: please ring {phone}.",
    "not_understood": "Thank you for your message. It is not understood by itself; a member of staff will read it. Is it "
    "urgent? Then ring {phone}.",
    "you_are": "You are",
    "they_are": "{name} is",
    "away_day": "{who} away on {first}.",
    "away_from_to": "{who} away from {first} up to and including {last}.",
    "away_open": "{who} away from {first}, until we hear that this is over.",
    "away_wrong": "Is that wrong? Ring {phone}. Home again? Answer BACK.",
    "away_today": "{who} away today, {day}. Longer? Answer until when, for example: until 3 Dec, or: until further notice. "
    "Home again? Answer BACK.",
    "absence_unclear": "We do not understand which days you mean; nothing has been noted yet. Answer for example: AWAY until "
    "3 Dec, or: AWAY 3 Dec until 5 Dec. Or ring {phone}.",
    "absence_who": "Whom is it about? Answer: {choices}.",
    "is_back": "{who} no longer away, and in again. Is that wrong? Ring {phone}.",
    "question_which": "Which one do you mean? Answer with the number: {choices}.",
    "question_choice": "{number} = {name}, {about}",
    "morning": "Good morning {name}. This is {organisation}.",
    "afternoon": "Good afternoon {name}. This is {organisation}.",
    "evening": "Good evening {name}. This is {organisation}.",
    "who": "This is {organisation}. {choices} Do you need help? Press 9. Would you like to speak to somebody? Stay on the line.",
    "who_person": "Are you {name}? Press {digit}.",
    "who_contact": "Are you ringing for {name}? Press {digit}.",
    "menu_end": "Do you need help? Press 9. Would you like to speak to somebody? Stay on the line, or press 0.",
    "to_human": "One moment, we are connecting you with a member of staff.",
    "unknown_caller": "This is {organisation}. We do not know this number. You are now being connected to a person.",
    "human_screen": "This is {organisation}. Somebody rings who would like to speak to you. Press 1 to be connected.",
    "nobody_free": "Nobody is free now. We will ring you back on the number that you are ringing from. Would you rather be rung on "
    "another number? Key in that number, and then the hash key. Nothing is recorded.",
    "leave_number": "Nobody is free now. Key in the number on which we can ring you back, and then the hash key. Nothing is "
    "recorded.",
    "number_back": "You keyed in {digits}. Is that right? Press 1. Again? Press 2.",
    "number_wrong": "That is no number that we can ring. Key in the number once more, and then the hash key.",
    "number_noted": "Thank you. We will ring you back.",
    "ring_instead": "Otherwise please ring {digits}. Thank you.",
    "offer_away": "Will you be away for a time? Press 3.",
    "offer_away_for": "Will {name} be away for a time? Press 3.",
    "offer_back": "Are you home again? Press 4.",
    "offer_back_for": "Is {name} home again? Press 4.",
    "away_until": "Until when? Until and including tomorrow: press 1. A week: press 2. Until we hear: press 3. Until another day: "
    "press 4.",
    "away_digits": "Key in the last day: two digits for the day and two for the month. For 3 December that is zero three one two.",
    "away_no_date": "We do not understand that day.",
    "away_confirm": "{days} Is that right? Press 1. Again? Press 2.",
    "away_noted": "Thank you, it is noted. Have a good day.",
    "fault_through": "Something goes wrong at our end. We are putting you through to a member of staff. Stay on the line.",
    "fault_ring": "Something goes wrong at our end. Please ring {digits}. Once more: {digits}. Is there danger? Ring 112.",
    "fault_here": "Something goes wrong at our end. Please look at today's page and in the inbox.",
    "fault_nobody": "Something is out of order at our end. Please ring your contact or somebody you know. Is there danger? "
    "Ring 112.",
    "help_noted": "We are passing it on to a member of staff now. Is there danger? Ring 112. Stay on the line.",
    "texts_again": "You will receive texts of {organisation} again. No more? Answer STOP.",
    "no_texts_told": "{organisation}: {name} is on duty, but has sent STOP and receives no texts any more. In a case we do "
    "ring. See the inbox.",
    "help_stranger": "Is there danger? Ring 112. We are passing on your message now; somebody will ring you. Or ring {phone}.",
    "call_back": "This is {organisation}. Somebody would like to be rung back. Press 1 if you will do so.",
    "call_back_number": "The number is {digits}. Once more: {digits}. It is in the inbox as well. Thank you.",
    "call_back_text": "{organisation}: somebody would like to be rung back. See the inbox: {link}",
    "call_back_later": "We will ring you again.",
    "call_back_done": "Somebody else has taken this. Thank you.",
    "was_not_away": "{who} not noted as away. Nothing has changed. Questions? Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
