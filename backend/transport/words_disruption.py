"""What passengers are told when a trip does not go as promised. Short, plain, the news first."""

from backend.common.languages import Catalogue

NL = {
    "opening": "Dit is {organisation}, over de boodschappenbus naar {trip} van {day}.",
    "stop": "De bus rijdt niet. {why} U wordt niet opgehaald.",
    "stop_away": "De bus rijdt niet verder. {why} Wij zorgen dat u op een andere manier thuiskomt. Blijf waar u bent; "
    "iemand van ons belt u.",
    "stop_way_home": "De bus rijdt niet verder. {why} U komt op een andere manier thuis: {way_home}.",
    "stop_waiting": "De bus rijdt niet. {why} U staat dus niet meer op de wachtlijst.",
    "stop_crew": "De rit gaat niet door. {why}",
    "shift_there": "De bus komt later. {why} Hij is bij u tussen {from_} en {until}.",
    "shift_home": "De bus naar huis gaat later. {why} U bent thuis tussen {from_} en {until}.",
    "times_there": "De bus is bij u tussen {from_} en {until}.",
    "times_home": "U bent thuis tussen {from_} en {until}.",
    "shift_crew": "De rit begint {minutes} minuten later. {why}",
    "shift_home_crew": "De terugrit begint {minutes} minuten later. {why}",
    "restored_place": "De bus rijdt toch. U heeft uw plaats weer.",
    "restored_waits": "De bus rijdt toch. U staat weer op de wachtlijst.",
    "restored_no_place": "De bus rijdt toch, maar er is geen plaats meer voor u. Het spijt ons. U wordt niet "
    "opgehaald.",
    "restored_elsewhere": "De bus rijdt toch. U heeft voor die dag iets anders afgesproken. Deze bus haalt u niet op.",
    "restored_crew": "De rit gaat toch door.",
    "why_bus_down": "De bus is kapot.",
    "why_driver_ill": "De chauffeur is uitgevallen.",
    "why_road_closed": "De weg is afgesloten.",
    "why_weather": "Het weer is te slecht.",
    "why_other": "Er is iets tussengekomen.",
    "home_family": "familie of een kennis haalt u op",
    "home_taxi": "er komt een taxi",
    "home_other_bus": "er komt een andere bus",
    "home_walks": "u gaat lopen of wordt gebracht",
    "home_at_home": "u bent al thuis",
    "today": "vandaag",
    "tomorrow": "morgen",
    "keys": "Druk op 1 als u dit begrepen heeft. Wilt u iemand spreken? Druk op 3.",
    "thanks": "Dank u wel. Tot ziens.",
    "to_human": "Een ogenblik, wij verbinden u door met een medewerker.",
    "text": "{opening} {news} Antwoord JA als u dit gelezen heeft. Iemand spreken? Bel {phone}.",
    "text_thanks": "{organisation}: dank u wel, genoteerd.",
    "text_ring": "{organisation}: een medewerker belt u. Heeft u haast? Bel {phone}.",
}

EN = {
    "opening": "This is {organisation}, about the shopping bus to {trip} of {day}.",
    "stop": "The bus does not drive. {why} You will not be fetched.",
    "stop_away": "The bus does not go on. {why} We will see that you get home in another way. Stay where you are; "
    "one of us will ring you.",
    "stop_way_home": "The bus does not go on. {why} You get home in another way: {way_home}.",
    "stop_waiting": "The bus does not drive. {why} So you are not on the waiting list any more.",
    "stop_crew": "The trip does not take place. {why}",
    "shift_there": "The bus comes later. {why} It will be with you between {from_} and {until}.",
    "shift_home": "The bus home goes later. {why} You will be home between {from_} and {until}.",
    "times_there": "The bus will be with you between {from_} and {until}.",
    "times_home": "You will be home between {from_} and {until}.",
    "shift_crew": "The trip begins {minutes} minutes later. {why}",
    "shift_home_crew": "The way back begins {minutes} minutes later. {why}",
    "restored_place": "The bus drives after all. You have your place again.",
    "restored_waits": "The bus drives after all. You are on the waiting list again.",
    "restored_no_place": "The bus drives after all, but there is no place for you any more. We are sorry. You will not "
    "be fetched.",
    "restored_elsewhere": "The bus drives after all. You have arranged something else for that day. This bus will not "
    "fetch you.",
    "restored_crew": "The trip takes place after all.",
    "why_bus_down": "The bus has broken down.",
    "why_driver_ill": "The driver cannot come.",
    "why_road_closed": "The road is closed.",
    "why_weather": "The weather is too bad.",
    "why_other": "Something has come up.",
    "home_family": "family or a friend fetches you",
    "home_taxi": "a taxi comes",
    "home_other_bus": "another bus comes",
    "home_walks": "you walk or are taken home",
    "home_at_home": "you are home already",
    "today": "today",
    "tomorrow": "tomorrow",
    "keys": "Press 1 if you have understood this. Would you like to speak to somebody? Press 3.",
    "thanks": "Thank you. Goodbye.",
    "to_human": "One moment, we are connecting you with a member of staff.",
    "text": "{opening} {news} Answer YES if you have read this. To speak to somebody, ring {phone}.",
    "text_thanks": "{organisation}: thank you, noted.",
    "text_ring": "{organisation}: a member of staff will ring you. Is it urgent? Ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
