"""Who is on the line in tests of call scripts, and what a script knows of their call."""

from backend.circles.domain.morning import VOLUNTEER
from backend.circles.scripts.view import CallView, Named

RIET, SJEF, NEL = Named(1, "mevrouw Riet"), Named(2, "meneer Sjef"), Named(3, "mevrouw Nel")
ANNEKE = Named(VOLUNTEER, "Anneke")

VIEW = CallView(
    circle="Vijverhof",
    language="nl",
    caller=RIET,
    target=SJEF,
    next_up=NEL,
    target_proven=False,
    housemate=None,
    summary="Met iedereen is het goed.",
    gather_seconds=9,
    leg_minutes=3,
)
"""Riet rings Sjef; Nel is next."""
