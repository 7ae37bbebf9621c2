"""Whatever a list says: compared with what it says itself, nothing is new, nothing differs, nobody is missing."""

from hypothesis import given
from hypothesis import strategies as st

from backend.circles.domain.call_list import CallList, MemberEntry, find_header, read_table, understand
from backend.circles.services.importing.reconciling import Fate, reconcile

HEADER = "Nr;Naam;Voornaam;Telefoon;Adres;Belt op;Contact;Tel contact\n"
ROWS = st.tuples(
    st.sampled_from(["1", "2", "3", "", "wachtlijst", "?"]),
    st.sampled_from(["Bakker", "Mw. Bakker", "Dhr. Bakker", "van den Heuvel", "Heuvel, v.d.", "Özdemir", ""]),
    st.sampled_from(["", "An", "A.", "Jan", "Annie"]),
    st.sampled_from(["", "013-0001211", "013-0001212", "06 0000 1001", "013-0001211 / 06 0000 1002", "12"]),
    st.sampled_from(["", "Laan 1", "Plein 2"]),
    st.sampled_from(["", "alle dagen", "ma t/m vr", "soms"]),
    st.sampled_from(["", "dochter Els", "geen"]),
    st.sampled_from(["", "013-0001213"]),
)


def understood(rows: list[tuple[str, ...]]) -> CallList:
    table = read_table((HEADER + "".join(";".join(row) + "\n" for row in rows)).encode(), "lijst.csv")
    return understand(table, find_header(table))


def entries_of(call_list: CallList) -> dict[int, MemberEntry]:
    return {number: entry for number, (_row, entry) in enumerate(call_list.to_store(), start=1)}


@given(st.lists(ROWS, max_size=8))
def test_a_list_beside_itself(rows: list[tuple[str, ...]]) -> None:
    call_list = understood(rows)
    found = reconcile(call_list, entries_of(call_list), {})
    assert {verdict.fate for verdict in found.verdicts} <= {Fate.UNCHANGED}
    assert found.vanished == ()


@given(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6), st.booleans())
def test_every_row_and_every_member_is_accounted_for_once(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]], have_left: bool
) -> None:
    present = entries_of(understood(old))
    call_list = understood(new)
    found = reconcile(call_list, {} if have_left else present, present if have_left else {})
    assert [one.reading.row for one in found.verdicts] == [row.row for row, _entry in call_list.to_store()]
    met = [one.stored for one in found.verdicts if one.stored is not None]
    assert len(met) == len(set(met))
    assert sorted([*met, *found.vanished]) == sorted(present) or have_left
    for one in found.verdicts:
        assert (one.fate is Fate.NEW) == (one.stored is None)
        assert (one.fate is Fate.DIFFERENT) == bool(one.differences)
