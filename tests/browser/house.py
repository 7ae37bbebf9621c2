"""A house full of what the management pages show: made by the services, on the Monday of the mornings."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from backend.circles.domain.call_list.entries import MemberEntry, PhoneEntry
from backend.circles.models import Circle, PolicyTemplate, Round, TransferOffer
from backend.circles.selectors.settings import scope_of
from backend.circles.services import joining, membership, practice, transfer_offers
from backend.circles.services.membership import sign_up
from backend.common import actors
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Lane
from backend.keeping.models import Erasure, MonthlyFigure, Purge
from backend.notifications.models import Attempt, InboxItem, Message, OptOut, Way
from backend.notifications.services import inbox, incoming, opting_out, queueing
from backend.people.models import DutyShift
from backend.people.services import duty, duty_links, integrations
from backend.people.services.absences import record_absence
from backend.transport.models import CrewMember
from backend.transport.models.crew import Task
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, Morning


@dataclass(frozen=True)
class House:
    """What a walk through the pages needs to know."""

    morning: Morning
    forming: Circle
    template: PolicyTemplate
    joiner: int
    duties: str
    offered: TransferOffer

    @property
    def circle(self) -> str:
        """The address of the circle De Linde."""
        return f"/circles/{self.morning.circle.pk}/"

    @property
    def young(self) -> str:
        """The address of the circle that is still forming."""
        return f"/circles/{self.forming.pk}/"


@transaction.atomic
def furnish(morning: Morning) -> House:
    """Something on every page: people who wait, who are away, texts that failed, a practice, a swap, a connection."""
    now = clock.now()
    for membership_ in morning.circle.memberships.all()[:5]:
        joining.agree(membership_, given_at=now, how="visit", on_behalf_by="", actor=SYSTEM, now=now)
    joiner = sign_up(morning.circle, _entry("Els", "+31130001377"), actor=SYSTEM)
    _absences_and_inbox(morning)
    _messages(morning)
    _duties(morning)
    _practice(morning)
    _kept(morning)
    integrations.admit(organisation=morning.organisation, name="Buurtapp", may_write=True, actor=actors.user(1))
    forming = membership.create_circle(
        organisation=morning.organisation, name="De Kastanje", start=time(8, 15), weekdays=list(range(5))
    )
    Circle.objects.filter(pk=forming.pk).update(status=Circle.Status.FORMING)
    sign_up(forming, _entry("Hendrika", "+31130001378"), actor=SYSTEM)
    template = PolicyTemplate.objects.create(organisation=morning.organisation, name="Rustige wijk")
    duties = "/d/" + duty_links.make(morning.volunteer, now).split("/d/")[1]
    return House(morning, forming, template, joiner.pk, duties, _transfers(morning, forming))


def _transfers(morning: Morning, forming: Circle) -> TransferOffer:
    """A circle that is offered to us, one that we offer, and one that came. Of two, the bus counts on a member."""
    now = clock.now()
    others = mornings.an_organisation("zuid", "Samen Zuid")
    made = [
        membership.create_circle(organisation=others, name=name, start=time(9), weekdays=[0, 3])
        for name in ("De Wilg", "De Berk")
    ]
    asked = [
        transfer_offers.offer(circle.pk, morning.organisation, agreed="M. de Wit, manager", actor=SYSTEM, now=now)
        for circle in made
    ]
    transfer_offers.accept(asked[1].pk, agreed="M. Bos, manager", actor=SYSTEM, now=now)
    transfer_offers.offer(forming.pk, others, agreed="M. Bos, manager", actor=SYSTEM, now=now)
    truida = sign_up(made[0], _entry("Truida", "+31130001379"), actor=SYSTEM).person
    for person in (truida, morning.person("Halil")):
        CrewMember.objects.create(organisation=person.organisation, person=person, task=Task.HOST)
    return asked[0]


def _absences_and_inbox(morning: Morning) -> None:
    now, today = clock.now(), MONDAY.date()
    text = incoming.receive(morning.organisation, sid="SM1", line="+31130001300", body="Komt er iemand?", now=now)
    inbox.show(morning.organisation, InboxItem.Kind.TEXT, line=text.line, text=text, now=now)
    record_absence(person=morning.person("Co"), first_day=today, last_day=None, reason="hospital", actor=SYSTEM)
    record_absence(
        person=morning.person("Jan"),
        first_day=today + timedelta(days=3),
        last_day=today + timedelta(days=9),
        reason="away",
        actor=SYSTEM,
    )


def _messages(morning: Morning) -> None:
    organisation, now = morning.organisation, clock.now()
    for state, outcome in (("queued", ""), ("failed", "opted_out"), ("expired", "expired")):
        queued = queueing.queue(
            organisation=organisation,
            person=morning.volunteer,
            way=Way.TEXT,
            line="+31600000100",
            lane=Lane.NOTICE,
            host="incidents",
            subject_id=1,
            body="Dag!",
            expires_at=now + timedelta(hours=1),
        )
        Message.objects.filter(pk=queued.pk).update(state=state, outcome=outcome)
    common = {"organisation": organisation, "line": "+31130001300", "subject_id": 1, "state": "completed"}
    Attempt.objects.create(kind="call", host="circles.round", sid="CA1", created_at=now, seconds=171, **common)
    Attempt.objects.create(kind="text", host="incidents", sid="SM2", created_at=now, segments=2, **common)
    opting_out.opt_out(organisation, "+31600000177", how=OptOut.How.KEYWORD)


def _duties(morning: Morning) -> None:
    scope = scope_of(morning.circle)
    bram = DutyShift.objects.get(scope=scope, rank=DutyShift.Rank.BACKUP).person
    for weekday in (1, 2, 3):
        duty.put_on_duty(person=bram, scope=scope, rank=DutyShift.Rank.PRIMARY, weekday=weekday)
        duty.put_on_duty(person=morning.volunteer, scope=scope, rank=DutyShift.Rank.COORDINATOR, weekday=weekday)
    mornings.a_swap(morning)


def _practice(morning: Morning) -> None:
    now = clock.now()
    practice.plan(morning.circle, MONDAY.date() + timedelta(days=1), time(14, 0), now=now, actor=SYSTEM)
    held = practice.plan(morning.circle, MONDAY.date() + timedelta(days=2), time(15, 0), now=now, actor=SYSTEM)
    for number, member in enumerate(morning.circle.memberships.filter(status="active"), start=1):
        held.seats.create(person=member.person, position=number, standing="well" if number % 3 else "missed")
    Round.with_practice.filter(pk=held.pk).update(state="closed", closed_how="received", closed_at=now, started_at=now)


def _kept(morning: Morning) -> None:
    now = clock.now()
    Purge.objects.create(
        organisation=morning.organisation, kind="legs", rows=412, older_than=now - timedelta(days=30), ran_at=now
    )
    Erasure.objects.create(
        organisation=morning.organisation,
        person_id=907,
        asked_by="family",
        done_by="user:1",
        channel="page",
        done_at=now,
    )
    for name, value in (("rounds", 30), ("outcome:found_well", 2)):
        MonthlyFigure.objects.create(organisation=morning.organisation, month=date(2026, 10, 1), name=name, value=value)


def _entry(name: str, phone: str) -> MemberEntry:
    return MemberEntry(given_name=name, family_name="Şahin", phones=(PhoneEntry(phone, "landline", phone),))
