"""A member who counts on the morning and has no number: nobody can ring them, and nobody may forget them for it."""

from __future__ import annotations

import pytest
from django.db import transaction

from backend.circles.domain.modes import Mode
from backend.circles.domain.tally import Status
from backend.circles.models import Membership, Round
from backend.circles.selectors.accounting import day_lines
from backend.circles.services import joining
from backend.common.actors import SYSTEM
from backend.common.errors import RondjeError
from backend.events import clock
from backend.incidents.models import Incident
from backend.people.models import PhoneNumber
from tests.support.story import ANNEKE, ANSWERS, Story

PHONES = {"riet": "+31130001300", "truus": "+31130001301", "sjef": "+31130001302"}


def three(story: Story) -> None:
    """Three members, of whom Truus has lost her number since she joined."""
    story.ladder()
    story.lives("anneke", ANNEKE, habits=[ANSWERS, "no_answer"])
    for name, phone in PHONES.items():
        story.member(name, phone)
        story.lives(name, phone)
    story.start()
    PhoneNumber.objects.filter(e164=PHONES["truus"]).delete()


def statuses(story: Story) -> dict[str, Status]:
    lines = day_lines(story.begin.date(), [story.organisation], clock.now())
    return {line.name.split()[0]: line.status for line in lines}


def test_a_case_is_opened_when_the_morning_begins_and_the_chain_goes_on(story: Story) -> None:
    three(story)
    assert statuses(story) == dict.fromkeys(("Riet", "Truus", "Sjef"), Status.IN_PROGRESS), "she is expected"
    story.run(until="08:30")
    assert story.incidents() == [("no_answer", "open", ("Truus",))]
    assert Incident.objects.get().details["reason"] == "no_number"
    story.run(until="08:45")
    assert story.rings("truus") == []
    assert "Riet wil u spreken" in story.heard("sjef")
    assert story.standings() == {"Riet": "well", "Truus": "incident", "Sjef": "well"}
    assert statuses(story)["Truus"] == Status.INCIDENT_OPEN
    assert story.round.state == Round.State.CLOSED


def test_on_own_telephones_a_case_is_opened_when_the_platform_would_have_to_ring(story: Story) -> None:
    """As long as the ring goes by itself the others may reach her; along the ring the platform cannot."""
    story.goes_round(Mode.OWN_PHONE)
    three(story)
    story.run(until="08:40")
    assert story.incidents() == []
    story.run(until="08:58")
    assert ("no_answer", ("Truus",)) in [(kind, about) for kind, _state, about in story.incidents()]
    assert story.rings("truus") == []


def test_nobody_takes_part_without_a_number(story: Story) -> None:
    with pytest.raises(RondjeError, match="Truus Linde has no telephone number"):
        story.member("truus")
    assert not story.circle.memberships.exists()


def test_a_number_that_may_not_be_rung_is_none(story: Story) -> None:
    """It lies in the rows from somewhere: who waits for a place waits for a number then."""
    truus = story.member("truus", PHONES["truus"])
    PhoneNumber.objects.update(e164="112")
    Membership.objects.update(status=Membership.Status.WAITING)
    joining.agree(truus, given_at=clock.now(), how="visit", on_behalf_by="", actor=SYSTEM, now=clock.now())
    with transaction.atomic():
        assert joining.give_place(truus.pk, actor=SYSTEM).status == Membership.Status.NEEDS_NUMBER
