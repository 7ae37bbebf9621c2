"""A trip on Thursday with its host, and drivers who may be asked: what the stories of the crew begin with."""

from datetime import timedelta

from backend.circles.models import Circle
from backend.common import actors
from backend.events import clock
from backend.people.models import Person
from backend.transport.models import CrewDuty, CrewOffer, Trip
from backend.transport.models.crew import Task
from backend.transport.services import crew, crew_watch
from tests.support.buses import TUESDAY, a_bus, a_trip, a_volunteer
from tests.support.story import MONDAY, Story

KEES, LIES, MOOS, NEL = (f"+3160000020{number}" for number in range(4))
THURSDAY = TUESDAY + timedelta(days=2)
STAFF = actors.user(1)


def a_week(story: Story) -> Trip:
    """Monday, ten o'clock. On Thursday the bus goes to the market; Nel is its host already."""
    story.begin = MONDAY.replace(hour=10, minute=0)
    story.circle.status = Circle.Status.FORMING
    story.circle.save()
    nel = a_volunteer(story.organisation, "Nel", NEL, tasks=(Task.HOST,))
    story.lives("nel", NEL)
    trip = a_trip(a_bus(story.organisation), THURSDAY)
    hosting = trip.crew.get(task=Task.HOST)
    crew.confirm(duty_id=hosting.pk, person=nel, actor=STAFF, now=clock.now())
    return trip


def drivers(story: Story, *names: str, habits: list[object] | None = None, **fields: object) -> list[Person]:
    """Who may drive, and live in the town with these habits; `fields` are those of the volunteer."""
    lines = {"kees": KEES, "lies": LIES, "moos": MOOS}
    for name in names:
        story.lives(name, lines[name], habits=habits)
    return [a_volunteer(story.organisation, name.capitalize(), lines[name], **fields) for name in names]


def begin(story: Story, *, until: str = "10:05") -> None:
    """The story begins, the watch over crews looks, and time passes until that wall time."""
    story.start()
    crew_watch.keep_watch(clock.now())
    story.run(until=until)


def driving(trip: Trip) -> CrewDuty:
    """The driver's place."""
    return trip.crew.get(task=Task.DRIVER)


def standing(trip: Trip) -> tuple[str, str]:
    """How the driver's place stands, and whose it is."""
    duty = driving(trip)
    return duty.state, duty.person.given_name if duty.person else ""


def offers(trip: Trip) -> list[tuple[str, str]]:
    """Who was asked to drive, in that order, and what came of it."""
    rows = CrewOffer.objects.filter(duty=driving(trip)).order_by("offered_at", "pk")
    return [(offer.person.given_name, offer.state) for offer in rows]
