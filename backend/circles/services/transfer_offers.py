"""A circle is offered to another organisation, which takes it over or not. Two coordinators, no operator."""

from datetime import datetime

from django.db import transaction

from backend.circles.models import Circle, Transfer, TransferOffer
from backend.circles.selectors.settings import first_morning
from backend.circles.services import news, transferring
from backend.circles.services.life import locked
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.services import record
from backend.people.models import Organisation

State = TransferOffer.State

OFFER_CHANGED = "circles.transfer_offer"
"""The subject is the circle. Payload: offer (its key) and state."""


@transaction.atomic
def offer(circle_id: int, to: Organisation, *, agreed: str, actor: Actor, now: datetime) -> TransferOffer:
    """Ask `to` to take a circle over. `agreed` says who decided so for the organisation that has it, and as what.

    Raises RondjeError without that, and Conflict when it was asked already or when something stands in the way. What is
    known to the other organisation alone is told to them, when they accept.
    """
    if not agreed.strip():
        raise RondjeError("Say who decided this for your organisation, and as what.")
    circle = locked(circle_id)
    transferring.refuse_to_offer(circle, to, now)
    if circle.transfer_offers.filter(state=State.OPEN).exists():
        raise Conflict("An organisation has been asked already. Withdraw that question first.")
    asked = TransferOffer.objects.create(
        circle=circle,
        from_organisation=circle.organisation,
        to_organisation=to,
        agreed_from=agreed.strip()[:200],
        asked_at=now,
    )
    _record(circle, asked, actor)
    return asked


@transaction.atomic
def accept(offer_id: int, *, agreed: str, actor: Actor, now: datetime) -> Transfer:
    """The other organisation takes the circle over: everything moves at once, and the members are told.

    `agreed` says who decided so there. Raises what `transferring.transfer` raises, and then nothing has moved; Conflict
    when the question has been answered or withdrawn.
    """
    circle, asked = _open(offer_id)
    asked.state, asked.answered_at = State.ACCEPTED, now
    asked.save(update_fields=["state", "answered_at"])
    _record(circle, asked, actor)
    made = transferring.transfer(
        circle.pk,
        asked.to_organisation,
        agreed_from=asked.agreed_from,
        agreed_to=agreed,
        actor=actor,
        now=now,
    )
    moved = locked(circle.pk)
    if moved.status == Circle.Status.ACTIVE:
        news.tell_members(moved, "transferred", now, day=first_morning(moved, now))
    return made


@transaction.atomic
def decline(offer_id: int, *, actor: Actor, now: datetime) -> TransferOffer:
    """The other organisation does not take it. Raises Conflict when it has been answered or withdrawn."""
    return _close(offer_id, State.DECLINED, actor, now)


@transaction.atomic
def withdraw(offer_id: int, *, actor: Actor, now: datetime) -> TransferOffer:
    """Whoever asked does not ask any more. Raises Conflict when it has been answered or withdrawn."""
    return _close(offer_id, State.WITHDRAWN, actor, now)


def _close(offer_id: int, state: State, actor: Actor, now: datetime) -> TransferOffer:
    circle, asked = _open(offer_id)
    asked.state, asked.answered_at = state, now
    asked.save(update_fields=["state", "answered_at"])
    _record(circle, asked, actor)
    return asked


def _open(offer_id: int) -> tuple[Circle, TransferOffer]:
    """The circle and the question, both held; the circle first, as for everything that happens to it."""
    circle = locked(TransferOffer.objects.values_list("circle_id", flat=True).get(pk=offer_id))
    asked = TransferOffer.objects.select_for_update(of=("self",)).select_related("to_organisation").get(pk=offer_id)
    if asked.state != State.OPEN:
        raise Conflict("This question has been answered or withdrawn meanwhile. Look at the page again.")
    return circle, asked


def _record(circle: Circle, asked: TransferOffer, actor: Actor) -> None:
    record(
        kind=OFFER_CHANGED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=circle.organisation_id,
        actor=actor,
        payload={"offer": asked.pk, "state": asked.state},
    )
