"""The list at the door on paper, in words."""

from typing import Any

NL: dict[str, Any] = {
    "title": "{resto}: gastenlijst",
    "day": "{weekday} {day}. Deur open om {doors}, eten om {dinner}. Stoelen: {chairs}, waarvan vrij: {free}.",
    "prices": "Prijzen: {prices}. Niemand hoeft iets te bewijzen.",
    "who": "Naam",
    "people": "Aantal",
    "known": "Om te weten",
    "came": "Er, hoeveel",
    "table": "Tafel",
    "paid": "Betaald: prijs, contant, kaart",
    "first": "Eerste keer.",
    "ride": "Komt met de bus.",
    "own_plate": "eigen bord",
    "waiting_title": "Nog zonder stoel: alleen als er stoelen vrij zijn",
    "walk_ins": "Zonder reservering",
    "end": "Aan het eind: gekookte porties ____  over ____  in de kas € ________",
    "rules": "Zet bij “Er” hoeveel er gekomen zijn. Typ de lijst later over: dan kloppen de aantallen weer.",
}

EN: dict[str, Any] = {
    "title": "{resto}: list of guests",
    "day": "{weekday} {day}. Doors at {doors}, dinner at {dinner}. Chairs: {chairs}, of which free: {free}.",
    "prices": "Prices: {prices}. Nobody has to prove anything.",
    "who": "Name",
    "people": "People",
    "known": "To know",
    "came": "Here, how many",
    "table": "Table",
    "paid": "Paid: price, cash, card",
    "first": "First time.",
    "ride": "Comes with the bus.",
    "own_plate": "plate of their own",
    "waiting_title": "Without a chair so far: only while there are chairs",
    "walk_ins": "Without a reservation",
    "end": "At the end: portions cooked ____  left ____  in the till € ________",
    "rules": "Write how many came. Type the list in later: then the numbers of chairs and meals are right again.",
}

WORDS = {"nl": NL, "en": EN}
