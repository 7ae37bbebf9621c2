"""What the bus does when another programme asks for a ride, and when something becomes of a ride that it promised."""

from backend.common.actors import Actor
from backend.common.contracts import RIDE_NOT_WANTED, RIDE_WANTED, RideWanted
from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event
from backend.transport.services import rides_wanted


def ride_wanted(event: Event) -> None:
    """Somebody who goes elsewhere would like to be fetched."""
    assert event.organisation_id is not None
    asked = RideWanted.from_payload(event.payload)
    rides_wanted.wanted(asked, event.organisation_id, actor=_actor(event), now=clock.now())


def ride_not_wanted(event: Event) -> None:
    """They do not any more."""
    asked = event.payload
    rides_wanted.not_wanted(asked["reference"], asked["number"], actor=_actor(event), now=clock.now())


def trip_changed(event: Event) -> None:
    """A trip is planned anew, stopped or shifted, or somebody does not ride along."""
    rides_wanted.tell_again(event.subject_id, actor=_actor(event))


def _actor(event: Event) -> Actor:
    return Actor(who=event.actor, channel="system", on_behalf_of=event.on_behalf_of)


def register() -> None:
    """Called once, when the app is ready."""
    # One name for both, so that what is asked and what is taken back are handled in their order.
    on_event(RIDE_WANTED, "transport.ride_asked", ride_wanted, lane=Lane.NOTICE)
    on_event(RIDE_NOT_WANTED, "transport.ride_asked", ride_not_wanted, lane=Lane.NOTICE)
    for kind in ("replanned", "cancelled", "trip_cancelled", "trip_changed", "booked", "disrupted"):
        on_event(f"transport.{kind}", "transport.ride_told", trip_changed, lane=Lane.NOTICE)
