"""What cannot be imported is refused with a sentence and status 2, and nothing is stored."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.circles.domain.call_list import Columns, Findings, MemberEntry, PhoneEntry, RowKind, RowReading
from backend.circles.domain.call_list.entries import CallList
from backend.circles.models import Circle
from backend.circles.services.importing import Fate, ImportRequest, import_list
from backend.people.models import DutyShift, Organisation, Person
from tests.integration.importing.conftest import HALIL, HEADER, RIET, TRUUS, Desk, row

NOBODY = 65534
"""The user id that owns nothing, on every Linux."""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand lijst.csv is leeg. Kies het bestand met de bellijst."),
        (b"%PDF-1.7 \x00", "Het bestand lijst.csv is geen CSV of XLSX, maar een PDF. Bewaar de lijst als CSV of XLSX."),
        (b"PK\x03\x04broken", "Het bestand lijst.csv lijkt een XLSX, maar is beschadigd. Open het in uw spreadsheet"),
        (bytes(range(256)) * 20, "De tekens in lijst.csv zijn niet te lezen. Bewaar de lijst als XLSX"),
        (b"Riet;013-0001211\nHalil;013-0001213\n", "Er is geen regel met kolomnamen gevonden. Gezien: "),
        (HEADER.encode(), "In lijst.csv staat geen enkel lid dat kan worden opgeslagen."),
    ],
    ids=["empty", "pdf", "damaged workbook", "wrong encoding", "no header", "only a header"],
)
def test_a_file_that_is_no_call_list(desk: Desk, content: bytes, sentence: str) -> None:
    answer = desk.imports_new(content)
    assert answer.status == 2
    assert answer.error.startswith(sentence)
    assert not Circle.objects.exists()


def test_a_file_that_is_not_there_or_not_a_file(desk: Desk) -> None:
    missing = desk.folder / "weg.csv"
    assert desk.imports_new(missing).error == f"Het bestand {missing} bestaat niet. Kijk de naam en de map na."
    assert desk.imports_new(desk.folder).error.endswith("kan niet worden geopend (het is een map).")
    assert desk.imports_new(missing).status == 2


def test_a_list_of_which_no_row_can_be_stored_says_why_row_by_row(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + row(1, "", "", "013-0001211"))
    assert answer.status == 2
    assert answer.about("Rij 2 · niet opgeslagen") == [
        "nakijken Hier staat een nummer zonder naam; zo kan niemand worden gevraagd. Vul de naam in."
    ]
    assert not Circle.objects.exists()


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--start=07:59", "--start: een cirkel begint tussen 08:00 en 10:00; 07:59 valt daarbuiten."),
        ("--start=10:01", "--start: een cirkel begint tussen 08:00 en 10:00; 10:01 valt daarbuiten."),
        ("--start=half negen", "--start: ‘half negen’ is geen tijd. Schrijf bijvoorbeeld 08:30."),
        ("--start=25:00", "--start: ‘25:00’ is geen tijd. Schrijf bijvoorbeeld 08:30."),
        ("--weekdays=soms", "--weekdays: ‘soms’ is niet te lezen als dagen."),
        ("--weekdays=", "--weekdays: ‘’ is niet te lezen als dagen."),
        ("--circle= ", "De naam van een cirkel heeft 1 tot 120 tekens."),
        (f"--circle={'x' * 121}", "De naam van een cirkel heeft 1 tot 120 tekens."),
        (
            "--volunteer=Anneke, 112",
            "--volunteer: ‘112’ is geen nummer om te bellen: nood- en servicenummers worden nooit gebeld.",
        ),
        (
            "--volunteer=Anneke, 0900-8844",
            "--volunteer: ‘0900-8844’ is geen nummer om te bellen: nood- en servicenummers worden nooit gebeld.",
        ),
        ("--volunteer=Anneke, 06 0000", "--volunteer: ‘06 0000’ is geen nummer om te bellen: er ontbreken cijfers."),
        ("--volunteer=…", "--volunteer: ‘…’ is geen naam en nummer."),
        ("--volunteer=Kees Bos", "--volunteer: in deze organisatie is niemand bekend als ‘Kees Bos’."),
        ("--volunteer=06 0000 0101", "--volunteer: in deze organisatie is niemand bekend als ‘06 0000 0101’."),
    ],
)
def test_an_option_that_cannot_be_meant(desk: Desk, option: str, sentence: str) -> None:
    answer = desk.imports_new(HEADER + RIET, option)
    assert answer.status == 2
    assert answer.error.startswith(sentence)
    assert (Circle.objects.count(), Person.objects.count()) == (0, 0)


def test_an_unknown_circle_without_a_start_names_the_known_ones(desk: Desk) -> None:
    first = desk.imports(HEADER + RIET, circle="De Linde")
    assert (first.status, first.error) == (
        2,
        "Er is geen cirkel ‘De Linde’, en nog geen andere. Geef --start (en --weekdays) om deze te maken.",
    )
    desk.imports_new(HEADER + RIET)
    desk.imports_new(HEADER + TRUUS, circle="De Beuk")
    assert desk.imports(HEADER + RIET, circle="De Eik").error == (
        "Er is geen cirkel ‘De Eik’. Wel: De Beuk, De Linde. Geef --start (en --weekdays) om een nieuwe te maken."
    )


def test_an_unknown_organisation_names_the_known_ones(desk: Desk) -> None:
    answer = desk.imports_new(HEADER + RIET, "--organisation=welzyn")
    assert (answer.status, answer.error) == (2, "Er is geen organisatie ‘welzyn’. Wel: welzijn.")
    Organisation.objects.all().delete()
    assert desk.imports_new(HEADER + RIET).error == (
        "Er is nog geen organisatie. Maak die eerst: "
        'manage.py register_organisation welzijn --name "…" --phone … --duty-phone …'
    )


def test_a_circle_whose_alarms_could_reach_nobody_is_not_stored(desk: Desk) -> None:
    Organisation.objects.update(duty_phone="")
    answer = desk.imports(HEADER + RIET, "--start=08:30", "--weekdays=ma-vr")
    assert answer.status == 2
    assert answer.error.startswith("Op ma, di, wo, do, vr zou een alarm van deze cirkel niemand bereiken")
    assert (Circle.objects.count(), Person.objects.count()) == (0, 0)
    assert desk.imports_new(HEADER + RIET).status == 0
    DutyShift.objects.filter(weekday=6).delete()
    again = desk.imports(HEADER + RIET + HALIL)
    assert again.status == 2
    assert again.error.startswith("Op zo zou een alarm")
    assert len(desk.ring()) == 1


def test_a_setting_that_could_not_work_is_named(desk: Desk) -> None:
    Organisation.objects.update(settings={"escalation": {"duty_minuts": 5}})
    answer = desk.imports_new(HEADER + RIET)
    assert answer.status == 2
    assert answer.error.startswith(
        "Een instelling van de organisatie of de cirkel kan niet werken: duty_minuts: no such"
    )


def test_a_volunteer_without_a_number_or_with_two_namesakes(desk: Desk) -> None:
    couple = row(1, "Mw. Bakker", "An", "013-0001211") + row(2, "Dhr. Bos", "Jan", "013-0001211")
    desk.imports_new(HEADER + couple + row(3, "Mw. Claassen", "Mien", "13 000 122"))
    unclear = desk.imports(HEADER + TRUUS, "--start=09:00", "--volunteer=013-0001211", circle="Twee")
    assert unclear.error.startswith("--volunteer: ‘013-0001211’ kan in deze organisatie 2 mensen zijn.")
    silent = desk.imports(HEADER + TRUUS, "--start=09:00", "--volunteer=Mien Claassen", circle="Twee")
    assert silent.error.startswith("--volunteer: Mien Claassen heeft geen telefoonnummer")
    assert Circle.objects.count() == 1


def test_a_row_that_the_database_refuses_stops_no_other(desk: Desk) -> None:
    phone = PhoneEntry("+31130001211", "landline", "")
    too_long = MemberEntry(position=1, family_name="Kok", postcode="x" * 13, phones=(phone,))
    unusable = MemberEntry(position=2, family_name="Vos", notes="a\x00b", phones=(phone,))
    emergency = MemberEntry(position=3, family_name="Bos", phones=(PhoneEntry("112", "landline", "112"),))
    good = MemberEntry(position=4, family_name="Mol", phones=(phone,))
    rows = tuple(
        RowReading(number, RowKind.MEMBER, entry, Findings())
        for number, entry in enumerate((too_long, unusable, emergency, good), start=2)
    )
    request = ImportRequest("welzijn", "De Linde", start=time(8, 30), source="lijst.csv")
    report = import_list(CallList(Columns(1, ()), rows, Findings()), request)
    assert [one.fate for one in report.rows] == [Fate.FAILED, Fate.FAILED, Fate.FAILED, Fate.NEW]
    assert [one.notices.needs_person[0]["reason"] for one in report.rows[:3]] == [
        "too_long",
        "unusable_text",
        "forbidden_number",
    ]
    assert desk.ring() == [(1, "Mol", "active")]
    assert report.needs_person


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything; who is somebody else already stays so."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_may_not_be_read(desk: Desk) -> None:
    path = desk.file(HEADER + RIET)
    path.chmod(0)
    with as_nobody():
        report = desk.imports_new(path)
    assert report.error.endswith("kan niet worden geopend (u mag het niet lezen).")


@pytest.mark.django_db
def test_an_organisation_is_registered_by_command(make_desk: Callable[[], Desk], tmp_path: Path) -> None:
    numbers = ["--phone=013-0009000", "--duty-phone=088 000 90 01"]
    call_command("register_organisation", "welzijn-oost", "--name=Welzijn Oost", *numbers)
    made = Organisation.objects.get()
    assert (made.slug, made.phone, made.duty_phone, made.language) == (
        "welzijn-oost",
        "+31130009000",
        "+31880009001",
        "nl",
    )
    for arguments, sentence in (
        (["welzijn-oost", "--name=Weer", *numbers], "There is an organisation 'welzijn-oost' already."),
        (["welzijn oost", "--name=Weer", *numbers], "'welzijn oost' is no slug"),
        (["west", "--name= ", *numbers], "--name: the name of an organisation has 1 to 120 characters."),
        (["west", "--name=West", "--phone=112", "--duty-phone=013-0009000"], "--phone: '112' is not one telephone"),
        (["west", "--name=West", "--phone=013-0009000", "--duty-phone=0900-8844"], "--duty-phone: '0900-8844' is not"),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("register_organisation", *arguments)
        assert refused.value.returncode == 2
        assert str(refused.value).startswith(sentence)
    assert Organisation.objects.count() == 1
