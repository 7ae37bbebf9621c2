"""A week in which a resto cooks on Thursday: its crew, who may be asked, and what became of that."""

from datetime import timedelta

from backend.circles.models import Circle
from backend.common import actors
from backend.events import clock
from backend.meals.models import CrewAsk, Evening
from backend.meals.services import crew_watch
from backend.people.models import Person
from tests.support.restos import TUESDAY, a_helper, a_resto_of
from tests.support.restos import crew_places as places
from tests.support.story import MONDAY, Story

KEES, LIES, MOOS, NEL = (f"+3160000020{number}" for number in range(4))
CARLA = "+31600000102"
STAFF = actors.user(1)
THURSDAY = TUESDAY + timedelta(days=2)


def a_week(story: Story, *jobs: str) -> Evening:
    """Monday, ten o'clock. On Thursday the resto cooks, with these places in its crew."""
    story.begin = MONDAY.replace(hour=10, minute=0)
    story.circle.status = Circle.Status.FORMING
    story.circle.save()
    evening = a_resto_of(story.organisation).evening(THURSDAY)
    places(evening, *jobs)
    return evening


def helpers(
    story: Story,
    *names: str,
    jobs: tuple[str, ...] = ("kitchen",),
    standby: bool = False,
    habits: list[object] | None = None,
) -> list[Person]:
    """These live in the town, each with a mobile, and help at the dinners of the resto in these jobs."""
    lines = {"kees": KEES, "lies": LIES, "moos": MOOS, "nel": NEL}
    for name in names:
        story.lives(name, lines[name], habits=habits)
    return [a_helper(story.organisation, name.capitalize(), lines[name], jobs=jobs, standby=standby) for name in names]


def begin(story: Story, *, until: str = "10:05") -> None:
    """The morning begins, and all evenings are looked at."""
    story.start()
    crew_watch.keep_watch(clock.now())
    story.run(until=until)


def soon(story: Story) -> None:
    """A minute goes by: what was just decided is asked and told."""
    story.run_to(clock.now() + timedelta(minutes=1))


def roster(evening: Evening) -> list[tuple[str, str]]:
    """The evening's places: the job, and who has it (nobody: an empty name)."""
    rows = evening.crew.order_by("job", "number")
    return [(place.job, place.person.given_name if place.person else "") for place in rows]


def asks(evening: Evening) -> list[tuple[str, str]]:
    """Who was asked for this evening, in order, and what became of it."""
    rows = CrewAsk.objects.filter(place__evening=evening).order_by("offered_at", "pk")
    return [(ask.person.given_name, ask.state) for ask in rows]
