"""How many examples hypothesis makes up, and whether they are the same each time.

The profile is named by HYPOTHESIS_PROFILE: `ci` (the default where CI is set) takes the same examples each time, so
that a change is never blamed for what chance found; `thorough` takes twenty times as many, for a search by hand.
"""

import os
from typing import Any

from hypothesis import HealthCheck, settings

ANY_PACE: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
"""How long an example takes says how busy the machine is, and nothing of the product."""

settings.register_profile("ci", derandomize=True, print_blob=True, **ANY_PACE)
settings.register_profile("here", **ANY_PACE)
settings.register_profile("thorough", **ANY_PACE)

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "here")


def use() -> None:
    """Have every test of properties take the chosen profile, unless it says otherwise."""
    settings.load_profile(PROFILE)


def examples(number: int, **others: Any) -> settings:
    """The settings of the chosen profile, with so many examples."""
    profile = settings.get_profile(PROFILE)
    return settings(profile, max_examples=number * (20 if PROFILE == "thorough" else 1), **others)
