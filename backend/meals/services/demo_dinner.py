"""The demo's resto: who eats there tonight, who cooks, and who waits. Everybody and every number is made up."""

from typing import Any

from backend.meals.domain.setup import RestoSetup

HOURS = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30"}

TONIGHT: dict[str, Any] = {
    **HOURS,
    "theme": "Hollandse herfst",
    "speaker": "de wijkagent",
    "speakers": 1,
    "menu": [
        {
            "kind": "starter",
            "name": "Pompoensoep met spekreepjes",
            "without": ["beef", "fish", "nuts", "egg", "alcohol", "sugar"],
            "variants": {
                "Pompoensoep zonder spek": ["meat", "egg", "alcohol", "sugar"],
                "Gladde pompoensoep zonder zout": ["meat", "egg", "alcohol", "sugar", "salt", "hard"],
            },
        },
        {
            "kind": "main",
            "name": "Stamppot boerenkool met rookworst",
            "without": ["beef", "fish", "nuts", "egg", "alcohol", "sugar"],
            "variants": {
                "Stamppot boerenkool met runderworst": ["pork", "alcohol", "sugar"],
                "Stamppot boerenkool met vegetarische worst": ["meat", "alcohol", "sugar"],
                "Fijne stamppot zonder zout": ["pork", "alcohol", "sugar", "salt", "hard"],
            },
        },
        {
            "kind": "dessert",
            "name": "Appelkruimel met advocaat",
            "without": ["meat", "fish", "salt", "nuts"],
            "variants": {
                "Appelkruimel met vla": ["meat", "fish", "alcohol", "salt", "nuts"],
                "Appelmoes": ["meat", "egg", "alcohol", "sugar", "salt", "gluten", "milk", "hard"],
            },
        },
    ],
    "crew": {
        "cook": ["Karim Haddad"],
        "kitchen": ["Ineke Vos", "Ruud Jonker"],
        "serving": ["Sanne Prins"],
        "till": ["Coby Wever"],
        "bar": ["Piet Schaap"],
        "host": ["Marga Dekker", "Mia van Dam"],
        "shopping": ["Loes Bakema"],
    },
    "needs": {"serving": 2},
    "reserved": [
        {"guest": "Riet Wolters"},
        {"guest": "Truus Kamp", "party": "vriendinnen"},
        {"guest": "Nel Hoogland", "party": "vriendinnen"},
        {"guest": "Halil Aydın", "covers": 2, "without": [["pork"], ["pork"]]},
        {"guest": "Gerrit Bos"},
        {"guest": "Mien de Graaf", "covers": 2, "way": "page"},
        {"guest": "Fatima Benali"},
        {"guest": "Wil Ottevanger", "covers": 2},
        {"guest": "Joke Lammers"},
        {"guest": "Bas Roelofs", "way": "page"},
        {"guest": "Tonia Evers", "covers": 3, "without": [["meat"]]},
        {"guest": "Cor Wieringa"},
        {"guest": "Elly Mulder", "covers": 2, "way": "page"},
        {"guest": "Hennie Vroom"},
        {"guest": "Zahra Amrani", "covers": 2, "without": [["pork"], ["meat", "egg"]]},
        {"guest": "Greet Oosting"},
        {"guest": "Leo Timmer", "way": "text"},
        {"guest": "Dora Kuipers"},
        # Four chairs are free: five people wait until somebody cancels.
        {"guest": "Sien Boersma", "covers": 5},
    ],
}
"""The dinner of every day that is played."""

DEMO: dict[str, Any] = {
    "name": "De Lange Tafel",
    "slug": "de-lange-tafel",
    "chairs": 40,
    "address": "Dorpsstraat 8",
    "place": "Oosterveen",
    "at": (52.1290, 5.6030),
    "welcome": "Iedereen kan aanschuiven: alleen, met de buren of met het hele gezin. U hoeft nergens lid van te zijn.",
    "rooms": [
        {
            "name": "Grote zaal",
            "width": 140,
            "depth": 90,
            "tables": [
                {"name": "1", "chairs": 10, "x": 35, "y": 25},
                {"name": "2", "chairs": 10, "x": 105, "y": 25},
                {"name": "3", "chairs": 10, "x": 35, "y": 65},
                {"name": "4", "chairs": 10, "x": 105, "y": 65},
            ],
        }
    ],
    "tariffs": [
        {"name": "Gewoon", "cents": 850},
        {"name": "Met minimapas", "cents": 450},
        {"name": "Kind tot 12 jaar", "cents": 300},
    ],
    "guests": [
        {"name": "Riet Wolters", "may_follow_up": True},
        {"name": "Truus Kamp"},
        {"name": "Nel Hoogland", "without": ["sugar"]},
        {"name": "Halil Aydın", "without": ["pork"]},
        {"name": "Fatima Benali", "without": ["pork", "alcohol"]},
        {"name": "Gerrit Bos", "phones": ["+31130002231"], "may_follow_up": True},
        {"name": "Mien de Graaf", "phones": ["+31600002032"]},
        {"name": "Wil Ottevanger", "phones": ["+31130002251"]},
        {"name": "Joke Lammers", "phones": ["+31600002052"], "without": ["nuts", "peanuts"], "own_plate": True},
        {"name": "Bas Roelofs", "phones": ["+31600002053"], "may_volunteer": True},
        {"name": "Tonia Evers", "phones": ["+31130002254"]},
        {"name": "Cor Wieringa", "phones": ["+31130002255"], "without": ["salt"], "note": "Graag een kleine portie."},
        {"name": "Elly Mulder", "phones": ["+31600002056"]},
        {"name": "Hennie Vroom", "phones": ["+31130002257"], "without": ["gluten"], "own_plate": True},
        {"name": "Zahra Amrani", "phones": ["+31600002058"], "without": ["pork"]},
        {"name": "Greet Oosting", "phones": ["+31130002259"], "without": ["hard"]},
        {"name": "Leo Timmer", "phones": ["+31600002060"]},
        {"name": "Dora Kuipers", "phones": ["+31130002261"]},
        {"name": "Sien Boersma", "phones": ["+31600002062"]},
    ],
    "crew": [
        {"name": "Karim Haddad", "phones": ["+31600002071"], "jobs": ["cook"], "email": "kok@rondje.example"},
        {"name": "Ineke Vos", "phones": ["+31600002072"], "jobs": ["kitchen", "cook"]},
        {"name": "Ruud Jonker", "phones": ["+31600002073"], "jobs": ["kitchen", "serving"]},
        {"name": "Sanne Prins", "phones": ["+31600002074"], "jobs": ["serving", "bar"]},
        {"name": "Coby Wever", "phones": ["+31600002075"], "jobs": ["till"]},
        {"name": "Piet Schaap", "phones": ["+31600002076"], "jobs": ["bar", "till"]},
        {"name": "Marga Dekker", "phones": ["+31600002077"], "jobs": ["host"]},
        {"name": "Mia van Dam", "phones": ["+31600002042"], "jobs": ["host", "serving"]},
        {"name": "Loes Bakema", "phones": ["+31600002078"], "jobs": ["shopping", "kitchen"]},
        {"name": "Yusuf Kaya", "phones": ["+31600002079"], "jobs": ["serving", "host"], "standby": True},
    ],
    "series": [
        {
            **HOURS,
            "rule": "FREQ=WEEKLY;BYDAY=TU,FR",
            "needs": {"cook": 1, "kitchen": 2, "serving": 2, "till": 1, "bar": 1, "host": 2, "shopping": 1},
            "regulars": [{"guest": "Riet Wolters"}, {"guest": "Gerrit Bos"}],
        }
    ],
    "evenings": [TONIGHT],
}

SETUP = RestoSetup.model_validate(DEMO)
