"""What managers see of the dinners, and do about them."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.meals.models import CrewPlace, Evening, GuestCall, Job, Reservation, Resto, SpeakerPlate
from backend.meals.services.wishes import PlateWish
from backend.people.models import Organisation
from tests.support import restos
from tests.support.pages import read
from tests.support.restos import MONDAY, TUESDAY, Table, at


@pytest.fixture
def table(organisation: Organisation) -> Table:
    """De Lange Tafel, with twenty chairs."""
    return restos.a_resto_of(organisation)


def an_evening(table: Table) -> Evening:
    """Fourteen guests in two parties, who helps, who speaks, who waits, and somebody to ring."""
    evening = table.evening(speakers=1, speaker="de wijkagent", theme="Veilig in de buurt")
    table.reserves(evening, "Riet", at("09:00", MONDAY), covers=8)
    table.reserves(evening, "Jan", at("09:05", MONDAY), covers=6)
    for number in range(2):
        CrewPlace.objects.create(evening=evening, job=Job.SERVING, number=number)
    table.waits(evening, "Co", at("09:10", MONDAY), covers=4)
    jan = table.people["Jan"]
    GuestCall.objects.create(
        organisation=table.organisation, evening=evening, person=jan, kind="silent", created_at=at("10:00", MONDAY)
    )
    return evening


def test_what_who_speaks_does_not_eat_is_asked_with_the_evening_and_shown_again(manager: Client, table: Table) -> None:
    evening = table.evening()
    address = f"/resto/evenings/{evening.pk}/change/"
    _status, page = read(manager, address)
    assert "Eet een spreker niet alles?" in page and "Naam op het bord" not in page
    times = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30", "chairs": "20"}
    speaks = {"speaker": "de wijkagent", "speakers": "1", "plate0-without": ["pork"], "plate0-note": "ook geen spekvet"}
    status, page = read(manager, address, {**times, **speaks, "plate1-without": ["nuts"]})
    assert (status, SpeakerPlate.objects.count()) == (422, 0)
    assert "Er zijn meer borden dan sprekers. Laat er weg, of laat meer mensen spreken." in page
    status, page = read(manager, address, {**times, **speaks})
    assert status == 200
    plate = SpeakerPlate.objects.get()
    assert (plate.evening, plate.without, plate.own_plate, plate.note) == (evening, ["pork"], False, "ook geen spekvet")
    shown = manager.get(address).content.decode()
    assert 'value="pork" id="id_plate0-without_1" checked' in shown and 'value="ook geen spekvet"' in shown
    status, page = read(manager, address, {**times, **speaks, "plate0-note": "x" * 201})
    assert status == 422
    assert "Kijk nog eens naar wat de sprekers niet eten." in page


def test_the_overview_counts_every_chair(manager: Client, table: Table) -> None:
    an_evening(table)
    status, page = read(manager, "/resto/")
    assert status == 200
    assert "18:00 De Lange Tafel Veilig in de buurt gepland 17 van 20 stoelen: gasten 14, ploeg 2, sprekers 1" in page
    assert "Vrij: 3 Op de wachtlijst: 4 De keuken heeft nog geen aantallen" in page
    assert "Plaatsen in de ploeg zonder iemand die heeft toegezegd: 2 1 telefoontjes te plegen" in page


def test_an_evening_says_who_comes_and_who_waits(manager: Client, table: Table) -> None:
    evening = an_evening(table)
    status, page = read(manager, f"/resto/evenings/{evening.pk}/")
    assert status == 200
    assert "Reserveren en afzeggen kan tot dinsdag 24 november, 12:30 Deuren open 17:30 Maaltijd 18:00" in page
    assert "Thema Veilig in de buurt Spreekt de wijkagent" in page
    assert "Jan Linde 6 gereserveerd nog niet gevraagd – Riet Linde 8 gereserveerd nog niet gevraagd –" in page
    assert "Co Linde, aantal mensen: 4, wacht sinds maandag 23 november, 9:10" in page


def test_the_board_shows_tonights_dinner_and_no_other(manager: Client, table: Table) -> None:
    table.evening(MONDAY)
    table.evening(TUESDAY)
    page = manager.get("/today/").content.decode()
    assert page.count('class="circle" id="dinner-') == 1
    assert "Het etentje van vanavond" in page


def test_the_overview_asks_as_much_of_the_database_for_one_evening_as_for_ten(manager: Client, table: Table) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            manager.get("/resto/")
        return len(found)

    manager.get("/resto/")
    table.evening()
    one = asked()
    for day in range(25, 31):
        table.evening(TUESDAY.replace(day=day))
    assert asked() == one


def a_series_form(**fields: object) -> dict[str, object]:
    """Twice a week at the usual times."""
    needs = {f"need_{job.value}": "0" for job in Job}
    times = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30"}
    return {"every": "1", "weekdays": ["1", "3"], "first_day": "2026-11-24", **times, **needs, **fields}


def test_from_nothing_to_a_programme_that_anybody_may_read(manager: Client, organisation: Organisation) -> None:
    of = f"/resto/organisations/{organisation.pk}/restos/"
    known = {"name": "De Lange Tafel", "chairs": "40", "public": "on", "in_use": "on", "welcome": "Schuif aan!"}
    assert read(manager, f"{of}new/", known)[0] == 200
    resto = Resto.objects.get()
    place = f"/resto/restos/{resto.pk}/"
    read(manager, f"{place}add/room/", {"name": "Zaal", "width": "120", "depth": "80"})
    spot = {"room": resto.rooms.get().pk, "name": "1", "chairs": "10", "x": "30", "y": "40"}
    read(manager, f"{place}add/table/", spot)
    status, page = read(manager, f"{place}add/tariff/", {"name": "Gewoon", "euros": "7,50", "in_use": "on"})
    assert (status, "1 10 30 van links, 40 van achteren" in page, "Gewoon : € 7,50" in page) == (200, True, True)
    status, page = read(manager, f"{place}series/new/", a_series_form(every="2", need_cook="1", need_serving="3"))
    assert (status, "Om de week op dinsdag en donderdag" in page) == (200, True)
    assert "Bewaard. Nieuwe avonden: 8." in page
    assert "Kok: 1 Bediening: 3" in page
    assert "Schuif aan!" in read(manager, f"/eten/{resto.slug}/")[1]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"doors": "12:00"}, "De deuren gaan open nadat de keuken de definitieve aantallen heeft."),
        ({"dinner": "17:00"}, "Er wordt gegeten als de deuren open zijn."),
        ({"ends": "18:00"}, "De avond is na het eten afgelopen."),
        ({"weekdays": []}, "Kies ten minste één dag."),
        ({"every": "rule", "rule": "FREQ=YEARLY;BYWEEKNO=54"}, "valt er geen dag volgens deze regel"),
    ],
)
def test_a_series_that_is_not_right_is_sent_back_with_all_that_was_typed(
    manager: Client, table: Table, fields: dict[str, object], sentence: str
) -> None:
    answer = manager.post(f"/resto/restos/{table.resto.pk}/series/new/", a_series_form(theme="Herfst", **fields))
    page = unescape(answer.content.decode())
    assert (answer.status_code, sentence in page, 'value="Herfst"' in page) == (422, True, True)
    assert not table.resto.series.exists()


def test_a_menu_and_for_whom_there_is_nothing_yet(manager: Client, table: Table) -> None:
    evening = table.evening()
    table.reserves(evening, "Riet", at("09:00", MONDAY), covers=3, plates=(PlateWish(("pork",)), PlateWish(("nuts",))))
    address = f"/resto/evenings/{evening.pk}/menu/"
    status, page = read(manager, address, {"main": "Stamppot", "main_1": "Zonder spek"})
    assert (status, "Kies waar het zonder is." in page) == (422, True)
    fields = {"main": "Stamppot", "main_1": "Met linzen", "main_1_without": ["meat", "nuts"], "dessert": "Appeltaart"}
    _status, page = read(manager, address, fields)
    assert "Nagerecht: nog niets zonder varkensvlees, voor 1 persoon" in page
    assert "Nagerecht: nog niets zonder noten, voor 1 persoon" in page
    assert "Hoofdgerecht: nog niets" not in page
    _status, page = read(manager, address, {**fields, "dessert_without": ["meat"]})
    assert "Nagerecht: nog niets zonder varkensvlees" not in page, "apple pie suits who eats no pork"
    known = evening.courses.get(kind="main").variants.get()
    read(manager, address, {**fields, "main_1_without": ["meat"]})
    known.refresh_from_db()
    assert known.without == ["meat"], "the same dish, so that the kitchen is not told of another one"


def test_cancelling_a_dinner_asks_why_and_whether_it_is_meant(manager: Client, table: Table) -> None:
    evening = table.evening()
    table.reserves(evening, "Riet", at("09:00", MONDAY))
    address = f"/resto/evenings/{evening.pk}/cancel/"
    status, page = read(manager, address, {"because": "De kok is ziek"})
    assert (status, "Vink dit aan als het etentje niet doorgaat." in page) == (422, True)
    assert "Gezelschappen die reserveerden of wachten: 1." in page
    _status, page = read(manager, address, {"because": "De kok is ziek", "sure": "on"})
    assert "afgezegd De kok is ziek" in page
    evening.refresh_from_db()
    assert evening.state == "cancelled"


def test_fewer_chairs_than_people_is_said_with_the_number(manager: Client, table: Table) -> None:
    evening = table.evening()
    table.reserves(evening, "Riet", at("09:00", MONDAY), covers=9)
    times = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30"}
    status, page = read(manager, f"/resto/evenings/{evening.pk}/change/", {**times, "chairs": "8", "speakers": "0"})
    assert (status, "9 mensen hebben die avond een stoel" in page) == (422, True)
    status, page = read(manager, f"/resto/restos/{table.resto.pk}/change/", {"name": "De Lange Tafel", "chairs": 8})
    assert (status, "Op 24 november hebben 9 mensen een stoel" in page) == (422, True)


def test_removing_a_table_first_says_who_was_to_sit_there(manager: Client, table: Table) -> None:
    evening = table.evening()
    row = table.reserves(evening, "Riet", at("09:00", MONDAY), covers=3)
    first = table.room.tables.get(name="1")
    Reservation.objects.filter(pk=row.pk).update(table=first)
    _status, page = read(manager, f"/resto/tables/{first.pk}/remove/")
    assert "Op dinsdag 24 november zouden hier zoveel mensen zitten: 3." in page
    _status, page = read(manager, f"/resto/tables/{first.pk}/remove/", {})
    assert "Zonder tafel nu: 1 gezelschappen" in page
    _status, page = read(manager, "/resto/calls/")
    assert "Heeft geen tafel meer De Lange Tafel, dinsdag 24 november, 17:30 Tafel 1 is er niet meer" in page


def test_fewer_places_at_tables_than_chairs_are_told_with_what_to_do(manager: Client, table: Table) -> None:
    """Of the resto after every change of a table, and of the evening to which more people come than can sit down."""
    evening = table.evening()
    for name, covers in (("Riet", 8), ("Jan", 6)):
        table.reserves(evening, name, at("09:00", MONDAY), covers=covers)
    place = f"/resto/restos/{table.resto.pk}/"
    _status, page = read(manager, place)
    assert "Stoelen 20, 20 aan tafels" in page and "is er geen tafel" not in page
    lacks = "Er komen 14 mensen, en er zijn tafels voor 10: zet tafels bij, of maak ze groter"
    assert lacks not in read(manager, f"/resto/evenings/{evening.pk}/")[1]
    _status, page = read(manager, f"/resto/tables/{table.room.tables.get(name='2').pk}/remove/", {})
    assert (
        "20 stoelen, 10 aan tafels: voor 10 mensen is er geen tafel. "
        "Zet tafels bij of maak ze groter, of geef het resto 10 stoelen."
    ) in page
    for address in (f"/resto/evenings/{evening.pk}/", "/resto/"):
        assert lacks in read(manager, address)[1]
    spot = {"room": table.room.pk, "name": "3", "chairs": "4", "x": "30", "y": "40"}
    _status, page = read(manager, f"{place}add/table/", spot)
    assert "20 stoelen, 14 aan tafels: voor 6 mensen is er geen tafel." in page
    assert "en er zijn tafels voor" not in read(manager, "/resto/")[1]
    third = table.room.tables.get(name="3")
    _status, page = read(manager, f"/resto/tables/{third.pk}/", {**spot, "chairs": "12"})
    assert (
        "20 stoelen, 22 aan tafels: er kunnen niet meer dan 20 mensen komen. "
        "Staat er bij elke plaats een stoel, geef het resto dan 22 stoelen."
    ) in page


def test_the_board_of_tonight_says_that_more_people_come_than_there_are_places_at_tables(
    manager: Client, table: Table
) -> None:
    tonight = table.evening(MONDAY)
    table.reserves(tonight, "Riet", at("09:00", MONDAY), covers=8)
    table.room.tables.update(chairs=3)
    assert "Er komen 8 mensen, en er zijn tafels voor 6" in read(manager, "/today/")[1]


def test_where_no_tables_are_drawn_nothing_is_said_of_them(manager: Client, table: Table) -> None:
    evening = table.evening()
    table.reserves(evening, "Riet", at("09:00", MONDAY), covers=8)
    table.room.tables.update(in_use=False)
    for address in (f"/resto/restos/{table.resto.pk}/", f"/resto/evenings/{evening.pk}/"):
        page = read(manager, address)[1]
        assert "aan tafels" not in page and "tafels voor" not in page


def test_calls_to_make_are_made_tried_and_settled(manager: Client, table: Table) -> None:
    evening = an_evening(table)
    row = evening.reservations.get(person=table.people["Jan"])
    call = GuestCall.objects.get()
    GuestCall.objects.update(reservation=row)
    finish = f"/resto/calls/{call.pk}/finish/"
    assert read(manager, finish, {"outcome": "misschien"})[0] == 400
    _status, page = read(manager, finish, {"outcome": "not_reached"})
    assert "Niet bereikt om 8:25" in page
    _status, page = read(manager, finish, {"outcome": "comes"})
    assert "Genoteerd: Jan Linde komt eten." in page
    row.refresh_from_db()
    assert (row.state, row.answer) == ("reserved", "yes")
    assert read(manager, finish, {"outcome": "comes"})[0] == 409


def test_who_says_on_the_telephone_not_to_come_gives_up_the_chairs(manager: Client, table: Table) -> None:
    evening = an_evening(table)
    row = evening.reservations.get(person=table.people["Jan"])
    GuestCall.objects.update(reservation=row)
    read(manager, f"/resto/calls/{GuestCall.objects.get().pk}/finish/", {"outcome": "cancels"})
    row.refresh_from_db()
    assert (row.state, row.cancelled_because) == ("cancelled", "by_telephone")


def test_an_organisation_chooses_its_holidays_and_how_far_ahead(manager: Client, table: Table) -> None:
    address = f"/resto/organisations/{table.organisation.pk}/settings/"
    _status, page = read(manager, address)
    assert "Eerste kerstdag" in page
    status, page = read(manager, address, {"weeks_ahead": "0", "holidays": ["kings_day"]})
    assert status == 422
    _status, page = read(manager, address, {"weeks_ahead": "6", "holidays": ["kings_day"]})
    assert "Bewaard. Het geldt voor avonden die vanaf nu worden gemaakt." in page
    table.organisation.refresh_from_db()
    assert table.organisation.settings["dinners"] == {"weeks_ahead": 6, "holidays": ["kings_day"]}
