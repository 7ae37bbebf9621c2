"""Failures on command: chance that depends on what it concerns only, faults that are used up, and names that repeat."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from simulator.faults import FaultPlan, Faults
from simulator.sids import Sids

ROOT = Path(__file__).resolve().parents[3]
FIRST, SECOND = "AC1", "AC2"


def faults_of(plan: dict[str, object], *, seed: int = 7, account: str | None = None) -> Faults:
    faults = Faults(lambda: 0.0, seed)
    faults.apply(FaultPlan.model_validate(plan), account)
    return faults


def test_whether_a_webhook_is_lost_does_not_depend_on_the_others() -> None:
    faults = faults_of({})
    alone = {about: faults.drops(0.5, "ringing", about) for about in ("CA1", "CA2", "CA3", "CA4", "CA5")}
    assert {about: faults.drops(0.5, "ringing", about) for about in reversed(alone)} == alone
    assert set(alone.values()) == {True, False}
    assert faults.drops(0.0, "ringing", "CA1") is False
    assert faults.drops(1.0, "ringing", "CA1") is True


def test_lateness_lies_between_what_was_said_and_differs_from_seed_to_seed() -> None:
    plan = FaultPlan.model_validate({"callbacks": {"late": {"between": [10, 20]}}})
    drawn = [faults_of({}, seed=seed).lateness(plan.callbacks.late, "ringing", "CA1") for seed in range(20)]
    assert all(10 <= late <= 20 for late in drawn)
    assert len(set(drawn)) == 20


def test_faults_of_one_account_are_not_the_others() -> None:
    plan = {"callbacks": {"double": True}, "rest": {"fail_next": [{"status": 500}], "late": 2}, "outage": {"for": 60}}
    faults = faults_of(plan, account=SECOND)
    assert [faults.callbacks(sid, "call").double for sid in (FIRST, SECOND)] == [False, True]
    assert [faults.outage_ends(sid) for sid in (FIRST, SECOND)] == [None, 60.0]
    assert [faults.rest_late(sid) for sid in (FIRST, SECOND)] == [0.0, 2.0]
    assert faults.take_failure(FIRST, "call", "create", None) is None
    assert faults.take_failure(SECOND, "call", "create", None) is not None
    assert faults.take_failure(SECOND, "call", "create", None) is None, "used up"


def test_the_documented_faults_are_a_plan() -> None:
    documentation = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    [plan] = re.findall(r"```yaml\n(.*?)```", documentation.partition("### Faults")[2].partition("## ")[0], re.DOTALL)
    read = FaultPlan.model_validate(yaml.safe_load(plan))
    assert read.outage is not None
    assert (read.account, len(read.rest.fail_next), read.outage.rest) == ("second", 6, "broken")


def test_names_are_the_same_for_the_same_seed_and_no_two_alike() -> None:
    drawn = [Sids(7, lambda: 1000.0).next("CA"), Sids(7, lambda: 1000.0).next("CA")]
    assert drawn[0] == drawn[1]
    sids = Sids(7, lambda: 1000.0)
    many = [sids.next("CA") for _ in range(1000)]
    assert len(set(many)) == 1000
    assert all(re.fullmatch("CA[0-9a-f]{32}", sid) for sid in many)
    assert Sids(7, lambda: 1001.0).next("CA") != drawn[0], "a simulator that is started again names nothing as before"
    assert Sids(8, lambda: 1000.0).next("CA") != drawn[0]
