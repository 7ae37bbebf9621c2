"""The waiting list of a dinner: whose turn it is, who fits the free chairs, and that no chair is given twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.common.offers import Ending, Offer, Standing, ended
from backend.meals.domain.waiting import List, Party, Skip, decide, spoken_for
from backend.notifications.domain.patience import WakingPatience

TEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
CUTOFF = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
PATIENCE = WakingPatience(zone=ZoneInfo("Europe/Amsterdam"))
HOUR = timedelta(hours=1)


def party(key: int, covers: int, hindrance: Skip | None = None) -> Party:
    """The smaller the key, the longer they wait."""
    return Party(key, TEN - timedelta(days=9) + timedelta(minutes=key), covers, hindrance)


def asked(*parties: Party, free: int, offered: tuple[Offer[int], ...] = (), now: datetime = TEN) -> list[int]:
    return [one.key for one in decide(List(parties, offered, free), CUTOFF, PATIENCE, now)[0].ask]


def test_who_has_waited_longest_comes_first() -> None:
    assert asked(party(2, 2), party(1, 2), free=2) == [1]


def test_several_small_parties_are_asked_when_a_large_one_does_not_fit_and_it_is_told_why() -> None:
    decision, room = decide(List([party(1, 6), party(2, 2), party(3, 3)], [], 5), CUTOFF, PATIENCE, TEN)
    assert [one.key for one in decision.ask] == [2, 3]
    assert [(one.key, one.reason) for one in decision.ask[0].passed_over] == [(1, "too_few_chairs")]
    assert room.too_few == {1: 5}


def test_the_chairs_of_an_open_offer_are_not_offered_again() -> None:
    open_ = Offer(1, TEN - HOUR, TEN + HOUR)
    assert asked(party(1, 2), party(2, 2), free=3, offered=(open_,)) == []
    assert asked(party(1, 2), party(2, 2), free=4, offered=(open_,)) == [2]


def test_an_offer_is_withdrawn_when_its_chairs_are_gone() -> None:
    offers = [Offer(1, TEN - HOUR, TEN + HOUR), Offer(2, TEN - HOUR / 2, TEN + HOUR)]
    decision, _room = decide(List([party(1, 2), party(2, 2)], offers, 3), CUTOFF, PATIENCE, TEN)
    assert [(one.key, one.reason) for one in decision.withdraw] == [(2, "too_few_chairs")]


def test_who_is_away_or_fits_no_table_keeps_their_turn_and_nobody_waits_for_them() -> None:
    assert asked(party(1, 1, Skip.AWAY), party(2, 1, Skip.NO_TABLE), party(3, 1), free=1) == [3]


def test_an_offer_lasts_two_hours_and_less_as_the_cutoff_nears() -> None:
    (one,) = decide(List([party(1, 1)], [], 1), CUTOFF, PATIENCE, TEN)[0].ask
    assert one.deadline_at == TEN + 2 * HOUR
    (late,) = decide(List([party(1, 1)], [], 1), CUTOFF, PATIENCE, CUTOFF - HOUR)[0].ask
    assert late.deadline_at == CUTOFF - HOUR + timedelta(minutes=20)
    assert decide(List([party(1, 1)], [], 1), CUTOFF, PATIENCE, CUTOFF)[0].standing is Standing.TOO_LATE


def test_chairs_belong_to_who_waits_and_not_to_who_was_silent() -> None:
    silent = Offer(1, TEN - 3 * HOUR, TEN - HOUR, Ending.EXPIRED)
    assert spoken_for(List([party(1, 2), party(2, 3)], [silent], 6)) == 3
    assert spoken_for(List([party(1, 2), party(2, 3)], [], 6)) == 5
    assert spoken_for(List([party(1, 2), party(2, 5)], [], 6)) == 2


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "silence", "fewer_chairs", "more_chairs"]), st.integers(0, 5)), max_size=30
)


@given(covers=st.lists(st.integers(1, 10), min_size=1, max_size=8), free=st.integers(0, 20), steps=STEPS)
def test_no_chair_is_offered_twice_nobody_is_seated_beyond_the_chairs_and_every_offer_ends_once(
    covers: list[int], free: int, steps: list[Step]
) -> None:
    waiting = {key: party(key, size) for key, size in enumerate(covers)}
    offers: list[Offer[int]] = []
    endings = 0
    now = TEN

    def look() -> None:
        nonlocal offers, endings
        decision, _room = decide(List(list(waiting.values()), offers, free), CUTOFF, PATIENCE, now)
        over = dict.fromkeys(decision.expire, Ending.EXPIRED) | {one.key: Ending.WITHDRAWN for one in decision.withdraw}
        endings += len(over)
        offers = [
            ended(one, over[one.key], max(now, one.deadline_at) if over[one.key] is Ending.EXPIRED else now)
            if one.is_open and one.key in over
            else one
            for one in offers
        ]
        offers += [Offer(one.key, now, one.deadline_at) for one in decision.ask]

    for what, which in steps:
        look()
        open_ = [one for one in offers if one.is_open]
        assert sum(waiting[one.key].covers for one in open_) <= max(free, 0)
        assert len({one.key for one in open_}) == len(open_)
        if what in ("yes", "no") and open_:
            one = open_[which % len(open_)]
            offers = [
                ended(o, Ending.ACCEPTED if what == "yes" else Ending.DECLINED, now) if o is one else o for o in offers
            ]
            endings += 1
            free -= waiting.pop(one.key).covers if what == "yes" else 0 * waiting.pop(one.key).covers
            assert free >= 0
        elif what == "silence" and open_:
            now = min(one.deadline_at for one in open_)
        elif what == "fewer_chairs":
            free -= which
        elif what == "more_chairs":
            free += which
        free = max(free, 0)
    assert endings == sum(1 for one in offers if not one.is_open)
