"""What is said, asked and texted about a freed seat, and to whoever waited in vain, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "who": "Dit is {organisation}, over de bus. Wij bellen voor {name}. Bent u {name}? Druk op 1. Is {name} er niet? Druk op 2.",
    "ask": "Dit is {organisation}. Er is een plaats vrij in de bus naar {trip}. {times} Wilt u mee? Druk op 1. Liever niet? "
    "Druk op 2. Wilt u iemand spreken? Druk op 3.",
    "yes": "Dank u wel. De plaats is voor u.",
    "accepted": "Dank u wel. De plaats is voor u. {times}",
    "declined": "Dank u wel. De plaats gaat naar iemand anders. U staat niet meer op de wachtlijst voor deze rit.",
    "not_there": "Dank u wel. Wij proberen het later nog eens.",
    "over": "Deze plaats is niet meer vrij. U blijft op de wachtlijst. Dank u wel.",
    "gone": "Het spijt ons, de plaats is niet meer vrij. U blijft op de wachtlijst.",
    "off": "De bus naar {trip} rijdt toch niet. U hoeft niets te doen. Dank u wel.",
    "friends": "U en {names}.",
    "until": "{day} {time}",
    "text": "{organisation}: er is een plaats vrij in de bus naar {trip}. {times} Wilt u mee? Antwoord JA of NEE, uiterlijk {until}.",
    "text_accepted": "De plaats in de bus is voor u. {times}",
    "text_declined": "Dank u wel. U staat niet meer op de wachtlijst voor {trip}, {day}. Toch mee? Bel {phone}.",
    "text_gone": "{organisation}: de plaats in de bus naar {trip}, {day}, is niet meer vrij. U blijft op de wachtlijst. Vragen? Bel {phone}.",
    "text_off": "{organisation}: de bus naar {trip}, {day}, rijdt niet. U hoeft niets te doen. Vragen? Bel {phone}.",
    "text_expired": "U kon tot {until} antwoorden; de plaats in de bus naar {trip} is nu aan een ander aangeboden. U blijft op de "
    "wachtlijst. Vragen? Bel {phone}.",
    "text_had": "U heeft deze plaats in de bus naar {trip}, {day}, al. Afmelden? Bel {phone}.",
    "no_place": "{organisation}: er is geen plaats vrijgekomen in de bus naar {trip}, {day}. Het spijt ons. Een andere rit? Bel {phone}.",
}

EN = {
    "who": "This is {organisation}, about the bus. We are ringing for {name}. Are you {name}? Press 1. Is {name} not there? Press 2.",
    "ask": "This is {organisation}. There is a free seat on the bus to {trip}. {times} Would you like to come? Press 1. Rather not? "
    "Press 2. Would you like to speak to somebody? Press 3.",
    "yes": "Thank you. The seat is yours.",
    "accepted": "Thank you. The seat is yours. {times}",
    "declined": "Thank you. The seat goes to somebody else. You are not on the waiting list of this trip any more.",
    "not_there": "Thank you. We will try again later.",
    "over": "This seat is not free any more. You stay on the waiting list. Thank you.",
    "gone": "We are sorry, the seat is not free any more. You stay on the waiting list.",
    "off": "The bus to {trip} does not drive after all. You need not do anything. Thank you.",
    "friends": "You and {names}.",
    "until": "{day} {time}",
    "text": "{organisation}: there is a free seat on the bus to {trip}. {times} Would you like to come? Answer YES or NO, by {until}.",
    "text_accepted": "The seat on the bus is yours. {times}",
    "text_declined": "Thank you. You are not on the waiting list for {trip}, {day}, any more. Coming after all? Ring {phone}.",
    "text_gone": "{organisation}: the seat on the bus to {trip}, {day}, is not free any more. You stay on the waiting list. Questions? Ring {phone}.",
    "text_off": "{organisation}: the bus to {trip}, {day}, does not drive. You need not do anything. Questions? Ring {phone}.",
    "text_expired": "You could answer until {until}; the seat on the bus to {trip} has been offered to somebody else now. You stay "
    "on the waiting list. Questions? Ring {phone}.",
    "text_had": "You have this seat on the bus to {trip}, {day}, already. Cancelling? Ring {phone}.",
    "no_place": "{organisation}: no seat has become free on the bus to {trip}, {day}. We are sorry. Another trip? Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
