"""What was expected and did not come true is said in a sentence."""

from collections import Counter
from dataclasses import replace

import pytest

from stack.scenario.expectations import IncidentSeen, Result, failures
from stack.scenario.model import Expectations
from stack.scenario.programmes import EveningSeen


def member(name: str, status: str, how: str = "") -> dict[str, object]:
    return {"name": name, "circle": "De Linde", "status": status, "how": how, "at": None}


RESULT = Result(
    tally={
        "expected": 2,
        "well": 1,
        "incident_closed": 1,
        "unaccounted": 0,
        "members": [member("Riet Bos", "well", "key_as_callee"), member("Truus Maas", "incident_closed", "found_well")],
    },
    incidents=(IncidentSeen("no_answer", ("Truus Maas",), "closed", ("found_well",), "Anneke Smit"),),
    closed_how=("received",),
    rings=Counter(riet=2, truus=3),
    texts=Counter(anneke=1),
    accepted=Counter({"a": 1, "b": 1}),
    by_account=Counter(first=2),
    told={"anneke": "Dit is een oefening. Goedemorgen"},
    practice={"Riet Bos": "missed"},
    letters=Counter({"kantoor@rondje.example": 1}),
)


def unmet(expect: dict[str, object], result: Result = RESULT) -> list[str]:
    return failures(Expectations.model_validate(expect), result)


def test_what_came_true_is_not_mentioned() -> None:
    expect = {
        "tally": {"expected": 2, "well": 1},
        "members": {"Truus": {"status": "incident_closed", "how": "found_well"}, "Riet Bos": {"status": "well"}},
        "incidents": [
            {
                "kind": "no_answer",
                "about": ["Truus"],
                "state": "closed",
                "outcome": "found_well",
                "claimed_by": "Anneke",
            }
        ],
        "round": {"closed_how": "received"},
        "calls": {"truus": {"at_least": 3, "at_most": 3}, "kees": {"at_most": 0}},
        "texts": {"anneke": {"at_least": 1}},
        "accounts": {"first": {"at_least": 2}, "second": {"at_most": 0}},
        "told": {"anneke": ["een oefening", "goedemorgen"]},
        "practice": {"Riet": "missed"},
        "letters": {"kantoor@rondje.example": {"at_least": 1, "at_most": 1}},
    }
    assert unmet(expect) == []


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ({"tally": {"well": 2}}, "Expected 2 members to be well, but there are 1."),
        (
            {"accounts": {"second": {"at_least": 1}}},
            "Expected at least 1 request(s) by the account second, but there were 0.",
        ),
        (
            {"told": {"riet": ["een oefening"]}},
            "Expected riet to be told 'een oefening', but that was neither said nor written.",
        ),
        ({"practice": {"Riet": "well"}}, "Expected Riet to practise and be well, but: missed."),
        ({"practice": {"Truus": "well"}}, "Expected Truus to practise and be well, but: did not take part."),
        (
            {"letters": {"anneke@rondje.example": {"at_least": 1}}},
            "Expected at least 1 letter(s) to anneke@rondje.example, but there were 0.",
        ),
        ({"tally": {"expected": 3}}, "Expected 3 members in all, but there are 2."),
        (
            {"members": {"Riet": {"status": "excused"}}},
            "Expected Riet to be excused, but it is well (key_as_callee).",
        ),
        (
            {"members": {"Truus": {"status": "incident_closed", "how": "hospital"}}},
            "Expected Truus to be incident_closed (hospital), but it is incident_closed (found_well).",
        ),
        (
            {"members": {"Kees": {"status": "well"}}},
            "Expected one member called Kees, but there are 0 in the accounting.",
        ),
        (
            {"incidents": []},
            "Expected no other incident, but there is no_answer about Truus Maas (closed, outcome found_well).",
        ),
        (
            {"incidents": [{"kind": "worried", "about": ["Truus"]}]},
            "Expected an incident worried, about Truus, "
            "but there is no_answer about Truus Maas (closed, outcome found_well).",
        ),
        ({"round": {"closed_how": "deadline"}}, "Expected the round to close as deadline, but: received."),
        ({"calls": {"riet": {"at_least": 3}}}, "Expected at least 3 call(s) to riet, but there were 2."),
        ({"texts": {"anneke": {"at_most": 0}}}, "Expected at most 0 text(s) to anneke, but there were 1."),
    ],
)
def test_what_did_not_is_one_sentence(expect: dict[str, object], sentence: str) -> None:
    assert unmet(expect) == [sentence]


def test_somebody_unaccounted_for_fails_every_scenario() -> None:
    lost = {**RESULT.tally, "unaccounted": 1, "members": [member("Riet Bos", "unaccounted", "nothing is known")]}
    assert unmet({}, replace(RESULT, tally=lost)) == [
        "Expected everybody to be accounted for, but of Riet Bos nothing is known."
    ]


def test_a_request_accepted_twice_for_one_attempt_fails_every_scenario() -> None:
    assert unmet({}, replace(RESULT, accepted=Counter({"a": 2}))) == [
        "Expected the carrier to accept at most 1 request(s) for one attempt, but attempt a had 2."
    ]
    assert unmet({}, replace(RESULT, accepted=Counter({None: 1}))) == [
        "Expected every request to name its attempt, but 1 named none."
    ]


def test_an_event_that_could_not_be_carried_out_fails_the_scenario() -> None:
    assert unmet({}, replace(RESULT, mishaps=("Expected 'press' to be possible, but: no.",))) == [
        "Expected 'press' to be possible, but: no."
    ]


EVENING = EveningSeen(
    state="closed",
    guests={"Riet Bos": "came", "Truus Maas": "stayed_away"},
    covers=4,
    kitchen={"final": [5], "late": [4]},
    offers={"Truus Maas": ["expired", "accepted"]},
    crew={"cook": ["Karim Bos"]},
    calls_to_make={"stayed_away": 1},
)


def test_a_dinner_that_ended_otherwise_is_told_in_sentences() -> None:
    result = replace(RESULT, evenings=(EVENING,))
    as_it_was = {
        "state": "closed",
        "guests": {"Riet": "came", "Truus": "stayed_away"},
        "covers": 4,
        "kitchen": {"final": [5], "late": [4]},
        "offers": {"Truus": ["expired", "accepted"]},
        "crew": {"cook": ["Karim Bos"]},
        "calls_to_make": {"stayed_away": 1},
    }
    assert unmet({"evenings": [as_it_was]}, result) == []
    otherwise = {
        "state": "open",
        "guests": {"Riet": "cancelled"},
        "covers": 5,
        "kitchen": {"final": [4]},
        "offers": {"Truus": ["declined"], "Riet": ["open"]},
        "crew": {},
        "calls_to_make": {"silent": 1},
    }
    assert unmet({"evenings": [otherwise, {}]}, result) == [
        "Expected an evening number 1, but there are 1.",
        "Expected evening 0 to be open, but it is closed.",
        "Expected Riet on evening 0 to be cancelled, but: came.",
        "Expected nobody else on evening 0, but there are Riet Bos and Truus Maas.",
        "Expected 1 call(s) to make of evening 0 (silent), but there were 0.",
        "Expected the crew of evening 0 to be {}, but it is {'cook': ['Karim Bos']}.",
        "Expected 5 covers on evening 0, but there are 4.",
        "Expected the kitchen to be told {'final': [4]}, but it was {'final': [5], 'late': [4]}.",
        "Expected the offers to Truus on evening 0 to end declined, but: expired and accepted.",
        "Expected the offers to Riet on evening 0 to end open, but: they were offered none.",
    ]
