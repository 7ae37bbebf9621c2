"""Offer, deadline, answer or silence, next: the one problem of crew, waiting list and dinner."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.common.offers import (
    Asked,
    Candidate,
    Ending,
    Offer,
    OfferOver,
    PassedOver,
    Patience,
    Standing,
    Terms,
    decide,
    ended,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATIENCE = Patience(longest=4 * HOUR, shortest=HOUR / 2, share=0.25)
ANNA, BEP, COR = (Candidate(name, (trips,)) for name, trips in (("anna", 3), ("bep", 0), ("cor", 1)))
"""Bep went along least often, so her turn is first."""


def terms(*, places: int = 1, hours: float = 24) -> Terms:
    """So many places, and so many hours until the cutoff."""
    return Terms(places=places, cutoff=NOON + hours * HOUR, patience=PATIENCE)


def offer(name: str, *, hours_ago: float = 0, lasts: float = 4, ending: Ending | None = None) -> Offer[str]:
    made = NOON - hours_ago * HOUR
    return Offer(name, made, made + lasts * HOUR, ending)


def test_the_first_in_turn_is_asked_and_has_time_to_answer() -> None:
    decided = decide([ANNA, BEP, COR], [], terms(), NOON)
    assert decided.ask == (Asked("bep", NOON + 4 * HOUR),)
    assert (decided.standing, decided.look_at) == (Standing.ASKING, NOON + 4 * HOUR)


def test_while_somebody_is_asked_nobody_else_is() -> None:
    decided = decide([ANNA, BEP, COR], [offer("bep")], terms(), NOON)
    assert (decided.ask, decided.look_at) == ((), NOON + 4 * HOUR)


def test_silence_until_the_deadline_passes_it_on_and_says_why() -> None:
    decided = decide([ANNA, BEP, COR], [offer("bep", hours_ago=4)], terms(), NOON)
    assert decided.expire == ("bep",)
    assert decided.ask == (Asked("cor", NOON + 4 * HOUR, (PassedOver("bep", "expired"),)),)


def test_who_does_not_suit_is_passed_over_with_the_reason() -> None:
    away = {"bep": "away", "cor": "no_licence"}
    decided = decide([ANNA, BEP, COR], [], terms(), NOON, away.get)
    assert decided.ask[0].key == "anna"
    assert decided.ask[0].passed_over == (PassedOver("bep", "away"), PassedOver("cor", "no_licence"))


def test_nobody_left_lists_everybody_with_the_reason() -> None:
    offers = [offer("bep", ending=Ending.DECLINED), offer("cor", hours_ago=5)]
    decided = decide([ANNA, BEP, COR], offers, terms(), NOON, {"anna": "away"}.get)
    assert decided.standing == Standing.NOBODY_LEFT
    assert decided.passed_over == (
        PassedOver("bep", "declined"),
        PassedOver("cor", "expired"),
        PassedOver("anna", "away"),
    )


def test_deadlines_get_shorter_as_the_cutoff_nears() -> None:
    """Six hours left: a quarter of them. Ninety minutes left: never less than half an hour."""
    assert decide([BEP], [], terms(hours=6), NOON).ask[0].deadline_at == NOON + 1.5 * HOUR
    assert decide([BEP], [], terms(hours=1.5), NOON).ask[0].deadline_at == NOON + 0.5 * HOUR


def test_no_deadline_lies_after_the_cutoff() -> None:
    assert PATIENCE.deadline(NOON, NOON + HOUR / 4) == NOON + HOUR / 4


def test_no_offer_is_made_that_leaves_too_little_time() -> None:
    decided = decide([BEP, COR], [offer("cor", ending=Ending.DECLINED)], terms(hours=0.4), NOON)
    assert (decided.standing, decided.ask) == (Standing.TOO_LATE, ())
    assert decided.passed_over == (PassedOver("bep", "cutoff"), PassedOver("cor", "declined"))


def test_when_the_place_is_taken_otherwise_the_offer_is_taken_back() -> None:
    decided = decide([BEP, COR], [offer("bep")], terms(places=0), NOON)
    assert (decided.standing, decided.withdraw) == (Standing.FILLED, (PassedOver("bep", "filled"),))


def test_whoever_does_not_suit_any_more_is_told_so_and_the_next_is_asked() -> None:
    decided = decide([BEP, COR], [offer("bep")], terms(), NOON, {"bep": "away"}.get)
    assert decided.withdraw == (PassedOver("bep", "away"),)
    assert decided.ask[0].key == "cor"


def test_an_offer_taken_back_does_not_cost_somebody_their_turn() -> None:
    decided = decide([BEP, COR], [offer("bep", hours_ago=1, ending=Ending.WITHDRAWN)], terms(), NOON)
    assert decided.ask[0].key == "bep"


def test_two_places_are_offered_to_two_people() -> None:
    assert [one.key for one in decide([ANNA, BEP, COR], [], terms(places=2), NOON).ask] == ["bep", "cor"]


def test_nobody_is_asked_at_night_and_the_morning_is_looked_at() -> None:
    morning = NOON + 10 * HOUR
    night = Terms(1, NOON + 20 * HOUR, PATIENCE, may_ask=lambda _moment: morning)
    decided = decide([BEP], [], night, NOON)
    assert (decided.standing, decided.ask, decided.look_at) == (Standing.HELD, (), morning)


def test_an_offer_that_would_end_at_night_lasts_until_the_morning() -> None:
    """Nobody else could be asked before that."""
    evening, morning = NOON + 3 * HOUR, NOON + 10 * HOUR
    night = Terms(1, NOON + 20 * HOUR, PATIENCE, may_ask=lambda moment: morning if moment > evening else moment)
    assert decide([BEP], [], night, NOON).ask[0].deadline_at == morning


def test_when_people_may_be_asked_again_only_after_the_cutoff_it_is_too_late_now() -> None:
    night = Terms(1, NOON + 9 * HOUR, PATIENCE, may_ask=lambda _moment: NOON + 10 * HOUR)
    assert decide([BEP], [], night, NOON).standing == Standing.TOO_LATE


def test_when_nobody_suits_nobody_waits_for_the_morning_to_say_so() -> None:
    night = Terms(1, NOON + 20 * HOUR, PATIENCE, may_ask=lambda _moment: NOON + 10 * HOUR)
    assert decide([BEP], [], night, NOON, {"bep": "away"}.get).standing == Standing.NOBODY_LEFT


def test_an_answer_ends_an_offer_once() -> None:
    accepted = ended(offer("bep"), Ending.ACCEPTED, NOON + HOUR)
    assert accepted.ending == Ending.ACCEPTED
    assert ended(accepted, Ending.ACCEPTED, NOON + 9 * HOUR) == accepted, "saying it twice changes nothing"
    with pytest.raises(OfferOver) as over:
        ended(accepted, Ending.DECLINED, NOON + HOUR)
    assert over.value.ending == Ending.ACCEPTED


def test_an_answer_at_the_deadline_comes_too_late() -> None:
    with pytest.raises(OfferOver) as over:
        ended(offer("bep"), Ending.ACCEPTED, NOON + 4 * HOUR)
    assert over.value.ending == Ending.EXPIRED


def test_an_offer_does_not_expire_before_its_deadline() -> None:
    with pytest.raises(ValueError, match="before its deadline"):
        ended(offer("bep"), Ending.EXPIRED, NOON)


@pytest.mark.parametrize(("longest", "shortest", "share"), [(1, 2, 0.5), (1, 0, 0.5), (2, 1, 0.0), (2, 1, 1.5)])
def test_patience_that_could_not_work_is_refused(longest: int, shortest: int, share: float) -> None:
    with pytest.raises(ValueError, match="patience"):
        Patience(longest * HOUR, shortest * HOUR, share)
