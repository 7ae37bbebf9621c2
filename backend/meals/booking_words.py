"""What guests are answered who reserve or cancel by text, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "reserved": "U eet mee bij {resto}, {date}, {people}. Welkom vanaf {doors}. Toch niet? Antwoord AFZEGGEN ETEN of bel {phone}.",
    "reserved_food": "U eet mee bij {resto}, {date}, {people}. Welkom om {doors}. Toch niet? Antwoord AFZEGGEN ETEN. Eet iemand iets niet? Bel {phone}.",
    "full": "Bij {resto}, {date}, is het vol voor {people}. Wilt u op de wachtlijst? Antwoord JA. Een andere avond? Bel {phone}.",
    "waiting": "U staat op de wachtlijst van {resto}, {date}, {people}. Komt er plaats, dan hoort u het. Vragen? Bel {phone}.",
    "waiting_food": "U staat op de wachtlijst van {resto}, {date}, {people}. Komt er plaats, dan hoort u het. Eet iemand iets niet? Bel {phone}.",
    "not_waiting": "Goed, wij noteren niets voor {resto}, {date}. Een andere avond? Bel {phone}.",
    "about_wait": "wachtlijst van {resto}, {date}",
    "room_after_all": "Er is nu toch plaats. Antwoord nog eens ETEN met het aantal mensen, of bel {phone}.",
    "already": "U staat al genoteerd voor {resto}, {date}. Iets veranderen? Bel {phone}.",
    "elsewhere": "U eet op dat moment al ergens anders mee. Wilt u ruilen naar {resto}, {date}? Bel {phone}.",
    "large": "Zo veel mensen passen niet aan een tafel bij {resto}. Bel ons, dan zoeken wij een oplossing: {phone}.",
    "too_late": "Voor {resto}, {date}, heeft de keuken de aantallen al. Bel om te horen of er een stoel vrij is: {phone}.",
    "no_evening": "Dan is er geen eten waarvoor u kunt reserveren. Bel om te horen wanneer wel: {phone}.",
    "several": "Op die dag kunt u op meer plaatsen eten. Bel om te reserveren: {phone}.",
    "who": "Wij kennen meer mensen met dit nummer. Bel om te reserveren of af te zeggen: {phone}.",
    "nothing": "U staat niet genoteerd voor een etentje. Vragen? Bel {phone}.",
    "about_what": "Wilt u het eten afzeggen? Antwoord AFZEGGEN ETEN. Gaat het over iets anders? Bel {phone}.",
    "which": "Voor welke avond? Antwoord met het cijfer: {choices}.",
    "sure": "Wilt u afzeggen? Antwoord met het cijfer: {choices}. Gaat het over iets anders? Bel {phone}.",
    "choice": "{number} = {date}",
    "cancelled": "U bent afgemeld voor het eten bij {resto}, {date}. Komt u toch? Bel {phone}.",
    "off_list": "U staat niet meer op de wachtlijst van {resto}, {date}. Klopt dat niet? Bel {phone}.",
    "cannot": "Afzeggen gaat nu niet meer vanzelf. Bel {phone}.",
}

EN = {
    "reserved": "You eat at {resto}, {date}, {people}. Welcome from {doors}. Not coming? Answer CANCEL DINNER or ring {phone}.",
    "reserved_food": "You eat at {resto}, {date}, {people}. Welcome from {doors}. Not coming? Answer CANCEL DINNER. Food that you do not eat? Ring {phone}.",
    "full": "{resto}, {date}, is full for {people}. Would you like to be on the waiting list? Answer YES. Another evening? Ring {phone}.",
    "waiting": "You are on the waiting list of {resto}, {date}, {people}. We tell you when there is room. Questions? Ring {phone}.",
    "waiting_food": "You are on the waiting list of {resto}, {date}, {people}. We tell you when there is room. Food that you do not eat? Ring {phone}.",
    "not_waiting": "All right, we note nothing for {resto}, {date}. Another evening? Ring {phone}.",
    "about_wait": "waiting list of {resto}, {date}",
    "room_after_all": "There is room after all. Answer DINNER again with the number of people, or ring {phone}.",
    "already": "You are noted for {resto}, {date}, already. Changing something? Ring {phone}.",
    "elsewhere": "You eat somewhere else at that time. Would you like to swap for {resto}, {date}? Ring {phone}.",
    "large": "So many people do not fit at a table at {resto}. Ring us and we will find a way: {phone}.",
    "too_late": "The kitchen of {resto}, {date}, has its numbers already. Ring to hear whether a chair is free: {phone}.",
    "no_evening": "There is no dinner then that you can reserve for. Ring to hear when there is one: {phone}.",
    "several": "You can eat at more than one place on that day. Ring to reserve: {phone}.",
    "who": "We know more than one person with this number. Ring to reserve or cancel: {phone}.",
    "nothing": "You are not noted for a dinner. Questions? Ring {phone}.",
    "about_what": "Would you like to cancel the dinner? Answer CANCEL DINNER. Is it about something else? Ring {phone}.",
    "which": "Which evening? Answer with the number: {choices}.",
    "sure": "Would you like to cancel? Answer with the number: {choices}. Is it about something else? Ring {phone}.",
    "choice": "{number} = {date}",
    "cancelled": "Your places at {resto}, {date}, are cancelled. Coming after all? Ring {phone}.",
    "off_list": "You are off the waiting list of {resto}, {date}. Is that not right? Ring {phone}.",
    "cannot": "That cannot be cancelled by itself any more. Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
