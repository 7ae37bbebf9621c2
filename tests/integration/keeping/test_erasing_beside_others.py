"""Somebody is erased while others are at work: alarms still ring, cases can be claimed, and nothing stays half done."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.common import actors
from backend.common.errors import Conflict, NotAllowed
from backend.events import clock
from backend.events.models import Lane
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident
from backend.incidents.services import claiming
from backend.keeping.models import Erasure
from backend.keeping.services import erasing_meals
from backend.keeping.services.erasing import erase
from backend.keeping.services.forgetting import forget_what_is_left
from backend.meals.services import crew
from backend.notifications.models import Attempt, Callback, Message, Way
from backend.notifications.services.queueing import queue
from backend.people.models import Contact, Organisation, Person
from backend.people.services import registering
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.races import at_once
from tests.support.restos import a_helper, a_resto_of, crew_places
from tests.support.waiting import eventually

LINE = "+31130001377"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def morning(settings: Any) -> Morning:
    """At 8:50 a case about Halil is open."""
    settings.RONDJE_DEMO = True
    return mornings.with_a_case_about_halil()


@pytest.fixture
def odilia(morning: Morning) -> Person:
    """She takes part in nothing any more; a note about Truus's contact still names her."""
    odilia = registering.register_person(
        organisation=morning.organisation, given_name="Odilia", family_name="Zwaluwstaart", phones=[LINE]
    )
    Contact.objects.filter(person=morning.person("Truus")).update(key_note="anders bij Odilia Zwaluwstaart")
    return odilia


def erased(person: Person) -> Erasure:
    return erase(person, asked_by=Erasure.AskedBy.FAMILY, actor=actors.user(3), now=clock.now())


def asked_of(organisation: Organisation, line: str) -> tuple[Message, Attempt]:
    """An alarm that waits, and a call that has been made, to a number."""
    now = clock.now()
    message = queue(
        organisation=organisation,
        person=None,
        way=Way.CALL,
        line=line,
        lane=Lane.ALARM,
        host="incidents",
        subject_id=1,
        expires_at=now + timedelta(minutes=5),
    )
    attempt = Attempt.objects.create(
        organisation=organisation,
        kind=Attempt.Kind.CALL,
        line=line,
        host="incidents",
        subject_id=1,
        state=Attempt.State.COMPLETED,
        created_at=now,
    )
    Callback.objects.create(
        attempt=attempt, sid=f"CA{organisation.pk}", status="completed", received_at=now, due_at=now, lane=Lane.ALARM
    )
    return message, attempt


def test_another_organisation_still_reaches_its_key_holder_on_that_number(morning: Morning, odilia: Person) -> None:
    elsewhere = mornings.an_organisation("anders", "Samen West")
    message, attempt = asked_of(elsewhere, LINE)
    asked_of(morning.organisation, LINE)

    erased(odilia)

    assert list(Message.objects.filter(line=LINE)) == [message]
    assert message.state == Message.State.QUEUED
    assert list(Attempt.objects.filter(line=LINE)) == [attempt]
    assert attempt.callbacks.count() == 1


def test_a_call_by_another_organisation_does_not_hold_it_up(morning: Morning, odilia: Person) -> None:
    elsewhere = mornings.an_organisation("anders", "Samen West")
    _message, attempt = asked_of(elsewhere, LINE)
    Attempt.objects.filter(pk=attempt.pk).update(state=Attempt.State.RINGING)

    erased(odilia)

    assert Attempt.objects.filter(pk=attempt.pk, line=LINE, state="ringing").exists()


def test_the_number_that_answers_day_and_night_is_nobodys_own(morning: Morning, odilia: Person) -> None:
    """Odilia was the coordinator, and had the duty telephone as a number of hers: open cases still have it rung."""
    odilia.phones.create(e164=morning.organisation.duty_phone, kind="landline", position=2)
    case = Incident.objects.get()
    before = EscalationPolicy.from_json(case.policy)
    assert morning.organisation.duty_phone in str(case.policy)
    message, _attempt = asked_of(morning.organisation, morning.organisation.duty_phone)

    erased(odilia)

    case.refresh_from_db()
    assert EscalationPolicy.from_json(case.policy) == before
    assert Message.objects.filter(pk=message.pk, line=morning.organisation.duty_phone).exists()


def test_a_number_that_an_open_case_may_still_ring_is_not_taken_out_of_it(morning: Morning, odilia: Person) -> None:
    """When the case was opened, Odilia's telephone was still that of Halil's neighbour."""
    odilia.phones.update(e164="+31130009077")
    Contact.objects.exclude(person=odilia).update(phone="")

    with pytest.raises(Conflict, match="may still alert"):
        erased(odilia)

    assert "+31130009077" in str(Incident.objects.get().policy)


def claims_halils_case() -> None:
    """As Anneke does by key. Gives up when somebody holds the case for a second."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
        case = claiming.locked(Incident.objects.get().pk)
        target = EscalationPolicy.from_json(case.policy).levels[0].targets[0]
        claiming.claim(case, target=target, actor=actors.SYSTEM, now=clock.now())


def test_while_all_texts_are_searched_a_case_can_be_claimed(morning: Morning, odilia: Person) -> None:
    """A row that the search has to mend is held by somebody: it waits for that, and nobody waits for it."""
    begun = Erasure.objects.filter(person_id=odilia.pk)
    with transaction.atomic():
        Contact.objects.select_for_update().get(key_note__contains="Odilia", person=morning.person("Truus"))

        def eraser() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            erased(odilia)

        def claimer() -> None:
            eventually(begun.exists, "the erasure has begun", within=10)
            claims_halils_case()

        given_up, claimed = at_once(eraser, claimer)

    assert claimed is None
    assert Incident.objects.get().state == Incident.State.CLAIMED
    assert isinstance(given_up, DatabaseError), "it was still waiting for the row"
    assert begun.get().words_left["names"] == ["Odilia Zwaluwstaart", "Zwaluwstaart Odilia"]

    assert forget_what_is_left() == 1

    assert begun.get().words_left == {}
    assert begun.get().removed["words in contact"] == 1
    assert Contact.objects.get(person=morning.person("Truus")).key_note == "anders bij (gewist)"
    assert forget_what_is_left() == 0


def waits_for_a_lock() -> bool:
    """Whether another connection waits for a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_whoever_is_put_in_a_crew_while_they_are_erased_cooks_nowhere(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manager waits until the erasing is done, and is told that there is no such volunteer."""
    (place,) = crew_places(a_resto_of(morning.organisation).evening(), "cook")
    cook = a_helper(morning.organisation, "Karim", jobs=("cook",))
    looked = threading.Event()
    blank = erasing_meals.blank_evenings

    def slowly(person: Person, removed: Counter[str]) -> None:
        looked.set()
        eventually(waits_for_a_lock, "the manager waits", within=10)
        blank(person, removed)

    monkeypatch.setattr(erasing_meals, "blank_evenings", slowly)

    def manager() -> None:
        assert looked.wait(10)
        crew.confirm(place_id=place.pk, person=cook, actor=actors.user(9), now=clock.now())

    done, refused = at_once(lambda: erased(cook), manager)

    assert done is None
    assert isinstance(refused, NotAllowed)
    place.refresh_from_db()
    assert (place.state, place.person) == ("open", None)


def test_one_that_cannot_be_finished_is_said_and_does_not_hold_up_the_others(
    morning: Morning, odilia: Person, caplog: pytest.LogCaptureFixture
) -> None:
    broken = erased(odilia)
    Erasure.objects.filter(pk=broken.pk).update(words_left={"nonsense": True})
    fine = Erasure.objects.create(
        organisation=morning.organisation,
        person_id=0,
        asked_by="family",
        done_at=clock.now(),
        words_left={"spoken": [], "names": ["Sleutelkluis achter"], "lines": []},
    )

    assert forget_what_is_left() == 1

    assert Erasure.objects.get(pk=fine.pk).words_left == {}
    assert f"Erasure {broken.pk} could not be finished" in caplog.text
