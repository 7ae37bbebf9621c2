"""Behind every number lives somebody, described or not."""

from simulator.residents.model import Resident
from stack.scenario.people import Somebody, with_everybody

RIET = Somebody("member", "Riet Bos", "Riet", ("+31130002211",))
JAN = Somebody("member", "Jan Bos", "Jan", ("+31130002211", "+31600002001"))
PIET = Somebody("contact", "Henk", "Henk", ("+31130002215",))


def test_a_member_of_whom_nothing_is_said_answers_and_a_contact_lets_it_ring() -> None:
    riet, henk = with_everybody([], [RIET, PIET])
    assert (riet.name, riet.phones) == ("riet", ["+31130002211"])
    assert riet.calls[0].press == "1"
    assert henk.calls == ["no_answer"]


def test_who_is_described_stays_as_described() -> None:
    silent = Resident(name="riet", phones=["+31130002211"], calls=["busy"])
    assert with_everybody([silent], [RIET]) == [silent]


def test_a_couple_on_one_line_is_one_resident_and_the_second_keeps_their_own_mobile() -> None:
    riet, jan = with_everybody([], [RIET, JAN])
    assert riet.phones == ["+31130002211"]
    assert jan.phones == ["+31600002001"]


def test_two_of_the_same_given_name_are_told_apart() -> None:
    other = Somebody("member", "Riet Maas", "Riet", ("+31130002299",))
    assert [one.name for one in with_everybody([], [RIET, other])] == ["riet", "riet maas"]
