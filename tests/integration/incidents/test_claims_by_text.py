"""JA, NEE, ER and what was found, by text: the services that links use, with the same rules."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.circles.services import swaps
from backend.common import actors
from backend.events import clock
from backend.incidents import menu
from backend.incidents.models import Incident
from backend.notifications.domain.prompts import Key
from backend.notifications.models import InboxItem
from backend.notifications.registry import Caller, MenuCall
from backend.notifications.services import conversation
from backend.people.models import Absence, DutyShift, DutySwap, Person
from tests.support.story import ANNEKE, BRAM, CARLA, MONDAY, Story

RIET, SJEF, NEIGHBOUR = "+31130001300", "+31130001301", "+31690001400"
ASKS = "Neemt u dit op u? JA/NEE"


@pytest.fixture
def told(story: Story) -> Story:
    """Riet does not answer; nobody picks up an alert, but all have their texts before them."""
    story.ladder()
    neighbour = ContactEntry("Bep", "buurvrouw", PhoneEntry(NEIGHBOUR, "mobile", NEIGHBOUR), has_key=True)
    story.member("riet", RIET, contacts=(neighbour,))
    story.member("sjef", SJEF)
    story.lives("riet", RIET, habits=["no_answer"])
    story.lives("sjef", SJEF)
    story.lives(
        "anneke",
        ANNEKE,
        habits=[{"pick_up": 5, "press": "1", "talk": 60, "on": [{"hears": "Neemt u", "stay_silent": True}]}],
    )
    story.lives("bram", BRAM, habits=["no_answer"])
    story.lives("carla", CARLA, habits=["no_answer"])
    story.lives("bep", NEIGHBOUR, habits=["no_answer"])
    return story


def until_asked(story: Story, name: str = "anneke") -> None:
    """Until somebody has the alert's text."""
    for _step in range(400):
        if any(ASKS in text for text in story.texts(name)):
            return
        story.step()
    raise AssertionError(f"{name} was never asked.")


def says(story: Story, name: str, body: str) -> list[str]:
    """Somebody sends a text; what they are texted within the next seconds."""
    return story.sends(name, body)


def test_yes_claims_there_arrives_and_a_number_says_what_was_found(told: Story) -> None:
    told.start()
    until_asked(told)
    claimed, codes = sorted(says(told, "anneke", "Ja!"), key=lambda text: "1 gaat goed" in text)
    assert "u heeft de melding. Gegevens, en wat u vond: http" in claimed
    assert codes == (
        "Telefooncirkel De Linde: Antwoord ER als u er bent. Daarna: 1 gaat goed, 2 hulp nodig, 3 ziekenhuis, 4 vals "
        "alarm, 5 sleutel past niet, 6 112 gebeld."
    )
    (arrived,) = says(told, "anneke", "ben er")
    assert "genoteerd, u bent er" in arrived
    (noted,) = says(told, "anneke", "1")
    assert noted == "Telefooncirkel De Linde: genoteerd: gaat goed. De melding is afgesloten. Dank u wel."
    incident = Incident.objects.get()
    assert (incident.state, incident.claimed_by_name) == ("closed", "Anneke Vrijwilliger")
    by_text = [step.what for step in incident.steps.filter(channel="text")]
    assert by_text == ["claimed", "arrived", "outcome"]


def test_no_lets_the_ladder_go_on_at_once(told: Story) -> None:
    told.start()
    until_asked(told)
    (declined,) = says(told, "anneke", "Nee, ik kan niet")
    assert "Wij vragen nu de volgende" in declined
    assert any(ASKS in text for text in told.texts("bram"))


def test_first_claim_wins_and_the_second_is_told_who_has_it(told: Story) -> None:
    told.start()
    until_asked(told, "bram")
    says(told, "bram", "JA")
    (answer,) = says(told, "anneke", "ja ik ga")
    assert answer == (
        "Telefooncirkel De Linde: Bram Vrijwilliger heeft deze melding al. U hoeft niets te doen. Dank u wel."
    )
    (answer,) = says(told, "anneke", "1")
    assert "Bram Vrijwilliger heeft deze melding al" in answer
    assert Incident.objects.get().claimed_by_name == "Bram Vrijwilliger"


def test_two_open_questions_are_told_apart_by_number(told: Story) -> None:
    told.residents[1]["calls"] = ["no_answer"]
    told.start()
    until_asked(told)
    while Incident.objects.count() < 2 or sum(ASKS in text for text in told.texts("anneke")) < 2:
        told.step()
    (which,) = says(told, "anneke", "JA")
    assert which.startswith("U heeft 2 meldingen. Antwoord JA 1 of JA 2. 1: Telefooncirkel De Linde, iemand heeft")
    assert not Incident.objects.filter(state="claimed").exists()
    says(told, "anneke", "ja 2")
    first, second = Incident.objects.order_by("pk")
    assert (first.state, second.state) == ("open", "claimed")
    says(told, "anneke", "ja")
    first.refresh_from_db()
    assert first.state == "claimed"
    (which,) = says(told, "anneke", "1")
    assert "Antwoord 1 bij 1 of 1 bij 2" in which
    says(told, "anneke", "1 bij 2")
    second.refresh_from_db()
    assert (first.state, second.state) == ("claimed", "closed")


def test_a_wrong_or_late_answer_is_answered_helpfully(told: Story) -> None:
    told.start()
    until_asked(told)
    (answer,) = says(told, "anneke", "1")
    assert "neemt u deze melding op u? Antwoord JA of NEE" in answer
    (answer,) = says(told, "anneke", "wat moet ik nu eigenlijk doen?")
    assert "Wij begrijpen uw bericht niet vanzelf. Neemt u de melding op u?" in answer
    assert InboxItem.objects.count() == 1
    says(told, "anneke", "ja")
    (answer,) = says(told, "anneke", "8")
    assert "8 kennen wij niet" in answer
    (answer,) = says(told, "anneke", "5")
    assert "sleutel past niet" in answer
    assert any(ASKS in text for text in told.texts("bram"))
    says(told, "anneke", "4")
    (answer,) = says(told, "anneke", "2")
    assert "al afgesloten. Er is niets veranderd" in answer
    assert Incident.objects.get().members.get().outcome == "false_alarm"


def test_a_contact_claims_by_text_as_well(told: Story) -> None:
    told.start()
    until_asked(told, "bep")
    says(told, "bep", "Ok ik ga")
    assert Incident.objects.get().claimed_by_name == "Bep"


def test_help_from_whoever_has_the_case_sends_others(told: Story) -> None:
    told.start()
    until_asked(told, "bram")
    says(told, "bram", "ja")
    before = len(told.texts("anneke"))
    assert any("wij vragen er nu meteen anderen bij" in text for text in says(told, "bram", "HULP"))
    assert any(ASKS in text for text in told.texts("anneke")[before:])
    assert "asked_again" in told.timeline()


def test_an_answer_to_nothing_is_shown_to_a_person(told: Story) -> None:
    told.start()
    (answer,) = says(told, "carla", "JA")
    assert "een medewerker leest het" in answer
    assert InboxItem.objects.get().person.given_name == "Carla"


def test_no_to_a_case_that_somebody_has_is_told_who_has_it_and_alerts_nobody(told: Story) -> None:
    told.start()
    until_asked(told, "bram")
    says(told, "bram", "ja")
    (answer,) = says(told, "anneke", "nee")
    assert "Bram Vrijwilliger heeft deze melding al" in answer
    assert "declined" not in told.timeline()


def test_who_will_be_there_in_a_while_has_the_case_and_is_not_at_the_door(told: Story) -> None:
    told.start()
    until_asked(told)
    says(told, "anneke", "ja ik ben er over een kwartier")
    incident = Incident.objects.get()
    assert (incident.claimed_by_name, incident.arrived_at) == ("Anneke Vrijwilliger", None)


def test_minutes_are_no_number_of_a_case_and_not_going_is_no_claim(told: Story) -> None:
    told.start()
    until_asked(told)
    says(told, "anneke", "ik ga niet")
    assert Incident.objects.get().claimed_by_name == ""
    says(told, "anneke", "Ik kom er toch over 10 minuten")
    assert Incident.objects.get().claimed_by_name == "Anneke Vrijwilliger"


def test_the_answer_to_about_whom_closes_no_case(told: Story) -> None:
    """Bep has Riet's case, and reports in the same minutes that Jan is away: her "2" is Jan, and no outcome."""
    neighbour = ContactEntry("Bep", "buurvrouw", PhoneEntry(NEIGHBOUR, "mobile", NEIGHBOUR), has_key=True)
    told.member("jan", "+31130001302", contacts=(neighbour,))
    told.lives("jan", "+31130001302")
    told.start()
    until_asked(told, "bep")
    says(told, "bep", "ja")
    (asked,) = says(told, "bep", "afwezig t/m 3 dec")
    assert "1 = Riet, 2 = Jan" in asked
    (noted,) = says(told, "bep", "2")
    assert noted.startswith("Jan is afwezig van maandag 23 november tot en met donderdag 3 december.")
    (longer,) = says(told, "bep", "Riet is afwezig")
    assert "Langer?" in longer
    (unclear,) = says(told, "bep", "1")
    assert unclear.startswith("Wij begrijpen uw bericht niet vanzelf. Antwoord ER als u er bent.")
    assert "Langer?" in says(told, "bep", "Riet is afwezig")[0]
    assert "tot en met donderdag 3 december" in says(told, "bep", "t/m 3 dec")[0]
    assert Incident.objects.get().state == "claimed"
    assert {one.person.given_name: one.last_day for one in Absence.objects.filter(withdrawn_at=None)} == {
        "Riet": date(2026, 12, 3),
        "Jan": date(2026, 12, 3),
    }


def test_yes_to_a_duty_is_no_answer_to_the_alert_before_it(told: Story) -> None:
    told.start()
    until_asked(told, "bram")
    says(told, "anneke", "ja")
    thursday = MONDAY.date() + timedelta(days=3)
    anneke = Person.objects.get(given_name="Anneke")
    actor = actors.person(anneke.pk, "link")
    rank = DutyShift.Rank.PRIMARY
    swaps.offer(told.circle, owner=anneke, rank=rank, day=thursday, actor=actor, now=clock.now())
    told.run(until="09:05")
    (answer,) = says(told, "bram", "JA")
    assert answer == "Dank u wel. U heeft op do 26 nov dienst voor telefooncirkel De Linde."
    assert DutySwap.objects.get().taken_by == Person.objects.get(given_name="Bram")


def test_who_rings_and_comes_second_is_told_who_has_it(told: Story) -> None:
    told.start()
    until_asked(told, "bram")
    anneke = Person.objects.get(given_name="Anneke")
    attempt = conversation.begin_inbound(told.organisation, line=ANNEKE, sid="CA1", account="first", now=clock.now())
    call = MenuCall(attempt, told.organisation, Caller(anneke), clock.now())
    offered = menu.converse(call, {}, None)
    says(told, "bram", "ja")
    for key in ("1", "2"):
        with transaction.atomic():
            turn = menu.converse(call, offered.place, Key(key))
        assert turn.words == (
            "Telefooncirkel De Linde: Bram Vrijwilliger heeft deze melding al. U hoeft niets te doen. Dank u wel."
        )
    assert Incident.objects.get().claimed_by_name == "Bram Vrijwilliger"
    assert "declined" not in told.timeline()
