"""The demo's bus: who rides with it, who drives it, and where it goes. Everybody and every number is made up.

The places lie round one point in the countryside; no house is meant.
"""

from typing import Any

from backend.transport.domain.setup import BusSetup

GARAGE = (52.1210, 5.6020)

TODAY = {
    "destination": "Weekmarkt Oosterveen",
    "leaves": "09:30",
    "returns": "11:15",
    "shift_minutes": 90,
    "driver": "Kees Blom",
    "host": "Mia van Dam",
    "booked": [
        {"passenger": "Riet Wolters"},
        {"passenger": "Truus Kamp", "party": "vriendinnen"},
        {"passenger": "Nel Hoogland", "party": "vriendinnen"},
        {"passenger": "Gerrit Bos", "companions": 1},
        {"passenger": "Mien de Graaf"},
        {"passenger": "Wim Terpstra", "there": False},
    ],
}
"""The trip of every day that is played."""

DEMO: dict[str, Any] = {
    "vehicle": "De Zwaluw",
    "garage": GARAGE,
    "seats": 7,
    "wheelchair_places": 1,
    "rollator_places": 3,
    "area": "Oosterveen",
    "postcodes": ["6799"],
    "destinations": [
        {"name": "Weekmarkt Oosterveen", "kind": "market", "at": (52.1320, 5.6110)},
        {"name": "Supermarkt Veldzicht", "kind": "supermarket", "at": (52.1280, 5.6260)},
        {"name": "Tuincentrum De Vlinder", "kind": "garden_centre", "at": (52.1490, 5.6330)},
        {"name": "Streekmuseum", "kind": "museum", "at": (52.1460, 5.5870)},
    ],
    "passengers": [
        {"name": "Riet Wolters", "at": (52.1245, 5.6085), "aids": ["rollator"], "door_note": "Bel twee keer."},
        {"name": "Truus Kamp", "at": (52.1268, 5.5990)},
        {"name": "Nel Hoogland", "at": (52.1282, 5.5965), "aids": ["stick"]},
        {"name": "Wim Terpstra", "at": (52.1310, 5.6190), "aids": ["rollator"]},
        {
            "name": "Gerrit Bos",
            "phones": ["+31130002231"],
            "address": "Kerkpad 5",
            "place": "Oosterveen",
            "at": (52.1391, 5.6048),
            "aids": ["wheelchair"],
            "door_note": "Oprit achter het huis; de lift kan naar rechts.",
        },
        {
            "name": "Mien de Graaf",
            "phones": ["+31600002032"],
            "address": "Molenweg 12",
            "place": "Oosterveen",
            "at": (52.1355, 5.5921),
        },
        {
            "name": "Dirk Postma",
            "phones": ["+31130002233"],
            "address": "Molenweg 40",
            "place": "Oosterveen",
            "at": (52.1363, 5.5899),
            "confirmed": False,
        },
        {"name": "Ans Vermeer", "phones": ["+31130002234"], "address": "Kerkpad 19", "place": "Oosterveen"},
    ],
    "crew": [
        {"name": "Kees Blom", "phones": ["+31600002041"], "tasks": ["driver"]},
        {"name": "Mia van Dam", "phones": ["+31600002042"], "tasks": ["host"]},
        {"name": "Toon Schouten", "phones": ["+31600002043"], "tasks": ["driver", "host"], "standby": True},
        {"name": "Lia Hofman", "phones": ["+31600002044"], "tasks": ["host"]},
    ],
    "on_duty": "Carla de Boer",
    "series": [
        {
            "destination": "Supermarkt Veldzicht",
            "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
            "leaves": "13:30",
            "returns": "16:00",
            "title": "Boodschappen",
        },
        {"destination": "Weekmarkt Oosterveen", "rule": "FREQ=WEEKLY;BYDAY=TU", "leaves": "13:00", "returns": "15:30"},
        {
            "destination": "Tuincentrum De Vlinder",
            "rule": "FREQ=WEEKLY;BYDAY=WE",
            "leaves": "13:00",
            "returns": "16:00",
            "note": "Met koffie en gebak voor wie wil, op eigen kosten.",
        },
        {
            "destination": "Streekmuseum",
            "rule": "FREQ=MONTHLY;BYDAY=1TH,3TH",
            "leaves": "13:00",
            "returns": "16:30",
            "note": "Toegang € 6, met museumkaart gratis.",
        },
    ],
    "trips": [TODAY],
}

SETUP = BusSetup.model_validate(DEMO)


def _resident(name: str, display: str, phone: str, **more: Any) -> dict[str, Any]:
    habit = {"pick_up": 6, "press": "1", "talk": 30}
    return {"name": name, "display": display, "phones": [phone], "calls": [habit], **more}


DRIVER = _resident("kees", "Kees Blom (chauffeur)", "+31600002041")

RESIDENTS: list[dict[str, Any]] = [
    _resident("gerrit", "Gerrit Bos", "+31130002231"),
    _resident("mien", "Mien de Graaf", "+31600002032"),
    _resident("dirk", "Dirk Postma", "+31130002233"),
    _resident("ans", "Ans Vermeer", "+31130002234"),
    DRIVER,
    _resident("mia", "Mia van Dam (gastvrouw)", "+31600002042"),
    _resident("toon", "Toon Schouten (invaller)", "+31600002043"),
    _resident("lia", "Lia Hofman (gastvrouw)", "+31600002044"),
]
"""Who lives in the simulated town besides those of the circle."""
