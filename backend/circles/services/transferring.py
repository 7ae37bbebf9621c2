"""A circle goes to another organisation: with its members, their contacts, absences and consents, and its history.

The old organisation sees nothing of it any more; it keeps the counts. All of it in one transaction, or nothing.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from backend.circles.models import Circle, Membership, Round, Transfer, TransferOffer
from backend.circles.selectors import transfers
from backend.circles.selectors.settings import scope_of
from backend.circles.services import calls, news, paper, ringing_in
from backend.circles.services.life import locked
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.models import Event
from backend.events.services import record
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, InboundText, InboxItem, Letter, Message, OptOut
from backend.notifications.services import queueing
from backend.people.models import DutyShift, DutySwap, Organisation, Person, PhoneNumber
from backend.people.services import duty, presence
from backend.people.services.duty import DUTY_CHANGED

TRANSFERRED = "circles.transferred"
"""The subject is the circle. Payload: from and to (keys of the organisations)."""


@transaction.atomic
def transfer(
    circle_id: int, to: Organisation, *, agreed_from: str, agreed_to: str, actor: Actor, now: datetime
) -> Transfer:
    """Move a circle with everybody and everything that belongs to it. An operator does this; both sides have agreed.

    `agreed_from` and `agreed_to` say who agreed for each organisation, as what and when. Raises RondjeError without
    them, and Conflict while a morning is running, a case is open, a call is under way, the new organisation has a
    circle of that name, a member belongs to another circle of the old one, or the old one still counts on a member: on
    the bus, at a dinner or on duty. A volunteer, or somebody who has left the circle, on whom it counts stays with it.
    """
    if not agreed_from.strip() or not agreed_to.strip():
        raise RondjeError("Say for both organisations who agreed to the transfer, as what, and when.")
    circle = locked(circle_id)
    old = circle.organisation
    _refuse_what_is_settled_here(circle, to)
    candidates = {person.pk for person in (*transfers.everybody(circle), *transfers.volunteers_here(circle))}
    presence.hold_alone(candidates)
    _refuse_while_counted_on(circle, now)
    staying = transfers.tied(circle, candidates, now)
    people = list(transfers.everybody(circle).exclude(pk__in=staying))
    rounds = list(Round.with_practice.filter(circle=circle).values_list("pk", flat=True))
    _refuse_what_stands_in_the_way(circle, to, people, rounds)
    aggregates = _aggregates(circle)
    volunteers = list(transfers.volunteers_here(circle).exclude(pk__in=staying))
    _leave_the_others_behind(circle, volunteers, actor=actor, now=now)
    _keep_lists_back(circle, rounds)
    moving = [person.pk for person in (*people, *volunteers)]
    _re_own(circle, to, moving, rounds)
    TransferOffer.objects.filter(circle=circle, state=TransferOffer.State.OPEN).update(
        state=TransferOffer.State.WITHDRAWN, answered_at=now
    )
    made = Transfer.objects.create(
        circle=circle,
        circle_name=circle.name,
        from_organisation=old,
        to_organisation=to,
        agreed_from=agreed_from.strip()[:200],
        agreed_to=agreed_to.strip()[:200],
        actor=actor.who,
        at=now,
        aggregates=aggregates,
    )
    record(
        kind=TRANSFERRED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=to.pk,
        actor=actor,
        payload={"from": old.pk, "to": to.pk},
    )
    record(
        kind=DUTY_CHANGED,
        subject_kind="organisation",
        subject_id=to.pk,
        organisation_id=to.pk,
        actor=actor,
        payload={"what": "transferred", "scope": scope_of(circle)},
    )
    return made


def refuse_to_offer(circle: Circle, to: Organisation, now: datetime) -> None:
    """Raise Conflict for what stands in the way and is known to whoever has the circle, without a look at the other.

    It names members: for their own organisation only, in the language of who asks.
    """
    _refuse_what_is_settled_here(circle, to)
    bound = transfers.bound(circle, now)
    if bound:
        whom = [f"{', '.join(one.names)}: {_(one.why)}" for one in bound]
        raise Conflict(" ".join([_("Your organisation still counts on members of this circle."), *whom]))


def _refuse_while_counted_on(circle: Circle, now: datetime) -> None:
    """The same, said to the other organisation, which is told nobody's name yet."""
    number = transfers.number_bound(circle, now)
    if number:
        words = _(
            "%(organisation)s still counts on members of this circle (%(count)s): on the bus, at a dinner or on duty. "
            "Ask them to settle that; their page about giving the circle away says who it is, and what to do."
        )
        raise Conflict(words % {"organisation": circle.organisation.name, "count": number})


def _refuse_what_is_settled_here(circle: Circle, to: Organisation) -> None:
    if to.pk == circle.organisation_id:
        raise Conflict("The circle belongs to this organisation already.")
    elsewhere = Membership.objects.filter(person__in=transfers.everybody(circle)).exclude(circle=circle)
    if elsewhere.exclude(status=Membership.Status.LEFT).exists():
        raise Conflict("A member also belongs to another circle of the old organisation. Settle that first.")


def _refuse_what_stands_in_the_way(circle: Circle, to: Organisation, people: list[Person], rounds: list[int]) -> None:
    if Circle.objects.filter(organisation=to, name=circle.name).exists():
        raise Conflict("The new organisation has a circle of this name. Give one of them another name first.")
    if Round.with_practice.filter(pk__in=rounds, state=Round.State.RUNNING).exists():
        raise Conflict("A morning of this circle is going on. Transfer it when the circle is round.")
    if _incidents(circle, [person.pk for person in people], rounds).exclude(state=Incident.State.CLOSED).exists():
        raise Conflict("There is an open case about this circle or one of its members. It has to be closed first.")
    under_way = Attempt.objects.filter(person__in=people, state__in=Attempt.LIVE)
    if under_way.exists():
        raise Conflict("A call to one of the members is under way. Try again in a few minutes.")


def _incidents(circle: Circle, people: list[int], rounds: list[int]) -> Any:
    of_rounds = Q(source_kind="round", source_id__in=rounds) | Q(source_kind="circle", source_id=circle.pk)
    return Incident.objects.filter(
        pk__in=Incident.objects.filter(of_rounds | Q(members__person__in=people)).values("pk"),
        organisation=circle.organisation,
    )


def _aggregates(circle: Circle) -> dict[str, Any]:
    """What the old organisation keeps: numbers, of nobody in particular."""
    mornings = Round.objects.filter(circle=circle).values("closed_how").annotate(n=Count("pk")).order_by("closed_how")
    rounds = list(Round.objects.filter(circle=circle).values_list("pk", flat=True))
    cases = _incidents(circle, [], rounds).values("kind").annotate(n=Count("pk")).order_by("kind")
    return {
        "members": circle.memberships.exclude(status=Membership.Status.LEFT).count(),
        "mornings": {row["closed_how"] or "not_closed": row["n"] for row in mornings},
        "cases": {row["kind"]: row["n"] for row in cases},
    }


def _leave_the_others_behind(circle: Circle, volunteers: list[Person], *, actor: Actor, now: datetime) -> None:
    """Duties of who stays are gaps at the new organisation, which its roster shows. Open questions end."""
    DutyShift.objects.filter(scope=scope_of(circle)).exclude(person__in=volunteers).delete()
    for swap in DutySwap.objects.filter(scope=scope_of(circle), state=DutySwap.State.OPEN).order_by("pk"):
        duty.end_swap(swap.pk, DutySwap.State.WITHDRAWN, now=now, actor=actor)


def _keep_lists_back(circle: Circle, rounds: list[int]) -> None:
    """Lists of names and numbers that are on their way to the old organisation's mailboxes and volunteers."""
    for round_id in rounds:
        queueing.cancel_queued(host=paper.HOST, subject_id=round_id)
    Letter.objects.filter(enclosure=paper.ENCLOSURE, reference__circle=circle.pk, state=Letter.State.QUEUED).update(
        state=Letter.State.EXPIRED
    )


def _re_own(circle: Circle, to: Organisation, people: list[int], rounds: list[int]) -> None:
    """Every row that names the old organisation names the new one; what hangs on people and rounds goes along."""
    incidents = list(_incidents(circle, people, rounds).values_list("pk", flat=True))
    memberships = list(circle.memberships.values_list("pk", flat=True))
    old = circle.organisation
    Message.objects.filter(Q(person__in=people) | _hosted(rounds, incidents, circle), organisation=old).update(
        organisation=to
    )
    Attempt.objects.filter(Q(person__in=people) | _hosted(rounds, incidents, circle), organisation=old).update(
        organisation=to
    )
    InboxItem.objects.filter(person__in=people, organisation=old).update(organisation=to)
    lines = PhoneNumber.objects.filter(person__in=people).values("e164")
    InboundText.objects.filter(line__in=lines, organisation=old).update(organisation=to)
    _keep_opted_out(old, to, list(lines.values_list("e164", flat=True)))
    Incident.objects.filter(pk__in=incidents).update(organisation=to)
    Person.objects.filter(pk__in=people).update(organisation=to)
    DutyShift.objects.filter(scope=scope_of(circle)).update(organisation=to)
    DutySwap.objects.filter(scope=scope_of(circle)).update(organisation=to)
    Event.objects.filter(
        Q(subject_kind="circle", subject_id=circle.pk)
        | Q(subject_kind="round", subject_id__in=rounds)
        | Q(subject_kind="incident", subject_id__in=incidents)
        | Q(subject_kind="membership", subject_id__in=memberships)
        | Q(subject_kind="person", subject_id__in=people),
        organisation_id=old.pk,
    ).update(organisation_id=to.pk)
    circle.organisation = to
    circle.save(update_fields=["organisation"])


def _keep_opted_out(old: Organisation, to: Organisation, lines: list[str]) -> None:
    """Who wants no texts from the old organisation wants none from the new one."""
    known = OptOut.objects.filter(organisation=to).values("line")
    OptOut.objects.filter(organisation=old, line__in=lines).exclude(line__in=known).update(organisation=to)


def _hosted(rounds: list[int], incidents: list[int], circle: Circle) -> Q:
    return (
        Q(host__in=[calls.HOST, paper.HOST], subject_id__in=rounds)
        | Q(host="incidents", subject_id__in=incidents)
        | Q(host__in=[ringing_in.HOST, news.HOST], subject_id=circle.pk)
    )
