"""Consent that members gave before their circle came to us: recorded when the import says so, never assumed."""

from datetime import datetime

import pytest

from backend.circles.models import Membership
from backend.circles.selectors import life
from backend.circles.services import joining
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.people.models import Consent
from tests.integration.importing.conftest import AMSTERDAM, HALIL, HEADER, RIET, Desk

PAPER = "--consent=Ik doe mee met de belcirkel, en u mag bij mij gaan kijken, 2025-03-12"


def test_without_it_nobody_has_agreed_and_the_report_says_how_many(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + RIET + HALIL)
    assert answer.status == 0
    assert answer.lines[-1] == (
        "Toestemming nodig: 2. Wie een nummer heeft wordt wel gebeld, want een cirkel die er al is gaat door. "
        "Leg de toestemming vast op de pagina met leden van de cirkel, of importeer opnieuw met --consent."
    )
    assert not Consent.objects.exists()
    assert [status for _place, _name, status in desk.ring()] == ["active", "active"], "a circle taken over goes on"
    (lack,) = [one for one in life.lacks(desk.circle()) if one.names]
    assert lack.names == ("Riet van den Heuvel", "Halil Özdemir"), "the circle's page names them"


def test_with_it_everybody_on_the_list_has_agreed_in_those_words_on_that_day(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + RIET + HALIL, PAPER)
    assert answer.lines[-1] == "Toestemming: van iedereen in de cirkel vastgelegd."
    riet = Consent.objects.get(person=desk.person("van den Heuvel"))
    assert riet.wording == "Ik doe mee met de belcirkel, en u mag bij mij gaan kijken"
    assert riet.given_at == datetime(2025, 3, 12, tzinfo=AMSTERDAM)
    assert (riet.channel, riet.version, riet.recorded_at) == ("paper", "imported", clock.now())


def test_importing_again_with_it_mends_what_was_left_out_and_takes_nobody_back(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL)
    now = clock.now()
    halil = Membership.objects.get(person=desk.person("Özdemir"))
    joining.agree(halil, given_at=now, how="visit", on_behalf_by="", actor=SYSTEM, now=now)
    joining.withdraw_consent(halil.pk, actor=SYSTEM, now=now)
    desk.imports(HEADER + RIET + HALIL, PAPER)
    agreed = Consent.objects.filter(withdrawn_at=None).values_list("person__family_name", flat=True)
    assert list(agreed) == ["van den Heuvel"], "who withdrew is not taken for agreeing again"


@pytest.mark.parametrize("text", ["Ik doe mee", ", 2025-03-12", "Ik doe mee, 2025-13-40", "Ik doe mee, 2099-01-01"])
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(desk: Desk, text: str) -> None:
    answer = desk.imports_new(HEADER + RIET, f"--consent={text}")
    assert answer.status == 2
    assert "Geef wat de leden is voorgelegd, een komma, en de dag" in answer.error
    assert not Membership.objects.exists()
