"""What notifications say and text by themselves, for no programme in particular. Slow, short, one thing at a time."""

from backend.common.languages import Catalogue

NL = {
    "read_out": "Een bericht van {organisation}. {text} Druk op 1 als u dit gehoord heeft.",
    "thanks": "Dank u wel.",
    "could_not_ring": "{organisation} kan u niet bellen. Er is haast bij: bel {phone}.",
    "not_understood": "Dank u voor uw bericht. Wij begrijpen het niet vanzelf; een medewerker leest het. Is er haast bij? "
    "Bel dan {phone}.",
}

EN = {
    "read_out": "A message from {organisation}. {text} Press 1 if you have heard this.",
    "thanks": "Thank you.",
    "could_not_ring": "{organisation} cannot ring you. It is urgent: please ring {phone}.",
    "not_understood": "Thank you for your message. It is not understood by itself; a member of staff will read it. Is it "
    "urgent? Then ring {phone}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
