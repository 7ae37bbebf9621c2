"""What the desk of the dinners does when something happened elsewhere: an evening was planned, a guest is away."""

from backend.common.actors import SYSTEM, Actor
from backend.common.contracts import RIDE_ANSWERED, RideAnswered
from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.meals.services import guests, own_plates, rides, standing
from backend.people.services.absences import ABSENCE_RECORDED, ABSENCE_WITHDRAWN
from backend.people.services.consents import CONSENT_GIVEN, CONSENT_WITHDRAWN


def planned(event: Event) -> None:
    """An evening can be reserved: the regulars have their places first."""
    standing.fill(event.subject_id, SYSTEM, clock.now())


def away_or_back(event: Event) -> None:
    """Somebody is away, or is not: the places that they have every time follow."""
    standing.absences_changed(event.subject_id, SYSTEM, clock.now())


def agreed_or_not(event: Event) -> None:
    """Somebody agreed to something, or does not any more."""
    if event.payload["purpose"] in guests.AGREES_TO:
        guests.consents_changed(event.subject_id, event.payload["purpose"], clock.now())


def eats_otherwise(event: Event) -> None:
    """What somebody does not eat every time: places that they have already follow."""
    if event.payload["what"] == "diet":
        own_plates.follow(event.subject_id, Actor(who=event.actor, channel="system"), clock.now())


def ride_follows(event: Event) -> None:
    """A reservation was made, changed or cancelled: the ride that goes with it follows."""
    rides.follow(event.payload["reservation"], Actor(who=event.actor, channel="system"), clock.now())


def rides_follow(event: Event) -> None:
    """An evening takes place at another time, or not at all: its rides follow."""
    rides.follow_evening(event.subject_id, Actor(who=event.actor, channel="system"), clock.now())


def ride_answered(event: Event) -> None:
    """The bus comes, or it does not."""
    rides.answered(RideAnswered.from_payload(event.payload), SYSTEM, clock.now())


CHANGES_A_RIDE = ("reserved", "changed", "covers_changed", "cancelled", "walked_in")


def register() -> None:
    """Called once, when the app is ready."""
    on_event(standing.PLANNED, "meals.regulars", planned, lane=Lane.NOTICE)
    for kind in (ABSENCE_RECORDED, ABSENCE_WITHDRAWN):
        on_event(kind, "meals.regular_away", away_or_back, lane=Lane.NOTICE)
    for kind in (CONSENT_GIVEN, CONSENT_WITHDRAWN):
        on_event(kind, "meals.guest_agreed", agreed_or_not, lane=Lane.NOTICE)
    on_event(guests.GUEST_CHANGED, "meals.guest_eats", eats_otherwise, lane=Lane.NOTICE)
    for kind in CHANGES_A_RIDE:
        on_event(f"meals.{kind}", "meals.ride_follows", ride_follows, lane=Lane.NOTICE)
    for kind in ("evening_cancelled", "evening_changed"):
        on_event(f"meals.{kind}", "meals.rides_follow", rides_follow, lane=Lane.NOTICE)
    on_event(RIDE_ANSWERED, "meals.ride_answered", ride_answered, lane=Lane.NOTICE)
    on_timer(rides.TIMER, rides.look)
