"""AFWEZIG and TERUG by text: recorded once for all programmes, told back in full, asked when unclear."""

from datetime import date

import pytest

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.notifications.models import InboxItem
from backend.people.models import Absence
from tests.support.story import ANNEKE, Story

RIET, SJEF, DAUGHTER = "+31600001300", "+31600001301", "+31690001400"


@pytest.fixture
def told(story: Story) -> Story:
    """Riet and Sjef have a mobile, and Riet a daughter."""
    story.ladder()
    story.lives("anneke", ANNEKE)
    daughter = ContactEntry("Els", "dochter", PhoneEntry(DAUGHTER, "mobile", DAUGHTER), has_key=True)
    story.member("riet", RIET, contacts=(daughter,))
    story.member("sjef", SJEF)
    story.lives("riet", RIET, habits=["no_answer"])
    story.lives("sjef", SJEF)
    story.lives("els", DAUGHTER)
    story.start()
    return story


def says(story: Story, name: str, *bodies: str) -> str:
    """Somebody sends texts, one after the other; the last answer to them."""
    return story.sends(name, *bodies)[-1]


def absences() -> list[tuple[str, date, date | None, str, str, str]]:
    return [
        (
            one.person.given_name,
            one.first_day,
            one.last_day,
            one.channel,
            one.reported_by.split(":")[0],
            one.on_behalf_of,
        )
        for one in Absence.objects.filter(withdrawn_at=None).order_by("pk")
    ]


def test_a_member_reports_themselves_away_before_the_start_and_is_not_rung(told: Story) -> None:
    answer = says(told, "riet", "Afwezig t/m 3 dec!")
    assert answer == (
        "U bent afwezig van maandag 23 november tot en met donderdag 3 december. Klopt dat niet? Bel 013 000 90 00. "
        "Weer thuis? Antwoord TERUG."
    )
    told.run(until="09:10")
    assert told.standings() == {"Riet": "excused", "Sjef": "well"}
    assert told.rings("riet") == []
    assert absences() == [("Riet", date(2026, 11, 23), date(2026, 12, 3), "text", "person", "")]


def test_an_absence_in_mid_round_ends_the_ringing(told: Story) -> None:
    told.run(until="08:33")
    assert len(told.rings("riet")) == 1
    says(told, "riet", "ben er niet tot morgen")
    told.run(until="09:10")
    assert told.standings()["Riet"] == "excused"
    assert len(told.rings("riet")) == 1
    assert told.incidents() == []


def test_family_reports_it_on_behalf(told: Story) -> None:
    answer = says(told, "els", "Mijn moeder is afwezig van 3 tot 5 december")
    assert answer.startswith("Riet is afwezig van donderdag 3 december tot en met zaterdag 5 december.")
    ((name, _first, _last, channel, who, behalf),) = absences()
    assert (name, channel, who, behalf.split(":")[0]) == ("Riet", "text", "contact", "person")


def test_without_a_date_only_today_is_certain_and_the_rest_is_asked(told: Story) -> None:
    assert says(told, "riet", "AFWEZIG").startswith("U bent vandaag, maandag 23 november, afwezig. Langer?")
    assert absences() == [("Riet", date(2026, 11, 23), date(2026, 11, 23), "text", "person", "")]
    assert "tot en met donderdag 3 december" in says(told, "riet", "t/m 3 dec")
    told.run(until="09:10")
    assert told.standings()["Riet"] == "excused"


def test_what_could_mean_two_things_is_asked_and_shown_to_a_person(told: Story) -> None:
    assert "Wij begrijpen niet welke dagen u bedoelt; er is nog niets genoteerd" in says(
        told, "riet", "afwezig maandag"
    )
    assert absences() == []
    assert InboxItem.objects.get().text.body == "afwezig maandag"


def test_back_ends_what_holds_today_and_keeps_what_lies_ahead(told: Story) -> None:
    answer = says(told, "riet", "afwezig t/m 25-11", "afwezig 3 dec", "Weer thuis!")
    assert answer == (
        "U bent niet meer afwezig en hoort er weer bij. Klopt dat niet? Bel 013 000 90 00. "
        "U bent afwezig op donderdag 3 december."
    )
    assert absences() == [("Riet", date(2026, 12, 3), date(2026, 12, 3), "text", "person", "")]
    told.run(until="08:40")
    assert told.rings("riet") != []


def test_back_when_nobody_was_away_changes_nothing(told: Story) -> None:
    assert says(told, "riet", "TERUG").startswith("U bent bij ons niet afwezig gemeld.")


def test_back_with_a_date_is_not_back_yet(told: Story) -> None:
    says(told, "riet", "afwezig tot nader order")
    assert "niets genoteerd" in says(told, "riet", "terug op 3 dec")
    assert absences() == [("Riet", date(2026, 11, 23), None, "text", "person", "")]


def test_two_who_share_a_number_are_asked_for_by_name(story: Story) -> None:
    story.member("riet", RIET)
    story.member("jan", RIET)
    story.lives("thuis", RIET)
    story.start()
    assert says(story, "thuis", "afwezig t/m 3 dec") == "Over wie gaat het? Antwoord: 1 = Riet, 2 = Jan."
    assert says(story, "thuis", "2").startswith("Jan is afwezig van maandag 23 november tot en met")
    assert says(story, "thuis", "Riet afwezig morgen").startswith("Riet is afwezig op dinsdag 24 november.")
    assert [name for name, *_rest in absences()] == ["Jan", "Riet"]


def test_the_same_absence_twice_is_one(told: Story) -> None:
    says(told, "riet", "afwezig t/m 3 dec", "Afwezig tm 3 dec")
    assert len(absences()) == 1


def test_an_english_speaker_is_answered_in_english(told: Story) -> None:
    told.organisation.people.filter(given_name="Sjef").update(language="en")
    assert says(told, "sjef", "AWAY until 3 Dec").startswith("You are away from Monday 23 November up to and including")
