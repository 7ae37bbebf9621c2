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
                "name": "Riet Wolters",
                "phones": ["+31130002211"],
                "address": "Lindelaan 4",
                "place": "Oosterveen",
                "contacts": [
                    {"name": "Ingrid", "relation": "dochter", "phone": "+31600002001", "has_key": True},
                    {"name": "Bep", "relation": "buurvrouw", "phone": "+31130002212", "has_key": True},
                ],
            },
            {
                "name": "Halil Aydın",
                "phones": ["+31130002213", "+31600002002"],
                "address": "Lindelaan 18",
                "place": "Oosterveen",
                "contacts": [{"name": "Deniz", "relation": "zoon", "phone": "+31600002003", "has_key": False}],
            },
            {
                "name": "Truus Kamp",
                "phones": ["+31130002214"],
                "address": "Berkenhof 2",
                "place": "Oosterveen",
                "contacts": [{"name": "Henk", "relation": "buurman", "phone": "+31130002215", "has_key": True}],
            },
            {
                "name": "Sjef van Loon",
                "phones": ["+31130002216", "+31600002005"],
                "address": "Berkenhof 11",
                "place": "Oosterveen",
                "contacts": [
                    {"name": "Gerda", "relation": "huismeester", "phone": "+31130002217", "has_key": True},
                    {"name": "Lies", "relation": "zus", "phone": "+31600002015", "has_key": False},
                ],
            },
            {
                "name": "Annie Smeets",
                "phones": ["+31600002006"],
                "address": "Wilgenstraat 7",
                "place": "Oosterveen",
            },
            {
                "name": "Nel Hoogland",
                "phones": ["+31130002218"],
                "address": "Wilgenstraat 21",
                "place": "Oosterveen",
                "contacts": [{"name": "Joost", "relation": "zoon", "phone": "+31600002007", "has_key": True}],
            },
            {
                "name": "Fatima Benali",
                "phones": ["+31130002220", "+31690002008"],
                "address": "Veldpad 3",
                "place": "Oosterveen",
                "contacts": [{"name": "Naima", "relation": "dochter", "phone": "+31690002009", "has_key": True}],
            },
            {
                "name": "Wim Terpstra",
                "phones": ["+31130002221"],
                "address": "Veldpad 9",
                "place": "Oosterveen",
                "can_ring": False,
                "contacts": [{"name": "Tineke", "relation": "zus", "phone": "+31130002223", "has_key": False}],
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
    _resident("riet", "Riet Wolters", ["+31130002211"]),
    _resident("halil", "Halil Aydın", ["+31130002213", "+31600002002"], "no_answer", _answers()),
    _resident("truus", "Truus Kamp", ["+31130002214"]),
    _resident("sjef", "Sjef van Loon", ["+31130002216", "+31600002005"], "no_answer"),
    _resident("annie", "Annie Smeets", ["+31600002006"]),
    _resident("nel", "Nel Hoogland", ["+31130002218"]),
    _resident("fatima", "Fatima Benali", ["+31130002220", "+31690002008"]),
    _resident("wim", "Wim Terpstra", ["+31130002221"]),
    _resident(
        "anneke",
        "Anneke Smit (vrijwilliger)",
        ["+31600000100"],
        _answers(on=[{"hears": "Neemt u dit op u", "stay_silent": True}]),
        texts=[_GOES_AND_LOOKS],
    ),
    _resident("bram", "Bram Visser (achterwacht)", ["+31600000101"], "manual"),
    _resident("carla", "Carla de Boer (coördinator)", ["+31600000102"], "manual"),
    _resident("ingrid", "Ingrid, dochter van Riet", ["+31600002001"], "manual"),
    _resident("bep", "Bep, buurvrouw van Riet", ["+31130002212"], "manual"),
    _resident("deniz", "Deniz, zoon van Halil", ["+31600002003"], "manual"),
    _resident("henk", "Henk, buurman van Truus", ["+31130002215"], "manual"),
    _resident("gerda", "Gerda, huismeester", ["+31130002217"], "manual"),
    _resident("lies", "Lies, zus van Sjef", ["+31600002015"], "manual"),
    _resident("joost", "Joost, zoon van Nel", ["+31600002007"], "manual"),
    _resident("naima", "Naima, dochter van Fatima", ["+31690002009"], "manual"),
    _resident("tineke", "Tineke, zus van Wim", ["+31130002223"], "manual"),
    _resident("duty", "Nooddienst van de organisatie", ["+31130009001"], "manual"),
]
