"""An incident as staff see it: who, where, what happened, and what they record."""

import pytest
from django.test import Client

from backend.incidents.models import Incident, Step
from backend.people.models import Role
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, at
from tests.support.pages import text_of


@pytest.fixture
def incident(morning: Morning) -> Incident:
    """Truus has not been reached; it is 8:41."""
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("08:41")
    return morning.case_about("Truus")


def page(staff: Client, incident: Incident) -> str:
    return staff.get(f"/incidents/{incident.pk}/").content.decode()


def steps(incident: Incident) -> list[str]:
    return [step.what for step in Step.objects.filter(incident=incident)]


def test_it_says_who_where_and_who_has_a_key(staff: Client, incident: Incident) -> None:
    read = text_of(page(staff, incident))
    assert "Truus Linde Lindelaan 1, 5000 AA Tilburg" in read
    assert "Nam vanmorgen de telefoon niet op. Sinds maandag 23 november, 8:41." in read
    assert "Buurvrouw Janssen (buurvrouw) 013 000 90 77 heeft een sleutel" in read
    assert "regenpijp" not in read


def test_a_coordinator_takes_it_goes_and_says_what_was_found(staff: Client, incident: Incident) -> None:
    staff.post(f"/incidents/{incident.pk}/claim/")
    mornings.set_time("08:55")
    staff.post(f"/incidents/{incident.pk}/arrived/")
    mornings.set_time("09:00")
    member = incident.members.get()
    staff.post(f"/incidents/{incident.pk}/outcome/", {"outcome": "found_well", "member": member.pk})
    incident.refresh_from_db()
    assert (incident.state, incident.claimed_by_name, incident.closed_at) == ("closed", "Marijke Bos", at("09:00"))
    read = text_of(page(staff, incident))
    assert "8:41 Marijke Bos: heeft de melding genomen op deze pagina" in read
    assert "8:55 Marijke Bos: staat bij de deur op deze pagina" in read
    assert "9:00 Marijke Bos: vastgelegd – Truus Linde: Aangetroffen, en alles is goed" in read


def test_what_happened_earlier_is_recorded_at_its_true_time(staff: Client, incident: Incident) -> None:
    mornings.set_time("09:20")
    member = incident.members.get()
    form = {"outcome": "found_well", "member": member.pk, "at": "08:50"}
    staff.post(f"/incidents/{incident.pk}/outcome/", form)
    outcome = Step.objects.get(incident=incident, what="outcome")
    assert (outcome.at, outcome.recorded_at) == (at("08:50"), at("09:20"))
    assert "ingevoerd om 9:20" in text_of(page(staff, incident))


def test_a_time_before_the_case_is_refused_in_words(staff: Client, incident: Incident) -> None:
    form = {"outcome": "found_well", "member": incident.members.get().pk, "at": "08:00"}
    answer = staff.post(f"/incidents/{incident.pk}/outcome/", form)
    assert answer.status_code == 400
    assert "tussen het openen van de melding en nu" in answer.content.decode()


def test_who_comes_second_is_told_who_has_it(staff: Client, incident: Incident, morning: Morning) -> None:
    staff.post(f"/incidents/{incident.pk}/claim/")
    other = Client()
    other.force_login(mornings.a_user("joost", morning.organisation, Role.Kind.CIRCLE_VOLUNTEER))
    answer = other.post(f"/incidents/{incident.pk}/claim/", follow=True)
    assert "Marijke Bos heeft deze melding al op zich genomen" in answer.content.decode()
    assert steps(incident).count("claimed") == 1


def test_who_cannot_go_after_all_gives_it_back(staff: Client, incident: Incident) -> None:
    staff.post(f"/incidents/{incident.pk}/claim/")
    staff.post(f"/incidents/{incident.pk}/decline/")
    read = text_of(page(staff, incident))
    assert "nog niemand heeft deze melding" in read
    assert "Marijke Bos: kan niet gaan" in read


def test_where_the_key_is_sees_only_who_has_the_case_and_that_is_written_down(
    staff: Client, incident: Incident
) -> None:
    contact = incident.members.get().person.contacts.get()
    address = f"/incidents/{incident.pk}/key/{contact.pk}/"
    assert staff.post(address).status_code == 403
    staff.post(f"/incidents/{incident.pk}/claim/")
    assert "regenpijp" in staff.post(address).content.decode()
    assert "Marijke Bos: heeft bekeken waar de sleutel is" in text_of(page(staff, incident))


def test_it_tells_who_was_alerted_and_how_that_ended(staff: Client, incident: Incident) -> None:
    read = text_of(page(staff, incident))
    assert "Anneke de Vries oproep 8:41 wacht" in read
    assert "Anneke de Vries sms 8:41 wacht" in read
    staff.post(f"/incidents/{incident.pk}/claim/")
    assert "Anneke de Vries oproep 8:41 ingetrokken: niet meer nodig" in text_of(page(staff, incident))


def test_a_closed_case_stays_readable_and_asks_nothing(staff: Client, incident: Incident) -> None:
    staff.post(f"/incidents/{incident.pk}/outcome/", {"outcome": "hospital", "member": incident.members.get().pk})
    closed = page(staff, incident)
    assert "gesloten om 8:41" in text_of(closed)
    assert '<form id="claim"' not in closed
    assert "outcome-form" not in closed
    again = staff.post(f"/incidents/{incident.pk}/claim/", follow=True)
    assert "Deze melding is al afgesloten" in again.content.decode()


def test_one_cause_with_several_people_asks_for_an_outcome_of_each(staff: Client, morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("09:12")
    incident = morning.case_about_the_round("Riet", "Truus")
    assert page(staff, incident).count('class="outcome-form"') == 2
    riet, truus = incident.members.order_by("pk")
    staff.post(f"/incidents/{incident.pk}/outcome/", {"outcome": "found_well", "member": riet.pk})
    assert page(staff, incident).count('class="outcome-form"') == 1
    staff.post(f"/incidents/{incident.pk}/outcome/", {"outcome": "found_well", "member": truus.pk})
    incident.refresh_from_db()
    assert incident.state == "closed"
