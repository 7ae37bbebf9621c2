"""Guests whom the restos know: food with consent, company at table, and a place every time without asking."""

from datetime import date, timedelta

import pytest
from django.test import Client

from backend.common.actors import SYSTEM
from backend.meals.models import CrewPlace, Evening, Guest, Plate, Reservation, SeatingWish, Standing, StandingSkip
from backend.meals.selectors.habits import KnownPlate, plates_of
from backend.meals.services import evenings, guests, reserving, standing
from backend.meals.services.wishes import PlateWish
from backend.people.models import Consent, Person
from backend.people.services import absences
from tests.integration.meals.regulars import NEXT, a_tuesday, begins
from tests.support.deliveries import drain
from tests.support.pages import one_line
from tests.support.races import locked_in_turn
from tests.support.restos import MANAGER, TUESDAY, Table, a_series, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))
STATES = ("person__given_name", "state", "cancelled_because")


def rows(evening: Evening) -> list[tuple[str, str, str]]:
    return list(evening.reservations.order_by("pk").values_list(*STATES))


def test_a_regular_has_a_place_on_every_evening_once_however_often_it_is_looked_at(table: Table) -> None:
    first = a_tuesday(table)
    begins(table, "Riet", covers=2)
    assert rows(first) == [("Riet", "reserved", "")]
    second = a_tuesday(table, NEXT)
    evenings.tell(second, "evening_planned", SYSTEM)
    for _again in range(2):
        drain()
        standing.keep_watch(MONDAY)
        standing.fill(second.pk, SYSTEM, MONDAY)
    assert rows(second) == [("Riet", "reserved", "")]
    row = second.reservations.get()
    assert (row.covers, row.way, row.standing) == (2, "standing", Standing.objects.get())


def test_the_watch_makes_the_place_should_the_event_have_been_lost(table: Table) -> None:
    begins(table, "Riet")
    evening = a_tuesday(table)
    standing.keep_watch(MONDAY)
    assert rows(evening) == [("Riet", "reserved", "")]


def test_who_has_come_longest_comes_first_and_the_others_wait_when_the_table_is_full(table: Table) -> None:
    for name in ("Riet", "Truus"):
        begins(table, name)
    Standing.objects.filter(person__given_name="Truus").update(first_day=TUESDAY - timedelta(days=7))
    evening = a_tuesday(table, chairs=1)
    standing.keep_watch(MONDAY)
    assert rows(evening) == [("Truus", "reserved", ""), ("Riet", "waiting", "")]


def test_who_is_away_has_no_place_which_is_noted_and_has_it_again_when_back(table: Table) -> None:
    evening = a_tuesday(table)
    begins(table, "Riet")
    away = absences.record_absence(
        person=table.guest("Riet"), first_day=TUESDAY, last_day=TUESDAY, reason="away", actor=SYSTEM
    )
    drain()
    assert rows(evening) == [("Riet", "cancelled", "away")]
    assert StandingSkip.objects.values_list("evening", "reason").get() == (evening.pk, "away")
    standing.keep_watch(MONDAY)
    absences.withdraw(away, actor=SYSTEM)
    drain()
    assert rows(evening) == [("Riet", "cancelled", "away"), ("Riet", "reserved", "")]
    assert not StandingSkip.objects.exists()


def test_a_regular_who_helps_on_an_evening_has_no_place_as_a_guest_and_breaks_nothing(
    table: Table, host: Client
) -> None:
    helps, later = a_tuesday(table), a_tuesday(table, NEXT)
    CrewPlace.objects.create(evening=helps, job="bar", person=table.guest("Riet"), state=CrewPlace.State.CONFIRMED)
    begins(table, "Riet")
    begins(table, "Truus")
    standing.keep_watch(MONDAY)
    assert (rows(helps), rows(later)) == (
        [("Truus", "reserved", "")],
        [("Riet", "reserved", ""), ("Truus", "reserved", "")],
    )
    assert StandingSkip.objects.values_list("evening", "reason").get() == (helps.pk, "helps")
    page = one_line(host.get(f"/resto/guests/{table.guest('Riet').pk}/"))
    assert "helpt die avond, en eet mee met de ploeg" in page


def test_an_evening_whose_regulars_cannot_be_placed_holds_no_other_up(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("Riet", "Truus"):
        begins(table, name)
    Standing.objects.filter(person__given_name="Riet").update(last_day=TUESDAY)
    riet = table.guest("Riet")
    Consent.objects.create(
        person=riet,
        purpose=Consent.Purpose.DIET,
        given_at=MONDAY,
        recorded_at=MONDAY,
        version="2026-1",
        channel="call",
    )
    # Nothing writes such a food: it stands for whatever could go wrong with one of them.
    Guest.objects.create(person=riet, without=["a food that nobody knows"])
    broken, later = a_tuesday(table), a_tuesday(table, NEXT)
    standing.keep_watch(MONDAY)
    assert (rows(broken), rows(later)) == ([], [("Truus", "reserved", "")])
    (said,) = caplog.records
    assert (said.levelname, said.getMessage()) == (
        "ERROR",
        f"Regulars of evening {broken.pk} could not be given their places; those of others are.",
    )


def test_who_gave_their_place_up_is_left_alone_and_who_has_one_of_their_own_gets_no_second(table: Table) -> None:
    evening, later = a_tuesday(table), a_tuesday(table, NEXT)
    own = table.reserves(later, "Riet", MONDAY, covers=3)
    begins(table, "Riet")
    reserving.cancel(reservation_id=evening.reservations.get().pk, because="by_telephone", actor=MANAGER, now=MONDAY)
    standing.keep_watch(MONDAY)
    standing.fill(evening.pk, SYSTEM, MONDAY)
    standing.fill(later.pk, SYSTEM, MONDAY)
    assert rows(evening) == [("Riet", "cancelled", "by_telephone")]
    assert list(later.reservations.all()) == [own]


def test_paused_resumed_and_ended(table: Table) -> None:
    evening, later = a_tuesday(table), a_tuesday(table, NEXT)
    regular = begins(table, "Riet")
    standing.pause(regular.pk, TUESDAY, actor=MANAGER, now=MONDAY)
    assert rows(evening) == [("Riet", "cancelled", "standing_paused")]
    assert rows(later) == [("Riet", "reserved", "")]
    standing.resume(regular.pk, actor=MANAGER, now=MONDAY)
    assert rows(evening)[1:] == [("Riet", "reserved", "")]
    standing.end(regular.pk, TUESDAY, actor=MANAGER, now=MONDAY)
    assert rows(evening)[1:] == [("Riet", "reserved", "")]
    assert rows(later) == [("Riet", "cancelled", "standing_ended")]
    standing.keep_watch(MONDAY)
    assert len(rows(later)) == 1


def test_no_place_is_made_after_the_final_count_or_for_more_than_a_table_holds(table: Table) -> None:
    evening = a_tuesday(table)
    begins(table, "Groep", covers=11)
    assert rows(evening) == []
    assert StandingSkip.objects.get().reason == "no_table"
    late = a_tuesday(table, NEXT)
    Standing.objects.update(covers=1)
    assert standing.fill(late.pk, SYSTEM, late.cutoff_at) == []


def test_the_page_keeps_food_only_with_consent_and_erases_it_at_once_without(host: Client, table: Table) -> None:
    riet = table.guest("Riet")
    address = f"/resto/guests/{riet.pk}/"
    refused = host.post(f"{address}diet/", {"without": "pork"})
    assert refused.status_code == 422
    assert "wordt alleen met toestemming bewaard" in one_line(refused)
    agreed = {"agreed": "on", "how": "call", "day": "2026-11-23"}
    assert "mag bewaren wat ik niet eet" in one_line(host.get(f"{address}consent/diet/"))
    host.post(f"{address}consent/diet/", agreed)
    assert "Genoteerd." in one_line(host.post(f"{address}diet/", {"without": ["pork", "meat"]}, follow=True))
    assert Guest.objects.get().without == ["meat"]
    over = table.evening(TUESDAY - timedelta(weeks=1))
    table.reserves(over, "Riet", at("11:00", date(2026, 11, 16)), plates=(PlateWish(("meat",)),))
    coming = table.evening()
    table.reserves(coming, "Riet", MONDAY, plates=(PlateWish(("meat",)),))
    host.post(f"{address}withdraw/diet/")
    drain()
    assert Guest.objects.get().without == []
    assert [plate.reservation.evening for plate in Plate.objects.all()] == [coming]


def test_whoever_agrees_is_rung_after_staying_away_and_not_after_taking_it_back(host: Client, table: Table) -> None:
    riet = table.guest("Riet")
    address = f"/resto/guests/{riet.pk}/"
    assert "daar is geen toestemming voor gegeven" in one_line(host.get(address))
    host.post(f"{address}consent/follow-up/", {"agreed": "on", "how": "call", "day": "2026-11-23"})
    drain()
    assert Guest.objects.get().may_follow_up
    host.post(f"{address}withdraw/follow-up/")
    drain()
    assert not Guest.objects.get().may_follow_up
    assert Consent.objects.get().withdrawn_at is not None


def test_company_at_table_helping_and_standing_places_are_noted_on_the_page(host: Client, table: Table) -> None:
    riet, sjef = table.guest("Riet"), table.guest("Sjef")
    evening = a_tuesday(table)
    address = f"/resto/guests/{riet.pk}/"
    assert "Niemand heet zo." in one_line(host.post(f"{address}seat/", {"other": "Zwanenburg", "kind": "apart"}))
    page = one_line(host.post(f"{address}seat/", {"other": "sjef", "kind": "apart"}, follow=True))
    assert "zit liever niet bij Sjef Linde" in page
    wish = SeatingWish.objects.get()
    assert (wish.person, wish.other) == (riet, sjef)
    host.post(f"/resto/wishes/{wish.pk}/drop/")
    assert not SeatingWish.objects.exists()
    host.post(f"{address}help/", {"may_volunteer": "on"})
    assert Guest.objects.get().may_volunteer
    series = a_series(table.resto)
    sent = {"series": series.pk, "covers": 1, "first_day": "2026-11-24"}
    page = one_line(host.post(f"{address}standing/", sent, follow=True))
    assert "komt elke keer" in page
    assert rows(evening) == [("Riet", "reserved", "")]
    assert "Zij komen al elke keer." in one_line(host.post(f"{address}standing/", sent))
    regular = Standing.objects.get()
    assert "Vul een datum in." in one_line(host.post(f"/resto/standing/{regular.pk}/pause/", {"day": "morgen"}))
    page = one_line(host.post(f"/resto/standing/{regular.pk}/pause/", {"day": "2026-11-24"}, follow=True))
    assert "pas weer na 24 november 2026" in page
    assert Reservation.objects.get().cancelled_because == "standing_paused"
    host.post(f"/resto/standing/{regular.pk}/resume/")
    assert rows(evening)[1:] == [("Riet", "reserved", "")]


def agrees_to_diet(person: Person, without: list[str]) -> None:
    Consent.objects.create(
        person=person,
        purpose=Consent.Purpose.DIET,
        given_at=MONDAY,
        recorded_at=MONDAY,
        version="2026-1",
        channel="call",
    )
    Guest.objects.create(person=person, without=without)


PORK = KnownPlate(("pork",), False, "", "")
JAN = KnownPlate(("nuts",), True, "Jan", "geen sporen")


@pytest.mark.parametrize(
    ("covers", "last", "known"),
    [
        (2, (PlateWish(("nuts",), own_plate=True, name="Jan", note="geen sporen"),), (PORK, JAN)),
        (2, (PlateWish(("fish",)),), (PORK, KnownPlate(("fish",), False, "", ""))),
        (2, (PlateWish(("pork",)), PlateWish(("nuts",), True, "Jan", "geen sporen")), (PORK, JAN)),
        (2, (PlateWish(("fish",), True, "riet"), PlateWish(("nuts",), True, "Jan", "geen sporen")), (PORK, JAN)),
        (1, (PlateWish(("fish",)),), (PORK,)),
    ],
)
def test_what_a_friend_does_not_eat_is_not_taken_for_what_they_do_not_eat_themselves(
    table: Table, covers: int, last: tuple[PlateWish, ...], known: tuple[KnownPlate, ...]
) -> None:
    riet = table.guest("Riet")
    agrees_to_diet(riet, ["pork"])
    table.reserves(table.evening(), "Riet", MONDAY, covers=covers, plates=last)
    assert plates_of(riet) == known


def test_the_plate_that_was_surely_theirs_is_the_one_that_is_replaced(table: Table) -> None:
    riet = table.guest("Riet")
    agrees_to_diet(riet, ["fish"])
    table.reserves(table.evening(), "Riet", MONDAY, covers=2, plates=(PlateWish(("nuts",)), PlateWish(("fish",))))
    Guest.objects.update(without=["pork"])
    assert plates_of(riet) == (PORK, KnownPlate(("nuts",), False, "", ""))


def test_nobody_wishes_to_sit_with_themselves(table: Table) -> None:
    with pytest.raises(guests.Conflict, match="Choose another guest"):
        guests.wish_to_sit(table.guest("Riet"), table.guest("Riet"), SeatingWish.Kind.WITH, actor=MANAGER)


def test_places_of_a_regular_of_two_series_follow_in_the_order_in_which_evenings_are_locked(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes the evenings of a resto at the same time locks them in that order too."""
    thursdays = a_series(table.resto, "FREQ=WEEKLY;BYDAY=TH")
    made = [
        a_tuesday(table, NEXT),
        table.evening(TUESDAY + timedelta(days=2), series=thursdays),
        a_tuesday(table),
        table.evening(NEXT + timedelta(days=2), series=thursdays),
    ]
    riet = begins(table, "Riet").person
    standing.begin(person=riet, series=thursdays, covers=1, first_day=TUESDAY, actor=MANAGER, now=MONDAY)
    in_turn = locked_in_turn(monkeypatch, evenings, "locked")
    standing.absences_changed(riet.pk, SYSTEM, MONDAY)
    assert in_turn == [one.pk for one in made]
