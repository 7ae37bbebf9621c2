"""What somebody sees of their own duties: theirs, what they are asked, and who else is on duty."""

from datetime import datetime
from typing import Any

from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import scope_of
from backend.circles.services import swaps
from backend.circles.web import words
from backend.people.models import DutySwap, Person


def facts(person: Person, now: datetime) -> dict[str, Any]:
    """For the page: `duties` of the person, and `questions` that they may still answer."""
    open_swaps = {
        (swap.scope, swap.rank, swap.date): swap
        for swap in DutySwap.objects.filter(owner=person, state=DutySwap.State.OPEN)
    }
    duties = [
        {
            "circle": own.circle,
            "day": own.duty.day,
            "rank": own.duty.rank.value,
            "as": words.RANKS[own.duty.rank.value],
            "swap": open_swaps.get((scope_of(own.circle), own.duty.rank.value, own.duty.day)),
            "can_swap": not own.has_begun,
            "is_exception": own.duty.is_exception,
        }
        for own in rosters.duties_of(person, now)
    ]
    questions = [{"swap": swap, "circle": swaps.circle_of(swap.scope)} for swap in swaps.open_for(person, now)]
    return {"person": person, "duties": duties, "questions": questions}
