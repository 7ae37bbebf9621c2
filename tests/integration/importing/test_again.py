"""Importing again: nothing changes that is the same, and nothing is overwritten."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from backend.circles.domain.call_list import compare
from backend.circles.models import Membership
from backend.circles.services import joining
from backend.circles.services.importing import entry_of, read_call_list
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.people.models import DutyShift, Person
from backend.people.services.registering import add_number
from tests.integration.importing.conftest import HALIL, HEADER, RIET, SJEF, TRUUS, Desk, row


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL + TRUUS)
    before = (desk.ring(), Person.objects.count(), Event.objects.count(), DutyShift.objects.count())
    answer = desk.imports_new(HEADER + RIET + HALIL + TRUUS)
    assert answer.status == 0
    assert "Rij 3 · meneer Halil Özdemir · stond er al in; niets veranderd" in answer.lines
    assert "0 leden opgeslagen in de ring" in answer.summary
    assert "3 ongewijzigd" in answer.summary
    assert (desk.ring(), Person.objects.count(), Event.objects.count(), DutyShift.objects.count()) == before


def test_another_spelling_on_one_shared_number_is_the_same_person(desk: Desk) -> None:
    desk.imports_new(HEADER + HALIL)
    answer = desk.imports(HEADER + row(1, "Dhr. Ozdemir", "H.", "0130001213"))
    assert answer.status == 1
    assert [line for line in answer.about("Rij 2") if line.startswith("verschil")] == [
        "verschil voornaam: Halil → H.",
        "verschil achternaam: Özdemir → Ozdemir",
        "verschil telefoonnummers: 013 000 12 13, 06 0000 10 02 → 013 000 12 13",
    ]
    assert desk.ring() == [(1, "Halil Özdemir", "active")]
    assert desk.person("Özdemir").phones.count() == 2


def test_everything_that_differs_is_reported_and_kept(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    stored = entry_of(Membership.objects.get())
    moved = row(1, "Mw. van den Heuvel", "Riet", "013-0001211", days="ma t/m vr", street="Plein 9")
    answer = desk.imports(HEADER + moved.replace("Marjan;06 0000 1001;ja", "Marjan;06 0000 1003;nee"))
    assert answer.status == 1
    heading = "Rij 2 · mevrouw Riet van den Heuvel · stond er al in, maar verschilt; niets is overschreven"
    assert [line for line in answer.about(heading) if line.startswith("verschil")] == [
        "verschil adres: Laan 1 → Plein 9",
        "verschil dagen: elke dag → ma, di, wo, do, vr",
        "verschil contactpersonen: dochter Marjan 06 0000 10 01 (sleutel: ja), buurman Piet 013 000 12 15 "
        "(sleutel: –) → dochter Marjan 06 0000 10 03 (sleutel: nee), buurman Piet 013 000 12 15 (sleutel: –)",
    ]
    assert "1 met verschillen" in answer.summary
    assert entry_of(Membership.objects.get()) == stored


def test_a_newcomer_is_placed_behind_those_who_were_there(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + TRUUS)
    newcomer = row(2, "Dhr. Peeters", "Sjef", "013-0001216")
    answer = desk.imports(HEADER + RIET + newcomer + TRUUS)
    assert answer.status == 0
    assert answer.about("Rij 3")[-1] == (
        "aangenomen Plaats 3 in de ring, achter wie er al was; in de lijst is het plaats 2."
    )
    assert "Rij 4 · mevrouw Truus Janssen · stond er al in; niets veranderd" in answer.lines
    assert [place for place, _name, _status in desk.ring()] == [1, 2, 3]


def test_another_order_is_reported_by_place(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL + TRUUS)
    answer = desk.imports(HEADER + HALIL.replace("2;", "1;", 1) + RIET.replace("1;", "2;", 1) + TRUUS)
    assert answer.status == 1
    assert [line for line in answer.about("Rij 2") if "verschil" in line] == ["verschil volgnummer: 2 → 1"]
    assert [line for line in answer.about("Rij 3") if "verschil" in line] == ["verschil volgnummer: 1 → 2"]
    assert "Rij 4 · mevrouw Truus Janssen · stond er al in; niets veranderd" in answer.lines
    assert [name for _place, name, _status in desk.ring()][:2] == ["Riet van den Heuvel", "Halil Özdemir"]


def test_who_is_not_in_the_list_any_more_stays_and_is_named(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL + TRUUS)
    answer = desk.imports(HEADER + RIET + TRUUS)
    assert answer.status == 1
    assert answer.about("De cirkel")[-1] == (
        "nakijken meneer Halil Özdemir staat in de cirkel, maar niet in de lijst. Er is niemand verwijderd; "
        "kijk of dit lid nog meedoet."
    )
    assert "Rij 3 · mevrouw Truus Janssen · stond er al in; niets veranderd" in answer.lines
    assert len(desk.ring()) == 3


def test_the_same_name_on_another_number_is_rung_too_until_somebody_chooses(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + TRUUS)
    answer = desk.imports(HEADER + RIET.replace("013-0001211", "013-0001299") + TRUUS)
    assert answer.status == 1
    assert answer.about("Rij 2")[-1] == (
        "nakijken Is dit mevrouw Riet van den Heuvel, met dezelfde naam of hetzelfde nummer in de cirkel maar niet "
        "in de lijst? Tot iemand kiest, zijn het er twee."
    )
    assert [name for _place, name, _status in desk.ring()].count("Riet van den Heuvel") == 2


def test_who_has_left_is_not_taken_back_by_a_list(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + HALIL)
    Membership.objects.filter(person=desk.person("Özdemir")).update(status=Membership.Status.LEFT)
    answer = desk.imports(HEADER + RIET + HALIL + SJEF)
    assert answer.status == 1
    assert answer.about("Rij 3")[-1].startswith("nakijken Heeft deze cirkel verlaten en is niet opnieuw opgenomen")
    assert desk.ring() == [
        (1, "Riet van den Heuvel", "active"),
        (2, "Halil Özdemir", "left"),
        (3, "Sjef Peeters", "active"),
    ]


def test_a_number_that_was_missing_is_reported_and_given_by_hand(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + row(2, "Mw. Claassen", "Mien", "13 000 122"))
    mended = HEADER + RIET + row(2, "Mw. Claassen", "Mien", "013-0001229")
    answer = desk.imports(mended)
    assert answer.status == 1
    assert [line for line in answer.about("Rij 3") if line.startswith(("verschil", "nakijken"))] == [
        "verschil telefoonnummers: – → 013 000 12 29",
        "verschil bijzonderheden: Telefoon: 13 000 122 → –",
        "verschil status: nummer nodig → in de ring",
        "nakijken De lijst heeft nu een nummer, maar dit lid wordt nog niet gebeld. "
        "Geef het nummer: manage.py give_number.",
    ]
    assert desk.ring()[1] == (2, "Mien Claassen", "needs_number")

    where = ["--organisation=welzijn", "--circle=De Linde"]
    for _again in range(2):
        said = StringIO()
        with pytest.raises(SystemExit, match="1"):
            call_command("give_number", "013-0001229", *where, "--member=Mw. Mien Claassen", stdout=said)
        assert "NOT rung yet: no consent is on record" in said.getvalue()
    assert desk.ring()[1] == (2, "Mien Claassen", "needs_number"), "nobody new is rung without their consent"

    mien = Membership.objects.get(person=desk.person("Claassen"))
    now = clock.now()
    joining.agree(mien, given_at=now, how="call", on_behalf_by="", actor=SYSTEM, now=now)
    call_command("give_number", "013-0001229", *where, "--member=Mw. Mien Claassen", stdout=StringIO())
    assert Event.objects.filter(kind="circles.member_given_number").count() == 1
    assert desk.ring()[1] == (2, "Mien Claassen", "active")
    assert [one.e164 for one in desk.person("Claassen").phones.all()] == ["+31130001229"]
    with pytest.raises(CommandError, match="not one telephone number"):
        call_command("give_number", "112", *where, "--member=Mien Claassen")
    with pytest.raises(Conflict, match="has that number already"):
        add_number(desk.person("Claassen"), "+31130001229")
    with pytest.raises(CommandError, match="has no member of the name"):
        call_command("give_number", "013-0001229", *where, "--member=Mien Klaassen")


def test_another_start_day_or_volunteer_is_reported_and_not_taken_over(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    answer = desk.imports(HEADER + RIET, "--start=09:00", "--weekdays=ma-vr", "--volunteer=Kees Bos, 06 0000 0101")
    assert answer.status == 1
    assert answer.about("De cirkel") == [
        "begrepen Bestaande cirkel De Linde: begint om 08:30; dagen: elke dag.",
        "nakijken --start 09:00 verschilt van de begintijd van de cirkel, 08:30. Er is niets veranderd.",
        "nakijken --weekdays (ma, di, wo, do, vr) verschilt van de dagen van de cirkel (elke dag). "
        "Er is niets veranderd.",
        "nakijken --volunteer Kees Bos: op elke dag heeft al Anneke de Boer dienst. Er is niets veranderd.",
    ]
    assert not Person.objects.filter(family_name="Bos").exists()


def test_a_volunteer_fills_the_days_on_which_nobody_is_on_duty(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET)
    DutyShift.objects.filter(weekday__in=[5, 6]).delete()
    answer = desk.imports(HEADER + RIET, "--volunteer=Kees Bos, 06 0000 0101")
    assert "begrepen Kees Bos heeft dienst; dagen: za, zo." in answer.about("De cirkel")
    on_duty = {shift.weekday: shift.person.given_name for shift in DutyShift.objects.select_related("person")}
    assert on_duty == dict.fromkeys(range(5), "Anneke") | {5: "Kees", 6: "Kees"}


def test_a_couple_on_one_line_stays_two_people(desk: Desk) -> None:
    couple = row(1, "Mw. Bakker", "J.", "013-0001211") + row(2, "Dhr. Bakker", "J.", "013-0001211")
    desk.imports_new(HEADER + couple)
    answer = desk.imports(HEADER + couple)
    assert answer.status == 0
    assert "2 ongewijzigd" in answer.summary
    assert len(desk.ring()) == 2


def test_a_corrected_name_on_the_same_line_is_rung_too_until_somebody_chooses(desk: Desk) -> None:
    desk.imports_new(HEADER + RIET + TRUUS)
    answer = desk.imports(HEADER + RIET + TRUUS.replace("Truus", "Geertruida"))
    assert answer.about("Rij 3")[-1].startswith("nakijken Is dit mevrouw Truus Janssen, met dezelfde naam of")
    assert [name for _place, name, _status in desk.ring()][1:] == ["Truus Janssen", "Geertruida Janssen"]


def test_who_comes_off_the_waiting_list_in_the_list_stays_on_it_until_somebody_chooses(desk: Desk) -> None:
    waiting = row("wachtlijst", "Mw. Smulders", "Jo", "013-0001224")
    desk.imports_new(HEADER + RIET + waiting)
    answer = desk.imports(HEADER + RIET + waiting.replace("wachtlijst", "2"))
    assert [line for line in answer.about("Rij 3") if line.startswith("verschil")] == [
        "verschil status: wachtlijst → in de ring"
    ]
    assert desk.ring()[1] == (2, "Jo Smulders", "waiting")


def test_whatever_a_list_says_is_read_back_as_it_was_said(desk: Desk) -> None:
    header = "Naam;Telefoon;Adres;Contact;Tel contact;Sleutel;Contact 2;Tel contact 2;Opmerkingen;Hobby;Dagen\n"
    rows = (
        '"Kok, Bep";0600001211;Plein 1;dochter Els;088 000 12 22;ja, kluisje;;;"rollator\nen doof";lezen;niet op zo\n'
        "van 't Hek;+46 70 174 06 05;Plein 2;buren;;?;zus An / 013-0001213;;belt zelf niet meer;;ma, wo\n"
        "Vos;12;Plein 3;;;;;;;;\n"
    )
    desk.imports_new(header + rows)
    stored = [entry_of(one) for one in Membership.objects.select_related("person").order_by("position")]
    said = [entry for _row, entry in read_call_list(desk.file(header + rows)).to_store()]
    assert [compare(one, other) for one, other in zip(stored, said, strict=True)] == [(), (), ()]
    assert "3 ongewijzigd" in desk.imports(header + rows).summary
