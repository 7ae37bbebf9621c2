"""Where somebody lives on the map: a start from their postcode, until a person confirms where the door is."""

from datetime import datetime
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events.services import record
from backend.people.models import Home, Person
from backend.people.selectors import middle_of
from backend.people.services import presence

HOME_CHANGED = "people.home_changed"
"""The subject is the person. Payload: what (placed, confirmed, door_note, moved), source."""

LONGEST_NOTE = 200


@transaction.atomic
def place(
    person: Person, *, latitude: float, longitude: float, source: Home.Source, actor: Actor, now: datetime
) -> Home:
    """Put a home on the map (degrees, WGS 84) before anybody has looked: not confirmed.

    One that a person has confirmed stays where it is: no import knows better. Raises RondjeError off the earth.
    """
    _check(latitude, longitude)
    home = _locked(person)
    if home is not None and home.confirmed_at is not None:
        return home
    return _put(
        person,
        actor,
        now,
        "placed",
        latitude=latitude,
        longitude=longitude,
        source=source,
        confirmed_at=None,
        confirmed_by="",
    )


@transaction.atomic
def confirm(person: Person, *, latitude: float, longitude: float, actor: Actor, now: datetime) -> Home:
    """A person has seen on the map that the door is here (degrees, WGS 84). Raises RondjeError off the earth."""
    _check(latitude, longitude)
    _locked(person)
    return _put(
        person,
        actor,
        now,
        "confirmed",
        latitude=latitude,
        longitude=longitude,
        source=Home.Source.MAP,
        confirmed_at=now,
        confirmed_by=actor.who,
    )


def start_from_postcode(person: Person, *, actor: Actor, now: datetime) -> Home | None:
    """Their home, put in the middle of their postcode if it is nowhere yet; None where the postcode is not known."""
    known = Home.objects.filter(person=person).first()
    middle = middle_of(person.postcode)
    if known is not None or middle is None:
        return known
    return place(
        person,
        latitude=middle.latitude,
        longitude=middle.longitude,
        source=Home.Source.POSTCODE,
        actor=actor,
        now=now,
    )


@transaction.atomic
def set_door_note(person: Person, note: str, *, actor: Actor, now: datetime) -> Home:
    """What driver and host read at the door: where to stop and to ring. Nothing about health or habits belongs here.

    Raises RondjeError when it is too long, and while nobody knows where the home is.
    """
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise RondjeError("The note for at the door is too long: 200 letters at most.")
    home = _locked(person)
    if home is None:
        raise RondjeError("First put the home on the map, or fill in the postcode.")
    if home.door_note == note:
        return home
    return _put(person, actor, now, "door_note", door_note=note)


@transaction.atomic
def move_house(person: Person, *, address: str, postcode: str, place_name: str, actor: Actor, now: datetime) -> Person:
    """Somebody lives elsewhere from now on: nobody has confirmed the new door, and the note was about the old one.

    The home starts anew in the middle of the new postcode; where that is not known it is nowhere, so that nobody drives
    to the old address. Writing the same address in other words (another place name only) changes no home.
    """
    held = presence.locked(person)
    has_moved = (_plain(held.address), _plain(held.postcode)) != (_plain(address), _plain(postcode))
    held.address, held.postcode, held.place = address.strip(), postcode.strip().upper(), place_name.strip()
    held.save(update_fields=["address", "postcode", "place"])
    if has_moved:
        Home.objects.filter(person=held).delete()
        _tell(held, actor, now, "moved", "")
        start_from_postcode(held, actor=actor, now=now)
    return held


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _locked(person: Person) -> Home | None:
    """The person's lock comes first: there may be no home yet to lock."""
    presence.locked(person)
    return Home.objects.filter(person=person).first()


def _put(person: Person, actor: Actor, now: datetime, what: str, **fields: Any) -> Home:
    home, _is_new = Home.objects.update_or_create(person=person, defaults=fields)
    _tell(person, actor, now, what, home.source)
    return home


def _tell(person: Person, actor: Actor, now: datetime, what: str, source: str) -> None:
    record(
        kind=HOME_CHANGED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"what": what, "source": source},
        occurred_at=now,
    )


def _check(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RondjeError("This is no place on earth: latitude goes from -90 to 90, longitude from -180 to 180.")
