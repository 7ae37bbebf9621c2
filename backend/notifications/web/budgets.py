"""The panel that warns of a month's budget."""

from datetime import datetime
from typing import Any

from backend.notifications.domain.costs import warning
from backend.notifications.selectors import costs
from backend.notifications.web.choosing import COORDINATOR
from backend.people import doors
from backend.people.models import User


def budgets(user: User, now: datetime) -> dict[str, Any]:
    """The organisations that have spent most of their month's budget, or all of it."""
    own = [one for one in doors.organisations_of(user, COORDINATOR) if costs.budget_of(one)]
    if not own:
        return {}
    spent = costs.spent_this_month(own, now)
    found = [(one, level) for one in own if (level := warning(spent[one.pk], costs.budget_of(one)))]
    return {"budgets": found} if found else {}
