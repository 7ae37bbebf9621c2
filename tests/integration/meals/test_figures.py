"""The figures of a month at the restos, counted from rows."""

from datetime import date, timedelta

import pytest

from backend.common.errors import Conflict
from backend.meals.domain.chairs import Refusal
from backend.meals.models import CrewHours, CrewPlace, Evening, EveningCount, Job, MealPayment, Reservation, Tariff
from backend.meals.selectors.door import door_of
from backend.meals.selectors.figures import month_of, months, tariff_names
from backend.meals.selectors.seating import room_of
from backend.meals.services import crew, crew_places, door_crew, evenings, reserving
from backend.meals.services.wishes import Wish
from backend.people.services import registering
from tests.support.restos import MANAGER, TUESDAY, Table, a_helper, at
from tests.support.restos import crew_places as places_of

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)
MONDAY = at("11:00", TUESDAY - timedelta(days=1))
DINNER, OVER = at("17:45"), at("20:30")


def came(row: Reservation, covers: int) -> None:
    Reservation.objects.filter(pk=row.pk).update(arrived_at=DINNER, arrived_covers=covers)


def helped(table: Table, evening: Evening, name: str, minutes: int | None) -> None:
    helper = registering.register_person(
        organisation=table.organisation, given_name=name, family_name="Visser", phones=()
    )
    left = None if minutes is None else DINNER + timedelta(minutes=minutes)
    CrewPlace.objects.create(
        evening=evening, job=Job.BAR, number=len(name), state="confirmed", person=helper, came_at=DINNER, left_at=left
    )


def an_evening(table: Table) -> Evening:
    """Riet's party of four came with three, Truus reserved on the page and stayed away, Jan walked in; two helped."""
    evening = table.evening(speakers=1)
    riet = table.reserves(evening, "Riet", MONDAY, covers=4)
    table.reserves(evening, "Truus", MONDAY, covers=2, way=Reservation.Way.PAGE)
    came(riet, 3)
    reserving.walk_in(
        evening_id=evening.pk,
        wish=Wish(table.guest("Jan"), way=Reservation.Way.WALK_IN),
        actor=MANAGER,
        now=DINNER,
    )
    helped(table, evening, "An", 120)
    helped(table, evening, "Bob", None)
    tariff = Tariff.objects.create(resto=table.resto, name="Gewoon", cents=700)
    MealPayment.objects.create(
        reservation=riet, tariff=tariff, covers=3, way="cash", cents=2100, at=DINNER, by="user:9"
    )
    EveningCount.objects.create(evening=evening, cooked=12, left=3, at=OVER, by="user:9")
    reserving.turned_away(evening, Wish(table.guest("Sjef"), covers=5), Refusal.FULL, MONDAY)
    Evening.objects.filter(pk=evening.pk).update(state="closed", closed_at=OVER + timedelta(hours=2))
    return evening


def test_a_month_counts_who_ate_who_stayed_away_who_helped_and_what_was_left(table: Table) -> None:
    an_evening(table)
    off = table.evening(TUESDAY + timedelta(days=2))
    evenings.cancel(evening_id=off.pk, because="cook_ill", actor=MANAGER, now=MONDAY)
    table.evening(TUESDAY + timedelta(days=30))
    found = month_of(table.organisation, NOVEMBER)
    tariff = next(iter(tariff_names(table.organisation)))
    assert found.total == {
        "booked": 6,
        "covers": 4,
        "people": 2,
        "first_timers": 2,
        "no_shows": 3,
        "no_show:telephone": 1,
        "no_show:page": 2,
        "booked:telephone": 4,
        "booked:page": 2,
        "evenings_held": 1,
        "evenings_cancelled": 1,
        "chairs_offered": 20,
        "chairs_used": 7,
        "crew_minutes": 120 + 165,
        "portions_cooked": 12,
        "portions_left": 3,
        "income_cents": 2100,
        f"tariff:{tariff}": 3,
        f"cents:{tariff}": 2100,
        "unmet": 5,
        "unmet:full": 5,
    }
    assert found.restos == {str(table.resto.pk): found.total}


@pytest.fixture
def bar(table: Table) -> CrewPlace:
    """On Tuesday Kees came at half past four to help behind the bar; at five past five he falls ill."""
    (place,) = places_of(table.evening(), "bar")
    kees = a_helper(table.organisation, "Kees", "+31600000200", jobs=("bar",))
    crew.confirm(place_id=place.pk, person=kees, actor=MANAGER, now=MONDAY)
    door_crew.came(place_id=place.pk, actor=MANAGER, now=at("16:30"))
    return place


def closed(place: CrewPlace) -> dict[str, int]:
    """The evening is closed at half past eight; what its month counts."""
    Evening.objects.filter(pk=place.evening_id).update(state="closed", closed_at=OVER)
    return dict(month_of(place.evening.resto.organisation, NOVEMBER).total)


def test_who_was_replaced_in_mid_evening_has_their_hours_and_the_chair_counts_once(
    table: Table, bar: CrewPlace
) -> None:
    lies = a_helper(table.organisation, "Lies", "+31600000201", jobs=("bar",))
    crew.confirm(place_id=bar.pk, person=lies, actor=MANAGER, now=at("17:05"))
    door_crew.came(place_id=bar.pk, actor=MANAGER, now=at("17:30"))
    kees = CrewHours.objects.get()
    assert (kees.person.given_name, kees.job, kees.came_at, kees.left_at) == ("Kees", "bar", at("16:30"), at("17:05"))
    total = closed(bar)
    assert (total["crew_minutes"], total["chairs_used"]) == (35 + 180, 1)


def test_who_had_gone_home_before_the_place_was_given_away_helped_until_then(bar: CrewPlace) -> None:
    door_crew.left(place_id=bar.pk, actor=MANAGER, now=at("17:00"))
    crew.drop_out(place_id=bar.pk, actor=MANAGER, now=at("17:05"))
    total = closed(bar)
    assert (total["crew_minutes"], total["chairs_used"]) == (30, 1), "nobody came instead"


def test_hours_outlive_a_place_that_is_closed_and_go_when_nobody_had_been_there(bar: CrewPlace) -> None:
    crew.drop_out(place_id=bar.pk, actor=MANAGER, now=at("17:05"))
    crew_places.close_one(place_id=bar.pk, actor=MANAGER, now=at("17:10"))
    evening = Evening.objects.get(pk=bar.evening_id)
    hours = CrewHours.objects.get()
    Evening.objects.filter(pk=evening.pk).update(state="closed", closed_at=OVER)
    assert month_of(evening.resto.organisation, NOVEMBER).total["crew_minutes"] == 35
    with pytest.raises(Conflict, match="This evening is closed"):
        door_crew.had_not_been_here(hours_id=hours.pk, actor=MANAGER)
    Evening.objects.filter(pk=evening.pk).update(state="open", closed_at=None)
    for _twice in range(2):
        door_crew.had_not_been_here(hours_id=hours.pk, actor=MANAGER)
    assert month_of(evening.resto.organisation, NOVEMBER).total.get("crew_minutes", 0) == 0


def test_who_eats_twice_is_one_person_and_one_newcomer(table: Table) -> None:
    for day in (TUESDAY, TUESDAY + timedelta(days=2)):
        evening = table.evening(day)
        came(table.reserves(evening, "Riet", MONDAY), 1)
        Evening.objects.filter(pk=evening.pk).update(state="closed")
    total = month_of(table.organisation, NOVEMBER).total
    assert (total["covers"], total["people"], total["first_timers"]) == (2, 1, 1)


def test_who_reserved_four_evenings_at_once_is_a_newcomer_on_the_first_of_them_only(table: Table) -> None:
    days = [TUESDAY + timedelta(days=number) for number in (-21, -14, -7, 0)]
    held = [table.evening(day) for day in days]
    rows = [table.reserves(evening, "Riet", at("11:00", date(2026, 11, 2))) for evening in held]
    assert [party.row.is_new for evening in held for party in door_of(evening, MONDAY).expected] == [True] * 4
    for row, evening in zip(rows[:3], held[:3], strict=True):
        Reservation.objects.filter(pk=row.pk).update(arrived_at=evening.doors_at, arrived_covers=1)
        Evening.objects.filter(pk=evening.pk).update(state="closed")
    (seated,) = room_of(held[3]).room.parties
    assert not seated.is_new
    assert [party.row.is_new for evening in held for party in door_of(evening, MONDAY).here] == [True, False, False]
    assert month_of(table.organisation, NOVEMBER).total["first_timers"] == 1


def test_parties_that_waited_and_got_their_chairs(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    truus = table.waits(evening, "Truus", MONDAY, covers=2)
    table.waits(evening, "Sjef", MONDAY, covers=2)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=MONDAY)
    reserving.promote(reservation_id=truus.pk, actor=MANAGER, now=MONDAY)
    total = month_of(table.organisation, NOVEMBER).total
    assert (total["waited"], total["waited_seated"]) == (2, 1)


def test_who_reads_only_sees_months_that_are_over(table: Table) -> None:
    table.evening(date(2026, 9, 1))
    assert months(table.organisation, MONDAY, only_over=True) == [date(2026, 9, 1)]
    assert months(table.organisation, MONDAY, only_over=False) == [NOVEMBER, date(2026, 9, 1)]


def test_a_year_of_evenings_is_counted_in_as_many_queries(table: Table, django_assert_num_queries) -> None:
    an_evening(table)
    with django_assert_num_queries(14):
        month_of(table.organisation, NOVEMBER)
    for number in range(5):
        evening = table.evening(date(2026, 11, 3 + number))
        came(table.reserves(evening, f"Gast {number}", at("09:00", date(2026, 11, 2))), 1)
        Evening.objects.filter(pk=evening.pk).update(state="closed")
    with django_assert_num_queries(14):
        month_of(table.organisation, NOVEMBER)
