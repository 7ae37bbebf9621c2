"""The volunteer who is asked to be on duty: read from one text, found or registered, and put on duty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of
from backend.circles.services.importing.notices import (
    NOTHING_TO_ADD,
    Notice,
    NoticeCode,
    Notices,
    notice,
)
from backend.circles.services.importing.refusals import ImportRefused
from backend.people.domain.names import PersonName, normalised_name, read_full_name, same_name
from backend.people.domain.telephone import format_for_people, read_numbers
from backend.people.models import DutyShift, Organisation, Person
from backend.people.services.duty import put_on_duty
from backend.people.services.registering import register_person

LONGEST_GIVEN_NAME = 80
LONGEST_FAMILY_NAME = 120


@dataclass(frozen=True, slots=True)
class WantedVolunteer:
    """Who is asked for: a name, numbers (E.164), or both. `text` is how it was written."""

    text: str
    name: PersonName | None
    lines: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The name, or the text where there is none."""
        return f"{self.name.given} {self.name.family}".strip() if self.name else self.text


def read_volunteer(text: str) -> WantedVolunteer:
    """Reads "Anneke de Boer, 06 0000 0100", a name alone or a number alone.

    Raises ImportRefused for a number that may not be rung (112, 0900, …), and for what is neither.
    """
    reading = read_numbers(text)
    if reading.refused:
        first = reading.refused[0]
        raise ImportRefused(NoticeCode.VOLUNTEER_NUMBER_REFUSED, refusal=f"{first.as_written}|{first.reason.value}")
    name = read_full_name(reading.remark) if any(c.isalpha() for c in reading.remark) else None
    too_long = name is not None and (len(name.given) > LONGEST_GIVEN_NAME or len(name.family) > LONGEST_FAMILY_NAME)
    if too_long or (name is None and not reading.numbers):
        raise ImportRefused(NoticeCode.VOLUNTEER_UNREADABLE, text=text[:LONGEST_FAMILY_NAME])
    return WantedVolunteer(" ".join(text.split()), name, tuple(number.e164 for number in reading.numbers))


def settle_duty(circle: Circle, wanted: WantedVolunteer | None) -> Notices:
    """Put the volunteer on duty on those days of the circle on which nobody is; nobody is replaced.

    Raises ImportRefused when it is not clear who is meant, or they have no number.
    """
    scope = scope_of(circle)
    shifts = DutyShift.objects.filter(scope=scope, rank=DutyShift.Rank.PRIMARY, weekday__in=circle.weekdays)
    on_duty = {shift.weekday: shift.person for shift in shifts.select_related("person") if shift.weekday is not None}
    free = frozenset(circle.weekdays) - frozenset(on_duty)
    if wanted is None:
        return Notices(needs_person=(notice(NoticeCode.NOBODY_ON_DUTY, days=free),)) if free else NOTHING_TO_ADD
    person = _find(circle.organisation, wanted)
    understood: list[Notice] = []
    assumed: list[Notice] = []
    if person is None and free:
        if Person.objects.filter(organisation=circle.organisation, normalised_name=_key(wanted)).exists():
            assumed.append(notice(NoticeCode.VOLUNTEER_NAMESAKE, name=wanted.shown))
        person = _register(circle.organisation, wanted)
        shown = ", ".join(format_for_people(line) for line in wanted.lines)
        understood.append(notice(NoticeCode.VOLUNTEER_REGISTERED, name=person.name, number=shown))
    if person is not None:
        for weekday in sorted(free):
            put_on_duty(person=person, scope=scope, rank=DutyShift.Rank.PRIMARY, weekday=weekday)
        days = free | {weekday for weekday, other in on_duty.items() if other == person}
        if days:
            understood.append(notice(NoticeCode.VOLUNTEER_ON_DUTY, name=person.name, days=days))
    new = person.name if person else wanted.shown
    asks = (*_is_member(circle, person), *_others(on_duty, person, new))
    return Notices(tuple(understood), tuple(assumed), asks)


def _is_member(circle: Circle, person: Person | None) -> tuple[Notice, ...]:
    if person is None:
        return ()
    places = circle.memberships.filter(person=person, status=Membership.Status.ACTIVE)
    return (notice(NoticeCode.VOLUNTEER_IS_MEMBER, name=person.name),) if places.exists() else ()


def _others(on_duty: dict[int, Person], person: Person | None, new: str) -> tuple[Notice, ...]:
    """Who else is on duty, and stays so."""
    days: defaultdict[Person, set[int]] = defaultdict(set)
    for weekday, other in on_duty.items():
        if other != person:
            days[other].add(weekday)
    return tuple(
        notice(NoticeCode.VOLUNTEER_DIFFERS, new=new, old=other.name, days=frozenset(weekdays))
        for other, weekdays in days.items()
    )


def _find(organisation: Organisation, wanted: WantedVolunteer) -> Person | None:
    """Somebody of the organisation; None when a name with a number belongs to nobody yet."""
    people = Person.objects.filter(organisation=organisation).prefetch_related("phones").order_by("pk")
    if wanted.lines:
        candidates = list(people.filter(phones__e164__in=wanted.lines).distinct())
        if wanted.name is not None:
            candidates = [one for one in candidates if _can_be(one, wanted.name)]
            return _preferred(candidates) if candidates else None
    else:
        candidates = [
            one for one in people.filter(normalised_name=_key(wanted)) if wanted.name and _can_be(one, wanted.name)
        ]
    if not candidates:
        raise ImportRefused(NoticeCode.VOLUNTEER_UNKNOWN, text=wanted.text)
    if not _are_one(candidates):
        raise ImportRefused(NoticeCode.VOLUNTEER_UNCLEAR, text=wanted.text, count=len(candidates))
    if not candidates[0].phones.all():
        raise ImportRefused(NoticeCode.VOLUNTEER_WITHOUT_NUMBER, name=candidates[0].name)
    return _preferred(candidates)


def _can_be(person: Person, name: PersonName) -> bool:
    if person.title and name.title and person.title != name.title:
        return False
    return same_name(person.given_name, person.family_name, name.given, name.family)


def _are_one(candidates: list[Person]) -> bool:
    """Whether these rows are one person: a member of two circles has a row in each, with the same number."""
    first = candidates[0]
    lines = {phone.e164 for phone in first.phones.all()}
    return all(
        other.normalised_name == first.normalised_name and lines & {phone.e164 for phone in other.phones.all()}
        for other in candidates[1:]
    )


def _preferred(candidates: list[Person]) -> Person:
    """Who is on duty for something already, else who was registered first."""
    shifts = DutyShift.objects.filter(person__in=candidates).order_by("person_id").values_list("person_id", flat=True)
    known = shifts.first()
    return next((one for one in candidates if one.pk == known), candidates[0])


def _register(organisation: Organisation, wanted: WantedVolunteer) -> Person:
    assert wanted.name is not None
    return register_person(
        organisation=organisation,
        title=wanted.name.title or "",
        given_name=wanted.name.given,
        family_name=wanted.name.family,
        phones=wanted.lines,
    )


def _key(wanted: WantedVolunteer) -> str:
    return normalised_name(wanted.name.given, wanted.name.family) if wanted.name else ""
