"""A resto in one piece: what is wrong with a description is said before anything is made of it."""

from typing import Any

import pytest
from pydantic import ValidationError

from backend.meals.domain.setup import RestoSetup

HOURS = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30"}
GUESTS = [{"name": "Riet Wolters"}]
CREW = [{"name": "Karim Bos", "phones": ["+31600000301"], "jobs": ["cook"]}]


def described(**more: Any) -> RestoSetup:
    known = {"name": "De Lange Tafel", "slug": "lange-tafel", "chairs": 10, "guests": GUESTS, "crew": CREW}
    return RestoSetup.model_validate(known | more)


def test_a_description_that_hangs_together() -> None:
    evening = {**HOURS, "crew": {"cook": ["Karim Bos"]}, "reserved": [{"guest": "Riet Wolters", "covers": 2}]}
    assert described(evenings=[evening]).evenings[0].reserved[0].covers == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"evenings": [{**HOURS, "reserved": [{"guest": "Truus"}]}]}, "no guest is called Truus"),
        ({"evenings": [{**HOURS, "crew": {"host": ["Karim Bos"]}}]}, "nobody of the crew is called Karim Bos"),
        ({"evenings": [{**HOURS, "doors": "12:00"}]}, "the cutoff comes first"),
        ({"guests": [*GUESTS, {"name": "Karim Bos"}]}, "Karim Bos occurs 2 times"),
        ({"guests": [{"name": "Riet", "without": ["halal"]}]}, "not one of the foods that the kitchen knows"),
        ({"series": [{**HOURS, "rule": "FREQ=WEEKLY", "regulars": [{"guest": "Truus"}]}]}, "no guest is called Truus"),
    ],
)
def test_what_does_not_hang_together_is_said(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        described(**wrong)
