"""Who lives in the demo, and what they do: so that one sees a missed call, a retry, an incident, a claim, the closing.

Everybody and every number is made up.
"""

from typing import Any

from backend.circles.domain.setup import Setup

CIRCLE_NUMBER = "+31130009000"

SETUP = Setup.model_validate(
    {
        "organisation": {"name": "Welzijn Rondje", "number": CIRCLE_NUMBER, "duty_number": "+31130009001"},
        "circle": {
            "name": "De Linde",
            "start": "08:30",
            # The volunteer has so long that whoever watches can take the case before her.
            "policy": {"escalation": {"duty_minutes": 30, "louder_minutes": 30}},
        },
        "members": [
            {
                "name": "Riet van den Heuvel",
                "phones": ["+31130001211"],
                "address": "Lindelaan 4",
                "place": "Tilburg",
                "contacts": [
                    {"name": "Marjan", "relation": "dochter", "phone": "+31600001001", "has_key": True},
                    {"name": "Toos", "relation": "buurvrouw", "phone": "+31130001212", "has_key": True},
                ],
            },
            {
                "name": "Halil Özdemir",
                "phones": ["+31130001213", "+31600001002"],
                "address": "Lindelaan 18",
                "place": "Tilburg",
                "contacts": [{"name": "Emre", "relation": "zoon", "phone": "+31600001003", "has_key": False}],
            },
            {
                "name": "Truus Janssen",
                "phones": ["+31130001214"],
                "address": "Kastanjehof 2",
                "place": "Tilburg",
                "contacts": [{"name": "Piet", "relation": "buurman", "phone": "+31130001215", "has_key": True}],
            },
            {
                "name": "Sjef Peeters",
                "phones": ["+31130001216", "+31600001005"],
                "address": "Kastanjehof 11",
                "place": "Tilburg",
                "contacts": [
                    {"name": "Gerda", "relation": "huismeester", "phone": "+31130001217", "has_key": True},
                    {"name": "Lies", "relation": "zus", "phone": "+31600001015", "has_key": False},
                ],
            },
            {
                "name": "Annie Bakker",
                "phones": ["+31600001006"],
                "address": "Meidoornstraat 7",
                "place": "Tilburg",
            },
            {
                "name": "Nel Verhoeven",
                "phones": ["+31130001218"],
                "address": "Meidoornstraat 21",
                "place": "Tilburg",
                "contacts": [{"name": "Ad", "relation": "zoon", "phone": "+31600001007", "has_key": True}],
            },
            {
                "name": "Fatima El Amrani",
                "phones": ["+31130001220", "+31690001008"],
                "address": "Lindepad 3",
                "place": "Tilburg",
                "contacts": [{"name": "Samira", "relation": "dochter", "phone": "+31690001009", "has_key": True}],
            },
            {
                "name": "Wim de Groot",
                "phones": ["+31130001221"],
                "address": "Lindepad 9",
                "place": "Tilburg",
                "can_ring": False,
                "contacts": [{"name": "Corrie", "relation": "zus", "phone": "+31130001223", "has_key": False}],
            },
        ],
        "volunteers": [
            {"name": "Anneke Smit", "phones": ["+31600000100"], "duty": "primary"},
            {"name": "Bram Visser", "phones": ["+31600000101"], "duty": "backup"},
            {"name": "Carla de Boer", "phones": ["+31600000102"], "duty": "coordinator"},
        ],
    }
)


def _answers(**more: Any) -> dict[str, Any]:
    return {"pick_up": 6, "press": "1", "talk": 45, **more}


def _resident(name: str, display: str, phones: list[str], *habits: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "display": display, "phones": phones, "calls": list(habits) or [_answers()], **more}


_GOES_AND_LOOKS = {
    "hears": "Neemt u dit op u",
    # 45 s of real time at the demo's pace.
    "after": 900,
    "visits": [
        {"submit": "open"},
        {"after": 20, "submit": "claim"},
        {"after": 200, "submit": "arrived"},
        {"after": 150, "submit": "outcome", "fields": {"outcome": "found_well"}},
    ],
}

RESIDENTS: list[dict[str, Any]] = [
    _resident("riet", "Riet van den Heuvel", ["+31130001211"]),
    _resident("halil", "Halil Özdemir", ["+31130001213", "+31600001002"], "no_answer", _answers()),
    _resident("truus", "Truus Janssen", ["+31130001214"]),
    _resident("sjef", "Sjef Peeters", ["+31130001216", "+31600001005"], "no_answer"),
    _resident("annie", "Annie Bakker", ["+31600001006"]),
    _resident("nel", "Nel Verhoeven", ["+31130001218"]),
    _resident("fatima", "Fatima El Amrani", ["+31130001220", "+31690001008"]),
    _resident("wim", "Wim de Groot", ["+31130001221"]),
    _resident(
        "anneke",
        "Anneke Smit (vrijwilliger)",
        ["+31600000100"],
        _answers(on=[{"hears": "Neemt u dit op u", "stay_silent": True}]),
        texts=[_GOES_AND_LOOKS],
    ),
    _resident("bram", "Bram Visser (achterwacht)", ["+31600000101"], "manual"),
    _resident("carla", "Carla de Boer (coördinator)", ["+31600000102"], "manual"),
    _resident("marjan", "Marjan, dochter van Riet", ["+31600001001"], "manual"),
    _resident("toos", "Toos, buurvrouw van Riet", ["+31130001212"], "manual"),
    _resident("emre", "Emre, zoon van Halil", ["+31600001003"], "manual"),
    _resident("piet", "Piet, buurman van Truus", ["+31130001215"], "manual"),
    _resident("gerda", "Gerda, huismeester", ["+31130001217"], "manual"),
    _resident("lies", "Lies, zus van Sjef", ["+31600001015"], "manual"),
    _resident("ad", "Ad, zoon van Nel", ["+31600001007"], "manual"),
    _resident("samira", "Samira, dochter van Fatima", ["+31690001009"], "manual"),
    _resident("corrie", "Corrie, zus van Wim", ["+31130001223"], "manual"),
    _resident("duty", "Nooddienst van de organisatie", ["+31130009001"], "manual"),
]
