"""What the letters to a circle's members say."""

from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format

from backend.circles.models import Circle, Membership
from backend.circles.scripts.life.letter import Letter
from backend.circles.selectors.settings import first_morning
from backend.people.domain.telephone import format_for_people
from backend.people.models import Person


def letters_of(circle: Circle, now: datetime) -> list[Letter]:
    """One for each who takes part, in the order of the ring. After a transfer they tell of that, and since when."""
    transfer = circle.transfers.select_related("from_organisation").order_by("-at", "-pk").first()
    day = first_morning(circle, transfer.at if transfer else now)
    if transfer is None and circle.first_day is not None:
        day = max(day, circle.first_day)
    members = circle.memberships.exclude(status__in=[Membership.Status.WAITING, Membership.Status.LEFT])
    people = [member.person for member in members.select_related("person").order_by("position", "pk")]
    return [
        Letter(
            name=person.name,
            address=_address(person),
            circle=circle.name,
            organisation=circle.organisation.name,
            former=transfer.from_organisation.name if transfer else "",
            rings=format_for_people(circle.organisation.phone),
            asks=format_for_people(circle.organisation.duty_phone),
            start=f"{circle.starts_at:%H:%M}",
            day=_in_words(day, person.language),
            language=person.language,
            mode=circle.mode,
        )
        for person in people
    ]


def _in_words(day: date, language: str) -> str:
    with translation.override(language):
        return date_format(day, "l j F")


def _address(person: Person) -> tuple[str, ...]:
    town = " ".join(part for part in (person.postcode, person.place) if part)
    return tuple(line for line in (person.address, town) if line)
