"""HULP by text, and STOP from somebody on duty."""

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.events.models import Event
from backend.notifications.models import InboxItem
from tests.support.story import ANNEKE, ANSWERS, BRAM, CARLA, CIRCLE_NUMBER, DUTY_PHONE, Story

RIET, SJEF, DAUGHTER = "+31600001300", "+31600001301", "+31690001400"


def two(story: Story) -> None:
    story.ladder()
    daughter = ContactEntry("Els", "dochter", PhoneEntry(DAUGHTER, "mobile", DAUGHTER), has_key=True)
    story.member("riet", RIET, contacts=(daughter,))
    story.member("sjef", SJEF)
    for name, line in (("riet", RIET), ("sjef", SJEF), ("anneke", ANNEKE), ("bram", BRAM), ("carla", CARLA)):
        story.lives(name, line)
    story.lives("els", DAUGHTER)
    story.lives("kantoor", DUTY_PHONE)
    story.start()


def test_help_from_a_member_opens_a_case_at_any_hour(story: Story) -> None:
    two(story)
    story.town.resident("riet").send_text(CIRCLE_NUMBER, "Ik heb hulp nodig 😢")
    story.run(until="08:27")
    assert story.incidents() == [("help", "claimed", ("Riet",))]
    assert "Wij waarschuwen nu iemand" in story.texts("riet")[0]


def test_help_in_mid_round_takes_the_member_out_of_the_round(story: Story) -> None:
    two(story)
    story.run(until="08:31")
    story.town.resident("sjef").send_text(CIRCLE_NUMBER, "HULP")
    story.run(until="09:10")
    assert story.standings()["Sjef"] == "incident"
    assert story.incidents() == [("help", "claimed", ("Sjef",))]


def test_help_from_family_opens_it_about_the_member_on_their_behalf(story: Story) -> None:
    two(story)
    story.town.resident("els").send_text(CIRCLE_NUMBER, "help")
    story.run(until="08:27")
    assert story.incidents()[0][2] == ("Riet",)
    opened = Event.objects.get(kind="incidents.opened")
    assert (opened.actor.split(":")[0], opened.on_behalf_of.split(":")[0], opened.channel) == (
        "contact",
        "person",
        "text",
    )


def test_help_from_a_stranger_rings_the_duty_telephone_until_a_person_takes_it(story: Story) -> None:
    two(story)
    story.lives("vreemd", "+31690001999")
    story.town.settle(
        [one if one["name"] != "kantoor" else {**one, "calls": ["no_answer", ANSWERS]} for one in story.residents]
    )
    story.town.resident("vreemd").send_text(CIRCLE_NUMBER, "HELP")
    story.run(until="08:29")
    assert "Is er gevaar? Bel 112" in story.texts("vreemd")[0]
    assert InboxItem.objects.get(kind="call_back").dealt_with_at is None
    story.run(until="08:40")
    assert len(story.rings("kantoor")) == 2
    assert "Het nummer is 0 6 9 0 0 0 1 9 9 9" in story.heard("kantoor")
    assert InboxItem.objects.get().dealt_with_by == f"organisation:{story.organisation.pk}"
    assert any("wil graag teruggebeld worden" in text for text in story.texts("carla"))


def test_stop_from_somebody_on_duty_keeps_them_on_the_ladder_and_tells_the_coordinator(story: Story) -> None:
    two(story)
    story.town.resident("anneke").send_text(CIRCLE_NUMBER, "STOP")
    story.run(until="08:28")
    assert "Anneke Vrijwilliger heeft dienst, maar heeft STOP gestuurd" in story.texts("carla")[0]
    assert InboxItem.objects.get().kind == "stopped_texts"
    story.town.resident("riet").send_text(CIRCLE_NUMBER, "HULP")
    story.run(until="08:30")
    assert story.rings("anneke") != []
    assert story.texts("anneke") == []


def test_start_brings_texts_back(story: Story) -> None:
    two(story)
    story.town.resident("anneke").send_text(CIRCLE_NUMBER, "STOP")
    story.run(until="08:26")
    story.town.resident("anneke").send_text(CIRCLE_NUMBER, "START")
    story.run(until="08:28")
    assert story.texts("anneke") == ["U krijgt weer sms'jes van Welzijn Oost. Wilt u dat niet meer? Antwoord STOP."]
