"""A tick that was a mistake: what followed from it is undone, and nothing else."""

import pytest
from django.db import transaction

from backend.events.models import Timer
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import closing, opening
from backend.incidents.services.ladders import ladder_of_the_bus
from backend.notifications.models import Message
from backend.people.models import Sighting
from backend.transport.domain.run import What
from tests.integration.transport.day.a_day import DRIVER, Day, at
from tests.support.buses import TUESDAY

pytestmark = pytest.mark.django_db


def did_not_answer(bus: Day, name: str, clock_: str) -> Incident:
    """The circle rang them in vain."""
    person = bus.person(name)
    with transaction.atomic():
        return opening.open_incident(
            organisation=person.organisation,
            kind=Incident.Kind.NO_ANSWER,
            cause=f"round:1:no_answer:{person.pk}",
            members=[person],
            policy=ladder_of_the_bus(person.organisation, day=TUESDAY, members=[person]),
            source_kind="round",
            source_id=1,
            source_label="Telefooncirkel De Linde",
            now=bus.is_now(clock_),
        )


def test_a_tick_that_is_taken_back_leaves_no_sighting_and_the_case_that_it_ended_goes_on(bus: Day) -> None:
    case = did_not_answer(bus, "Riet", "9:00")
    Message.objects.update(state=Message.State.DONE)
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    case.refresh_from_db()
    assert (case.state, case.members.get().outcome, Sighting.objects.count()) == ("closed", "answered_late", 1)
    last = Message.objects.latest("pk").pk

    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")

    case.refresh_from_db()
    assert (case.state, case.members.get().outcome, case.closed_at) == ("open", "", None)
    assert Sighting.objects.count() == 0
    assert Message.objects.filter(pk__gt=last, host="incidents", way="call").exists(), "alerted again at once"
    assert Timer.objects.filter(kind="incidents.look", subject_id=case.pk).exists()
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:47"), now="9:47")
    case.refresh_from_db()
    assert case.state == "closed", "it was she after all"


def test_a_case_stays_ended_by_the_crew_when_only_the_second_of_two_ticks_was_a_mistake(bus: Day) -> None:
    case = did_not_answer(bus, "Riet", "9:00")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.AT_DESTINATION, "10:15"), now="10:15")
    bus.sends(bus.tick("Riet", What.UNDONE, "10:16"), now="10:16")
    case.refresh_from_db()
    assert (case.state, Sighting.objects.get().at) == ("closed", at("9:45"))


def test_what_a_person_found_stands_although_a_tick_is_taken_back(bus: Day) -> None:
    case = did_not_answer(bus, "Riet", "9:00")
    with transaction.atomic():
        closing.record_outcome(
            case, member_id=None, outcome=Outcome.FOUND_WELL, actor=DRIVER, name="", now=bus.is_now("9:30")
        )
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")
    case.refresh_from_db()
    assert (case.state, case.members.get().outcome) == ("closed", "found_well")


def outcomes() -> list[tuple[str, str]]:
    """Who stands on the list of the case, and what is known of them."""
    return list(Incident.objects.get().members.order_by("pk").values_list("person__given_name", "outcome"))


def test_who_was_ticked_home_by_mistake_is_on_the_list_of_the_missing_again_at_once(bus: Day) -> None:
    bus.is_driven()
    bus.looked_at("15:30")
    bus.sends(bus.tick("Riet", What.HOME_INSIDE, "15:40", "home"), now="15:40")
    assert outcomes() == [("Riet", "answered_late"), ("Truus", "")]
    Message.objects.update(state=Message.State.DONE)
    last = Message.objects.latest("pk").pk

    bus.sends(bus.tick("Riet", What.UNDONE, "15:42", "home"), now="15:42")

    assert outcomes() == [("Riet", ""), ("Truus", "")]
    assert Message.objects.filter(pk__gt=last, host="incidents", way="call").exists(), "alerted again at once"
    assert "missing_again" in Incident.objects.get().steps.values_list("what", flat=True)
    bus.looked_at("16:30")
    assert Incident.objects.get().steps.filter(what="missing_again").count() == 1


def test_who_was_ticked_on_board_by_mistake_waits_for_the_bus_again(bus: Day) -> None:
    bus.looked_at("9:40")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    assert outcomes() == [("Riet", "answered_late"), ("Truus", "")]
    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")
    assert outcomes() == [("Riet", ""), ("Truus", "")]


def test_taking_back_that_somebody_is_home_after_closing_is_a_case(bus: Day) -> None:
    bus.is_driven()
    bus.goes_home()
    bus.close()
    bus.sends(bus.tick("Riet", What.UNDONE, "13:10", "home"), now="13:10")
    assert bus.cases() == [("not_closed", "open", ["Riet"])]
