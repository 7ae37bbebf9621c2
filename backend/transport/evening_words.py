"""What is said, asked and texted on the evening before a trip, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "who": "Dit is {organisation}, over de bus. Wij bellen voor {name}. Bent u {name}? Druk op 1. Is {name} er niet? Druk op 2.",
    "ask": "Dit is {organisation}, over de bus naar {trip}. {times} Gaat u mee? Druk op 1. Wilt u afmelden? Druk op 2. Wilt u "
    "iemand spreken? Druk op 3.",
    "yes": "Dank u wel. Wij rekenen op u. Tot dan.",
    "sure": "U wilt niet mee met de bus. Klopt dat? Druk op 1. Toch wel mee? Druk op 2.",
    "cancelled": "U bent afgemeld. Dank u wel voor het doorgeven. Tot een andere keer.",
    "speak": "Een ogenblik, wij verbinden u door.",
    "speak_later": "Er is nu niemand vrij. Wij bellen u terug. Dank u wel.",
    "not_there": "Dank u wel. Wij proberen het later nog eens.",
    "over": "Er is iets veranderd aan deze rit. U hoeft niets meer te doen. Heeft u een vraag? Bel {organisation}. Dank u wel.",
    "text": "{organisation}: de bus naar {trip}. {times} Gaat u mee? Antwoord JA of NEE. Liever iemand spreken? Antwoord BEL.",
    "text_yes": "Dank u wel, wij rekenen op u. {times}",
    "text_cancelled": "U bent afgemeld voor de bus naar {trip} {day}. Toch mee? Bel {phone}.",
    "text_speak": "Wij bellen u over de bus. Is er haast bij? Bel {phone}.",
    "text_over": "De bus naar {trip} {day}: hierop kunt u niet meer antwoorden. Bel {phone}.",
}

EN = {
    "who": "This is {organisation}, about the bus. We are ringing for {name}. Are you {name}? Press 1. Is {name} not there? Press 2.",
    "ask": "This is {organisation}, about the bus to {trip}. {times} Are you coming? Press 1. Would you like to cancel? Press 2. "
    "Would you like to speak to somebody? Press 3.",
    "yes": "Thank you. We are counting on you. See you then.",
    "sure": "You are not coming with the bus. Is that right? Press 1. Coming after all? Press 2.",
    "cancelled": "Your place has been cancelled. Thank you for telling us. Until another time.",
    "speak": "One moment, we are connecting you.",
    "speak_later": "Nobody is free now. We will ring you back. Thank you.",
    "not_there": "Thank you. We will try again later.",
    "over": "Something about this trip has changed. You need not do anything. Do you have a question? Ring {organisation}. Thank you.",
    "text": "{organisation}: the bus to {trip}. {times} Are you coming? Answer YES or NO. Rather speak to somebody? Answer CALL.",
    "text_yes": "Thank you, we are counting on you. {times}",
    "text_cancelled": "Your place on the bus to {trip} {day} has been cancelled. Coming after all? Ring {phone}.",
    "text_speak": "We will ring you about the bus. Is it urgent? Ring {phone}.",
    "text_over": "The bus to {trip} {day}: this cannot be answered any more. Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
