"""What people do about the dinners in a scenario, and what became of the evenings.

This module can be imported only once Django is set up on the town's database.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from backend.common import actors
from backend.common.errors import RondjeError
from backend.events import clock
from backend.meals.domain.setup import ReservedSetup
from backend.meals.models import (
    ChairOffer,
    CrewPlace,
    Evening,
    GuestCall,
    Job,
    KitchenCount,
    MealPayment,
    Reservation,
    Tariff,
)
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import closing, crew, door, door_guests, door_money, evenings, kitchen, reserving, wishes
from backend.meals.services.setting_up import BY_COMMAND, reserve_or_wait, wish_of
from backend.meals.services.wishes import PlateWish, Wish
from backend.people.models import Person
from stack.scenario.product_people import somebody
from stack.scenario.programmes import EveningSeen
from stack.scenario.resto_model import (
    ArrivesEvent,
    CancelReservationEvent,
    ChangeCoversEvent,
    CloseEveningEvent,
    HelperDropsOutEvent,
    KitchenSeenEvent,
    OpenDoorsEvent,
    PaysEvent,
    PotsOnEvent,
    ReserveEvent,
    RestoEvent,
    WalksInEvent,
)


def carry_out(event: RestoEvent) -> str:
    """Do it now; returns what was done, in words. Raises RondjeError, also when more have a chair than there are."""
    now = clock.now()
    evening = evening_number(event.evening)
    done = _do(evening, event, now)
    evening.refresh_from_db()
    if chairs_of(evening, now).free < 0:
        raise RondjeError(f"After '{event.do}' more people have a chair than there are chairs.")
    return done


def _do(evening: Evening, event: RestoEvent, now: datetime) -> str:
    match event:
        case ReserveEvent() | CancelReservationEvent() | ChangeCoversEvent():
            return _about_chairs(evening, event, now)
        case HelperDropsOutEvent():
            place = evening.crew.get(person=somebody(event.helper))
            crew.drop_out(place_id=place.pk, actor=actors.person(place.person_id or 0, "link"), now=now)
            return f"{event.helper} cannot come to help"
        case PotsOnEvent() | KitchenSeenEvent():
            return _in_the_kitchen(evening, event, now)
        case OpenDoorsEvent():
            door.open_evening(evening_id=evening.pk, actor=BY_COMMAND, now=now)
            return "the doors are open"
        case CloseEveningEvent():
            return _close(evening, event, now)
        case ArrivesEvent() | WalksInEvent() | PaysEvent():
            return _at_the_door(evening, event, now)


def _in_the_kitchen(evening: Evening, event: PotsOnEvent | KitchenSeenEvent, now: datetime) -> str:
    latest = evening.kitchen_counts.exclude(kind=KitchenCount.Kind.PROVISIONAL).order_by("at", "pk").last()
    shown = latest.pk if latest else 0
    if isinstance(event, KitchenSeenEvent):
        with transaction.atomic():
            found = kitchen.cook_knows(evenings.locked(evening.pk), shown, BY_COMMAND, now)
        return f"the kitchen has seen {found} count(s)"
    cook = evening.crew.filter(job=Job.COOK).exclude(person=None)[0]
    actor = actors.person(cook.person_id or 0, "link")
    kitchen.pots_on(evening_id=evening.pk, count_id=shown, actor=actor, now=now)
    return "the pots are on"


def _about_chairs(
    evening: Evening, event: ReserveEvent | CancelReservationEvent | ChangeCoversEvent, now: datetime
) -> str:
    match event:
        case ReserveEvent():
            asked = ReservedSetup(**event.model_dump(include={"guest", "covers", "without", "party", "ride"}))
            done = reserve_or_wait(evening, wish_of(evening, asked, somebody(event.guest), None), now)
            return f"{event.guest} asks for {event.covers} chair(s): {done}"
        case CancelReservationEvent():
            row = _reservation(evening, event.guest)
            reserving.cancel(reservation_id=row.pk, because="by_telephone", actor=BY_COMMAND, now=now)
            return f"{event.guest} does not come"
        case ChangeCoversEvent():
            row = _reservation(evening, event.guest)
            changed = reserving.change_covers(reservation_id=row.pk, covers=event.covers, actor=BY_COMMAND, now=now)
            _yes(changed, event.guest)
            return f"{event.guest} comes with {event.covers}"


def _at_the_door(evening: Evening, event: ArrivesEvent | WalksInEvent | PaysEvent, now: datetime) -> str:
    match event:
        case ArrivesEvent():
            row = _reservation(evening, event.guest)
            came = event.covers or row.covers
            ticked = door.tick(
                reservation_id=row.pk, came=came, was=row.arrived_covers, key=uuid4(), actor=BY_COMMAND, now=now
            )
            _yes(ticked, event.guest)
            return f"{event.guest} is here, {came} of {row.covers}"
        case WalksInEvent():
            plates = tuple(PlateWish(tuple(codes)) for codes in event.without)
            wish = Wish(Person(), event.covers, plates, way=Reservation.Way.WALK_IN)
            walked_in = door_guests.walk_in(
                evening_id=evening.pk, name=event.guest, line="", wish=wish, key=uuid4(), actor=BY_COMMAND, now=now
            )
            _yes(walked_in, event.guest)
            return f"{event.guest} walks in"
        case PaysEvent():
            row = _reservation(evening, event.guest)
            tariff = Tariff.objects.get(resto=evening.resto, name=event.tariff)
            way, covers = MealPayment.Way(event.way), row.arrived_covers or 0
            door_money.pay(
                reservation_id=row.pk, tariff=tariff, covers=covers, way=way, key=uuid4(), actor=BY_COMMAND, now=now
            )
            return f"{event.guest} pays for {covers}"


def _close(evening: Evening, event: CloseEveningEvent, now: datetime) -> str:
    closing.count(
        evening_id=evening.pk,
        cooked=event.cooked,
        left=event.left,
        till_cents=event.till_cents,
        note="",
        actor=BY_COMMAND,
        now=now,
    )
    evening.refresh_from_db()
    closing.close(evening_id=evening.pk, version=evening.version, actor=BY_COMMAND, now=now)
    return f"the evening is closed, {event.left} of {event.cooked} portions left"


def _yes(done: Reservation | wishes.No, name: str) -> Reservation:
    if isinstance(done, wishes.No):
        raise RondjeError(f"{name} hears no: {done.why.value}.")
    return done


def evening_number(number: int) -> Evening:
    """The evening that is described in this place of the file. Raises RondjeError."""
    found = Evening.objects.filter(series=None).order_by("pk")[number : number + 1]
    if not found:
        raise RondjeError(f"There is no evening number {number}.")
    return found[0]


def _reservation(evening: Evening, name: str) -> Reservation:
    rows = evening.reservations.exclude(state=Reservation.State.CANCELLED)
    found = rows.filter(person=somebody(name)).first()
    if found is None:
        raise RondjeError(f"{name} has not reserved for this evening.")
    return found


def evenings_seen() -> tuple[EveningSeen, ...]:
    """The described evenings as they stand."""
    return tuple(_seen(evening) for evening in Evening.objects.filter(series=None).order_by("pk"))


def _seen(evening: Evening) -> EveningSeen:
    latest = {row.person_id: row for row in evening.reservations.select_related("person").order_by("pk")}
    offers: dict[str, list[str]] = {}
    for offer in ChairOffer.objects.filter(evening=evening).select_related("reservation__person").order_by("pk"):
        offers.setdefault(offer.reservation.person.name, []).append(offer.state)
    crew: dict[str, list[str]] = {}
    for place in evening.crew.filter(state=CrewPlace.State.CONFIRMED).select_related("person").order_by("pk"):
        if place.person is not None:
            crew.setdefault(place.job, []).append(place.person.name)
    told: dict[str, list[int]] = {}
    for count in evening.kitchen_counts.order_by("at", "pk"):
        told.setdefault(count.kind, []).append(count.covers)
    calls: Counter[Any] = Counter(GuestCall.objects.filter(evening=evening).values_list("kind", flat=True))
    return EveningSeen(
        state=evening.state,
        guests={row.person.name: _ended(evening, row) for row in latest.values()},
        covers=chairs_of(evening, clock.now()).covers,
        kitchen=told,
        offers=offers,
        crew=crew,
        calls_to_make=dict(calls),
    )


def _ended(evening: Evening, row: Reservation) -> str:
    if row.state != Reservation.State.RESERVED:
        return row.state
    if row.arrived_at is not None:
        return "came"
    return "stayed_away" if evening.state == Evening.State.CLOSED else "reserved"
