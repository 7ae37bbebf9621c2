"""The tasks: thin, without facts. Each says "look" and nothing more."""

from celery import shared_task

from backend.circles.services import watchdog
from backend.events import clock, heartbeat
from backend.keeping.services import forgetting, purging
from backend.meals.services import planning as planning_evenings
from backend.notifications.services import post
from backend.transport.services import planning_trips
from worker import lanes, planning


@shared_task(name="worker.look")
def look(lane: str) -> None:
    """Look at a lane."""
    lanes.look(lane)


@shared_task(name="worker.beat_seen")
def beat_seen(lane: str) -> None:
    """Came from beat through the broker to a worker of this lane and into the database: the whole chain is alive."""
    heartbeat.beat(heartbeat.LANES[lane])


@shared_task(name="worker.plan")
def plan() -> None:
    """Plan what every programme has to come."""
    planning.plan(clock.now())


@shared_task(name="worker.plan_trips")
def plan_trips() -> None:
    """Make the trips of the bus for the coming weeks."""
    planning_trips.plan_trips(clock.now())


@shared_task(name="worker.plan_evenings")
def plan_evenings() -> None:
    """Make the dinners of the coming weeks, from what recurs."""
    planning_evenings.plan_evenings(clock.now())


@shared_task(name="worker.watch")
def watch() -> None:
    """Find what was forgotten, and set it going again."""
    watchdog.watch(clock.now())


@shared_task(name="worker.forget_letters")
def forget_letters() -> None:
    """Forget letters that went out long ago."""
    post.purge(clock.now())


@shared_task(name="worker.purge")
def purge() -> None:
    """Finish erasures that were interrupted, and remove what has been kept long enough."""
    forgetting.forget_what_is_left()
    purging.purge(clock.now())
