"""What is said, asked and texted on the evening before a dinner, and on its day, in Dutch and English.

With "_party" at the end: to somebody who helps on that evening, about those of their party who eat as guests.
"""

from backend.common.languages import Catalogue

NL = {
    "who": "Dit is {organisation}, over het eten. Wij bellen voor {name}. Bent u {name}? Druk op 1. Is {name} er niet? Druk op 2.",
    "ask": "Dit is {organisation}. U eet {day} om {dinner} mee bij {resto}, {people}. Komt u? Druk op 1. Komt u niet? Druk op 2. Wilt u "
    "iemand spreken? Druk op 3.",
    "yes": "Dank u wel. Wij rekenen op u. Tot dan.",
    "sure": "U komt niet eten. Klopt dat? Druk op 1. Komt u toch? Druk op 2.",
    "cancelled": "U bent afgemeld. Dank u wel voor het doorgeven. Tot een andere keer.",
    "speak": "Een ogenblik, wij verbinden u door.",
    "speak_later": "Er is nu niemand vrij. Wij bellen u terug. Dank u wel.",
    "not_there": "Dank u wel. Wij proberen het later nog eens.",
    "over": "Er is iets veranderd aan dit eten. U hoeft niets meer te doen. Heeft u een vraag? Bel {organisation}. Dank u wel.",
    "text": "{organisation}: u eet {day} om {dinner} mee bij {resto}, {people}. Komt u? Antwoord JA of NEE. Iemand spreken? Antwoord BEL.",
    "text_yes": "Dank u wel, wij rekenen op u, {people}. Welkom {day} vanaf {doors} bij {resto}.",
    "text_cancelled": "U bent afgemeld voor het eten bij {resto}, {day}. Toch komen? Bel {phone}.",
    "text_speak": "Wij bellen u over het eten. Is er haast bij? Bel {phone}.",
    "text_over": "Het eten bij {resto}, {day}: hierop kunt u niet meer antwoorden. Bel {phone}.",
    "reminder": "{organisation}: u eet {day} mee bij {resto}, {people}. Welkom vanaf {doors}. Kunt u niet? Antwoord NEE of bel {phone}.",
    "ask_party": "Dit is {organisation}. U helpt {day} bij {resto}. Van uw gezelschap eten om {dinner} mee: {people}. Komen zij? Druk op 1. "
    "Komen zij niet? Druk op 2. Wilt u iemand spreken? Druk op 3.",
    "yes_party": "Dank u wel. Wij rekenen op uw gezelschap. Tot dan.",
    "sure_party": "Uw gezelschap komt niet eten. Klopt dat? Druk op 1. Komen zij toch? Druk op 2.",
    "cancelled_party": "Uw gezelschap is afgemeld. U zelf staat nog op het rooster. Dank u wel voor het doorgeven.",
    "text_party": "{organisation}: u helpt {day} bij {resto}. Van uw gezelschap eten mee: {people}. Komen zij? Antwoord JA of NEE. Iemand "
    "spreken? Antwoord BEL.",
    "text_yes_party": "Dank u wel, wij rekenen op uw gezelschap, {people}. Welkom {day} vanaf {doors} bij {resto}.",
    "text_cancelled_party": "Uw gezelschap is afgemeld voor het eten bij {resto}, {day}. U zelf staat nog op het rooster. Toch komen? Bel "
    "{phone}.",
    "reminder_party": "{organisation}: van uw gezelschap eten {day} mee bij {resto}: {people}. Welkom vanaf {doors}. Komen zij niet? "
    "Antwoord NEE of bel {phone}.",
    "about": "eten bij {resto}, {day}",
}

EN = {
    "who": "This is {organisation}, about the dinner. We are ringing for {name}. Are you {name}? Press 1. Is {name} not there? Press 2.",
    "ask": "This is {organisation}. You eat {day}, {dinner}, at {resto}, {people}. Are you coming? Press 1. Not coming? Press 2. Would you like to "
    "speak to somebody? Press 3.",
    "yes": "Thank you. We are counting on you. See you then.",
    "sure": "You are not coming to the dinner. Is that right? Press 1. Coming after all? Press 2.",
    "cancelled": "Your places are cancelled. Thank you for telling us. Until another time.",
    "speak": "One moment, we are connecting you.",
    "speak_later": "Nobody is free now. We will ring you back. Thank you.",
    "not_there": "Thank you. We will try again later.",
    "over": "Something about this dinner has changed. You need not do anything. Do you have a question? Ring {organisation}. Thank you.",
    "text": "{organisation}: you eat {day} at {dinner} at {resto}, {people}. Coming? Answer YES or NO. Rather speak to us? Answer CALL.",
    "text_yes": "Thank you, we are counting on you, {people}. Welcome {day} from {doors} at {resto}.",
    "text_cancelled": "Your places at {resto}, {day}, are cancelled. Coming after all? Ring {phone}.",
    "text_speak": "We will ring you about the dinner. Is it urgent? Ring {phone}.",
    "text_over": "The dinner at {resto}, {day}: this cannot be answered any more. Ring {phone}.",
    "reminder": "{organisation}: you eat {day} at {resto}, {people}. Welcome from {doors}. Cannot come? Answer NO or ring {phone}.",
    "ask_party": "This is {organisation}. You help {day} at {resto}. Of your party these eat along at {dinner}: {people}. Are they coming? "
    "Press 1. Not coming? Press 2. Would you like to speak to somebody? Press 3.",
    "yes_party": "Thank you. We are counting on your party. See you then.",
    "sure_party": "Your party is not coming to the dinner. Is that right? Press 1. Are they coming after all? Press 2.",
    "cancelled_party": "The places of your party are cancelled. You yourself are still on the roster. Thank you for telling us.",
    "text_party": "{organisation}: you help {day} at {resto}. Of your party these eat along: {people}. Are they coming? Answer YES or NO. "
    "Rather speak to us? Answer CALL.",
    "text_yes_party": "Thank you, we are counting on your party, {people}. Welcome {day} from {doors} at {resto}.",
    "text_cancelled_party": "The places of your party at {resto}, {day}, are cancelled. You yourself are still on the roster. Coming after "
    "all? Ring {phone}.",
    "reminder_party": "{organisation}: of your party these eat {day} at {resto}: {people}. Welcome from {doors}. Are they not coming? "
    "Answer NO or ring {phone}.",
    "about": "dinner at {resto}, {day}",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
