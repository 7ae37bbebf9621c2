"""An organisation, a clock that stands still, a carrier in memory and somebody who listens to how messages end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Min

from backend.events import clock
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.models import Attempt, Callback, Message, Way
from backend.notifications.running import look_outside, run_lane
from backend.notifications.services import queueing, reconciling, sending
from backend.people.models import Organisation
from backend.people.services import registering
from tests.support.circles import start_circle
from tests.support.port import Killed, Listener, MemoryCarrier
from tests.support.story import Story

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MOBILE = "+31600000300"


class Post:
    """Messages of one or more organisations by a carrier in memory, on a clock that we move."""

    def __init__(self) -> None:
        self.carrier = MemoryCarrier()
        self.second = MemoryCarrier()
        self.listener = Listener()
        self.organisation = organisation("welzijn", 1)
        self.lanes: tuple[Lane, ...] = tuple(Lane)

    def by(self, account: str = "first") -> MemoryCarrier:
        """What stands in the place of `carriers.carrier`."""
        return self.second if account == "second" else self.carrier

    def send(self, *, lane: Lane = Lane.NOTICE, way: Way = Way.TEXT, line: str = MOBILE, **more: Any) -> Message:
        """Queue something; it is of use for an hour."""
        values = {"organisation": self.organisation, "person": None, "host": "tests", "subject_id": 1}
        values |= {
            "expires_at": clock.now() + timedelta(hours=1),
            "body": "Morgen om tien uur." if way == "text" else "",
        }
        return queueing.queue(**(values | {"lane": lane, "way": way, "line": line} | more))

    def look(self) -> None:
        """What workers do when they look at their lanes. One that is killed is followed by another."""
        try:
            for lane in self.lanes:
                while run_lane(lane):
                    pass
            look_outside(Lane.LIVE)
        except Killed:
            # Its leases last some seconds of real time, which the next one would wait.
            Attempt.objects.update(looking_until=None)

    def pass_time(self, span: timedelta = timedelta(minutes=20)) -> None:
        """Let time go from one due moment to the next."""
        end = clock.now() + span
        for _step in range(400):
            for carrier in (self.carrier, self.second):
                carrier.report("completed")
            self.look()
            due = [moment for moment in _dues() if moment is not None]
            following = max(min(due, default=end), clock.now() + timedelta(seconds=1))
            if following >= end:
                break
            move_to(following)
        move_to(end)
        self.look()


def _dues() -> list[datetime | None]:
    return [
        Message.objects.filter(state=Message.State.QUEUED).aggregate(due=Min("due_at"))["due"],
        Callback.objects.filter(done=False).aggregate(due=Min("due_at"))["due"],
        Attempt.objects.filter(state__in=Attempt.LIVE).aggregate(due=Min("look_at"))["due"],
    ]


def organisation(slug: str, number: int) -> Organisation:
    """An organisation with numbers of its own."""
    return registering.register_organisation(
        slug=slug, name=f"Welzijn {slug}", phone=f"+3113000900{number}", duty_phone=f"+3113000901{number}"
    )


def move_to(moment: datetime) -> None:
    """Set the clock."""
    clock.set_clock(virtual=moment, rate=0)


@pytest.fixture
def post(db, settings, monkeypatch: pytest.MonkeyPatch) -> Post:
    settings.RONDJE_DEMO = True
    move_to(TUESDAY)
    post = Post()
    for module in (sending, reconciling):
        monkeypatch.setattr(module, "carrier", post.by)
    monkeypatch.setitem(registry.hosts, "tests", post.listener)
    return post


@pytest.fixture
def pair(story: Story) -> Story:
    """Riet and Sjef, who answer; their morning has just started."""
    start_circle(story, ("riet", "sjef"))
    return story
