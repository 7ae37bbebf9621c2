"""The carrier answers nonsense, loses scripts or holds everything back: the morning ends well all the same."""

from collections import Counter

import pytest

from tests.support.story import Story


def requests_accepted_per_attempt(story: Story) -> int:
    return max(Counter(entry["attempt"] for entry in story.town.accepted()).values())


@pytest.mark.parametrize(
    ("how", "accepted"),
    [("broken", True), ("garbage", False), ("garbage", True)],
    ids=["broken off after acceptance", "garbage before", "garbage after"],
)
def test_a_request_that_comes_to_nothing(pair: Story, *, how: str, accepted: bool) -> None:
    pair.may_fail = how == "garbage"  # an answer that cannot be read is worth a line in the log
    pair.town.fail_next(how=how, after_acceptance=accepted)
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert requests_accepted_per_attempt(pair) == 1
    assert pair.incidents() == []


@pytest.mark.parametrize(
    "faults",
    [
        {"callbacks": {"late": {"between": [0, 90]}, "double": True, "reorder": True, "drop": 0.3}},
        {"callbacks": {"drop": 0.5}, "twiml": {"double": True, "late": {"between": [0, 5]}}},
    ],
    ids=["callbacks", "callbacks and scripts"],
)
def test_webhooks_in_a_muddle(pair: Story, faults: dict[str, object]) -> None:
    pair.town.set_faults(faults)
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert requests_accepted_per_attempt(pair) == 1
    assert pair.incidents() == []


def test_a_script_that_gets_lost_costs_a_call_and_no_more(pair: Story) -> None:
    pair.town.set_faults({"twiml": {"drop": 1.0, "times": 1}})
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert pair.incidents() == []


def test_an_outage_in_the_middle_of_a_call(pair: Story) -> None:
    pair.run(until="08:30")
    pair.town.set_faults({"outage": {"from_now": 12, "for": 240, "callbacks": "held"}})
    pair.run(until="09:30")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
    assert requests_accepted_per_attempt(pair) == 1


def test_two_live_legs_are_enough_for_a_circle(pair: Story) -> None:
    """Two legs are what one bridged call needs; what comes in between fails and is tried again."""
    pair.town.set_limits(live_legs=2, when_full="failed")
    pair.run(until="09:10")
    assert pair.standings() == {"Riet": "well", "Sjef": "well"}
