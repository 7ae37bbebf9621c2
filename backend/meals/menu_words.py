"""What the one number says about the dinners to who rings it, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "offer": "Belt u over het eten? Druk op 6.",
    "offer_for": "Belt u over het eten voor {name}? Druk op 6.",
    "chairs": "Er is plaats voor u bij het eten van {resto}, {day}, {people}. Wilt u komen? Druk op 1. Liever niet? Druk op 2. "
    "Wilt u iemand spreken? Druk op 0.",
    "reserved": "U eet {day} om {dinner} mee bij {resto}, {people}. Wilt u afzeggen? Druk op 2. Wilt u iemand spreken? Druk op 0.",
    "waiting": "U staat op de wachtlijst van {resto}, {day}, {people}. Wilt u daarvan af? Druk op 2. Wilt u iemand spreken? Druk "
    "op 0.",
    "next": "Voor uw volgende etentje, druk op 3.",
    "another": "Wilt u voor een andere avond reserveren? Druk op 4.",
    "covers": "U kunt mee-eten bij {resto}, {day} om {dinner}. Met hoeveel mensen komt u, uzelf meegeteld? Toets een cijfer van 1 "
    "tot en met 8. Wilt u iemand spreken? Druk op 0.",
    "confirm": "Bij {resto}, {day}, {people}. Klopt dat? Druk op 1. Opnieuw? Druk op 2.",
    "noted": "Dank u wel. U eet {day} mee bij {resto}, {people}. Welkom vanaf {doors}.",
    "full": "Het is dan vol voor {people}. Wilt u op de wachtlijst? Druk op 1. Liever niet? Druk op 2. Wilt u iemand spreken? "
    "Druk op 0.",
    "on_list": "U staat op de wachtlijst. Komt er plaats, dan hoort u het van ons. Dank u wel.",
    "food": "Eet iemand iets niet? Druk op 0, dan kunt u het zeggen. Eet u alles? Dan mag u ophangen.",
    "bye": "Dank u wel. Tot ziens.",
    "no_evening": "Er is nu geen ander eten waarvoor u kunt reserveren. Wij verbinden u door met een medewerker.",
    "person": "Dat gaat niet vanzelf. Wij verbinden u door met een medewerker.",
    "sure": "U komt {day} niet eten bij {resto}. Klopt dat? Druk op 1. Komt u toch? Druk op 2.",
    "cancelled": "U bent afgemeld voor het eten bij {resto}. Dank u wel voor het doorgeven.",
    "kept": "Er is niets veranderd. Dank u wel.",
}

EN = {
    "offer": "Are you ringing about the dinner? Press 6.",
    "offer_for": "Are you ringing about the dinner for {name}? Press 6.",
    "chairs": "There is room for you at the dinner of {resto}, {day}, {people}. Would you like to come? Press 1. Rather not? Press 2. "
    "Would you like to speak to somebody? Press 0.",
    "reserved": "You eat {day}, {dinner}, at {resto}, {people}. Would you like to cancel? Press 2. Would you like to speak to "
    "somebody? Press 0.",
    "waiting": "You are on the waiting list of {resto}, {day}, {people}. Would you rather not? Press 2. Would you like to speak to "
    "somebody? Press 0.",
    "next": "For your next dinner, press 3.",
    "another": "Would you like to reserve for another evening? Press 4.",
    "covers": "You can eat at {resto}, {day}, {dinner}. With how many people do you come, counting yourself? Key a digit from 1 to 8. "
    "Would you like to speak to somebody? Press 0.",
    "confirm": "At {resto}, {day}, {people}. Is that right? Press 1. Again? Press 2.",
    "noted": "Thank you. You eat {day} at {resto}, {people}. Welcome from {doors}.",
    "full": "It is full then for {people}. Would you like to be on the waiting list? Press 1. Rather not? Press 2. Would you like to "
    "speak to somebody? Press 0.",
    "on_list": "You are on the waiting list. We tell you when there is room. Thank you.",
    "food": "Is there anything that is not eaten? Press 0 and tell us. If you eat everything, you may hang up.",
    "bye": "Thank you. Goodbye.",
    "no_evening": "There is no other dinner now that you can reserve for. We are connecting you with a member of staff.",
    "person": "That cannot be done by itself. We are connecting you with a member of staff.",
    "sure": "You are not coming to {resto} {day}. Is that right? Press 1. Coming after all? Press 2.",
    "cancelled": "Your places at {resto} are cancelled. Thank you for telling us.",
    "kept": "Nothing has changed. Thank you.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
