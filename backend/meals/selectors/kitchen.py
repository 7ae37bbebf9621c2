"""What an evening's kitchen cooks, what it was told, and whom to tell."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from backend.common.actors import Actor
from backend.incidents.services.ladders import dinner_scope
from backend.meals.domain.crew import HELPS
from backend.meals.domain.diets import Food, UnknownFood, foods
from backend.meals.domain.kitchen import Change, Cover, Dish, Of, Option, Sheet, changes, kept, sheet_of
from backend.meals.domain.kitchen_times import KitchenTimes, Told
from backend.meals.models import Course, CrewPlace, Evening, Guest, GuestCall, Job, KitchenCount, Plate, Reservation
from backend.meals.models.guests import WRITES_TO_KITCHEN
from backend.people import doors
from backend.people.models import Organisation, Person, Role, User
from backend.people.selectors import coordinators_on, on_duty, usable_lines

TOLD_LATE = (KitchenCount.Kind.FINAL, KitchenCount.Kind.LATE)
"""Counts that somebody in the kitchen says to have seen."""

ORDER = (Course.Kind.STARTER, Course.Kind.MAIN, Course.Kind.DESSERT)


SPEAKER = "speaker"
"""The party of those who speak."""


@dataclass(frozen=True)
class Kitchen:
    """The kitchen of an evening now. `since`: what is different from the final count; empty before there is one.

    `unasked`: how many parties are to be rung still about what they eat.
    """

    evening: Evening
    sheet: Sheet
    counts: tuple[KitchenCount, ...]
    since: tuple[Change, ...]
    unasked: int = 0

    @property
    def final(self) -> KitchenCount | None:
        """What was to be cooked at the cutoff."""
        return next((count for count in self.counts if count.kind == KitchenCount.Kind.FINAL), None)

    @property
    def late(self) -> tuple[KitchenCount, ...]:
        """What the kitchen was told after that, the oldest in front."""
        return tuple(count for count in self.counts if count.kind == KitchenCount.Kind.LATE)

    @property
    def unseen(self) -> tuple[KitchenCount, ...]:
        """What nobody has said to have seen."""
        return tuple(count for count in self.counts if count.kind in TOLD_LATE and count.seen_at is None)

    @property
    def latest(self) -> KitchenCount | None:
        """What the kitchen was told last."""
        return self.counts[-1] if self.counts else None


def kitchen_of(evening: Evening) -> Kitchen:
    """Counted from rows now, in a constant number of queries."""
    sheet = sheet_now(evening)
    counts = tuple(evening.kitchen_counts.order_by("at", "pk"))
    final = next((count for count in counts if count.kind == KitchenCount.Kind.FINAL), None)
    since = changes(final.counts, kept(sheet)) if final else ()
    return Kitchen(evening, sheet, counts, since, unasked_of(evening).count())


def sheet_now(evening: Evening) -> Sheet:
    """For whom is cooked, counted from rows."""
    return sheet_of(covers_of(evening), dishes_of(evening), wrote_of(evening))


def covers_of(evening: Evening) -> list[Cover]:
    """Everybody who eats: guests, crew and speakers. Of a party that has come, those who came; of one away nobody.

    Of a party with fewer people than plates, each of the plates (`Cover.only`).
    """
    return [*_guests(evening), *_crew(evening), *_speakers(evening)]


def wrote_of(evening: Evening) -> list[Cover]:
    """What guests who come wrote to the kitchen themselves, without their names; also who helps instead."""
    helps = Q(state=Reservation.State.CANCELLED, cancelled_because=HELPS)
    helps &= Q(person__in=evening.crew.filter(eats=True).exclude(person=None).values("person_id"))
    comes = Q(state=Reservation.State.RESERVED, away_at=None)
    rows = evening.reservations.filter(comes | helps, way__in=WRITES_TO_KITCHEN)
    return [Cover(note=row.note, party=f"wrote:{row.pk}") for row in rows.exclude(note="").order_by("pk")]


def unasked_of(evening: Evening) -> "QuerySet[GuestCall]":
    """Open calls to those who come about what they wrote, or about plates nobody knows."""
    calls = evening.calls.filter(kind=GuestCall.Kind.SPEAK, state=GuestCall.State.OPEN)
    comes = Q(reservation__state=Reservation.State.RESERVED, reservation__away_at=None)
    return calls.filter(comes, details__has_any_keys=GuestCall.TO_ASK)


def dishes_of(evening: Evening) -> list[Dish]:
    """The courses with their variants, in the order in which they are eaten."""
    courses = sorted(evening.courses.prefetch_related("variants"), key=lambda course: ORDER.index(course.kind))
    return [
        Dish(
            course.kind,
            course.name,
            tuple(
                Option(str(one.pk), one.name, read(one.without)[0])
                for one in sorted(course.variants.all(), key=lambda one: one.pk)
            ),
            read(course.without)[0],
        )
        for course in courses
    ]


def read(codes: Iterable[str]) -> tuple[frozenset[Food], str]:
    """What these codes stand for, and in words those that stand for no food any more: a person looks at them."""
    known: frozenset[Food] = frozenset()
    others = []
    for code in codes:
        try:
            known |= foods([code])
        except UnknownFood:
            others.append(str(code))
    return known, ", ".join(others)


def _guests(evening: Evening) -> list[Cover]:
    rows = evening.reservations.filter(state=Reservation.State.RESERVED, away_at=None)
    found: list[Cover] = []
    for row in rows.prefetch_related("plates").order_by("pk"):
        count = row.covers if row.arrived_covers is None else row.arrived_covers
        found += _party(f"reservation:{row.pk}", [one for one in row.plates.all() if not one.away], count)
    return found


def _party(party: str, known: list[Plate], people: int) -> list[Cover]:
    """Their plates, and covers for who eats everything. Of more plates than people none is left out by a guess."""
    only = people if len(known) > people else 0
    plates = [
        replace(_cover(Of.GUEST, party, one.without, one.note, own_plate=one.own_plate, name=one.name), only=only)
        for one in sorted(known, key=lambda one: (not one.own_plate, not one.note, one.pk))
    ]
    return [*plates, *[Cover(party=party)] * (people - len(plates))]


def _speakers(evening: Evening) -> list[Cover]:
    """A plate that is made apart has their role for a name."""
    plates = [
        _cover(Of.SPEAKER, SPEAKER, one.without, one.note, own_plate=one.own_plate, name=evening.speaker)
        for one in evening.speaker_plates.order_by("-own_plate", "pk")
    ]
    return [*plates, *[Cover(of=Of.SPEAKER, party=SPEAKER)] * evening.speakers][: evening.speakers]


def _crew(evening: Evening) -> list[Cover]:
    """Who helps: what is known of them, with what they said for this evening before they gave up their chair."""
    places = evening.crew.filter(eats=True).select_related("person__guest").order_by("pk")
    given_up = Plate.objects.filter(
        reservation__evening=evening,
        reservation__state=Reservation.State.CANCELLED,
        reservation__cancelled_because=HELPS,
    )
    plates: dict[int, list[Plate]] = {}
    for one in given_up.select_related("reservation").order_by("pk"):
        plates.setdefault(one.reservation.person_id, []).append(one)
    return [_crew_cover(place, plates.get(place.person_id or 0, [])) for place in places]


def _crew_cover(place: CrewPlace, plates: list[Plate]) -> Cover:
    """Of more plates that were given up, what is on any of them is left out."""
    party, person = f"crew:{place.pk}", place.person
    guest: Guest | None = getattr(person, "guest", None)
    known: list[Guest | Plate] = [*([guest] if guest else []), *plates]
    if person is None or not known:
        return Cover(of=Of.CREW, party=party)
    own = any(one.own_plate for one in known)
    codes = [code for one in known for code in one.without]
    note = ". ".join(dict.fromkeys(one.note for one in known if one.note))
    name = person.name if own else ""
    return _cover(Of.CREW, f"{party}:{person.pk}", codes, note, own_plate=own, name=name)


def _cover(of: Of, party: str, codes: Iterable[str], note: str, *, own_plate: bool, name: str) -> Cover:
    without, others = read(codes)
    words = ". ".join(part for part in (note.strip(), others) if part)
    return Cover(of=of, without=without, own_plate=own_plate, name=name, note=words, party=party)


def times_of(organisation: Organisation) -> KitchenTimes:
    """When its kitchens are told: the setting "kitchen"."""
    found = organisation.settings.get("kitchen", {})
    return KitchenTimes.of(found if isinstance(found, dict) else {})


def unseen_of(evening: Evening) -> list[KitchenCount]:
    """Final and late counts that nobody has said to have seen, the oldest in front."""
    return list(evening.kitchen_counts.filter(kind__in=TOLD_LATE, seen_at=None).order_by("at", "pk"))


def as_told(count: KitchenCount) -> Told:
    """A count, for the rules."""
    return Told(count.at, count.told_again_at is not None, count.manager_told_at)


def cooks_of(evening: Evening, *jobs: Job) -> list[Person]:
    """Who has said to come and do one of these jobs; without any, who cooks."""
    places = evening.crew.filter(job__in=jobs or (Job.COOK,), state=CrewPlace.State.CONFIRMED).exclude(person=None)
    people = Person.objects.filter(pk__in=places.values("person_id")).select_related("organisation")
    return list(people.prefetch_related("phones").order_by("pk"))


def manager_boxes(organisation: Organisation) -> list[str]:
    """The e-mail addresses of who runs the resto; of the coordinators where nobody does."""
    for kind in (Role.Kind.RESTO_MANAGER, Role.Kind.COORDINATOR):
        roles = Role.objects.filter(organisation=organisation, kind=kind, user__is_active=True).exclude(user__email="")
        found = list(dict.fromkeys(roles.order_by("pk").values_list("user__email", flat=True)))
        if found:
            return found
    return []


def managers_of(organisation: Organisation) -> "QuerySet[Person]":
    """The same people as we can text them: those known to the organisation under that e-mail address."""
    boxes = [box.lower() for box in manager_boxes(organisation)]
    people = Person.objects.alias(known_as=Lower("email")).filter(organisation=organisation, known_as__in=boxes)
    return people.select_related("organisation").prefetch_related("phones").order_by("pk")


def told_of(evening: Evening) -> list[Person]:
    """Who is told on the day what the kitchen lacks: who has duty for the dinners, and who runs the resto.

    Where there is nobody of whom we know a telephone, who coordinates.
    """
    organisation = evening.resto.organisation
    on_call = on_duty(dinner_scope(organisation), evening.date)["primary"]
    known = [*([on_call] if on_call else []), *managers_of(organisation)]
    found = list(dict.fromkeys(known))
    if any(usable_lines(one) for one in found):
        return found
    return list(dict.fromkeys([*found, *coordinators_on(organisation, evening.date)]))


def hears_all(evening: Evening, now: datetime) -> bool:
    """Whether the kitchen is told of whoever comes or stays away; later than that only of diets and plates apart."""
    return evening.pots_on_at is None and now < evening.dinner_at


def works_in(evening: Evening, actor: Actor) -> bool:
    """Whether somebody cooks or helps in the kitchen on that evening: behind their link, by telephone or signed in."""
    places = evening.crew.filter(state=CrewPlace.State.CONFIRMED, job__in=(Job.COOK, Job.KITCHEN))
    kind, _colon, key = actor.who.partition(":")
    if kind == "person":
        return places.filter(person=int(key)).exists()
    user = User.objects.filter(pk=int(key)).exclude(email="").first() if kind == "user" else None
    return user is not None and places.filter(person__email__iexact=user.email).exists()


def runs_it(evening: Evening, actor: Actor) -> bool:
    """Whether somebody runs the dinners, or is told on the day what this kitchen lacks."""
    kind, _colon, key = actor.who.partition(":")
    if kind == "person":
        return int(key) in [one.pk for one in told_of(evening)]
    roles = Role.objects.filter(organisation=evening.resto.organisation_id, kind__in=doors.RESTO, user__is_active=True)
    return kind == "user" and roles.filter(user=int(key)).exists()


def may_read(evening: Evening, reader: Person) -> bool:
    """Whether a link in a text shows somebody the kitchen: who works in it or shops for it, and who was told of it."""
    works = evening.crew.filter(
        person=reader, state=CrewPlace.State.CONFIRMED, job__in=(Job.COOK, Job.KITCHEN, Job.SHOPPING)
    )
    return works.exists() or reader in told_of(evening)
