"""A morning as a list on paper: who is to be rung in which order, who is away, who is known to be well already."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.circles.models import Circle, Round
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.excuses import asked, excuses
from backend.circles.selectors.members import expected_members
from backend.circles.selectors.settings import scope_of
from backend.people.domain.telephone import format_for_people
from backend.people.models import Contact, Organisation, Person
from backend.people.selectors import on_duty


@dataclass(frozen=True)
class Row:
    """A member. `phones` are E.164; `state` is expected, well, excused or incident, known since `at` (UTC)."""

    name: str
    given_name: str
    phones: tuple[str, ...]
    address: str
    contacts: tuple[Contact, ...]
    state: str
    at: datetime | None


@dataclass(frozen=True)
class ListOnPaper:
    """Everything that is printed. `starts_at` is UTC; `duty` are names with the first number of each.

    Where keys lie is no part of it: paper is left on tables.
    """

    organisation: Organisation
    circle: Circle
    day: date
    starts_at: datetime
    duty: tuple[str, ...]
    rows: tuple[Row, ...]
    broke_off: bool


def list_on_paper(circle: Circle, day: date) -> ListOnPaper:
    """The list of a circle for a local date: as planned before its round starts, as it stands from then on."""
    round_ = Round.objects.filter(circle=circle, date=day).exclude(state=Round.State.PLANNED).first()
    duty = on_duty(scope_of(circle), day)
    return ListOnPaper(
        organisation=circle.organisation,
        circle=circle,
        day=day,
        starts_at=rosters.starts(circle, day),
        duty=tuple(_reached(person) for person in (duty["primary"], duty["backup"], duty["coordinator"]) if person),
        rows=_rows_of(round_) if round_ else _planned(circle, day),
        broke_off=round_ is not None and any(seat.standing == "expected" for seat in round_.seats.all()),
    )


def mailboxes(circle: Circle, day: date) -> list[str]:
    """Where the list of a local date goes: whoever is on duty, and the organisation's own box. Each address once."""
    duty = on_duty(scope_of(circle), day)
    people = (duty["primary"], duty["backup"], duty["coordinator"])
    found = [person.email for person in people if person] + [circle.organisation.email]
    return list(dict.fromkeys(address for address in found if address))


def _reached(person: Person) -> str:
    phone = person.phones.first()
    return f"{person.name} {format_for_people(phone.e164)}" if phone else person.name


def _rows_of(round_: Round) -> tuple[Row, ...]:
    seats = round_.seats.select_related("person").prefetch_related("person__phones", "person__contacts")
    return tuple(_row(seat.person, seat.standing, seat.at) for seat in seats.order_by("position"))


def _planned(circle: Circle, day: date) -> tuple[Row, ...]:
    members = expected_members(circle, day)
    excused = excuses(asked(circle, day, members))
    return tuple(_row(one.person, "excused" if one.person_id in excused else "expected", None) for one in members)


def _row(person: Person, state: str, at: datetime | None) -> Row:
    town = f"{person.postcode} {person.place}".strip()
    return Row(
        name=person.name,
        given_name=person.spoken_name,
        phones=tuple(phone.e164 for phone in person.phones.all()),
        address=", ".join(part for part in (person.address, town) if part),
        contacts=tuple(person.contacts.all()),
        state=state,
        at=at,
    )
