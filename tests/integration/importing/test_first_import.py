"""A list that comes in for the first time."""

import logging
from datetime import date, time

import pytest

from backend.circles.models import Circle, Membership, Round
from backend.circles.selectors.members import expected_members
from backend.circles.selectors.settings import scope_of
from backend.circles.services.planning import plan
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.people.models import Contact, DutyShift, Person
from tests.integration.importing.conftest import ANNEKE, HALIL, HEADER, RIET, SJEF, SUNDAY_NOON, TRUUS, Desk, row
from worker import lanes


def test_a_good_list_becomes_a_circle_with_a_volunteer(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + RIET + HALIL, "--weekdays=ma-vr")

    assert answer.status == 0
    assert answer.lines[0] == "lijst.csv → Welzijn Oost, De Linde"
    assert "Rij 2 · mevrouw Riet van den Heuvel · nieuw, plaats 1 in de ring" in answer.lines
    assert answer.about("De cirkel") == [
        "begrepen Nieuwe cirkel De Linde: begint om 08:30; dagen: ma, di, wo, do, vr.",
        "begrepen De eerste ochtend is ma 23-11-2026.",
        "begrepen Nieuwe vrijwilliger Anneke de Boer: 06 0000 01 00.",
        "begrepen Anneke de Boer heeft dienst; dagen: ma, di, wo, do, vr.",
    ]
    assert answer.summary == (
        "Samenvatting: 2 leden opgeslagen in de ring, 0 op de wachtlijst, 0 hebben een nummer nodig, "
        "0 ongewijzigd, 0 met verschillen, 0 rijen om na te kijken."
    )
    assert answer.lines[-2] == "Wat nu: Er is niets na te kijken."
    assert answer.lines[-1].startswith("Toestemming nodig: 2.")

    circle = desk.circle()
    assert (circle.start_time, circle.weekdays, circle.status) == (time(8, 30), [0, 1, 2, 3, 4], "active")
    assert desk.ring() == [(1, "Riet van den Heuvel", "active"), (2, "Halil Özdemir", "active")]
    halil = desk.person("Özdemir")
    assert [(one.e164, one.kind) for one in halil.phones.all()] == [
        ("+31130001213", "landline"),
        ("+31600001002", "mobile"),
    ]
    assert [(one.name, one.relation, one.phone, one.has_key) for one in halil.contacts.all()] == [
        ("Marjan", "dochter", "+31600001001", True),
        ("Piet", "buurman", "+31130001215", None),
    ]
    shifts = DutyShift.objects.filter(scope=scope_of(circle)).order_by("weekday")
    assert [(shift.weekday, shift.rank, shift.person.name) for shift in shifts] == [
        (weekday, "primary", "Anneke de Boer") for weekday in range(5)
    ]


def test_what_happened_is_recorded_with_references_only(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    member = Membership.objects.get()
    events = Event.objects.filter(kind__startswith="circles.").order_by("pk")
    assert [(one.kind, one.subject_kind, one.subject_id, one.channel, one.payload) for one in events] == [
        ("circles.circle_created", "circle", member.circle_id, "command", {}),
        (
            "circles.member_added",
            "membership",
            member.pk,
            "command",
            {"circle": member.circle_id, "person": member.person_id},
        ),
    ]


def test_nothing_of_a_list_gets_into_a_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk.imports_new(HEADER + RIET + row(2, "Mw. Kok", "Bep", "13 000 122"))
    for told in ("Heuvel", "Kok", "0001211", "13 000 122", "Anneke"):
        assert told not in caplog.text


def test_a_bad_row_never_stops_the_good_ones(desk: Desk) -> None:
    nameless = row(2, "", "", "013-0001213")
    without_number = row(3, "Mw. Claassen", "Mien", "13 000 122")
    answer = desk.imports_new(HEADER + RIET + nameless + without_number + SJEF)

    assert answer.status == 1
    assert "Rij 3 · niet opgeslagen" in answer.lines
    heading = "Rij 4 · mevrouw Mien Claassen · nieuw, plaats 2 in de ring; wordt niet gebeld tot er een nummer is"
    assert answer.about(heading)[-2:] == [
        "nakijken ‘13 000 122’ is geen nummer om te bellen: er ontbreken cijfers. Vraag het juiste nummer na.",
        "nakijken Mien Claassen heeft geen bruikbaar nummer en wordt niet gebeld tot dat er is. Vul het nummer in.",
    ]
    assert desk.ring() == [
        (1, "Riet van den Heuvel", "active"),
        (2, "Mien Claassen", "needs_number"),
        (3, "Sjef Peeters", "active"),
    ]


def test_a_trial_says_the_same_and_stores_nothing(desk: Desk) -> None:
    trial = desk.imports_new(HEADER + RIET + TRUUS, "--dry-run")
    assert trial.status == 0
    assert trial.lines[0] == "PROEF (--dry-run): er is niets opgeslagen. Zonder --dry-run gebeurt dit:"
    assert trial.lines[-1] == "PROEF: er is niets opgeslagen."
    stored = (Circle, Membership, Person, Contact, DutyShift, Event)
    assert [model.objects.count() for model in stored] == [0] * len(stored)

    real = desk.imports_new(HEADER + RIET + TRUUS)
    assert real.lines == trial.lines[1:-1]


def test_the_report_can_be_in_english(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + RIET + row(2, "Mw. Kok", "Bep", "112"), "--language=en")
    assert answer.status == 1
    assert answer.summary == (
        "Summary: 1 member stored in the ring, 0 waiting, 1 needs a number, 0 unchanged, 0 with differences, "
        "1 row needs a person."
    )
    assert (
        "to check ‘112’ is not a number to ring: emergency and service lines are never rung. Ask for the right number."
        in (answer.about("Row 3"))
    )


def test_the_language_is_the_organisations_own_when_none_is_asked(desk: Desk) -> None:
    desk.organisation.language = "en"
    desk.organisation.save()
    assert desk.imports_new(HEADER + RIET).lines[-2] == "What now: There is nothing to check."
    assert desk.imports(HEADER + RIET, circle="Elsewhere").error.startswith("There is no circle ‘Elsewhere’.")


def test_days_on_which_the_circle_does_not_go_round_are_said(desk: Desk) -> None:
    weekend = row(1, "Mw. Kok", "Bep", "013-0001211", days="za en zo")
    also_saturday = row(2, "Mw. Vos", "Jo", "013-0001212", days="vr en za")
    answer = desk.imports_new(HEADER + weekend + also_saturday, "--weekdays=ma-vr")
    assert answer.status == 1
    assert answer.about("Rij 2")[-1] == (
        "nakijken Doet mee op za, zo, maar de cirkel gaat rond op ma, di, wo, do, vr: "
        "dit lid wordt nooit gebeld. Kies andere dagen."
    )
    assert answer.about("Rij 3")[-1] == ("aangenomen Op za gaat de cirkel niet rond; dan wordt dit lid niet gebeld.")


def test_a_ring_that_is_too_long_is_stored_and_said(desk: Desk) -> None:
    rows = "".join(row(place, f"Mw. Lid{place}", "An", f"013-000{place:04}") for place in range(1, 17))
    answer = desk.imports_new(HEADER + rows)
    assert answer.status == 1
    assert len(desk.ring()) == 16
    assert answer.about("De cirkel")[-1].startswith("nakijken Er zijn nu 16 leden in de ring; meer dan 15 is te veel")


def test_the_same_people_in_a_second_circle_are_said_to_be_rung_twice(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL)
    answer = desk.imports_new(HEADER + RIET + SJEF, circle="De Lindde")
    assert answer.status == 1
    assert answer.about("Rij 2")[-1] == (
        "nakijken Is ook lid van cirkel De Linde. Klopt dat? Dit lid wordt door beide cirkels gebeld."
    )
    assert not [line for line in answer.about("Rij 3") if line.startswith("nakijken")]


def test_a_circle_is_found_however_its_name_is_typed(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    answer = desk.imports_new(HEADER + RIET, circle=" de  LINDE")
    assert answer.status == 0
    assert Circle.objects.count() == 1


def test_nobody_on_duty_is_said(desk: Desk) -> None:
    answer = desk.imports(HEADER + RIET, "--start=08:30", "--weekdays=ma, wo")
    assert answer.status == 1
    assert answer.about("De cirkel")[-1].startswith("nakijken Op ma, wo heeft geen vrijwilliger dienst")


def test_one_volunteer_for_two_circles_is_one_person(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    for circle, who in (
        ("Twee", ANNEKE),
        ("Drie", "Anneke de Boer"),
        ("Vier", "06-00000100"),
        ("Vijf", "A. de Boer, +31600000100"),
    ):
        answer = desk.imports(HEADER + SJEF, "--start=09:00", f"--volunteer={who}", circle=circle)
        assert "begrepen Anneke de Boer heeft dienst; dagen: elke dag." in answer.about("De cirkel")
    assert Person.objects.filter(family_name="de Boer").count() == 1
    assert DutyShift.objects.values("scope").distinct().count() == 5


def test_a_member_as_volunteer_is_said(desk: Desk) -> None:
    answer = desk.imports(HEADER + RIET + SJEF, "--start=08:30", "--volunteer=Sjef Peeters, 013-0001216")
    assert answer.status == 1
    assert answer.about("De cirkel")[-1].startswith("nakijken Sjef Peeters is zelf lid van deze cirkel")
    assert Person.objects.count() == 2


def test_who_waits_or_has_no_number_is_not_rung(desk: Desk) -> None:
    waiting = row("wachtlijst", "Mw. Smulders", "Jo", "013-0001224")
    answer = desk.imports_new(HEADER + waiting + row(1, "Mw. Claassen", "Mien", "13 000 122") + RIET)
    assert "Rij 2 · mevrouw Jo Smulders · nieuw, op de wachtlijst" in answer.lines
    assert desk.ring() == [
        (1, "Mien Claassen", "needs_number"),
        (2, "Riet van den Heuvel", "active"),
        (3, "Jo Smulders", "waiting"),
    ]
    monday = date(2026, 11, 23)
    assert [one.person.given_name for one in expected_members(desk.circle(), monday)] == ["Riet"]


@pytest.mark.parametrize(
    ("wall", "days", "first", "rounds"),
    [
        ("07:00", "daily", "zo 22-11-2026", {22: "planned", 23: "planned"}),
        ("12:00", "daily", "ma 23-11-2026", {23: "planned"}),
        ("12:00", "wo", "wo 25-11-2026", {}),
        ("07:00", "ma-vr", "ma 23-11-2026", {23: "planned"}),
    ],
)
def test_a_circle_made_after_its_start_begins_the_next_morning_without_an_alarm(
    desk: Desk, wall: str, days: str, first: str, rounds: dict[int, str]
) -> None:
    now = SUNDAY_NOON.replace(hour=int(wall[:2]))
    clock.set_clock(virtual=now, rate=0)
    answer = desk.imports_new(HEADER + RIET, f"--weekdays={days}")
    assert f"begrepen De eerste ochtend is {first}." in answer.about("De cirkel")
    plan(clock.now())
    lanes.look("live")
    assert {one.date.day: one.state for one in Round.objects.all()} == rounds
    assert not Incident.objects.exists()
