"""What the one number says about the bus to who rings it, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "offer": "Belt u over de bus? Druk op 7.",
    "offer_for": "Belt u over de bus voor {name}? Druk op 7.",
    "seat": "Er is een plaats vrij in de bus naar {trip}. {times} Wilt u mee? Druk op 1. Liever niet? Druk op 2. Wilt u iemand "
    "spreken? Druk op 0.",
    "booked": "U gaat mee met de bus naar {trip}. {times} Wilt u afmelden? Druk op 2. Wilt u iemand spreken? Druk op 0.",
    "next": "Voor uw volgende rit, druk op 3.",
    "waiting": "U staat op de wachtlijst voor de bus naar {trip}, {day}. Wilt u daarvan af? Druk op 2. Wilt u iemand spreken? "
    "Druk op 0.",
    "sure": "U wilt niet mee met de bus naar {trip}, {day}. Klopt dat? Druk op 1. Toch wel mee? Druk op 2.",
    "cancelled": "U bent afgemeld voor de bus naar {trip}. Dank u wel voor het doorgeven.",
    "kept": "Er is niets veranderd. Dank u wel.",
    "too_late": "Dat kan nu niet meer vanzelf. Wij verbinden u door met een medewerker.",
}

EN = {
    "offer": "Are you ringing about the bus? Press 7.",
    "offer_for": "Are you ringing about the bus for {name}? Press 7.",
    "seat": "There is a free seat on the bus to {trip}. {times} Would you like to come? Press 1. Rather not? Press 2. Would you "
    "like to speak to somebody? Press 0.",
    "booked": "You are coming with the bus to {trip}. {times} Would you like to cancel? Press 2. Would you like to speak to "
    "somebody? Press 0.",
    "next": "For your next trip, press 3.",
    "waiting": "You are on the waiting list of the bus to {trip}, {day}. Would you rather not? Press 2. Would you like to speak "
    "to somebody? Press 0.",
    "sure": "You are not coming with the bus to {trip}, {day}. Is that right? Press 1. Coming after all? Press 2.",
    "cancelled": "Your place on the bus to {trip} has been cancelled. Thank you for telling us.",
    "kept": "Nothing has changed. Thank you.",
    "too_late": "That cannot be done by itself any more. We are connecting you with a member of staff.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
