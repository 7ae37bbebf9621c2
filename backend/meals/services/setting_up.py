"""A whole resto in one go, from a description: for scenarios and the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import get_args
from uuid import NAMESPACE_URL, UUID, uuid5

from backend.common import actors
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.meals.domain.series import Times, moments
from backend.meals.domain.setup import (
    EveningSeriesSetup,
    EveningSetup,
    GuestSetup,
    HelperSetup,
    Hours,
    JobName,
    ReservedSetup,
    RestoSetup,
    Without,
)
from backend.meals.models import Evening, Reservation, Resto
from backend.meals.selectors.crew import open_places
from backend.meals.services import (
    crew,
    crew_people,
    guests,
    menus,
    planning,
    reserving,
    restos,
    series,
    standing,
)
from backend.meals.services.guests import Diet
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.models import Consent, Organisation, Person
from backend.people.selectors import zone_of
from backend.people.services import consents
from backend.people.services.registering import find_or_register

BY_COMMAND = Actor(who="system", channel="command")


@dataclass
class Made:
    """What came of a description: rows by the names it has for them."""

    resto: Resto
    people: dict[str, Person] = field(default_factory=dict)
    evenings: list[Evening] = field(default_factory=list)


def set_up_resto(setup: RestoSetup, organisation: Organisation, *, day: date, now: datetime) -> Made:
    """Make the resto, who helps and who eats there, and the evenings with who has reserved.

    Runs in a transaction. `day` is the local date that is about to be played, `now` an instant (UTC). Who finds no
    chair waits. Raises RondjeError.
    """
    made = Made(_place(setup, organisation, now))
    for guest in setup.guests:
        made.people[guest.name] = _guest(organisation, guest, now)
    for helper in setup.crew:
        made.people[helper.name] = _helper(organisation, helper, now)
    for evening in setup.evenings:
        made.evenings.append(add_evening(made, evening, setup, day, now))
    for recurring in setup.series:
        _series(made, recurring, day, now)
    return made


def known(setup: RestoSetup, organisation: Organisation) -> Made:
    """What was made of a description before. Whoever was erased or is called otherwise by now is not in it."""
    resto = Resto.objects.select_related("organisation").get(organisation=organisation, name=setup.name)
    return Made(resto, {one.name: one for one in organisation.people.all()})


def party_of(evening: Evening, name: str) -> UUID:
    """The party of friends who have this name for it in a description."""
    return uuid5(NAMESPACE_URL, f"evening:{evening.pk}:{name}")


def add_evening(made: Made, setup: EveningSetup, resto: RestoSetup, day: date, now: datetime) -> Evening:
    """An evening of the description, counted from `day`, with its menu, its crew and who eats along.

    Raises RondjeError, also for whoever can neither have a place nor wait for one.
    """
    evening = plan_evening(made, setup, day)
    for job, names in setup.crew.items():
        for name in names:
            take_place(evening, job, made.people[name], now)
    diets = {guest.name: guest for guest in resto.guests}
    for reserved in setup.reserved:
        come(evening, wish_of(evening, reserved, made.people[reserved.guest], diets[reserved.guest]), now)
    evening.refresh_from_db()
    return evening


def plan_evening(made: Made, setup: EveningSetup, day: date) -> Evening:
    """An evening of the description, counted from `day`, with its menu and the places of its crew.

    One that is planned on that date already becomes it; whoever has reserved or helps there stays. Raises RondjeError.
    """
    on = day + timedelta(days=setup.days_ahead)
    evening = Evening.objects.filter(resto=made.resto, date=on).first() or Evening(resto=made.resto, date=on)
    evening.series, evening.chairs, evening.theme = None, made.resto.chairs, setup.theme
    evening.speaker, evening.speakers = setup.speaker, setup.speakers
    needs = {job: max(len(setup.crew.get(job, [])), setup.needs.get(job, 0)) for job in get_args(JobName)}
    times = moments(on, _times(setup), zone_of(made.resto.organisation))
    planning.make_evening(evening, times, needs, BY_COMMAND)
    dishes: dict[str, menus.Dish] = {
        dish.kind: menus.Dish(dish.name, list(dish.variants.items()), dish.without) for dish in setup.menu
    }
    menus.save(evening.pk, dishes, actor=BY_COMMAND)
    return evening


def take_place(evening: Evening, job: str, person: Person, now: datetime) -> None:
    """They help, if a place of that job is free. Raises RondjeError for whoever cannot do it on that date."""
    free = open_places(evening, job)
    if free and not evening.crew.filter(job=job, person=person).exists():
        crew.confirm(place_id=free[0].pk, person=person, actor=actors.person(person.pk, "command"), now=now)


def come(evening: Evening, wish: Wish, now: datetime) -> None:
    """They eat along, or wait, unless they do so already. Raises RondjeError when they can do neither."""
    if not evening.reservations.filter(person=wish.person).exclude(state=Reservation.State.CANCELLED).exists():
        reserve_or_wait(evening, wish, now)


def reserve_or_wait(evening: Evening, wish: Wish, now: datetime) -> str:
    """Somebody asks for chairs: "reserved", or "waiting" where there are none.

    Raises RondjeError when they can do neither.
    """
    done = reserving.reserve(evening_id=evening.pk, wish=wish, actor=BY_COMMAND, now=now)
    if not isinstance(done, No):
        return "reserved"
    waits = reserving.wait(evening_id=evening.pk, wish=wish, actor=BY_COMMAND, now=now)
    if isinstance(waits, No):
        raise RondjeError(f"{wish.person.name} can neither reserve nor wait: {waits.why.value}.")
    return "waiting"


def wish_of(evening: Evening, setup: ReservedSetup, person: Person, guest: GuestSetup | None) -> Wish:
    """What somebody of the description asks for."""
    return Wish(
        person,
        covers=setup.covers,
        plates=_plates(setup.without, guest),
        way=Reservation.Way(setup.way),
        party=party_of(evening, setup.party) if setup.party else None,
        wants_ride=setup.ride,
    )


def _plates(without: list[Without] | None, guest: GuestSetup | None) -> tuple[PlateWish, ...]:
    if without is not None:
        return tuple(PlateWish(tuple(codes)) for codes in without)
    if guest is None or not (guest.without or guest.own_plate):
        return ()
    given = guest.name.split()[0]
    return (PlateWish(tuple(guest.without), guest.own_plate, given if guest.own_plate else "", guest.note),)


def _place(setup: RestoSetup, organisation: Organisation, now: datetime) -> Resto:
    latitude, longitude = setup.at or (None, None)
    facts = setup.model_dump(include={"name", "slug", "chairs", "address", "place", "welcome", "public"})
    at = {"latitude": latitude, "longitude": longitude}
    resto = restos.save_resto(organisation, facts | at, pk=None, actor=BY_COMMAND, now=now)
    for room in setup.rooms:
        row = restos.save_room(resto, room.model_dump(exclude={"tables"}), pk=None, actor=BY_COMMAND)
        for table in room.tables:
            restos.save_table(row, table.model_dump(), pk=None, actor=BY_COMMAND, now=now)
    for tariff in setup.tariffs:
        restos.save_tariff(resto, tariff.model_dump(), pk=None, actor=BY_COMMAND)
    return resto


def _series(made: Made, setup: EveningSeriesSetup, day: date, now: datetime) -> None:
    when = series.Recurrence(setup.rule, day, None, _times(setup))
    needs: dict[str, int] = dict(setup.needs.items())
    saved = series.save(made.resto, when, theme=setup.theme, needs=needs, pk=None, actor=BY_COMMAND, now=now)
    for regular in setup.regulars:
        standing.begin(
            person=made.people[regular.guest],
            series=saved.series,
            covers=regular.covers,
            first_day=day,
            actor=BY_COMMAND,
            now=now,
        )


def _guest(organisation: Organisation, setup: GuestSetup, now: datetime) -> Person:
    person = find_or_register(organisation, setup.name, setup.phones)
    diet = Diet(setup.without, setup.own_plate, setup.note)
    agreed = ((Consent.Purpose.DIET, diet.says_something), (Consent.Purpose.FOLLOW_UP, setup.may_follow_up))
    for purpose in (purpose for purpose, gives in agreed if gives):
        consents.give(person=person, purpose=purpose, given_at=now, how="visit", actor=BY_COMMAND, now=now)
        guests.consents_changed(person.pk, purpose, now)
    guests.keep_diet(person, diet, actor=BY_COMMAND)
    guests.would_help(person, setup.may_volunteer, actor=BY_COMMAND)
    return person


def _helper(organisation: Organisation, setup: HelperSetup, now: datetime) -> Person:
    person = find_or_register(organisation, setup.name, setup.phones)
    if setup.email:
        person.email = setup.email
        person.save(update_fields=["email"])
    jobs: dict[str, bool] = dict.fromkeys(setup.jobs, setup.standby)
    crew_people.set_jobs(person, jobs, organisation=organisation, actor=BY_COMMAND, now=now)
    return person


def _times(hours: Hours) -> Times:
    return Times(hours.cutoff, hours.doors, hours.dinner, hours.ends)
