"""Who is on the bus is excused from the circle: only if it collides with the ring, and with the reason."""

import pytest
from django.test import Client

from backend.circles.models import Seat
from backend.circles.selectors.excuses import asked, excuses
from backend.circles.selectors.members import expected_members
from backend.events import clock
from backend.people.models import Engagement, Person, Role
from backend.people.services import engagements
from tests.integration.web.mornings import a_user
from tests.support.story import ANNEKE, MONDAY, Story

RIET, TRUUS, SJEF = "+31130001300", "+31130001301", "+31130001302"


def town(story: Story, truus: str | None = None) -> None:
    """Riet, Truus and Sjef are a ring; Truus answers unless the story says otherwise. It goes from 8:30 to 8:57."""
    story.ladder()
    story.lives("anneke", ANNEKE)
    for name, line in (("riet", RIET), ("truus", TRUUS), ("sjef", SJEF)):
        story.member(name, line)
        story.lives(name, line, habits=[truus] if name == "truus" and truus else None)
    story.start()


def on_the_bus(begin: str, end: str, source: str = "booking:1") -> Engagement:
    person = Person.objects.get(given_name="Truus")
    starts_at, ends_at = (MONDAY.replace(hour=int(t[:2]), minute=int(t[3:])) for t in (begin, end))
    return engagements.engage(
        person, programme=Engagement.Programme.BUS, source=source, starts_at=starts_at, ends_at=ends_at
    )


def seat() -> tuple[str, str]:
    found = Seat.objects.get(person__given_name="Truus")
    return found.standing, found.how


def test_who_is_on_the_bus_while_it_goes_round_is_excused_with_the_reason(story: Story, client: Client) -> None:
    town(story)
    on_the_bus("08:15", "12:30")
    client.force_login(a_user("marijke", story.organisation, Role.Kind.COORDINATOR))
    shown = "zit in de bus vanaf 8:15"
    assert shown in client.get(f"/circles/{story.circle.pk}/").content.decode(), "also before it starts"

    story.run(until="09:10")

    assert seat() == ("excused", "engaged_bus@8:15")
    assert story.rings("truus") == []
    assert "Sjef" in story.heard("riet"), "the ring closes over her place"
    assert story.round.closed_how == "received"
    assert shown in client.get(f"/circles/{story.circle.pk}/").content.decode()


@pytest.mark.parametrize(("begin", "end"), [("07:00", "08:30"), ("08:57", "12:30"), ("10:00", "13:00")])
def test_a_trip_that_does_not_collide_excuses_nobody(story: Story, begin: str, end: str) -> None:
    """8:57 is the deadline of a ring of three: four legs of three minutes, and fifteen to spare."""
    town(story)
    on_the_bus(begin, end)
    found = excuses(asked(story.circle, MONDAY.date(), expected_members(story.circle, MONDAY.date())))
    assert found == {}
    story.run(until="08:50")
    assert seat() == ("well", "key_as_callee")


def test_frozen_at_the_start_a_trip_that_was_cancelled_the_evening_before_excuses_nobody(story: Story) -> None:
    town(story)
    on_the_bus("08:15", "12:30")
    engagements.release("booking:1")
    story.run(until="08:50")
    assert seat() == ("well", "key_as_callee")


def test_who_gets_a_seat_in_mid_round_is_not_rung_any_more(story: Story) -> None:
    town(story)
    story.run(until="08:30")
    on_the_bus("08:40", "12:30")
    story.run(until="09:10")
    assert seat() == ("excused", "engaged_bus@8:40")
    assert story.rings("truus") == []


def test_who_was_well_before_stays_well(story: Story) -> None:
    town(story)
    story.run(until="08:45")
    assert seat()[0] == "well"
    on_the_bus("08:46", "12:30")
    story.rest()
    assert seat()[0] == "well"


def test_the_bus_breaks_down_in_mid_round_and_the_circle_rings_her_at_once(story: Story) -> None:
    town(story)
    on_the_bus("08:40", "12:30")
    story.run(until="08:31")
    assert seat()[0] == "excused"
    engagements.release("booking:1")
    story.run(until="09:10")
    assert [ring[:5] for ring in story.rings("truus")] == ["08:31"]
    assert seat() == ("well", "key_to_platform")
    assert story.round.closed_how == "received"


def test_and_when_she_does_not_answer_people_go_and_look(story: Story) -> None:
    town(story, truus="no_answer")
    on_the_bus("08:40", "12:30")
    story.run(until="08:31")
    engagements.release("booking:1")
    story.run(until="08:57")
    assert story.incidents() == [("no_answer", "claimed", ("Truus",))]


def test_a_trip_that_moves_out_of_the_morning_does_the_same(story: Story) -> None:
    town(story)
    on_the_bus("08:40", "12:30")
    story.run(until="08:31")
    on_the_bus("10:40", "14:30")
    story.run(until="09:10")
    assert seat() == ("well", "key_to_platform")


def test_an_absence_says_more_than_an_engagement_and_two_engagements_count_once(story: Story) -> None:
    town(story)
    on_the_bus("08:00", "08:35", source="booking:1")
    on_the_bus("08:50", "12:30", source="booking:2")
    story.run(until="08:31")
    assert seat() == ("excused", "engaged_bus@8:00")
    engagements.release("booking:1")
    story.run(until="08:40")
    assert seat()[0] == "excused", "she is still on the other one at 8:50"
    assert clock.now() > MONDAY
