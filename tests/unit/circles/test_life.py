"""What a circle lacks to be active, and which steps its life has."""

from dataclasses import replace

import pytest

from backend.circles.domain.life import STEPS, Facts, Lack, Member, Missing, Step, may, missing, next_step

WEEK = tuple(range(7))
COMPLETE = Facts(
    duty_phone_answers=True,
    weekdays=WEEK,
    with_primary=frozenset(WEEK),
    with_coordinator=frozenset({0}),
    members=tuple(Member(name, has_number=True, has_consent=True) for name in ("Riet", "Halil", "Truus", "Sjef")),
    minimum=4,
)


def test_a_complete_circle_lacks_nothing() -> None:
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        (replace(COMPLETE, duty_phone_answers=False), Missing(Lack.DUTY_PHONE)),
        (replace(COMPLETE, with_primary=frozenset({0, 1, 2, 3, 4})), Missing(Lack.PRIMARY, weekdays=(5, 6))),
        (replace(COMPLETE, with_coordinator=frozenset()), Missing(Lack.COORDINATOR)),
        (replace(COMPLETE, members=COMPLETE.members[:3]), Missing(Lack.MEMBERS, count=1)),
        (
            replace(COMPLETE, members=(*COMPLETE.members, Member("Co", has_number=False, has_consent=True))),
            Missing(Lack.NUMBER, names=("Co",)),
        ),
        (
            replace(COMPLETE, members=(*COMPLETE.members, Member("Co", has_number=True, has_consent=False))),
            Missing(Lack.CONSENT, names=("Co",)),
        ),
    ],
)
def test_each_thing_that_is_missing_is_named(facts: Facts, lack: Missing) -> None:
    assert missing(facts) == (lack,)


def test_a_weekday_on_which_it_does_not_run_needs_no_volunteer() -> None:
    assert missing(replace(COMPLETE, weekdays=(0, 2), with_primary=frozenset({0, 2}))) == ()


def test_a_practice_morning_comes_before_the_first_real_one() -> None:
    assert next_step("forming", ()) is Step.PRACTISE
    assert next_step("practice", ()) is Step.ACTIVATE
    assert next_step("forming", missing(replace(COMPLETE, members=()))) is None


def test_a_closed_circle_stays_closed() -> None:
    assert STEPS["closed"] == ()
    assert not any(may("closed", step) for step in Step)
