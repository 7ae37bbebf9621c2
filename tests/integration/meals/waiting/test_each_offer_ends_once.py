"""Freed chairs are offered; each offer ends once, and no chair is given twice."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.common.offers import Ending
from backend.events import clock
from backend.events.models import Event, Timer
from backend.meals.domain.chairs import Refusal
from backend.meals.models import ChairOffer, CrewPlace, Evening, GuestCall, Reservation, TurnedAway
from backend.meals.services import (
    calling,
    evenings,
    guest_calls,
    offer_messages,
    reserving,
    texting,
    waiting,
)
from backend.meals.services.calling import NoChairs, Outcome
from backend.meals.services.waiting import Became
from backend.meals.services.wishes import No
from backend.notifications.domain import keywords
from backend.notifications.domain.asking import Came
from backend.notifications.models import InboundText, Message
from backend.notifications.registry import IncomingText
from backend.people.models import Engagement
from backend.people.services import engagements
from tests.integration.meals.waiting.a_full_evening import FRIDAY, SOON, gives_up, looks, offered, says, states, waits
from tests.support.races import at_once, meet_after
from tests.support.restos import MANAGER, Table, a_resto

pytestmark = pytest.mark.django_db


def test_who_takes_it_is_reserved_and_who_declines_leaves_the_list(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 4)
    waits(table, evening, "Jan", 4)
    gives_up(sjef)
    assert says(evening, "Riet", Ending.DECLINED, FRIDAY + SOON) is Became.DECLINED
    looks(evening, FRIDAY + SOON)
    assert says(evening, "Jan", Ending.ACCEPTED, FRIDAY + SOON) is Became.ACCEPTED
    assert says(evening, "Jan", Ending.ACCEPTED, FRIDAY + SOON) is Became.ACCEPTED
    assert offered(evening) == [("Riet", "declined"), ("Jan", "accepted")]
    assert states(evening) == {"Sjef": "cancelled", "Riet": "cancelled", "Jan": "reserved"}
    assert Event.objects.filter(kind="meals.chair_offer_ended").count() == 2


def test_silence_ends_an_offer_and_who_answers_late_gets_what_remains(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 4)
    waits(table, evening, "Jan", 3)
    gives_up(sjef)
    deadline = FRIDAY + timedelta(hours=2)
    assert Timer.objects.get(kind=waiting.TIMER, subject_id=evening.pk).due_at == deadline
    looks(evening, deadline)
    assert offered(evening) == [("Riet", "expired"), ("Jan", "open")]
    assert says(evening, "Riet", Ending.ACCEPTED, deadline + SOON) is Became.EXPIRED
    assert says(evening, "Jan", Ending.DECLINED, deadline + SOON) is Became.DECLINED
    assert states(evening)["Riet"] == "waiting"
    assert says(evening, "Riet", Ending.ACCEPTED, deadline + 2 * SOON) is Became.ACCEPTED
    assert states(evening)["Riet"] == "reserved"


def test_chairs_that_the_crew_needs_after_all_are_not_given_to_who_says_yes(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 6)
    gives_up(sjef)
    CrewPlace.objects.create(evening=evening, job="serving", number=1)
    assert says(evening, "Riet", Ending.ACCEPTED, FRIDAY + SOON) is Became.GONE
    assert (offered(evening), states(evening)["Riet"]) == ([("Riet", "withdrawn")], "waiting")


def test_who_eats_elsewhere_by_now_is_told_so_and_not_that_the_chairs_are_gone(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 2)
    gives_up(sjef)
    engagements.engage(
        table.guest("Riet"),
        programme=Engagement.Programme.DINNER,
        source="reservation:0",
        starts_at=evening.doors_at,
        ends_at=evening.ends_at,
    )
    assert says(evening, "Riet", Ending.ACCEPTED, FRIDAY + SOON) is Became.ELSEWHERE
    assert (offered(evening), states(evening)["Riet"]) == ([("Riet", "withdrawn")], "waiting")
    assert says(evening, "Riet", Ending.ACCEPTED, FRIDAY + SOON) is Became.ELSEWHERE


def test_nothing_is_offered_after_the_cutoff_and_who_waits_is_told_once(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    waits(table, evening, "Riet", 4)
    waits(table, evening, "Jan", 4)
    gives_up(sjef, evening.cutoff_at - timedelta(minutes=30))
    assert offered(evening) == [("Riet", "open")]
    looks(evening, evening.cutoff_at)
    assert offered(evening) == [("Riet", "expired")]
    assert Message.objects.filter(host="notifications.reading").count() == 2
    assert list(TurnedAway.objects.values_list("covers", "reason")) == [(4, "full"), (4, "full")]
    looks(evening, evening.cutoff_at + SOON)
    assert Message.objects.filter(host="notifications.reading").count() == 2
    assert not Timer.objects.filter(kind=waiting.TIMER, subject_id=evening.pk).exists()


def test_who_says_on_the_telephone_that_they_come_has_chairs_or_stays_on_the_list(
    table: Table, evening: Evening
) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    call = guest_calls.to_make(evening, riet, GuestCall.Kind.SPEAK, FRIDAY)
    with pytest.raises(NoChairs) as none:
        calling.finish(call.pk, Outcome.COMES, actor=MANAGER, now=FRIDAY)
    assert none.value.refused == No(Refusal.FULL, free=0)
    call.refresh_from_db()
    assert (call.state, states(evening)["Riet"]) == ("open", "waiting")
    gives_up(sjef)
    calling.finish(call.pk, Outcome.COMES, actor=MANAGER, now=FRIDAY)
    riet.refresh_from_db()
    assert (riet.state, riet.answer) == ("reserved", "yes")
    assert offered(evening) == [("Riet", "accepted")]
    assert set(Message.objects.filter(host="meals.offer").values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("ends", ["evening is off", "let in at the door"])
def test_a_call_that_offers_chairs_does_not_go_out_when_there_is_nothing_to_offer(
    table: Table, evening: Evening, ends: str
) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    gives_up(sjef)
    assert list(Message.objects.filter(host="meals.offer").values_list("state", flat=True)) == ["queued"]
    if ends == "evening is off":
        evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=FRIDAY)
        looks(evening, FRIDAY + SOON)
    else:
        reserving.let_in(reservation_id=riet.pk, covers=1, actor=MANAGER, now=FRIDAY)
    assert list(Message.objects.filter(host="meals.offer").values_list("state", flat=True)) == ["cancelled"]


def test_a_late_no_takes_somebody_off_the_list_only_while_they_wait(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    gives_up(sjef)
    late = FRIDAY + timedelta(hours=3)
    looks(evening, late)
    assert offered(evening) == [("Riet", "expired")]
    row = InboundText(organisation=table.organisation, line="+31600000402", body="Nee")
    text = IncomingText(row, table.organisation, keywords.understand("Nee"), (riet.person,), (), "nl")
    answer = texting.too_late(text, Came.NO, late)
    assert answer is not None
    assert answer.words.startswith("Dank u wel. U staat niet meer op de wachtlijst van De Lange Tafel")
    assert states(evening)["Riet"] == "cancelled"
    assert texting.too_late(text, Came.NO, late) is None, "another rule may know what is declined"


def test_who_asks_for_a_person_is_not_rung_again_by_the_machine(table: Table, evening: Evening) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    gives_up(sjef)
    (message,) = Message.objects.filter(host="meals.offer")
    guest_calls.to_make(evening, riet, GuestCall.Kind.SPEAK, FRIDAY + SOON)
    offer_messages.once_more(evening, message, FRIDAY + SOON)
    assert Message.objects.filter(host="meals.offer").count() == 1


def test_who_wrote_to_the_kitchen_before_and_asks_for_a_person_is_not_rung_again_by_the_machine_either(
    table: Table, evening: Evening
) -> None:
    sjef = table.reserves(evening, "Sjef", FRIDAY, covers=6)
    riet = waits(table, evening, "Riet")
    guest_calls.to_make(evening, riet, GuestCall.Kind.SPEAK, FRIDAY, {"why": "note"})
    gives_up(sjef, FRIDAY + SOON)
    row = InboundText(organisation=table.organisation, line="+31600000402", body="Bel")
    text = IncomingText(row, table.organisation, keywords.understand("Bel"), (riet.person,), (), "nl")
    (question,) = texting.questions(text, FRIDAY + SOON)
    question.answer(Came.SPEAK)
    assert GuestCall.objects.get().details == {"why": "note", "offer": ChairOffer.objects.get().pk}
    (message,) = Message.objects.filter(host="meals.offer")
    offer_messages.once_more(evening, message, FRIDAY + SOON)
    assert Message.objects.filter(host="meals.offer").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locks", [True, False])
def test_two_late_answers_at_once_for_the_last_chairs_seat_one_party(
    monkeypatch: pytest.MonkeyPatch, locks: bool
) -> None:
    """Without the evening's lock (the negative control) both are seated: then this test sees too many covers."""
    clock.set_clock(virtual=FRIDAY, rate=0)
    table = a_resto(chairs=4)
    evening = table.evening()
    with transaction.atomic():
        sjef = table.reserves(evening, "Sjef", FRIDAY, covers=4)
        waits(table, evening, "Riet", 4)
        waits(table, evening, "Jan", 4)
        gives_up(sjef)
        looks(evening, FRIDAY + timedelta(hours=2))
        looks(evening, FRIDAY + timedelta(hours=4))
    assert offered(evening) == [("Riet", "expired"), ("Jan", "expired")]
    late = FRIDAY + timedelta(hours=5)
    if not locks:
        monkeypatch.setattr(
            evenings, "locked", lambda pk: Evening.objects.select_related("resto__organisation", "series").get(pk=pk)
        )
        meet_after(monkeypatch, reserving, "chairs_of")

    def answers(name: str) -> Became:
        with transaction.atomic():
            return says(evening, name, Ending.ACCEPTED, late)

    assert at_once(lambda: answers("Riet"), lambda: answers("Jan")) == [None, None]
    seated = evening.reservations.filter(state=Reservation.State.RESERVED).count()
    assert seated == (1 if locks else 2)
    assert ChairOffer.objects.filter(state="open").count() == 0
