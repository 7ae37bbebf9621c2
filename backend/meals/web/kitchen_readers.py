"""Who has the kitchen of an evening before them: somebody who signed in, or who was texted its numbers, by the link."""

from datetime import datetime

from backend.common.link_rows import gone
from backend.meals.models import Evening
from backend.meals.selectors.kitchen import may_read
from backend.meals.services import kitchen_telling
from backend.meals.web.readers import EVENINGS, Part
from backend.people.models import DutyLink
from backend.people.services import duty_links


def _follow(token: str, evening_id: int, now: datetime) -> tuple[DutyLink, Evening]:
    link = duty_links.follow(token, now)
    evening = EVENINGS.filter(pk=evening_id, resto__organisation=link.person.organisation).first()
    if evening is None or not may_read(evening, link.person):
        raise gone()
    return link, evening


KITCHEN = Part("kitchen", _follow, kitchen_telling.LINK_LIVES, "meals/kitchen_open.html")
