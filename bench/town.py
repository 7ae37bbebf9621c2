"""A hundred thousand people in two hundred organisations, on a Monday at twenty to nine: rows, made in bulk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.db import connection
from django.db.models import Model

from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle, Membership, Round, Seat
from backend.events.models import Event, Lane
from backend.incidents.domain.policy import EscalationPolicy, Level, Target
from backend.incidents.models import Incident
from backend.incidents.services import opening
from backend.notifications.models import Attempt, InboundText, InboxItem, Message, Way
from backend.people.models import Absence, DutyShift, Organisation, Person, PhoneNumber

ROWS = 5_000
"""In one statement."""

STANDINGS = ("well",) * 5 + ("expected",) * 2 + ("incident",)
"""Of the eight members of a circle that is under way. Only every thirtieth circle has the incident."""


@dataclass(frozen=True)
class Size:
    """How large the town is."""

    organisations: int = 200
    circles: int = 60
    """In each organisation."""

    members: int = 8
    volunteers: int = 22

    @property
    def people(self) -> int:
        """How many there are in all."""
        return self.organisations * (self.circles * self.members + self.volunteers)


def settle(size: Size, now: datetime, day: date) -> list[Organisation]:
    """Fill an empty database: people, circles, duties, a morning under way, and what was sent and written so far."""
    organisations = [
        Organisation(slug=f"o{n}", name=f"Organisatie {n}", phone=f"+3113000{n:04}", duty_phone="+31130009999")
        for n in range(size.organisations)
    ]
    _keep(Organisation, organisations)
    for number, organisation in enumerate(organisations):
        _fill(organisation, number, size, now, day)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return organisations


def _fill(organisation: Organisation, number: int, size: Size, now: datetime, day: date) -> None:
    circles = [
        Circle(organisation=organisation, name=f"Kring {number}-{n}", start_time=time(8, 30), weekdays=list(range(7)))
        for n in range(size.circles)
    ]
    _keep(Circle, circles)
    members = _people(organisation, number, size.circles * size.members, "Lid")
    volunteers = _people(organisation, number, size.volunteers, "Vrijwilliger")
    own = [circles[n // size.members] for n in range(len(members))]
    _keep(Membership, [
        Membership(circle=circle, person=person, position=n % size.members + 1, weekdays=list(range(7)))
        for n, (circle, person) in enumerate(zip(own, members, strict=True))
    ])  # fmt: skip
    _keep(DutyShift, [
        DutyShift(organisation=organisation, person=volunteers[(n + weekday) % len(volunteers)],
                  scope=f"circle:{circle.pk}", rank="primary", weekday=weekday)
        for n, circle in enumerate(circles) for weekday in range(7)
    ])  # fmt: skip
    rounds = _morning(circles, members, size, now, day)
    _sent(organisation, rounds, members, size, now)
    _written(organisation, members, now, day)


def _people(organisation: Organisation, number: int, count: int, name: str) -> list[Person]:
    people = [
        Person(organisation=organisation, given_name=f"{name}{n}", family_name=f"Oost{number}",
               normalised_name=f"oost{number}|{name.lower()}{n}", address="Lindelaan 1")
        for n in range(count)
    ]  # fmt: skip
    _keep(Person, people)
    _keep(PhoneNumber, [
        PhoneNumber(person=person, e164=f"+3160000{n % 10_000:04}", kind="mobile", position=1)
        for n, person in enumerate(people)
    ])  # fmt: skip
    return people


def _morning(circles: list[Circle], members: list[Person], size: Size, now: datetime, day: date) -> list[Round]:
    """Every other circle is under way; the rest is planned for a quarter to nine."""
    policy = {"morning": MorningPolicy().as_json()}
    rounds = [
        Round(circle=circle, date=day, planned_start=now - timedelta(minutes=10), state="running", policy=policy,
              started_at=now - timedelta(minutes=10), deadline_at=now + timedelta(minutes=32))
        if n % 2 else Round(circle=circle, date=day, planned_start=now + timedelta(minutes=5))
        for n, circle in enumerate(circles)
    ]  # fmt: skip
    _keep(Round, rounds)
    _keep(Seat, [
        Seat(round=round_, person=members[n * size.members + place], position=place + 1, in_chain=True,
             standing=STANDINGS[place] if n % 30 == 1 else STANDINGS[min(place, 6)],
             how="key_as_callee", at=now, lines=["+31600000001"])
        for n, round_ in enumerate(rounds) if round_.state == "running" for place in range(size.members)
    ])  # fmt: skip
    for n in range(1, len(rounds), 30):
        _case(rounds[n], members[n * size.members + size.members - 1], now)
    return rounds


def _case(round_: Round, person: Person, now: datetime) -> None:
    organisation = round_.circle.organisation
    duty_line = Target(f"organisation:{organisation.pk}", organisation.name, (organisation.duty_phone,))
    opening.open_incident(
        organisation=organisation,
        kind=Incident.Kind.NO_ANSWER,
        cause=f"round:{round_.pk}:no_answer:{person.pk}",
        members=[person],
        policy=EscalationPolicy((Level("organisation", (duty_line,), 10),)),
        source_kind="round",
        source_id=round_.pk,
        source_label=round_.circle.name,
        now=now,
    )


def _sent(organisation: Organisation, rounds: list[Round], members: list[Person], size: Size, now: datetime) -> None:
    """A call to each member this morning, that is over."""
    messages = [
        Message(organisation=organisation, person=person, way=Way.CALL, line="+31600000001", host="circles.round",
                subject_id=rounds[n // size.members].pk, lane=Lane.LIVE, due_at=now, expires_at=now, state="done",
                outcome="completed", created_at=now - timedelta(minutes=n % 60))
        for n, person in enumerate(members)
    ]  # fmt: skip
    _keep(Message, messages)
    _keep(Attempt, [
        Attempt(message=message, organisation=organisation, person=message.person, kind="call", line=message.line,
                host=message.host, subject_id=message.subject_id, state="completed", sid=f"CA{message.uuid.hex}",
                created_at=message.created_at, ended_at=now, settled_at=now, seconds=70)
        for message in messages
    ])  # fmt: skip
    _keep(Event, [
        Event(kind="circles.member_well", subject_kind="round", subject_id=message.subject_id, actor="system",
              organisation_id=organisation.pk, channel="call", payload={}, occurred_at=now, recorded_at=now)
        for message in messages
    ])  # fmt: skip


def has_a_budget(organisation: Organisation, size: Size, now: datetime) -> None:
    """A budget of which most is spent, and the month's calls and texts that spent it: what the board adds up."""
    organisation.settings = {**organisation.settings, "budget": "1000.00"}
    organisation.save()
    days = [now - timedelta(days=day) for day in range(1, now.day)]
    calls = size.circles * size.members
    _keep(Attempt, [
        Attempt(organisation=organisation, kind="call" if n < calls else "text", line="+31600000001",
                host="circles.round" if n < calls else "incidents", subject_id=1, state="completed",
                sid=f"CA{uuid4().hex}", created_at=day, answered_at=day, ended_at=day, settled_at=day,
                seconds=70 if n < calls else None, segments=None if n < calls else 1)
        for day in days for n in range(calls + calls // 10)
    ])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _written(organisation: Organisation, members: list[Person], now: datetime, day: date) -> None:
    """Who is away, and what waits in the inbox."""
    _keep(Absence, [
        Absence(person=person, first_day=day, last_day=day + timedelta(days=9), reported_by="user:1", channel="page",
                recorded_at=now)
        for person in members[::20]
    ])  # fmt: skip
    texts = [
        InboundText(organisation=organisation, sid=f"SM{organisation.pk}-{n}", line="+31600000001", body="Hallo?",
                    received_at=now, done=True, lane=Lane.NOTICE, due_at=now)
        for n in range(10)
    ]  # fmt: skip
    _keep(InboundText, texts)
    _keep(InboxItem, [
        InboxItem(organisation=organisation, kind="text", line=text.line, text=text, received_at=now)
        for text in texts
    ])  # fmt: skip


def _keep(model: type[Model], rows: list) -> None:
    model._default_manager.bulk_create(rows, batch_size=ROWS)
