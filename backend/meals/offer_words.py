"""What is said, asked and texted about chairs that became free, and to who waited in vain, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "who": "Dit is {organisation}, over het eten. Wij bellen voor {name}. Bent u {name}? Druk op 1. Is {name} er niet? Druk op 2.",
    "ask": "Dit is {organisation}. Er is plaats voor u bij het eten van {resto}, {day}, {people}. Wilt u komen? Druk op 1. Liever niet? "
    "Druk op 2. Wilt u iemand spreken? Druk op 3.",
    "yes": "Dank u wel. De plaats is voor u.",
    "accepted": "Dank u wel. U eet {day} mee bij {resto}, {people}. Welkom vanaf {doors}.",
    "declined": "Dank u wel. De plaats gaat naar iemand anders. U staat niet meer op de wachtlijst voor deze avond.",
    "not_there": "Dank u wel. Wij proberen het later nog eens.",
    "over": "Deze plaats is niet meer vrij. U blijft op de wachtlijst. Dank u wel.",
    "gone": "Het spijt ons, de plaats is niet meer vrij. U blijft op de wachtlijst.",
    "elsewhere": "U eet op dat moment al ergens anders mee. U blijft op de wachtlijst. Wilt u ruilen? Bel ons dan.",
    "text": "{organisation}: er is plaats bij {resto}, {day}, {people}. Wilt u komen eten? Antwoord JA of NEE, uiterlijk {until}.",
    "text_accepted": "U eet mee bij {resto}, {day}, {people}. Welkom vanaf {doors}. Toch niet? Antwoord AFZEGGEN ETEN of bel {phone}.",
    "text_declined": "Dank u wel. U staat niet meer op de wachtlijst van {resto}, {day}. Toch komen? Bel {phone}.",
    "text_gone": "De plaats bij {resto}, {day}, is niet meer vrij. Het spijt ons. U blijft op de wachtlijst. Vragen? Bel {phone}.",
    "text_elsewhere": "U eet op dat moment al ergens anders mee, niet bij {resto}. U blijft op de wachtlijst. Ruilen? Bel {phone}.",
    "text_expired": "U kon tot {until} antwoorden; de plaats bij {resto} is nu voor een ander. U blijft op de wachtlijst. Vragen? Bel "
    "{phone}.",
    "text_had": "U eet al mee bij {resto}, {day}. Toch niet? Antwoord AFZEGGEN ETEN of bel {phone}.",
    "no_place": "{organisation}: er is geen plaats vrijgekomen bij {resto}, {day}. Het spijt ons. Een andere avond? Bel {phone}.",
}

EN = {
    "who": "This is {organisation}, about the dinner. We are ringing for {name}. Are you {name}? Press 1. Is {name} not there? Press 2.",
    "ask": "This is {organisation}. There is room for you at the dinner of {resto}, {day}, {people}. Would you like to come? Press 1. "
    "Rather not? Press 2. Would you like to speak to somebody? Press 3.",
    "yes": "Thank you. The place is yours.",
    "accepted": "Thank you. You eat {day} at {resto}, {people}. Welcome from {doors}.",
    "declined": "Thank you. The place goes to somebody else. You are not on the waiting list of this evening any more.",
    "not_there": "Thank you. We will try again later.",
    "over": "This place is not free any more. You stay on the waiting list. Thank you.",
    "gone": "We are sorry, the place is not free any more. You stay on the waiting list.",
    "elsewhere": "You eat somewhere else at that time. You stay on the waiting list. Would you like to swap? Ring us.",
    "text": "{organisation}: there is room at {resto}, {day}, {people}. Would you like to come? Answer YES or NO, by {until}.",
    "text_accepted": "You eat at {resto}, {day}, {people}. Welcome from {doors}. Not coming? Answer CANCEL DINNER or ring {phone}.",
    "text_declined": "Thank you. You are off the waiting list of {resto}, {day}. Coming after all? Ring {phone}.",
    "text_gone": "The place at {resto}, {day}, is not free any more. We are sorry. You stay on the list. Questions? Ring {phone}.",
    "text_elsewhere": "You eat somewhere else at that time, not at {resto}. You stay on the waiting list. Swap? Ring {phone}.",
    "text_expired": "You could answer until {until}; the place at {resto} is for somebody else now. You stay on the list. Questions? "
    "Ring {phone}.",
    "text_had": "You eat at {resto}, {day}, already. Not coming? Answer CANCEL DINNER or ring {phone}.",
    "no_place": "{organisation}: no place became free at {resto}, {day}. We are sorry. Another evening? Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
