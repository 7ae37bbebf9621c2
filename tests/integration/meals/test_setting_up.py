"""A resto that is described in one piece, as rows."""

from datetime import date
from typing import Any

import pytest

from backend.common.errors import RondjeError
from backend.meals.domain.setup import RestoSetup
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services.setting_up import Made, set_up_resto
from backend.people.models import Organisation, Person
from backend.people.services.registering import register_person
from tests.support.restos import at

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
NOW = at("08:30", MONDAY)
DESCRIBED: dict[str, Any] = {
    "name": "De Lange Tafel",
    "slug": "lange-tafel",
    "chairs": 6,
    "rooms": [{"tables": [{"name": "1", "chairs": 6, "x": 30, "y": 30}]}],
    "tariffs": [{"name": "gewoon", "cents": 700}],
    "guests": [
        {"name": "Riet Wolters", "phones": ["+31130002211"]},
        {"name": "Halil Aydın", "phones": ["+31130002213"], "without": ["pork"]},
        {"name": "Truus Kamp", "phones": ["+31130002214"], "without": ["nuts"], "own_plate": True},
    ],
    "crew": [{"name": "Karim Bos", "phones": ["+31600000301"], "jobs": ["cook", "host"]}],
    "evenings": [
        {
            "cutoff": "12:30",
            "doors": "17:30",
            "dinner": "18:00",
            "ends": "20:30",
            "days_ahead": 1,
            "menu": [{"kind": "main", "name": "Stamppot", "variants": {"zonder spek": ["pork"]}}],
            "crew": {"cook": ["Karim Bos"]},
            "needs": {"host": 1},
            "reserved": [
                {"guest": "Riet Wolters", "covers": 2},
                {"guest": "Halil Aydın"},
                {"guest": "Truus Kamp", "covers": 2},
            ],
        }
    ],
}


def made(organisation: Organisation, **more: Any) -> Made:
    return set_up_resto(RestoSetup.model_validate(DESCRIBED | more), organisation, day=MONDAY, now=NOW)


def test_an_evening_with_its_menu_its_crew_and_who_has_reserved(organisation: Organisation) -> None:
    evening = made(organisation).evenings[0]
    assert (evening.date, evening.cutoff_at) == (date(2026, 11, 24), at("12:30", date(2026, 11, 24)))
    assert [(one.person.given_name, one.state) for one in evening.reservations.order_by("pk")] == [
        ("Riet", "reserved"),
        ("Halil", "reserved"),
        ("Truus", "waiting"),
    ]
    assert [(one.job, one.state) for one in evening.crew.order_by("job")] == [("cook", "confirmed"), ("host", "open")]
    assert (chairs_of(evening, NOW).covers, chairs_of(evening, NOW).free) == (5, 1)
    assert evening.courses.get().variants.get().without == ["pork"]


def test_who_does_not_eat_everything_has_a_plate_and_an_allergy_has_a_name(organisation: Organisation) -> None:
    made(organisation)
    plates = {row.person.given_name: row.plates.get() for row in Reservation.objects.filter(plates__isnull=False)}
    assert (plates["Halil"].without, plates["Halil"].name) == (["pork"], "")
    assert (plates["Truus"].without, plates["Truus"].own_plate, plates["Truus"].name) == (["nuts"], True, "Truus")


def test_a_member_of_the_circle_is_the_guest_of_that_name(organisation: Organisation) -> None:
    riet = register_person(organisation=organisation, given_name="Riet", family_name="Wolters", phones=["+31130002211"])
    assert made(organisation).people["Riet Wolters"] == riet
    assert Person.objects.filter(given_name="Riet").count() == 1


def test_who_can_neither_have_a_chair_nor_wait_stops_it_all(organisation: Organisation) -> None:
    crowd = [{**DESCRIBED["evenings"][0], "reserved": [{"guest": "Riet Wolters", "covers": 7}]}]
    with pytest.raises(RondjeError, match="Riet Wolters can neither reserve nor wait: no_table"):
        made(organisation, evenings=crowd)
    assert Evening.objects.get().reservations.count() == 0
