"""What the bus says on the day itself, to passengers and crew."""

from backend.common.languages import Catalogue

NL = {
    "near": "De boodschappenbus komt nu naar u toe. Hij is er over een paar minuten. Gaat u niet mee? Bel {phone}.",
    "manifest_link": "Uw lijst voor de boodschappenbus van vandaag, {time} uur: {link} Open hem thuis al een keer, dan "
    "werkt hij onderweg ook zonder bereik.",
}

EN = {
    "near": "The shopping bus is on its way to you now and will be there in a few minutes. Not coming? Ring {phone}.",
    "manifest_link": "Your list for the shopping bus of today, {time}: {link} Open it once at home; then it works on "
    "the road without signal, too.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
