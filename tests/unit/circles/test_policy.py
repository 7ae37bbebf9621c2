"""What an organisation may set about its mornings, and what is refused because it could not work."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend.circles.domain.policy import MorningPolicy, PolicyError


def test_the_defaults_of_the_domain_text() -> None:
    """Retried after 3 and 8 min, busy after 60 s, 3 minutes a call, 15 of slack, late until 10:30, 15 people."""
    policy = MorningPolicy()
    assert policy.retry_after_minutes == (3, 8)
    assert (policy.busy_again_seconds, policy.busy_counts_at) == (60, 3)
    assert (policy.leg_minutes, policy.slack_minutes) == (3, 15)
    assert (policy.late_until, policy.max_members) == ("10:30", 15)


def test_each_member_is_rung_once_unless_another_way_is_chosen() -> None:
    assert MorningPolicy().joining == "one_ring"
    assert MorningPolicy.of({"joining": "dialled"}).joining == "dialled"


def test_the_circle_goes_before_the_organisation() -> None:
    policy = MorningPolicy.of({"leg_minutes": 4, "slack_minutes": 20}, {"leg_minutes": 2})
    assert (policy.leg_minutes, policy.slack_minutes, policy.retry_after_minutes) == (2, 20, (3, 8))


def test_a_snapshot_comes_back_as_it_was() -> None:
    policy = MorningPolicy.of({"retry_after_minutes": [2, 4, 20], "late_until": "11:00"})
    assert MorningPolicy.of(json.loads(json.dumps(policy.as_json()))) == policy


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"retry_after_minutes": []}, "retry_after_minutes: give one or more growing numbers"),
        ({"retry_after_minutes": [8, 3]}, "retry_after_minutes: give one or more growing numbers"),
        ({"retry_after_minutes": [3, 3]}, "retry_after_minutes: give one or more growing numbers"),
        ({"retry_after_minutes": [0, 3]}, "retry_after_minutes: each must lie between 1 and 60"),
        ({"retry_after_minutes": [3, 61]}, "retry_after_minutes: each must lie between 1 and 60"),
        ({"retry_after_minutes": 3}, "A setting has a value of the wrong kind"),
        ({"retry_after_minutes": "38"}, "A setting has a value of the wrong kind"),
        ({"busy_again_seconds": 5}, "busy_again_seconds: must lie between 15 and 600"),
        ({"busy_counts_at": 0}, "busy_counts_at: must lie between 1 and 10"),
        ({"slack_minutes": 0}, "slack_minutes: must lie between 5 and 120"),
        ({"gather_seconds": 2}, "gather_seconds: must lie between 5 and 30"),
        ({"leg_minutes": "three"}, "A setting has a value of the wrong kind"),
        ({"late_until": "half past ten"}, "late_until: give a time of day"),
        ({"late_until": 10}, "A setting has a value of the wrong kind"),
        ({"late_until": "09:59"}, "late_until: must lie after 10:00"),
        ({"retries": [3]}, "retries: no such setting. Known are busy_again_seconds, "),
    ],
)
def test_a_setting_that_could_not_work_is_refused_by_name(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        MorningPolicy.of({}, settings)
    assert refusal.value.message.startswith(says)
