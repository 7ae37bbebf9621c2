"""What tests of a trip that goes wrong share: who rides along, how they answer, and who has been told."""

from datetime import date

from backend.common.actors import user
from backend.events import clock
from backend.transport.models import Disruption, DisruptionNotice
from backend.transport.services import disruption

MONDAY = date(2026, 11, 23)
PLANNER = user(7)
RIET, HALIL, TRUUS, SJEF = "+31130001301", "+31130001302", "+31600000303", "+31130001304"
UNDERSTANDS = {"pick_up": 5, "press": "1", "talk": 5}
ASKS = {"pick_up": 5, "press": "3", "talk": 20}
SILENT = {"pick_up": None}


def cause(kind: Disruption.Kind = Disruption.Kind.BUS_DOWN) -> disruption.Cause:
    return disruption.Cause(kind, PLANNER, clock.now())


def told() -> dict[str, tuple[str, str]]:
    """Where each stands who is on the list: the state, and how they confirmed or why a person has to ring."""
    notices = DisruptionNotice.objects.exclude(state="superseded").order_by("order")
    return {one.person.given_name: (one.state, one.confirmed_how or one.why_person) for one in notices}
