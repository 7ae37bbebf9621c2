"""The today board and a circle as a ring: what they say while a morning goes round."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.circles.models import Membership, Round
from backend.incidents.models import Incident
from backend.people.models import Absence, Organisation
from tests.integration.web import mornings
from tests.integration.web.mornings import NAMES, Morning
from tests.support.pages import text_of


def board(staff: Client) -> str:
    return text_of(staff.get("/today/panels/").content.decode())


def ring(staff: Client, morning: Morning) -> str:
    return staff.get(f"/circles/{morning.circle.pk}/ring/").content.decode()


def row(staff: Client, morning: Morning, name: str) -> str:
    """A member's line in the table, as it is read."""
    rows = re.findall(r"<tr>.*?</tr>", ring(staff, morning), flags=re.DOTALL)
    return next(text_of(line).strip() for line in rows if re.match(rf"[\d. ]*{name} ", text_of(line).strip()))


@pytest.fixture
def started(morning: Morning) -> Morning:
    """It is 8:30, and the round has begun."""
    mornings.set_time("08:30")
    morning.start()
    return morning


def test_before_it_starts_the_board_says_when(staff: Client, morning: Morning) -> None:
    morning.plan()
    assert "De Linde gepland begint om 8:30" in board(staff)
    assert "in orde 0 / 8" in board(staff)


def test_while_it_goes_round_the_board_counts_and_says_who_talks(staff: Client, started: Morning) -> None:
    started.goes_well(3)
    started.caller_answers()
    started.target_answers()
    assert "bezig sinds 8:30, moet rond zijn om 9:12" in board(staff)
    assert "in orde 4 / 8" in board(staff)
    assert "Truus praat met Sjef" in board(staff)


def test_a_closed_round_says_how_it_closed(staff: Client, started: Morning) -> None:
    mornings.set_time("08:52")
    started.goes_well(9)
    assert Round.objects.get().closed_how == "received"
    assert "de cirkel is rond gesloten om 8:52" in board(staff)


def test_a_circle_that_should_go_round_but_was_never_planned_is_an_alarm(staff: Client, morning: Morning) -> None:
    assert "zou vandaag rondgaan, maar is niet gepland" in board(staff)


def test_an_open_case_stands_at_the_top_with_its_age_level_and_a_button(staff: Client, started: Morning) -> None:
    mornings.set_time("08:41")
    case = started.case_about("Truus")
    mornings.set_time("08:44")
    page = staff.get("/today/panels/").content.decode()
    assert "sinds 8:41, 3 minuten · gewaarschuwd tot en met: vrijwilliger van dienst" in text_of(page)
    assert f'action="/incidents/{case.pk}/claim/"' in page
    assert page.index("Open meldingen") < page.index("Cirkels")
    staff.post(f"/incidents/{case.pk}/claim/")
    assert "U heeft deze melding" in board(staff)


def test_members_without_a_usable_number_are_listed(staff: Client, morning: Morning) -> None:
    Membership.objects.filter(person__given_name="Co").update(status=Membership.Status.NEEDS_NUMBER)
    assert "Deelnemers zonder bruikbaar nummer" in board(staff)
    assert "Co Linde (De Linde)" in board(staff)


def test_the_ring_says_in_words_where_everybody_is(staff: Client, started: Morning) -> None:
    mornings.set_time("08:33")
    started.goes_well(2)
    started.caller_answers()
    started.target_missed()
    assert "1. Riet Linde in orde drukte de toets toen de vorige belde 8:33" in row(staff, started, "Riet")
    assert "2. Halil Linde in orde; belt de volgende" in row(staff, started, "Halil")
    assert "3. Truus Linde gemist; wordt opnieuw gebeld" in row(staff, started, "Truus")
    assert row(staff, started, "Truus").split("8:33 ")[1].startswith("8:36")
    assert "4. Sjef Linde wordt gebeld" in row(staff, started, "Sjef")
    assert "5. Wilhelmina Linde nog niet gebeld" in row(staff, started, "Wilhelmina")
    started.target_answers()
    assert "in orde; praat met Sjef" in row(staff, started, "Halil")
    assert "in orde; praat met Halil" in row(staff, started, "Sjef")
    assert "Anneke de Vries (vrijwilliger) is het rondje begonnen" in row(staff, started, "Anneke")


def test_a_call_that_waits_for_its_moment_rings_nobody_yet(staff: Client, started: Morning) -> None:
    assert "Anneke de Vries (vrijwilliger) wordt zo gebeld" in row(staff, started, "Anneke")
    started.goes_out()
    assert "Anneke de Vries (vrijwilliger) wordt gebeld" in row(staff, started, "Anneke")


def test_the_drawing_shows_how_the_chain_went_and_who_talks(staff: Client, started: Morning) -> None:
    started.goes_well(2)
    started.caller_answers()
    started.target_answers()
    kinds = re.findall(r'class="link link-(\w+)"', ring(staff, started))
    assert kinds == ["went", "went", "talking"]
    looks = re.findall(r'class="spot look-(\w+)"', ring(staff, started))
    assert looks == ["well", "well", "talking", "talking", *["expected"] * 5]


def test_in_the_middle_stands_the_time_to_the_deadline(staff: Client, started: Morning) -> None:
    assert "nog 42 minuten" in text_of(ring(staff, started))
    mornings.set_time("09:11")
    assert "nog 1 minuut" in text_of(ring(staff, started))


def test_a_case_leads_from_the_ring_to_its_page(staff: Client, started: Morning) -> None:
    case = started.case_about("Truus")
    assert f'href="/incidents/{case.pk}/"' in ring(staff, started)
    assert "open melding: nog niemand heeft die" in row(staff, started, "Truus")
    staff.post(f"/incidents/{case.pk}/claim/")
    assert "open melding: Marijke Bos heeft die" in row(staff, started, "Truus")
    staff.post(f"/incidents/{case.pk}/outcome/", {"outcome": "found_well", "member": case.members.get().pk})
    assert "melding afgesloten" in row(staff, started, "Truus")


def test_on_a_day_without_a_round_the_ring_shows_who_takes_part(staff: Client, morning: Morning) -> None:
    page = text_of(ring(staff, morning))
    assert all(f"{name} Linde" in page for name in NAMES)


def report_absence(staff: Client, morning: Morning, name: str, first: str, last: str = ""):
    member = Membership.objects.get(person__given_name=name)
    form = {"member": member.pk, "first_day": first, "last_day": last, "reason": "hospital"}
    return staff.post(f"/circles/{morning.circle.pk}/absence/", form, follow=True)


def test_an_absence_is_recorded_on_the_members_behalf_and_seen_in_the_ring(staff: Client, morning: Morning) -> None:
    answer = report_absence(staff, morning, "Co", "2026-11-23", "2026-11-30")
    assert "De afwezigheid van Co Linde is vastgelegd" in answer.content.decode()
    absence = Absence.objects.get()
    assert (absence.last_day, absence.reason, absence.channel) == (date(2026, 11, 30), "hospital", "page")
    assert "Co Linde afgemeld ligt in het ziekenhuis" in row(staff, morning, "Co")


def test_who_was_missed_and_turns_out_to_be_away_is_reported_from_the_ring(staff: Client, started: Morning) -> None:
    started.caller_answers()
    started.target_missed()
    riet = started.person("Riet")
    link = f"/circles/{started.circle.pk}/absence/?person={riet.pk}"
    assert f'href="{link}"' in ring(staff, started)
    form = staff.get(link).content.decode()
    assert re.search(r"<option value=.\d+. selected>Riet Linde</option>", form)


def test_an_absence_that_ends_before_it_begins_is_refused_at_the_field(staff: Client, morning: Morning) -> None:
    answer = report_absence(staff, morning, "Co", "2026-11-23", "2026-11-20")
    assert answer.status_code == 422
    assert "Wissel de twee datums om" in answer.content.decode()
    assert not Absence.objects.exists()


def more_circles(organisation: Organisation, numbers: range) -> Morning:
    """Circles of which every second one has started and has an open case."""
    for number in numbers:
        one = Morning(organisation, name=f"Cirkel {number}", people=NAMES[:3], numbers_from=2000 + 10 * number)
        one.plan()
        if number % 2:
            mornings.set_time("08:30")
            one.start()
            one.case_about("Halil", Incident.Kind.WORRIED)
            mornings.set_time("08:25")
    return one


def test_board_and_ring_ask_the_database_no_more_for_twenty_circles_than_for_two(
    staff: Client, organisation: Organisation
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(address).status_code == 200
        return len(captured)

    circle = f"/circles/{more_circles(organisation, range(2)).circle.pk}/"
    few = queries("/today/"), queries(circle)
    more_circles(organisation, range(2, 20))
    assert (queries("/today/"), queries(circle)) == few
    assert max(few) < 45, "one or two for each panel of the three programmes"
