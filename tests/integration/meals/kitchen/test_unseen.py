"""Numbers that the kitchen has not looked at: told again, then a person, then a case; and who says they were seen."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from backend.common.actors import person
from backend.common.errors import Conflict, NotAllowed
from backend.incidents.models import Incident
from backend.meals.models import CrewPlace, GuestCall, Job
from backend.meals.selectors.kitchen import kitchen_of
from backend.meals.selectors.overview import glances
from backend.meals.services import calling, crew_rows, evenings, kitchen, kitchen_calls, reserving
from backend.meals.services.wishes import PlateWish, Wish
from backend.meals.web import calls
from backend.notifications.domain.prompts import Key
from backend.notifications.models import Attempt, Letter, Message
from tests.integration.meals.kitchen.a_kitchen import (
    BOSS,
    COOK,
    CUTOFF,
    KIND,
    MONDAY,
    SHOPPER,
    cooking,
    crew,
    last,
    look,
    manager,
    texts,
)
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db


def test_a_count_that_nobody_saw_is_told_again_then_to_the_manager_and_the_cook_is_to_be_rung(table: Table) -> None:
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    manager(table)
    look(evening, CUTOFF)
    for minutes, cooks_texts, bosses_texts in ((9, 1, 1), (10, 2, 1), (11, 2, 1), (20, 2, 2), (40, 2, 2)):
        look(evening, CUTOFF + timedelta(minutes=minutes))
        assert (minutes, len(texts(COOK)), len(texts(BOSS))) == (minutes, cooks_texts, bosses_texts)
    assert texts(COOK)[1] == "De Lange Tafel, di 24 nov: u hebt nog niet gezegd dat u de aantallen zag. Kook voor 1."
    assert texts(BOSS)[1] == (
        "De Lange Tafel, di 24 nov: de keuken heeft de aantallen (1 eter) niet gezien. Bel de kok (Kees), of ga kijken."
    )
    assert Letter.objects.last().subject == "De keuken heeft de aantallen van di 24 nov niet gezien"
    call = GuestCall.objects.get()
    assert (call.person, call.kind, call.details) == (
        cook,
        GuestCall.Kind.KITCHEN,
        {"reason": "kitchen_unseen", "count": last(evening)},
    )
    kitchen.seen(evening_id=evening.pk, count_id=last(evening), actor=person(cook.pk, "link"), now=at("13:30"))
    call.refresh_from_db()
    assert call.state == GuestCall.State.LAPSED


def test_a_place_of_the_crew_that_is_filled_takes_no_cook_off_the_calls_and_the_call_says_the_numbers(
    table: Table,
) -> None:
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    table.reserves(evening, "Riet", MONDAY, covers=4, plates=(PlateWish(("gluten",)), PlateWish(("nuts",), True)))
    look(evening, CUTOFF)
    look(evening, CUTOFF + timedelta(minutes=20))
    GuestCall.objects.create(
        organisation=table.organisation,
        evening=evening,
        person=cook,
        kind=GuestCall.Kind.CREW,
        details={"jobs": {Job.BAR: "silent"}},
        created_at=MONDAY,
    )
    crew_rows.no_more_calls(evening, Job.BAR, CUTOFF)
    (call,) = calls.open_calls([table.organisation], CUTOFF)
    with translation.override("nl"):
        row = calls.row(call)
    assert (call.person, row["kind"]) == (cook, "Heeft niet gehoord voor hoeveel er gekookt wordt")
    assert row["say"] == (
        "Zeg de keuken van De Lange Tafel op dinsdag 24 november: kook voor 5 eters (4 gasten, 1 ploeg)."
        " 1 zonder gluten, eigen bord: 1."
    )
    assert [str(label) for _outcome, label in row["buttons"]] == ["De keuken weet het"]
    assert row["elsewhere"] == f"/resto/evenings/{evening.pk}/kitchen/"


def test_of_an_evening_that_is_off_no_cook_is_rung(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    look(evening, CUTOFF)
    look(evening, CUTOFF + timedelta(minutes=20))
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=at("13:00"))
    look(evening, at("13:00"))
    assert GuestCall.objects.get(kind=GuestCall.Kind.KITCHEN).state == GuestCall.State.LAPSED


def test_a_change_that_comes_while_somebody_reads_is_not_taken_for_seen(table: Table) -> None:
    evening, cook, riet = cooking(table)
    shown = last(evening)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=at("14:10"))
    look(evening, at("14:10"))
    assert kitchen.seen(evening_id=evening.pk, count_id=shown, actor=person(cook.pk, "link"), now=at("14:11")) == 0
    assert [count.kind for count in kitchen_of(evening).unseen] == [KIND.LATE]
    other = table.evening(date(2026, 11, 26))
    CrewPlace.objects.create(evening=other, job=Job.COOK, state=CrewPlace.State.CONFIRMED, person=cook)
    with pytest.raises(Conflict, match="not of this evening"):
        kitchen.seen(evening_id=other.pk, count_id=shown, actor=person(cook.pk, "link"), now=at("14:11"))


def test_only_the_kitchen_says_what_it_saw_and_who_runs_the_resto_that_they_told_the_cook(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    boss, shopper = manager(table), crew(table, evening, "Bep", SHOPPER, Job.SHOPPING)
    look(evening, CUTOFF)
    shown = {"evening_id": evening.pk, "count_id": last(evening), "now": at("13:00")}
    for one in (boss, shopper):
        with pytest.raises(NotAllowed, match="Only who works in the kitchen"):
            kitchen.seen(**shown, actor=person(one.pk, "link"))
    with pytest.raises(NotAllowed, match="Only who runs the dinners"):
        kitchen.told_cook(**shown, actor=person(shopper.pk, "link"))
    with pytest.raises(Conflict, match="has not seen everything"):
        kitchen.pots_on(**shown, actor=person(boss.pk, "link"))
    with pytest.raises(NotAllowed, match="Only who works in the kitchen"):
        kitchen.pots_on(**shown, actor=person(shopper.pk, "link"))
    assert [count.kind for count in kitchen_of(evening).unseen] == [KIND.FINAL]
    assert kitchen.told_cook(**shown, actor=person(boss.pk, "link")) == 1
    assert kitchen_of(evening).unseen == ()
    kitchen.pots_on(**shown, actor=person(boss.pk, "link"))
    evening.refresh_from_db()
    assert evening.pots_on_at == at("13:00")


def test_a_manager_who_is_rung_and_presses_a_key_has_seen_nothing_for_the_kitchen(table: Table) -> None:
    evening = table.evening()
    cook, boss = crew(table, evening, "Kees", "+31130003999"), manager(table, "+31130003998")
    look(evening, CUTOFF)
    for one, is_unseen in ((boss, True), (cook, False)):
        message = Message.objects.get(person=one)
        attempt = Attempt(message=message, language="nl")
        kitchen_calls.converse(attempt, Key("1"), CUTOFF)
        assert attempt.script == {"heard": True}
        assert bool(kitchen_of(evening).unseen) == is_unseen


def test_a_cook_who_was_rung_knows_the_numbers(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    look(evening, CUTOFF)
    look(evening, CUTOFF + timedelta(minutes=20))
    calling.finish(GuestCall.objects.get().pk, calling.Outcome.DONE, actor=MANAGER, now=at("13:00"))
    assert kitchen_of(evening).unseen == ()


def test_changes_that_keep_coming_put_the_manager_off_no_longer(table: Table) -> None:
    evening, _cook, _riet = cooking(table)
    manager(table)
    for number in range(4):
        table.guest(f"Gast {number}")
        now = at("14:00") + timedelta(minutes=7 * number)
        reserving.walk_in(evening_id=evening.pk, wish=Wish(table.people[f"Gast {number}"]), actor=MANAGER, now=now)
        look(evening, now)
    assert len(texts(BOSS)) == 1


def test_a_cook_without_any_telephone_is_to_be_rung_by_nobody_but_looked_for(table: Table) -> None:
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    cook.phones.all().delete()
    look(evening, CUTOFF)
    assert GuestCall.objects.get().details == {"reason": "kitchen_no_way", "count": last(evening)}


def test_where_nobody_has_a_telephone_the_numbers_are_a_case(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK).phones.all().delete()
    for minutes in (0, 10, 20, 40):
        look(evening, CUTOFF + timedelta(minutes=minutes))
    case = Incident.objects.get()
    assert (case.kind, case.source_id, case.details) == ("evening", evening.pk, {"reason": "kitchen_untold"})


def test_a_later_change_is_escalated_on_its_own_and_each_becomes_a_case_of_its_own(table: Table) -> None:
    evening, cook, _riet = cooking(table)
    manager(table)
    two = at("14:00")
    for number, minutes in ((1, 0), (2, 25)):
        now = two + timedelta(minutes=minutes)
        nuts = (PlateWish(("nuts",), own_plate=True, name="Ans Linde"),)
        wish = Wish(table.guest(f"Ans {number}"), plates=nuts)
        reserving.walk_in(evening_id=evening.pk, wish=wish, actor=MANAGER, now=now)
        look(evening, now)
        look(evening, now + timedelta(minutes=20))
    for minutes, bosses_texts, cases in ((45, 2, 1), (54, 2, 1), (55, 2, 2)):
        look(evening, two + timedelta(minutes=minutes))
        assert (minutes, len(texts(BOSS)), Incident.objects.count()) == (minutes, bosses_texts, cases)
    assert [case.details for case in Incident.objects.all()] == 2 * [{"reason": "kitchen_unseen"}]
    kitchen.seen(evening_id=evening.pk, count_id=last(evening), actor=person(cook.pk, "link"), now=at("15:00"))
    look(evening, at("16:00"))
    assert (len(texts(BOSS)), Incident.objects.count()) == (2, 2)


def test_the_board_says_that_the_kitchen_has_not_looked_until_it_has(table: Table) -> None:
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    manager(table)
    look(evening, CUTOFF)
    assert not glances([evening], CUTOFF)[0].is_unseen
    look(evening, CUTOFF + timedelta(minutes=20))
    assert glances([evening], CUTOFF)[0].is_unseen
    kitchen.seen(evening_id=evening.pk, count_id=last(evening), actor=person(cook.pk, "link"), now=at("13:00"))
    assert not glances([evening], CUTOFF)[0].is_unseen
