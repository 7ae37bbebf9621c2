"""Figures of the dinners that tell of nobody: what follows from few guests is hidden with them, and so is money."""

from hypothesis import given
from hypothesis import strategies as st

from backend.meals.domain.figures import INCOME, sheet

RESTO = st.fixed_dictionaries({"tariff:1": st.integers(0, 30), "tariff:2": st.integers(0, 12)})


def with_sums(paid: dict[str, int]) -> dict[str, int]:
    """A resto in which regular guests paid 6 euros, and those with a pass 3."""
    cents = {"cents:1": 600 * paid["tariff:1"], "cents:2": 300 * paid["tariff:2"]}
    return {**paid, **cents, INCOME: sum(cents.values()), "covers": sum(paid.values())}


def added(restos: dict[str, dict[str, int]]) -> dict[str, int]:
    names = {name for counts in restos.values() for name in counts}
    return {name: sum(counts.get(name, 0) for counts in restos.values()) for name in names}


@given(st.dictionaries(st.sampled_from("abc"), RESTO.map(with_sums), min_size=1))
def test_no_amount_tells_how_few_paid_a_tariff(restos: dict[str, dict[str, int]]) -> None:
    found = sheet(restos, added(restos))
    few = [key for key, counts in restos.items() if any(0 < counts[name] < 5 for name in ("tariff:1", "tariff:2"))]
    for row in found.rows:
        assert row.key not in few or row.cells[INCOME] is None
    if few:
        assert found.total.cells[INCOME] is None
        assert found.tariffs == {}


def test_money_is_shown_where_no_tariff_was_paid_by_few() -> None:
    restos = {"a": with_sums({"tariff:1": 20, "tariff:2": 8}), "b": with_sums({"tariff:1": 9, "tariff:2": 0})}
    found = sheet(restos, added(restos))
    assert [row.cells[INCOME] for row in found.rows] == [14_400, 5_400]
    assert found.total.cells[INCOME] == 19_800
    assert found.tariffs == {"tariff:1": 29, "tariff:2": 8, "cents:1": 17_400, "cents:2": 2_400}


def test_what_the_covers_could_be_guessed_from_is_hidden_where_they_are() -> None:
    counts = {"covers": 3, "chairs_used": 12, "portions_cooked": 14, "portions_left": 11, "chairs_offered": 40}
    found = sheet({"a": counts}, counts)
    for name in ("covers", "chairs_used", "portions_cooked", "portions_left"):
        assert found.total.cells[name] is None
    assert found.total.cells["chairs_offered"] == 40


def test_ways_of_booking_and_reasons_are_hidden_among_one_another() -> None:
    counts = {"no_shows": 14, "no_show:page": 12, "no_show:telephone": 2, "unmet": 3, "unmet:full": 3}
    found = sheet({"a": counts}, counts)
    assert found.ways == {"no_show:page": None, "no_show:telephone": None}
    assert found.reasons == {}


def test_where_few_stayed_away_it_is_not_said_how_many_had_reserved() -> None:
    counts = {"booked": 11, "booked:telephone": 11, "covers": 9, "no_shows": 2, "no_show:telephone": 2}
    found = sheet({"a": counts}, counts)
    for row in (*found.rows, found.total):
        assert (row.cells["booked"], row.cells["no_shows"], row.cells["covers"]) == (None, None, 9)
    assert found.ways == {}


def test_who_waited_in_vain_cannot_be_found_by_subtracting() -> None:
    few, many = {"waited": 7, "waited_seated": 6}, {"waited": 20, "waited_seated": 10}
    found = sheet({"a": few, "b": many}, added({"a": few, "b": many}))
    assert [row.cells["waited_seated"] for row in found.rows] == [None, 10]
    assert found.total.cells["waited_seated"] is None
    assert found.total.cells["waited"] == 27


def test_who_had_come_before_cannot_be_found_by_subtracting() -> None:
    few, many, all_new = ({"people": 20, "first_timers": first} for first in (18, 8, 20))
    found = sheet({"a": few, "b": many, "c": all_new}, added({"a": few, "b": many, "c": all_new}))
    assert [row.cells["first_timers"] for row in found.rows] == [None, 8, 20]
    assert found.total.cells["first_timers"] is None
    assert [row.cells["people"] for row in (*found.rows, found.total)] == [20, 20, 20, 60]
