"""The page behind the link in the text: what a volunteer sees and does, on a telephone, without signing in."""

import re

import pytest
from django.test import Client

from backend.events import clock
from backend.incidents.models import Incident, Step
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, link_for
from tests.support.story import Story

TAKES_AND_GOES = {
    "hears": "Neemt u dit op u",
    "after": 60,
    "visits": [
        {"submit": "open"},
        {"submit": "claim"},
        {"after": 300, "submit": "arrived"},
        {"after": 600, "submit": "outcome", "fields": {"outcome": "found_well"}},
    ],
}


def test_a_simulated_volunteer_opens_claims_arrives_and_says_what_was_found(story: Story) -> None:
    story.on_duty("anneke", "+31600000100")
    story.lives("anneke", "+31600000100", habits=["no_answer"], texts=[TAKES_AND_GOES])
    for number, name in enumerate(("riet", "halil", "truus")):
        story.member(name, f"+3113000130{number}")
        story.lives(name, f"+3113000130{number}", habits=["no_answer"] if name == "halil" else None)
    story.lives("organisatie", "+31130009001", habits=["no_answer"])
    story.start()
    story.run(until="09:30")
    incident = Incident.objects.get(kind="no_answer")
    by_link = [step.what for step in Step.objects.filter(incident=incident, channel="link")]
    assert by_link == ["claimed", "arrived", "outcome"]
    assert (incident.state, incident.claimed_by_name) == ("closed", "Anneke Vrijwilliger")
    assert incident.members.get().outcome == "found_well"


@pytest.fixture
def incident(morning: Morning) -> Incident:
    """Halil has not been reached."""
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("08:50")
    return morning.case_about("Halil")


def test_nothing_personal_is_shown_before_the_button_is_pressed(incident: Incident, client: Client) -> None:
    page = client.get(link_for(incident)).content.decode()
    assert "De Linde" in page
    for secret in ("Halil", "Lindelaan", "Janssen", "013 000 13"):
        assert secret not in page.split("help-line")[0]


def test_after_opening_the_page_says_who_where_and_who_has_a_key(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    page = client.post(f"{address}open/", follow=True).content.decode()
    assert "Halil Linde" in page
    assert "Lindelaan 1" in page
    assert 'href="tel:+31130001301"' in page
    assert "Buurvrouw Janssen" in page
    assert "regenpijp" not in page


def test_a_link_opened_on_one_telephone_is_closed_on_another(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    client.post(f"{address}open/")
    assert "Halil" not in Client().get(address).content.decode()
    assert "Halil" not in client.get(link_for(incident)).content.decode()


def test_without_opening_nothing_can_be_done(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    for action in ("claim", "decline", "arrived", "outcome"):
        assert client.post(f"{address}{action}/", {"outcome": "found_well"}).status_code == 302
    incident.refresh_from_db()
    assert incident.state == "open"


def test_who_comes_second_is_told_who_has_it(incident: Incident, client: Client) -> None:
    first, second = link_for(incident), link_for(incident, "Bram")
    client.post(f"{first}open/")
    client.post(f"{first}claim/")
    other = Client()
    other.post(f"{second}open/")
    page = other.post(f"{second}claim/", follow=True).content.decode()
    assert "Anneke de Vries heeft deze melding" in page
    assert "Halil" not in page


def test_every_button_may_be_tapped_twice(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    for action in ("open", "open", "claim", "claim", "arrived", "arrived"):
        assert client.post(f"{address}{action}/", follow=True).status_code == 200
    member = incident.members.get().pk
    for _tap in range(2):
        found = client.post(f"{address}outcome/", {"outcome": "key_failed", "member": member}, follow=True)
        assert found.status_code == 200
    for _tap in range(2):
        found = client.post(f"{address}outcome/", {"outcome": "found_well", "member": member}, follow=True)
        assert found.status_code == 200
    by_link = [step.what for step in Step.objects.filter(incident=incident, channel="link")]
    assert by_link == ["claimed", "arrived", "outcome", "outcome"]
    assert "Deze melding is afgesloten" in found.content.decode()


def test_an_answer_is_asked_for_when_none_was_chosen(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    for action in ("open", "claim", "arrived"):
        client.post(f"{address}{action}/")
    answer = client.post(f"{address}outcome/", {"member": incident.members.get().pk})
    assert answer.status_code == 422
    assert "Kies wat u aantrof" in answer.content.decode()


def test_who_cannot_go_may_change_their_mind(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    client.post(f"{address}open/")
    page = client.post(f"{address}decline/", follow=True).content.decode()
    assert "De volgende wordt nu gewaarschuwd" in page
    assert re.search(r'<form id="claim"', page)


def test_an_unknown_or_expired_link_says_whom_to_ring(incident: Incident, client: Client) -> None:
    address = link_for(incident)
    mornings.minutes_later(4 * 60)
    for gone in (address, "/i/bestaat-niet/"):
        answer = client.get(gone)
        assert answer.status_code == 404
        assert "Bel het nummer" in answer.content.decode()


def test_where_the_key_is_sees_only_who_has_the_case_and_that_is_written_down(
    incident: Incident, client: Client
) -> None:
    address = link_for(incident)
    contact = incident.members.get().person.contacts.get()
    client.post(f"{address}open/")
    assert "regenpijp" not in client.post(f"{address}key/{contact.pk}/", follow=True).content.decode()
    client.post(f"{address}claim/")
    assert "regenpijp" in client.post(f"{address}key/{contact.pk}/").content.decode()
    [shown] = Step.objects.filter(incident=incident, what="key_note_shown")
    assert (shown.actor_name, shown.channel) == ("Anneke de Vries", "link")


def test_several_people_are_asked_about_one_by_one(morning: Morning, client: Client) -> None:
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("09:12")
    incident = morning.case_about_the_round("Riet", "Truus")
    address = link_for(incident)
    for action in ("open", "claim", "arrived"):
        page = client.post(f"{address}{action}/", follow=True).content.decode()
    assert "persoon 1 van 2" in page
    for name, found in (("Riet", "found_well"), ("Truus", "hospital")):
        assert f"Wat trof u aan bij {name} Linde?" in page
        member = incident.members.get(person__given_name=name)
        answer = {"outcome": found, "member": member.pk}
        page = client.post(f"{address}outcome/", answer, follow=True).content.decode()
    assert "Deze melding is afgesloten" in page
    assert [member.outcome for member in incident.members.order_by("pk")] == ["found_well", "hospital"]


def test_a_round_that_nobody_received_is_ended_with_one_answer(morning: Morning, client: Client) -> None:
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("09:12")
    incident = morning.case_about_the_round()
    address = link_for(incident)
    for action in ("open", "claim", "arrived"):
        client.post(f"{address}{action}/")
    client.post(f"{address}outcome/", {"outcome": "received", "member": ""})
    incident.refresh_from_db()
    assert incident.state == "closed"


def test_the_page_speaks_the_language_of_whoever_was_texted_until_they_choose_another(
    incident: Incident, client: Client
) -> None:
    address = link_for(incident)
    english = {"Accept-Language": "en-GB"}
    assert "Er is een melding van" in client.get(address, headers=english).content.decode()
    client.post("/language/", {"language": "en", "next": address})
    assert "There is a case of" in client.get(address).content.decode()


def test_in_a_demo_a_persons_tap_slows_the_clock_down_but_a_simulated_volunteers_does_not(
    incident: Incident, client: Client
) -> None:
    address = link_for(incident)
    clock.set_clock(virtual=clock.now(), rate=20)
    client.post(f"{address}open/")
    assert clock.anchor().rate == 20
    client.post(f"{address}claim/", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14)"})
    assert clock.anchor().rate == 1
