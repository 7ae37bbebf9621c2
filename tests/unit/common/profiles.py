"""How many examples hypothesis makes up, and whether they are the same each time.

The profile is named by HYPOTHESIS_PROFILE: `ci` (the default where CI is set) takes the same examples each time, so
that a change is never blamed for what chance found; `thorough` takes twenty times as many, for a search by hand.
"""

import os
from typing import Any

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.register_profile("thorough", deadline=None)

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "here")


def examples(number: int, **others: Any) -> settings:
    """The settings of the chosen profile, with so many examples."""
    profile = settings.get_profile(PROFILE)
    return settings(profile, max_examples=number * (20 if PROFILE == "thorough" else 1), **others)
