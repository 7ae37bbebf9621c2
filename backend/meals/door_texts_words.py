"""What the crew of an evening is texted about its door."""

from backend.common.languages import Catalogue

NL = {
    "door_link": "De gastenlijst van {resto} vanavond, deur open om {time} uur: {link} Alleen voor u.",
}

EN = {
    "door_link": "The guest list of {resto} tonight, doors at {time}: {link} For you only.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
