"""A coordinator sees what is held about somebody, takes it along, and has it erased."""

import json

from django.test import Client

from backend.keeping.models import Erasure
from backend.keeping.services import purging
from backend.people.models import Person
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


def test_everybody_is_found_by_part_of_a_name_in_a_constant_number_of_queries(
    staff: Client, morning: Morning, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        page = staff.get("/people/").content.decode()
    assert "Halil Linde" in page
    page = staff.get("/people/", {"name": "hali"}).content.decode()
    assert "Halil Linde" in page
    assert "Truus" not in page
    assert "Niemand heet zo." in staff.get("/people/", {"name": "niemand"}).content.decode()


def test_the_page_tells_in_dutch_what_is_held_and_the_file_tells_a_machine(staff: Client, morning: Morning) -> None:
    halil = morning.person("Halil")
    page = staff.get(f"/people/{halil.pk}/data/").content.decode()
    for words in (
        "Lindelaan 1",
        "+31130001301",
        "Buurvrouw Janssen",
        "Telefoonnummers",
        "Mensen in de buurt",
        "Achternaam",
    ):
        assert words in page
    answer = staff.get(f"/people/{halil.pk}/data.json")
    assert answer["Content-Disposition"] == f'attachment; filename="person-{halil.pk}.json"'
    assert json.loads(answer.content)["person"]["given_name"] == "Halil"


def test_erasing_asks_who_asked_and_whether_it_is_meant(staff: Client, morning: Morning) -> None:
    halil = morning.person("Halil")
    answer = staff.post(f"/people/{halil.pk}/erase/", {"asked_by": "family"})
    assert answer.status_code == 422
    assert "Zet hier een vinkje" in answer.content.decode()
    assert Person.objects.get(pk=halil.pk).given_name == "Halil"

    answer = staff.post(f"/people/{halil.pk}/erase/", {"asked_by": "family", "is_sure": "on"}, follow=True)

    assert "De persoon is gewist." in answer.content.decode()
    assert "Halil" not in answer.content.decode()
    assert Erasure.objects.get().asked_by == "family"
    assert staff.get(f"/people/{halil.pk}/data/").status_code == 404
    assert "Gevraagd door: Familie" in staff.get("/keeping/").content.decode()


def test_erasing_is_refused_in_words_while_a_case_is_open(staff: Client, morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("08:50")
    morning.case_about("Halil")
    halil = morning.person("Halil")
    answer = staff.post(f"/people/{halil.pk}/erase/", {"asked_by": "family", "is_sure": "on"})
    assert answer.status_code == 409
    assert "ochtend die nu loopt" in answer.content.decode()
    assert Person.objects.get(pk=halil.pk).given_name == "Halil"


def test_what_is_kept_and_what_has_gone_is_shown(staff: Client, morning: Morning) -> None:
    page = staff.get("/keeping/").content.decode()
    assert "Zoveel dagen bewaard" in page
    assert "730" in page
    mornings.set_time("08:30")
    morning.start()
    morning.round.seats.update(standing="well")
    type(morning.round).objects.update(state="closed", closed_at=mornings.at("09:10"), closed_how="received")
    purging.purge(mornings.at("09:00").replace(year=2027, month=1))
    page = staff.get("/keeping/").content.decode()
    assert "8 × Nummers in ochtenden, ouder dan 24 december 2026" in page
    assert "november 2026" in page
