"""Everybody who lives in a simulated town: the circle's people first, then whom the other programmes add to them."""

from typing import Any

from backend.circles.models import Circle
from backend.circles.selectors.members import people_around
from backend.meals.models import MealVolunteer, Resto
from backend.people.models import Organisation
from backend.people.selectors import people_with_numbers
from backend.transport.models import CrewMember, Vehicle


def everybody_around(circle: Circle) -> list[dict[str, Any]]:
    """Each once, with `part` (member, contact, volunteer, organisation), `name`, `given_name` and `phones` (E.164)."""
    people, organisation = people_around(circle), circle.organisation
    programmes = (Vehicle.objects.filter(organisation=organisation), Resto.objects.filter(organisation=organisation))
    if not any(rows.exists() for rows in programmes):
        return people
    named = {line for one in people for line in one["phones"]}
    others = people_with_numbers(organisation, _helpers(organisation))
    return people + [one for one in others if named.isdisjoint(one["phones"])]


def _helpers(organisation: Organisation) -> set[int]:
    """Keys of who drives, is host, or helps at a dinner."""
    crews = (
        CrewMember.objects.filter(organisation=organisation).values_list("person_id", flat=True),
        MealVolunteer.objects.filter(organisation=organisation).values_list("person_id", flat=True),
    )
    return {person for rows in crews for person in rows}
