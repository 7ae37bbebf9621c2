"""What somebody is told that we hold about them: in words, without secrets, and without what is somebody else's."""

import json
from typing import Any

import pytest

from backend.events import clock
from backend.incidents.models import Incident
from backend.keeping.selectors.dossier import NOT_TOLD, dossier_of, sections
from backend.keeping.web.reading import LEFT_OUT, in_words
from backend.keeping.web.words import FIELDS, HEADINGS
from backend.notifications.models import InboundText, Message
from backend.people.models import Person
from backend.people.services import duty_links
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(settings: Any) -> Morning:
    """At 8:50 Anneke was alerted about Halil, by call and by text."""
    settings.RONDJE_DEMO = True
    morning = mornings.with_a_case_about_halil()
    mornings.link_for(Incident.objects.get())
    return morning


def told(person: Person) -> str:
    return json.dumps(dossier_of(person, clock.now()), ensure_ascii=False)


def texts(morning: Morning, line: str, body: str) -> None:
    now = clock.now()
    InboundText.objects.create(
        organisation=morning.organisation,
        sid=f"SM{body}",
        line=line,
        body=body,
        received_at=now,
        due_at=now,
        lane="live",
    )


def test_every_heading_and_every_field_has_words(morning: Morning) -> None:
    nameless = set()
    for heading, rows in [("person", Person.objects.all()), *sections(morning.volunteer)]:
        if heading not in HEADINGS and heading != "person":
            nameless.add(heading)
        for field in rows.model._meta.concrete_fields:
            if field.name not in FIELDS and field.name not in NOT_TOLD | LEFT_OUT:
                nameless.add(f"{heading}.{field.name}")
    assert nameless == set()


def test_no_secret_is_told_not_even_its_hash(morning: Morning) -> None:
    duty_links.make(morning.volunteer, clock.now())
    assert "dutylink" in told(morning.volunteer)
    assert "hash" not in told(morning.volunteer)


def test_a_volunteer_is_told_when_they_were_alerted_and_not_about_whom(morning: Morning) -> None:
    told_by_text = Message.objects.filter(line=morning.volunteer.phones.get().e164, host="incidents", way="text")
    assert told_by_text.update(body="Bram de Vries gaat kijken bij Halil. U hoeft niets te doen.") == 1

    dossier = told(morning.volunteer)

    assert '"heading": "messages"' in dossier
    for word in ("Halil", "Bram", "Lindelaan", "Janssen", "+31130001301"):
        assert word not in dossier
    assert Incident.objects.get().claimed_by_name == ""


def test_what_we_texted_to_somebody_who_acts_for_nobody_is_told(morning: Morning) -> None:
    riet = morning.person("Riet")
    line = riet.phones.get().e164
    texts(morning, line, "AFWEZIG tot 3 dec")
    InboundText.objects.update(answer="U bent afwezig tot en met 3 december.")
    assert "AFWEZIG tot 3 dec" in told(riet)
    assert "U bent afwezig tot en met 3 december." in told(riet)


def test_what_came_from_a_telephone_that_two_share_is_told_to_neither(morning: Morning) -> None:
    riet, jan = morning.person("Riet"), morning.person("Jan")
    line = riet.phones.get().e164
    jan.phones.update(e164=line)
    texts(morning, line, "Jan ligt in het ziekenhuis")
    assert "ziekenhuis" not in told(riet)
    assert "ziekenhuis" not in told(jan)


def test_the_page_shows_no_code(morning: Morning) -> None:
    mornings.a_swap(morning)
    shown = in_words(dossier_of(morning.volunteer, clock.now()))
    assert not [row["heading"] for row in shown["sections"] if "_" in str(row["heading"])]
