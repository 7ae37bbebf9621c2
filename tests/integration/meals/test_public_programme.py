"""The programme that anybody may read: what there is to eat, whether there is place, and nobody's name."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from backend.events import clock
from backend.meals.models import (
    ChairOffer,
    Course,
    CrewPlace,
    Evening,
    EveningException,
    EveningSeries,
    Tariff,
    Variant,
)
from backend.meals.selectors.counting import chairs_of, chairs_of_each
from backend.meals.services import evenings
from tests.integration.web import mornings
from tests.support.pages import one_line
from tests.support.restos import MANAGER, TUESDAY, Table, a_resto, at

THURSDAY, NEXT_TUESDAY, NEXT_THURSDAY = date(2026, 11, 26), date(2026, 12, 1), date(2026, 12, 3)
MONDAY = at("11:00", date(2026, 11, 23))


@pytest.fixture
def table(settings, db) -> Table:
    settings.RONDJE_DEMO = True
    mornings.set_time("11:00")
    table = a_resto()
    table.resto.address, table.resto.place, table.resto.welcome = "Tafelstraat 1", "Tilburg", "Schuif aan!"
    table.resto.save()
    return table


def told(client: Client, language: str = "nl", slug: str = "tafel-oost") -> str:
    return one_line(client.get(f"/eten/{slug}/", {"language": language}))


def test_an_evening_with_its_courses_times_prices_and_whom_to_ring(client: Client, table: Table) -> None:
    evening = table.evening(theme="Pannenkoeken", speaker="De wijkagent", speakers=1)
    main = Course.objects.create(evening=evening, kind="main", name="Stamppot met worst")
    Course.objects.create(evening=evening, kind="starter", name="Soep")
    Variant.objects.create(course=main, name="Stamppot met noten", without=["meat"])
    Tariff.objects.create(resto=table.resto, name="Gewoon", cents=850)
    Tariff.objects.create(resto=table.resto, name="Oud", cents=700, in_use=False)
    shown = told(client)
    for words in (
        "dinsdag 24 november: Pannenkoeken",
        "De deur gaat open om 17:30, eten om 18:00",
        "Gast van de avond: De wijkagent",
        "Zonder vlees: Stamppot met noten",
        "Gewoon: € 8,50",
        "Tafelstraat 1, Tilburg",
        "Schuif aan!",
        "013 000 90 00",
        "Er is plaats",
    ):
        assert words in shown
    assert shown.index("Soep") < shown.index("Stamppot met worst")
    assert "Oud" not in shown
    english = told(client, "en")
    assert "Tuesday 24 November: Pannenkoeken" in english
    assert "Without meat: Stamppot met noten" in english
    assert "There are chairs free" in english


def test_it_says_free_few_full_too_late_and_off_and_never_how_many_or_who(client: Client, table: Table) -> None:
    table.reserves(table.evening(), "Zeger", MONDAY, covers=7)
    few, full = table.evening(THURSDAY), table.evening(NEXT_TUESDAY, chairs=10)
    table.reserves(few, "Riet", MONDAY, covers=8)
    table.reserves(few, "Truus", MONDAY, covers=8)
    table.reserves(full, "Riet", MONDAY, covers=10)
    off = table.evening(NEXT_THURSDAY)
    evenings.cancel(evening_id=off.pk, because="De kok is ziek", actor=MANAGER, now=MONDAY)
    shown = told(client)
    said = ["Er is plaats", "Nog enkele plaatsen", "Vol: u kunt op de wachtlijst", "Dit diner gaat niet door"]
    assert [shown.index(words) for words in said] == sorted(shown.index(words) for words in said)
    for secret in ("Zeger", "Riet", "13 plaatsen", "kok is ziek", "Linde"):
        assert secret not in shown
    clock.set_clock(virtual=at("12:30"), rate=0)
    assert "Reserveren kan hier niet meer: bel ons, of kom aan de deur kijken" in told(client)


def test_days_on_which_it_is_closed_are_told_with_the_reason(client: Client, table: Table) -> None:
    series = EveningSeries.objects.create(
        resto=table.resto,
        rule="FREQ=WEEKLY;BYDAY=TU",
        first_day=TUESDAY,
        cutoff="12:30",
        doors="17:30",
        dinner="18:00",
        ends="20:30",
    )
    EveningException.objects.create(series=series, date=TUESDAY, reason="Sinterklaas")
    EveningException.objects.create(series=series, date=date(2026, 11, 17), reason="Voorbij")
    shown = told(client)
    assert "dinsdag 24 november: Sinterklaas" in shown
    assert "Voorbij" not in shown


def test_what_is_not_public_and_what_is_not_there_are_the_same(client: Client, table: Table) -> None:
    other = a_resto(slug="west")
    other.resto.public = False
    other.resto.save()
    answers = [client.get(f"/eten/{slug}/{what}") for slug in ("tafel-west", "nergens") for what in ("", "agenda.ics")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert all(
        "Dit resto bestaat niet, of laat zijn programma aan niemand zien." in one_line(answer) for answer in answers
    )
    assert client.get("/eten/tafel-oost/").status_code == 200


def test_reading_it_leaves_no_cookie_and_may_be_kept_for_a_minute(client: Client, table: Table) -> None:
    table.evening()
    answer = client.get("/eten/tafel-oost/")
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=60"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}
    assert "no-store" in client.get("/sign-in/")["Cache-Control"]


def test_the_calendar_has_every_evening_also_one_that_is_off(client: Client, table: Table) -> None:
    table.reserves(table.evening(theme="Pannenkoeken"), "Zeger", MONDAY)
    off = table.evening(THURSDAY)
    evenings.cancel(evening_id=off.pk, because="De kok is ziek", actor=MANAGER, now=MONDAY)
    answer = client.get("/eten/tafel-oost/agenda.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    first, second = Calendar.from_ical(answer.content).events
    assert (first["summary"], str(first["status"])) == ("De Lange Tafel: Pannenkoeken", "CONFIRMED")
    assert first["dtstart"].dt == at("17:30")
    assert "Bel 013 000 90 00" in first["description"]
    assert (str(second["status"]), str(second["description"])) == ("CANCELLED", "")
    assert b"Zeger" not in answer.content


def test_many_evenings_are_counted_as_each_of_them_is(table: Table, django_assert_num_queries) -> None:
    one, two, none = table.evening(speakers=1), table.evening(THURSDAY), table.evening(NEXT_TUESDAY)
    table.reserves(one, "Riet", MONDAY, covers=3)
    came = table.reserves(one, "Truus", MONDAY, covers=4)
    came.arrived_at, came.arrived_covers = one.doors_at, 2
    came.save()
    waits = table.reserves(two, "Jan", MONDAY, covers=2)
    waits.state = "waiting"
    waits.save()
    for state, ended in (("expired", MONDAY), ("open", None)):
        ChairOffer.objects.create(
            evening=two, reservation=waits, state=state, offered_at=MONDAY, deadline_at=MONDAY, ended_at=ended
        )
    held = table.reserves(two, "Piet", MONDAY, covers=5)
    held.state, held.holds_until = "unconfirmed", at("12:00")
    held.save()
    for number in range(3):
        CrewPlace.objects.create(evening=two, job="serving", number=number, eats=number > 0)
    rows = list(Evening.objects.all())
    with django_assert_num_queries(2):
        counts = chairs_of_each(rows, MONDAY)
    assert counts == {row.pk: chairs_of(row, MONDAY) for row in rows}
    assert [counts[row.pk].free for row in (one, two, none)] == [14, 11, 20]


def test_a_long_programme_asks_the_database_no_more_than_a_short_one(
    client: Client, table: Table, django_assert_max_num_queries
) -> None:
    for number in range(1, 28):
        evening = table.evening(date(2026, 11, 23 + number) if number < 8 else date(2026, 12, number))
        Variant.objects.create(course=Course.objects.create(evening=evening, kind="main", name="Soep"), name="Pap")
    with django_assert_max_num_queries(9):
        client.get("/eten/tafel-oost/")
