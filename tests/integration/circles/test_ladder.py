"""Incidents: louder until somebody claims, back again without an outcome, stood down only as defined."""

from django.db import transaction

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.common.actors import user
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.notifications.models import Message
from tests.support.story import ANNEKE, ANSWERS, BRAM, CARLA, CIRCLE_NUMBER, DUTY_PHONE, Story

CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}]}
HEARS_NEWS = {"pick_up": 4, "press": "1"}
NEIGHBOUR = ContactEntry(
    name="Piet", relation="buurman", phone=PhoneEntry("+31130001900", "landline", "013-0001900"), has_key=True
)


def silent_riet(story: Story, **habits: list[object]) -> None:
    """A circle of Riet, who is silent, and Sjef; a ladder of volunteers; a neighbour with a key."""
    story.ladder()
    story.member("riet", "+31130001300", contacts=(NEIGHBOUR,))
    story.member("sjef", "+31130001301")
    story.lives("riet", "+31130001300", habits=habits.get("riet", ["no_answer"]), rings_in=habits.get("rings_in", []))
    story.lives("sjef", "+31130001301")
    story.lives("anneke", ANNEKE, habits=habits.get("anneke", [ANSWERS, ANSWERS, "no_answer"]))
    story.lives("bram", BRAM, habits=habits.get("bram", ["no_answer"]))
    story.lives("piet", "+31130001900", habits=habits.get("piet", ["no_answer"]))
    story.lives("carla", CARLA, habits=habits.get("carla", ["no_answer"]))
    story.lives("kantoor", DUTY_PHONE, habits=habits.get("kantoor", ["no_answer"]))
    story.start()


def test_unclaimed_incident_goes_up_the_ladder_and_gets_louder_for_ever(story: Story) -> None:
    silent_riet(story)
    story.run(until="10:30")
    opened = Incident.objects.get(kind="no_answer").opened_at
    minutes = [
        (round((step.at - opened).total_seconds() / 60), step.details["role"])
        for step in Incident.objects.get(kind="no_answer").steps.filter(what="alerted")
    ]
    assert minutes == [(0, "duty"), (5, "backup"), (10, "contact"), (20, "coordinator"), (30, "organisation")]
    for name in ("anneke", "bram", "piet", "carla", "kantoor"):
        assert len(story.rings(name)) >= 10, f"{name} is rung every five minutes"
    assert story.incidents() == [("no_answer", "open", ("Riet",))], "and nobody has made it go away"


def test_whoever_claims_by_key_hears_the_details_and_the_others_are_told(story: Story) -> None:
    silent_riet(story, bram=[CLAIMS])
    story.run(until="09:00")
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]
    assert Incident.objects.get().claimed_by_name == "Bram Vrijwilliger"
    assert "Lindelaan 1" in story.heard("bram")
    assert "buurman Piet heeft een sleutel" in story.heard("bram")
    assert all("Riet" not in text for text in story.texts("anneke")), "no name before somebody claims"
    assert any("iemand heeft de melding op zich genomen" in text for text in story.texts("anneke"))
    assert story.rings("piet") == [], "nobody else is rung after the claim"


def test_claim_without_outcome_comes_back_to_the_claimant_and_the_next_level(story: Story) -> None:
    silent_riet(story, bram=[CLAIMS, "no_answer"])
    story.run(until="09:30")
    assert any("wat heeft u gevonden" in text for text in story.texts("bram"))
    assert len(story.rings("piet")) >= 1, "the next level"
    assert "outcome_overdue" in story.timeline("no_answer")


def test_declining_passes_on_at_once(story: Story) -> None:
    cannot = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "2"}]}
    silent_riet(story, anneke=[ANSWERS, ANSWERS, cannot], bram=[CLAIMS])
    story.run(until="09:00")
    steps = list(Incident.objects.get().steps.values_list("what", "at"))
    declined_at = next(at for what, at in steps if what == "declined")
    backup_at = [at for what, at in steps if what == "alerted"][1]
    assert backup_at == declined_at


def test_late_ring_in_stands_down_and_whoever_is_on_the_way_is_told(story: Story) -> None:
    """Riet rings in at 9:10, when Bram has claimed but has not arrived."""
    silent_riet(story, bram=[CLAIMS, HEARS_NEWS], rings_in=[{"at": "09:00", "to": CIRCLE_NUMBER, "press": "1"}])
    story.run(until="09:15")
    assert story.incidents() == [("no_answer", "closed", ("Riet",))]
    assert "U hoeft niet te gaan" in story.heard("bram")
    assert any("heeft zich telefonisch gemeld" in text for text in story.texts("bram"))
    member = Incident.objects.get().members.get()
    assert member.outcome == Outcome.ANSWERED_LATE


def test_late_ring_in_after_arrival_is_told_but_only_a_person_ends_it(story: Story) -> None:
    silent_riet(story, bram=[CLAIMS, HEARS_NEWS], rings_in=[{"at": "09:10", "to": CIRCLE_NUMBER, "press": "1"}])
    story.run(until="09:05")
    with transaction.atomic():
        incident = claiming.locked(Incident.objects.get().pk)
        closing.record_arrival(incident, actor=user(1), name="Bram", now=clock.now())
    story.run(until="09:20")
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]
    assert "late_proof" in story.timeline()
    assert "Kijk toch even" in story.heard("bram")


def test_key_that_does_not_work_brings_the_next_level_and_the_case_stays_open(story: Story) -> None:
    silent_riet(story, bram=[CLAIMS])
    story.run(until="08:55")
    with transaction.atomic():
        incident = claiming.locked(Incident.objects.get().pk)
        closing.record_outcome(
            incident, member_id=None, outcome=Outcome.KEY_FAILED, actor=user(1), name="Bram", now=clock.now()
        )
    story.run(until="09:00")
    assert story.incidents() == [("no_answer", "claimed", ("Riet",))]
    assert len(story.rings("piet")) == 1


def test_outcome_closes_and_silences_everything(story: Story) -> None:
    silent_riet(story, bram=[CLAIMS])
    story.run(until="08:55")
    with transaction.atomic():
        incident = claiming.locked(Incident.objects.get().pk)
        closing.record_outcome(
            incident, member_id=None, outcome=Outcome.FOUND_WELL, actor=user(1), name="Bram", now=clock.now()
        )
    before = len(story.town.journal())
    story.run(until="10:30")
    assert [entry["kind"] for entry in story.town.journal()[before:] if entry["kind"] == "rings"] == []
    assert not Message.objects.filter(state="queued").exists()


def test_no_emergency_number_is_ever_rung(story: Story) -> None:
    story.organisation.duty_phone = "112"
    story.organisation.save()
    silent_riet(story)
    story.run(until="09:20")
    assert not Message.objects.filter(line="112").exists()
    assert story.incidents() == [("no_answer", "open", ("Riet",))], "a wrong number stops no incident"
    assert story.timeline()[-1] != "closed"
    assert "level_skipped" in story.timeline()


def test_incident_is_opened_even_when_nobody_could_be_reached(story: Story) -> None:
    """Bad configuration must not swallow a case: it is on the board, and open until a person ends it."""
    story.organisation.duty_phone = ""
    story.organisation.save()
    story.member("riet", "+31130001300")
    story.lives("riet", "+31130001300", habits=["no_answer"])
    story.start()
    story.run(until="09:30")
    assert ("no_answer", "open", ("Riet",)) in story.incidents()
