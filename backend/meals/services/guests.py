"""What the restos know about a guest: food, with their consent; beside whom they would sit; what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.meals.domain.diets import foods, simplest
from backend.meals.models import Guest, GuestCall, Plate, Reservation, SeatingWish
from backend.meals.services import evenings
from backend.people import calls_to_make
from backend.people.models import Consent, Person
from backend.people.selectors import consent_in_force
from backend.people.services import presence
from backend.people.services.aids import NeedsConsent

GUEST_CHANGED = "meals.guest_changed"
"""The event's kind. The subject is the person. Payload: what (a code). What it is stands in the rows only."""

AGREES_TO = {Consent.Purpose.DIET, Consent.Purpose.FOLLOW_UP}


@dataclass(frozen=True)
class Diet:
    """What somebody does not eat, every time. `without`: codes of foods."""

    without: Sequence[str]
    own_plate: bool = False
    note: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.without or self.own_plate or self.note)


@transaction.atomic
def keep_diet(person: Person, diet: Diet, *, actor: Actor) -> Guest:
    """Keep what somebody does not eat, for next time. Nothing at all needs no consent.

    Raises:
        NeedsConsent: they have not agreed that it is kept.
        UnknownFood: a code that stands for no food.
    """
    guest = _locked(person)
    without = [food.value for food in simplest(foods(diet.without))]
    if diet.says_something and consent_in_force(person, Consent.Purpose.DIET) is None:
        raise NeedsConsent(
            "What somebody does not eat is kept only with consent. Read the words of consent to them, record that they "
            "agree, and then note it."
        )
    guest.without, guest.own_plate, guest.note = without, diet.own_plate, diet.note
    guest.save(update_fields=["without", "own_plate", "note"])
    _tell(person, "diet", actor)
    return guest


@transaction.atomic
def consents_changed(person_id: int, purpose: str, now: datetime) -> None:
    """Somebody agreed, or does not any more: what is kept follows. Any number of times; `now` is UTC.

    Without consent the diet goes at once, also from the plates of evenings that are over. Plates of an evening to come
    stay: they said so for that evening. Nobody rings any more who was to be rung after staying away.
    """
    if purpose == Consent.Purpose.FOLLOW_UP:
        _lock_evenings(person_id)
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    if person is None:
        return
    guest = _locked(person)
    agreed = consent_in_force(person, Consent.Purpose(purpose)) is not None
    if purpose == Consent.Purpose.FOLLOW_UP:
        guest.may_follow_up = agreed
        guest.save(update_fields=["may_follow_up"])
        if not agreed:
            calls_to_make.lapse(GuestCall.objects.filter(**_to_ring(person_id)), SYSTEM.who, now)
    elif purpose == Consent.Purpose.DIET and not agreed:
        guest.without, guest.own_plate, guest.note = [], False, ""
        guest.save(update_fields=["without", "own_plate", "note"])
        Plate.objects.filter(
            reservation__in=Reservation.objects.filter(person=person, evening__ends_at__lte=now)
        ).delete()


def _to_ring(person_id: int) -> dict[str, Any]:
    """Calls to somebody who stayed away, that nobody has made yet."""
    return {"person": person_id, "kind": GuestCall.Kind.STAYED_AWAY, "state": GuestCall.State.OPEN}


def _lock_evenings(person_id: int) -> None:
    """The evenings on which they stayed away, in one order: nothing of them is decided meanwhile."""
    calls = GuestCall.objects.filter(**_to_ring(person_id))
    for evening_id in sorted(calls.values_list("evening_id", flat=True)):
        evenings.locked(evening_id)


@transaction.atomic
def would_help(person: Person, may: bool, *, actor: Actor) -> Guest:
    """Whether they would like to help some time."""
    guest = _locked(person)
    guest.may_volunteer = may
    guest.save(update_fields=["may_volunteer"])
    _tell(person, "may_volunteer", actor)
    return guest


@transaction.atomic
def wish_to_sit(person: Person, other: Person, kind: SeatingWish.Kind, *, actor: Actor) -> SeatingWish:
    """They would like to sit with another, or would rather not; what was wished before about the two is replaced.

    Raises Conflict for themselves, and for somebody of another organisation; Erased.
    """
    if person.pk == other.pk or person.organisation_id != other.organisation_id:
        raise Conflict("Choose another guest of the same organisation.")
    for one in (person, other):
        presence.hold(one)
    wish, _made = SeatingWish.objects.update_or_create(person=person, other=other, defaults={"kind": kind})
    _tell(person, "seating", actor)
    return wish


@transaction.atomic
def drop_wish(wish_id: int, *, actor: Actor) -> None:
    """They do not mind any more with whom they sit."""
    wish = SeatingWish.objects.select_related("person").filter(pk=wish_id).first()
    if wish is not None:
        wish.delete()
        _tell(wish.person, "seating", actor)


def _locked(person: Person) -> Guest:
    presence.hold(person)
    Guest.objects.get_or_create(person=person)
    return Guest.objects.select_for_update(of=("self",)).get(person=person)


def _tell(person: Person, what: str, actor: Actor) -> None:
    record(
        kind=GUEST_CHANGED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"what": what},
    )
