"""What the bus says on the telephone and texts. Short, plain, one thing at a time.

Sentences of one subject that are many have a catalogue beside this one (`words_disruption.py`).
"""

from backend.common.languages import Catalogue

NL = {
    "label": "Boodschappenbus, rit naar {trip}",
}

EN = {
    "label": "Shopping bus, trip to {trip}",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
