"""Which parts of a town were seen at work, from the signs of life that they leave."""

from backend.events import heartbeat
from stack.readiness import PROOFS, answers, seen_at_work, unproven

NOBODY = "http://127.0.0.1:9"

SEEN = {"drain": 20.0, "workers of alarm": 20.0, "workers of live": 9.0, "workers": 20.0, "workers of bulk": 20.0}


def test_a_part_is_at_work_when_each_of_its_signs_came_later_than_asked() -> None:
    assert unproven(["drain", "worker-alarm", "worker-notice"], SEEN, since=10.0) == ["worker-alarm"]
    assert unproven(["drain", "worker-notice"], SEEN, since=20.0) == ["drain", "worker-notice"]
    assert unproven(["drain"], {}, since=0.0) == ["drain"]


def test_who_leaves_no_signs_is_not_waited_for() -> None:
    assert unproven(["postgres", "beat", "simulator"], {}, since=10.0) == []


def test_the_signs_are_those_that_the_product_leaves() -> None:
    left = {"web", heartbeat.DRAIN, *heartbeat.LANES.values()}
    assert {sign for signs in PROOFS.values() for sign in signs} == left


def test_where_nobody_answers_nothing_is_seen() -> None:
    assert not answers(f"{NOBODY}/healthz/")
    assert seen_at_work(NOBODY) == {}
