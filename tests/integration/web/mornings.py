"""Mornings for pages: real rows made by the real services, in the order in which calls would bring them, without calls.

The clock stands still and is moved by hand.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test import Client

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, PhoneEntry
from backend.circles.models import Circle, Leg, Membership, Round, Seat
from backend.circles.scripts.facts import CallerReady, OnTo, Proven, Received, TalkBegins, TargetMet, TargetMissed
from backend.circles.selectors.settings import scope_of
from backend.circles.services import cases, facts, membership, planning, rounds, swaps
from backend.circles.services.state import locked_round
from backend.common import actors
from backend.events import clock
from backend.incidents.models import Incident
from backend.incidents.services import links
from backend.notifications.models import Message
from backend.people.domain.telephone import kind_of
from backend.people.models import DutyShift, DutySwap, Organisation, Person, Role, User
from backend.people.services import duty, registering

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 23, tzinfo=AMSTERDAM)
PASSWORD = "een lang wachtwoord"
FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Passwords are not what these tests are about."""

NAMES = ("Riet", "Halil", "Truus", "Sjef", "Wilhelmina", "Co", "Fatima", "Jan")

NEIGHBOUR = ContactEntry(
    name="Buurvrouw Janssen",
    relation="buurvrouw",
    phone=PhoneEntry("+31130009077", "landline", "013 000 9077"),
    has_key=True,
    key_note="Sleutelkluis achter de regenpijp",
)


def at(wall: str) -> datetime:
    """An instant (UTC) of the Monday on which these mornings are."""
    hour, minute = map(int, wall.split(":"))
    return MONDAY.replace(hour=hour, minute=minute).astimezone(UTC)


def set_time(wall: str) -> None:
    """It is this time now, and stays so."""
    clock.set_clock(virtual=at(wall), rate=0)


def an_organisation(slug: str = "welzijn", name: str = "Welzijn Oost") -> Organisation:
    """An organisation that runs circles."""
    return registering.register_organisation(slug=slug, name=name, phone="+31130009000", duty_phone="+31130009001")


def a_user(username: str, organisation: Organisation | None, *kinds: Role.Kind) -> User:
    """Somebody who signs in, with these roles."""
    user = User.objects.create_user(username, password=PASSWORD, first_name=username.capitalize(), last_name="Bos")
    for kind in kinds:
        assert organisation is not None
        registering.give_role(user, organisation, kind)
    return user


def signed_in(organisation: Organisation, kind: Role.Kind) -> Client:
    """The browser of somebody with this role, and no other."""
    client = Client()
    client.force_login(a_user(f"een-{kind}", organisation, kind))
    return client


@dataclass
class Morning:
    """A circle and its Monday. Members are known by their given names."""

    organisation: Organisation
    name: str = "De Linde"
    people: tuple[str, ...] = NAMES
    numbers_from: int = 1300
    circle: Circle = field(init=False)
    volunteer: Person = field(init=False)

    def __post_init__(self) -> None:
        self.circle = membership.create_circle(
            organisation=self.organisation, name=self.name, start=time(8, 30), weekdays=list(range(7))
        )
        for number, name in enumerate(self.people):
            phone = f"+3113000{self.numbers_from + number:04}"
            membership.add_member(self.circle, _entry(name, phone))
        self.volunteer = self._on_duty("Anneke", "+31600000100", DutyShift.Rank.PRIMARY)
        self._on_duty("Bram", "+31600000101", DutyShift.Rank.BACKUP)

    def _on_duty(self, name: str, phone: str, rank: DutyShift.Rank) -> Person:
        person = registering.register_person(
            organisation=self.organisation, given_name=name, family_name="de Vries", phones=[phone]
        )
        duty.put_on_duty(person=person, scope=scope_of(self.circle), rank=rank, weekday=0)
        return person

    @property
    def round(self) -> Round:
        """The round of this Monday."""
        return Round.objects.get(circle=self.circle, date=MONDAY.date())

    def seat(self, name: str) -> Seat:
        """A member's seat."""
        return self.round.seats.select_related("person").get(person__given_name=name)

    def person(self, name: str) -> Person:
        """A member."""
        return Membership.objects.get(circle=self.circle, person__given_name=name).person

    def plan(self) -> None:
        """The round is planned."""
        planning.plan_day(self.circle, MONDAY.date(), clock.now())

    @transaction.atomic
    def start(self) -> None:
        """It is time: the round starts."""
        self.plan()
        rounds.look(self.round.pk, clock.now())

    @property
    def leg(self) -> Leg:
        """The call in which the chain is."""
        return Leg.objects.get(round=self.round, role__in=["caller", "platform"], state__in=Leg.LIVE)

    def goes_out(self) -> None:
        """The chain's call has been placed: a telephone rings."""
        Message.objects.filter(pk=self.leg.message_id).update(state=Message.State.UNDER_WAY)

    def caller_answers(self) -> None:
        """Whoever is rung to ring the next presses the key."""
        self.goes_out()
        found = [CallerReady()]
        if self.leg.caller_id:
            found.insert(0, Proven(self.leg.caller_id, "key_as_caller"))
        else:
            found.insert(0, Proven(0, "key_as_caller"))
        self._take(*found)

    def target_answers(self) -> None:
        """Whoever is being rung presses the key: the two talk."""
        target = self.leg.target_id
        self._take(Proven(target, "key_as_callee") if target else Received(), TalkBegins())

    def talk_ends(self) -> None:
        """The two have talked; the chain goes on."""
        self._take(TargetMet())

    def goes_well(self, times: int = 1) -> None:
        """So many calls of the chain go as they should."""
        for _call in range(times):
            self.caller_answers()
            self.target_answers()
            self.talk_ends()

    def target_missed(self) -> None:
        """Whoever is being rung does not answer: the caller goes on to the one behind them."""
        leg = self.leg
        following = self.round.seats.filter(position=leg.target.position + 1).first() if leg.target else None
        self._take(TargetMissed(was_busy=False), *([OnTo(following.pk)] if following else []))

    @transaction.atomic
    def _take(self, *found: object) -> None:
        facts.take(locked_round(self.round.pk), self.leg, found, clock.now())  # type: ignore[arg-type]

    @transaction.atomic
    def case_about(self, name: str, kind: Incident.Kind = Incident.Kind.NO_ANSWER) -> Incident:
        """An incident about a member, opened now."""
        incident = cases.open_for_seat(locked_round(self.round.pk), self.seat(name), kind, now=clock.now())
        Seat.objects.filter(pk=self.seat(name).pk).update(standing=Seat.Standing.INCIDENT, how=kind.value)
        return Incident.objects.get(pk=incident.pk)

    @transaction.atomic
    def case_about_the_round(self, *names: str) -> Incident:
        """The round was not round by its deadline, with these members open."""
        seats = [self.seat(name) for name in names]
        return cases.open_for_round(locked_round(self.round.pk), seats, reason="deadline", now=clock.now())


def with_a_case_about_halil() -> Morning:
    """De Linde began at 8:30; at 8:50 a case about Halil is open."""
    set_time("08:30")
    morning = Morning(an_organisation())
    morning.start()
    set_time("08:50")
    morning.case_about("Halil")
    return morning


def link_for(incident: Incident, who: str = "Anneke") -> str:
    """The path of a new link for somebody on the ladder, as a text would hold it."""
    targets = [target for level in incident.policy["levels"] for target in level["targets"]]
    ref = next(target["ref"] for target in targets if who in target["name"])
    return "/i/" + links.make(incident, ref, clock.now()).split("/i/")[1]


def a_swap(morning: Morning) -> DutySwap:
    """Anneke asks whether somebody can take her duty of Monday next week."""
    day = MONDAY.date() + timedelta(days=7)
    by = actors.person(morning.volunteer.pk, "text")
    rank = DutyShift.Rank.PRIMARY
    return swaps.offer(morning.circle, owner=morning.volunteer, rank=rank, day=day, actor=by, now=clock.now())[0]


def minutes_later(minutes: int) -> None:
    """Time passes."""
    clock.set_clock(virtual=clock.now() + timedelta(minutes=minutes), rate=0)


def _entry(name: str, phone: str) -> MemberEntry:
    return MemberEntry(
        given_name=name,
        family_name="Linde",
        phones=(PhoneEntry(phone, kind_of(phone), phone),),
        address="Lindelaan 1",
        postcode="5000 AA",
        place="Tilburg",
        contacts=(NEIGHBOUR,),
    )
