"""What the bus hides of its figures: what follows from the rides, and reasons that few were given."""

from hypothesis import given
from hypothesis import strategies as st

from backend.common.figures import hide
from backend.transport.domain.figures import MEASURES, sheet

FOLLOWS_RIDES = ("seats_used", "wheelchair_used", "rollator_used", "income_cents")


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=1))
def test_what_follows_from_the_rides_is_hidden_where_the_rides_are(rides: dict[str, int]) -> None:
    areas = {key: {"rides": value, "seats_used": value, "income_cents": 250 * value} for key, value in rides.items()}
    total = {name: sum(counts[name] for counts in areas.values()) for name in ("rides", "seats_used", "income_cents")}
    found = sheet(areas, total | {"costs_cents": 10_000})
    for row in (*found.rows, found.total):
        if row.cells["rides"] is None:
            assert [row.cells[name] for name in FOLLOWS_RIDES] == [None] * len(FOLLOWS_RIDES)
            assert row.cents_per_ride is None and row.cost_cover is None
            assert row.share("seats_used", "seats_offered") is None


@given(st.dictionaries(st.sampled_from(["unmet:ride", "unmet:no_room", "unmet:shift"]), st.integers(1, 12)))
def test_a_reason_that_few_were_given_is_hidden_or_none_is_named(reasons: dict[str, int]) -> None:
    total = {**reasons, "unmet": sum(reasons.values()), "cancelled:weather": 1}
    shown = sheet({"a": {"unmet": total["unmet"]}}, total).reasons
    assert shown["cancelled:weather"] == 1
    mask = hide(reasons, total["unmet"])
    if mask.total:
        assert set(shown) == {"cancelled:weather"}
    else:
        assert {key for key, value in shown.items() if value is None} == mask.cells


def test_a_month_without_anybody_is_all_noughts_and_nothing_is_hidden() -> None:
    found = sheet({"a": {}}, {})
    assert [found.rows[0].cells[name] for name in MEASURES.added] == [0] * len(MEASURES.added)
