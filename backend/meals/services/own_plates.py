"""The plate of a guest themselves, among those of their party: it follows what is kept of them for every time."""

from datetime import datetime

from django.db.models import Q

from backend.common.actors import Actor
from backend.meals.domain.crew import HELPS
from backend.meals.domain.diets import foods, simplest
from backend.meals.models import Evening, Guest, Plate, Reservation
from backend.meals.services import evenings
from backend.people.models import Consent, Person
from backend.people.selectors import consent_in_force

LIVE = (Evening.State.PLANNED, Evening.State.OPEN)


def follow(person_id: int, actor: Actor, now: datetime) -> None:
    """What somebody does not eat every time is on their plate wherever they are noted, until the doors open (UTC).

    Any number of times; in a transaction. Evenings of a series on which they come every time are locked as well: their
    place may be in the making. Who helps and gave up their chair is followed too: the kitchen reads that plate.
    """
    concerned = Evening.objects.filter(
        Q(reservations__person=person_id) | Q(series__standing__person=person_id), state__in=LIVE, doors_at__gt=now
    )
    for pk in sorted(set(concerned.values_list("pk", flat=True))):
        evening = evenings.locked(pk)
        if evening.state not in LIVE:
            continue
        coming = ~Q(state=Reservation.State.CANCELLED) | Q(cancelled_because=HELPS, plates__theirs=True)
        rows = evening.reservations.filter(coming, person=person_id, arrived_at=None).select_related("person")
        for row in rows.order_by("pk").distinct():
            if put_on(row):
                evenings.changed(evening)
                evenings.tell(evening, "changed", actor, reservation=row.pk)


def recognise(row: Reservation) -> None:
    """The first plate that is as what is kept of the guest is theirs. Under the evening's lock."""
    guest = _agreed(row.person)
    if guest is None or not _says_something(guest) or row.plates.filter(theirs=True).exists():
        return
    for plate in row.plates.order_by("pk"):
        if (set(plate.without), plate.own_plate) == (set(guest.without), guest.own_plate):
            plate.theirs, plate.note_is_kept = True, bool(plate.note) and plate.note == guest.note
            plate.save(update_fields=["theirs", "note_is_kept"])
            return


def put_on(row: Reservation) -> bool:
    """Put what is kept of the guest on their plate; whether that changed anything. Under the evening's lock.

    Where nobody knows which plate is theirs, they get one more. When each of the party has one already, it is added to
    the plate with their name, else to the first: whoever reserved stands in front. Who eats everything again has no
    plate; one that was not known as theirs stays, because somebody else may eat from it.
    """
    guest = _agreed(row.person)
    if guest is None:
        return False
    plates = list(row.plates.order_by("pk"))
    theirs = next((plate for plate in plates if plate.theirs), None)
    if not _says_something(guest):
        return theirs is not None and _cleared(theirs)
    if theirs is not None:
        return _changed(theirs, guest, set(guest.without), own_plate=guest.own_plate)
    if len(plates) < row.covers and not any(_has_name_of(plate, row.person) for plate in plates):
        return _changed(Plate(reservation=row, theirs=True), guest, set(guest.without), own_plate=guest.own_plate)
    plate = next((plate for plate in plates if _has_name_of(plate, row.person)), plates[0])
    both = guest.own_plate or plate.own_plate
    return _changed(plate, guest, {*plate.without, *guest.without}, own_plate=both)


def _has_name_of(plate: Plate, person: Person) -> bool:
    return bool(plate.name) and plate.name in (person.name, person.given_name)


def _agreed(person: Person) -> Guest | None:
    """What is kept of somebody; None without their consent: then nobody knows what they eat every time."""
    guest = Guest.objects.filter(person=person).first()
    return guest if guest is not None and consent_in_force(person, Consent.Purpose.DIET) is not None else None


def _says_something(guest: Guest) -> bool:
    return bool(guest.without or guest.own_plate or guest.note)


def _cleared(plate: Plate) -> bool:
    """What was said for this evening only stays on it."""
    if not plate.note or plate.note_is_kept:
        plate.delete()
        return True
    was = (plate.without, plate.own_plate, plate.name)
    plate.without, plate.own_plate, plate.name = [], False, ""
    plate.save(update_fields=["without", "own_plate", "name"])
    return was != ([], False, "")


def _changed(plate: Plate, guest: Guest, without: set[str], *, own_plate: bool) -> bool:
    was = None if plate.pk is None else (plate.without, plate.own_plate, plate.name, plate.note)
    if guest.note or plate.note_is_kept:
        plate.note, plate.note_is_kept = guest.note, bool(guest.note)
    plate.without, plate.own_plate = [food.value for food in simplest(foods(without))], own_plate
    plate.name = (plate.name or guest.person.name[:80]) if own_plate else ""
    if was == (plate.without, plate.own_plate, plate.name, plate.note):
        return False
    plate.save()
    return True
