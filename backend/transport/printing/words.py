"""The words of the leaflet, by language."""

from typing import Any

from backend.common.languages import in_language

WORDS: dict[str, dict[str, Any]] = {
    "nl": {
        "title": "Met de bus op stap",
        "for": "{area}, {months}",
        "book": "Meerijden? Bel",
        "how": "Wij halen u thuis op en brengen u weer thuis. Boodschappen dragen we voor u naar binnen. Met rollator of rolstoel kunt u ook mee: zeg het als u belt.",
        "cutoff": "Kunt u toch niet? Afzeggen is gratis tot {time} uur de dag ervoor.",
        "times": "Ophalen vanaf {leaves}, terug vanaf {returns} uur",
        "price": "Wat kost het?",
        "companion": "Wie u begeleidt, rijdt gratis mee. Entree en lunch zijn niet inbegrepen.",
        "not_driven": "Op deze dagen rijdt de bus niet",
        "nothing": "In deze maand staan er nog geen ritten. Bel gerust om te vragen wanneer de bus weer rijdt.",
        "and": "en",
        "because": {
            "bus_down": "de bus is kapot",
            "driver_ill": "er is geen chauffeur",
            "road_closed": "de weg is dicht",
            "weather": "het weer is te slecht",
            "other": "",
            "not_in_series": "",
            "demo_ended": "",
        },
    },
    "en": {
        "title": "Out and about by bus",
        "for": "{area}, {months}",
        "book": "Coming along? Ring",
        "how": "We fetch you at home and bring you home again. We carry your groceries inside. With a walker or a wheelchair you can come along, too: say so when you ring.",
        "cutoff": "Cannot come after all? Cancelling is free until {time} on the day before.",
        "times": "We fetch you from {leaves}, and drive back from {returns}",
        "price": "What does it cost?",
        "companion": "Whoever accompanies you rides free. Entrance and lunch are not included.",
        "not_driven": "On these days the bus does not drive",
        "nothing": "There are no trips in this month yet. Ring us to ask when the bus drives again.",
        "and": "and",
        "because": {
            "bus_down": "the bus has broken down",
            "driver_ill": "there is no driver",
            "road_closed": "the road is closed",
            "weather": "the weather is too bad",
            "other": "",
            "not_in_series": "",
            "demo_ended": "",
        },
    },
}


def because(written: str, language: str) -> str:
    """Why a trip is not driven: the words for a code, else what a planner wrote."""
    return str(in_language(WORDS, language)["because"].get(written, written))
