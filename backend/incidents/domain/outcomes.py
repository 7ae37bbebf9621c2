"""Which outcomes make sense for a case: the one rule for pages, texts and whatever asks next. Pure.

Outcomes and kinds are the codes of `models.Outcome` and `models.Incident.Kind`.
"""

ABOUT_PEOPLE = (
    "found_well",
    "answered_late",
    "false_alarm",
    "known_absent",
    "needed_help",
    "hospital",
    "deceased",
    "key_failed",
    "emergency_called",
)
"""What may have been found, the likely ones first."""

TAKEN_NOTE, ARRANGED = "received", "arranged"

ABOUT_THE_WHOLE = (TAKEN_NOTE, ARRANGED)
"""Said of a case that is about nobody, or about nobody any more."""

BY_TEXT = ("found_well", "needed_help", "hospital", "false_alarm", "key_failed", "emergency_called")
"""Those that fit in a text, in the order of their numbers from 1 on."""


ARRANGED_KINDS = ("duty", "run", "evening")
"""About a thing that somebody has to arrange: nobody goes and looks."""


def outcomes_for(kind: str, *, has_members: bool) -> tuple[str, ...]:
    """The outcomes that are offered for a case; `has_members`: somebody in it has no outcome yet."""
    if has_members:
        return ABOUT_PEOPLE
    return (ARRANGED,) if kind in ARRANGED_KINDS else (TAKEN_NOTE,)


def numbered_for(kind: str, *, has_members: bool) -> dict[int, str]:
    """The outcomes that can be texted for a case, by number."""
    codes = BY_TEXT if has_members else outcomes_for(kind, has_members=False)
    return dict(enumerate(codes, start=1))
