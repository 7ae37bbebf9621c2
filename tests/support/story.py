"""Stories: a morning played through the real parts in an instant.

The carrier simulator is a process of its own, spoken to over HTTP both ways; the product's pages answer from a live
server; the database is Postgres. Only time is ours: both clocks stand still and are moved to whatever is due next, so
that hours pass in seconds and nothing depends on how fast the machine is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Min, QuerySet, Value

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, PhoneEntry
from backend.circles.domain.modes import Mode
from backend.circles.models import Membership, Round, Seat
from backend.circles.selectors.settings import scope_of
from backend.circles.services import membership, planning, watchdog
from backend.events import clock
from backend.events.models import Delivery, Lane, Leased, Timer
from backend.incidents.models import Incident, Step
from backend.notifications.models import Attempt, Callback, InboundText, Letter, Message
from backend.people.domain.telephone import kind_of
from backend.people.models import DutyShift, Person
from backend.people.services import duty, registering
from simulator.client import Entry, Town
from worker import lanes

Row = TypeVar("Row", bound=Leased)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 23, 8, 25, tzinfo=AMSTERDAM)
CIRCLE_NUMBER = "+31130009000"
DUTY_PHONE = "+31130009001"

ANNEKE, BRAM, CARLA = "+31600000100", "+31600000101", "+31600000102"
"""The volunteer on duty, the backup and the coordinator."""

WATCH_EVERY = timedelta(minutes=1)

ANSWERS = {"pick_up": 5, "press": "1", "talk": 60}
"""A habit: picks up, presses 1 at everything, talks for a minute."""


@dataclass
class Story:
    """A town, a circle, and the time."""

    town: Town
    public_url: str
    begin: datetime = MONDAY
    residents: list[dict[str, Any]] = field(default_factory=list)
    may_fail: bool = False
    watched: bool = False
    """Whether the watchdog looks every minute, too."""

    def __post_init__(self) -> None:
        self.watch_at = self.begin.astimezone(UTC)
        self.organisation = registering.register_organisation(
            slug="welzijn", name="Welzijn Oost", phone=CIRCLE_NUMBER, duty_phone=DUTY_PHONE
        )
        self.circle = membership.create_circle(
            organisation=self.organisation, name="De Linde", start=time(8, 30), weekdays=list(range(7))
        )

    def goes_round(self, mode: Mode, **morning: Any) -> None:
        """The circle's mode, and where its mornings differ from the defaults."""
        self.circle.mode = mode
        self.circle.policy = {"morning": morning} if morning else {}
        self.circle.save()

    def lives(self, name: str, *phones: str, habits: list[Any] | None = None, **more: Any) -> None:
        """A resident behind these numbers; without habits they answer, press 1 and talk."""
        self.residents.append({"name": name, "phones": list(phones), "calls": habits or [ANSWERS], **more})

    def member(self, name: str, *phones: str, contacts: tuple[ContactEntry, ...] = (), **more: Any) -> Membership:
        """A member at the end of the ring."""
        entry = MemberEntry(
            given_name=name.capitalize(),
            family_name="Linde",
            phones=tuple(PhoneEntry(phone, kind_of(phone), phone) for phone in phones),
            address="Lindelaan 1",
            contacts=contacts,
            **more,
        )
        return membership.add_member(self.circle, entry)

    def on_duty(self, name: str, *phones: str, rank: DutyShift.Rank = DutyShift.Rank.PRIMARY) -> Person:
        """A volunteer who is on duty every day."""
        person = registering.register_person(
            organisation=self.organisation, given_name=name.capitalize(), family_name="Vrijwilliger", phones=phones
        )
        for weekday in range(7):
            duty.put_on_duty(person=person, scope=scope_of(self.circle), rank=rank, weekday=weekday)
        return person

    def start(self) -> None:
        """People the town, set both clocks, and plan the day."""
        self.town.reset()
        clock.set_clock(virtual=self.begin, rate=0)
        self.town.set_clock(self.begin.timestamp(), 0)
        self.town.set_day(self.begin.timestamp(), self.begin.date().isoformat())
        self.town.own_numbers(
            {
                "number": CIRCLE_NUMBER,
                "voice_url": f"{self.public_url}/carrier/inbound/voice",
                "sms_url": f"{self.public_url}/carrier/inbound/text",
            }
        )
        self.town.settle(self.residents)
        planning.plan(clock.now())

    def run(self, until: str) -> None:
        """Let time pass until a wall time of this day."""
        hour, minute = map(int, until.split(":"))
        self.run_to(self.begin.replace(hour=hour, minute=minute, second=0).astimezone(UTC))

    def run_to(self, end: datetime, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Move to one due thing after the other up to `end`, or until `unless` is true while all is at rest."""
        for _step in range(20_000):
            self.rest()
            if unless():
                return
            following = self.next_due()
            if following is None or following > end:
                self.move_to(end)
                self.rest()
                return
            self.move_to(following)
        raise AssertionError("The story does not come to an end.")

    def rest(self) -> None:
        """Let product and town do all that is due at this moment."""
        for _again in range(200):
            for lane in self._due_lanes():
                lanes.look(lane)
            self._watch()
            self.town.advance_to(clock.now().timestamp())
            if not self._due_lanes() and not self._is_to_watch():
                return
        raise AssertionError("The story does not come to rest.")

    def _watch(self) -> None:
        """What the watchdog does, in a story in which it is at work."""
        if self._is_to_watch():
            watchdog.watch(clock.now())
            self.watch_at = clock.now() + WATCH_EVERY

    def _is_to_watch(self) -> bool:
        return self.watched and clock.now() >= self.watch_at

    def step(self, _town: Town | None = None) -> None:
        """Move to whatever is due next, for expectations that wait."""
        self.rest()
        following = self.next_due()
        if following is not None:
            self.move_to(following)
            self.rest()

    def move_to(self, moment: datetime) -> None:
        """Set both clocks."""
        clock.set_clock(virtual=max(moment, clock.now()), rate=0)
        self.town.advance_to(clock.now().timestamp())

    def next_due(self) -> datetime | None:
        """When something is due next, in the product or in the town."""
        dues = [due for _lane, due in _dues()]
        if self.watched:
            dues.append(self.watch_at)
        in_town = self.town.clock()["next_due"]
        if in_town is not None:
            # The town counts in floats: without the microsecond we might stop just short of what is due.
            dues.append(datetime.fromtimestamp(in_town, UTC) + timedelta(microseconds=1))
        return min((max(due, clock.now()) for due in dues), default=None)

    def _due_lanes(self) -> list[str]:
        """The lanes in which something is due, the most urgent first: only those are looked at."""
        now = clock.now()
        due = {lane for lane, due_at in _dues() if due_at <= now}
        return [lane for lane in Lane.values if lane in due]

    @property
    def round(self) -> Round:
        """Today's round."""
        return Round.objects.get(circle=self.circle, date=self.begin.date())

    def standings(self) -> dict[str, str]:
        """Where each member stands, by given name."""
        return {seat.person.given_name: seat.standing for seat in Seat.objects.filter(round=self.round)}

    def incidents(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Every incident: its kind, its state, and whom it is about."""
        return [
            (one.kind, one.state, tuple(member.person.given_name for member in one.members.order_by("pk")))
            for one in Incident.objects.order_by("pk")
        ]

    def sends(self, name: str, *bodies: str, seconds: float = 15) -> list[str]:
        """A resident texts the circle's number, one after the other; what they were texted within these seconds."""
        before = len(self.texts(name))
        for body in bodies:
            self.town.resident(name).send_text(CIRCLE_NUMBER, body)
            self.rest()
            end = clock.now() + timedelta(seconds=seconds)
            while (due := self.next_due()) is not None and due <= end:
                self.move_to(due)
                self.rest()
            self.move_to(end)
        return self.texts(name)[before:]

    def at(self, seconds: float) -> datetime:
        """An instant so many seconds after the story began."""
        return self.begin.astimezone(UTC) + timedelta(seconds=seconds)

    def ladder(self) -> None:
        """A duty volunteer, a backup and a coordinator, each with a mobile; nobody answers unless the story says so."""
        self.on_duty("anneke", ANNEKE)
        self.on_duty("bram", BRAM, rank=DutyShift.Rank.BACKUP)
        self.on_duty("carla", CARLA, rank=DutyShift.Rank.COORDINATOR)

    def timeline(self, kind: str | None = None) -> list[str]:
        """What happened in the incidents (of a kind), in order."""
        steps = Step.objects.order_by("pk") if kind is None else Step.objects.filter(incident__kind=kind).order_by("pk")
        return [step.what for step in steps]

    def journal_of(self, kind: str, name: str) -> list[Entry]:
        """What the town's journal says of a resident."""
        return [entry for entry in self.town.journal() if entry["kind"] == kind and entry["resident"] == name]

    def rings(self, name: str) -> list[str]:
        """When a resident's telephone rang, as wall times of the story's day."""
        return [_wall_time(entry) for entry in self.journal_of("rings", name)]

    def heard(self, name: str) -> str:
        """All that was said to a resident."""
        return " ".join(str(entry["text"]) for entry in self.journal_of("hears", name))

    def texts(self, name: str) -> list[str]:
        """The texts that a resident received."""
        return [str(entry["text"]) for entry in self.journal_of("text_received", name)]


def _dues() -> list[tuple[str, datetime]]:
    """What is due next in each lane, of every kind of row."""
    with connection.cursor() as cursor:
        cursor.execute(*_due_query())
        return [(lane, due) for lane, due in cursor.fetchall() if due is not None]


@cache
def _due_query() -> tuple[str, tuple[Any, ...]]:
    """One query for all of them, composed once: a story asks at every step."""
    to_look_at = Attempt.objects.filter(state__in=Attempt.LIVE)
    to_move = Attempt.objects.filter(state=Attempt.State.IN_PROGRESS)
    rows: list[QuerySet[Any, Any]] = [
        _by_lane(Delivery.objects.filter(done=False)),
        _by_lane(Callback.objects.filter(done=False)),
        _by_lane(InboundText.objects.filter(done=False)),
        _by_lane(Message.objects.filter(state=Message.State.QUEUED)),
        _by_lane(Letter.objects.filter(state=Letter.State.QUEUED)),
        to_look_at.values_list(Value(Lane.LIVE), Min("look_at")),
        to_move.values_list(Value(Lane.LIVE), Min("move_at")),
    ]
    sql, parameters = _by_lane(Timer.objects.all()).union(*rows, all=True).query.sql_with_params()
    return sql, tuple(parameters)


def _by_lane(rows: "QuerySet[Row]") -> "QuerySet[Any, Any]":
    return rows.order_by().values("lane").annotate(due=Min("due_at")).values_list("lane", "due")


def _wall_time(entry: Entry) -> str:
    return datetime.fromisoformat(entry["at"]).astimezone(AMSTERDAM).strftime("%H:%M:%S")
