"""What the kitchen cooks: everybody is counted once in each course, and gets what leaves out all they must not eat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.meals import kitchen_words
from backend.meals.domain.diets import Food
from backend.meals.domain.kitchen import (
    Change,
    Cover,
    Dish,
    Line,
    Of,
    Option,
    What,
    changes,
    concerns_a_plate,
    kept,
    option_for,
    sheet_of,
)
from backend.meals.domain.kitchen_times import KitchenTimes, Told, manager_at

MEAT, MILK, NUTS, GLUTEN = (frozenset({food}) for food in (Food.MEAT, Food.MILK, Food.NUTS, Food.GLUTEN))

SOUP = Dish("starter", "Pompoensoep", (Option("1", "zonder room", MILK),))
STEW = Dish(
    "main",
    "Hachee",
    (Option("2", "met bonen", MEAT | MILK | GLUTEN), Option("3", "met paddenstoelen", MEAT)),
)

FOODS = st.frozensets(st.sampled_from(Food), max_size=3)
COVERS = st.lists(
    st.builds(
        Cover,
        of=st.sampled_from(Of),
        without=FOODS,
        own_plate=st.booleans(),
        note=st.sampled_from(["", "fijn gesneden"]),
        party=st.sampled_from(["reservation:1", "reservation:2"]),
    ),
    max_size=12,
)
OPTIONS = st.lists(st.builds(Option, key=st.uuids().map(str), name=st.just("anders"), without=FOODS), max_size=4)
DISHES = st.lists(
    st.builds(Dish, kind=st.just("main"), name=st.just("Hachee"), options=OPTIONS.map(tuple), without=FOODS), max_size=3
)


@given(COVERS, DISHES)
def test_every_course_adds_up_to_the_covers(covers: list[Cover], dishes: list[Dish]) -> None:
    sheet = sheet_of(covers, dishes)
    assert sheet.covers == len(covers)
    assert [course.people for course in sheet.courses] == [len(covers)] * len(dishes)


def test_of_more_plates_than_people_all_are_made_and_no_more_people_are_counted_than_come() -> None:
    milk, gluten = (Cover(without=one, party="reservation:1", only=1) for one in (MILK, GLUTEN))
    nuts = Cover(without=NUTS, own_plate=True, name="An", party="reservation:2", only=2)
    sheet = sheet_of([Cover(), milk, gluten, nuts, replace(nuts, name="Bea"), replace(nuts, name="Cor")], [STEW])
    assert (sheet.covers, sheet.spare, sheet.courses[0].people) == (4, 2, 6)
    assert sheet.diets == (((Food.MILK,), 1), ((Food.GLUTEN,), 1))
    assert [cover.name for cover in sheet.own] == ["An", "Bea", "Cor"]
    assert [(one.people, len(one.plates)) for one in sheet.unsure] == [(1, 2), (2, 3)]
    assert kitchen_words.diets(sheet, "nl") == (
        " 1 zonder melk, 1 zonder gluten, eigen bord: 3, 2 borden extra: niet bekend wie komt."
    )
    assert kitchen_words.unsure(sheet, "nl") == [
        "Van deze 2 borden 1 eter: zonder melk; zonder gluten",
        "Van deze 3 borden 2 eters: An zonder noten; Bea zonder noten; Cor zonder noten",
    ]


def test_what_a_party_wrote_is_read_by_the_kitchen_and_counts_for_nobody() -> None:
    wrote = Cover(note="Mijn zus is allergisch voor pinda's", party="wrote:4")
    sheet = sheet_of([Cover(party="reservation:4")] * 2, [STEW], [wrote])
    assert (sheet.covers, sheet.asked, sheet.courses[0].people) == (2, (wrote,), 2)
    other = replace(wrote, note="Mijn zus is allergisch voor pinda's en selderij")
    late = changes(kept(sheet), kept(sheet_of([Cover(party="reservation:4")] * 2, [STEW], [other])))
    assert (late, concerns_a_plate(late)) == ((Change(What.ASKED, 0),), True)


@given(st.builds(Cover, without=FOODS), OPTIONS)
def test_nobody_is_given_what_they_do_not_eat_and_nothing_less_than_they_may_have(
    cover: Cover, options: list[Option]
) -> None:
    given_ = option_for(cover, options)
    suiting = [option for option in options if cover.without <= option.without]
    assert (given_ is None) == (suiting == [])
    if given_ is not None:
        assert cover.without <= given_.without
        assert len(given_.without) == min(len(option.without) for option in suiting)


def test_everybody_gets_the_variant_with_the_least_left_out() -> None:
    covers = [Cover(), Cover(of=Of.CREW), Cover(of=Of.SPEAKER), Cover(without=MEAT), Cover(without=MEAT | GLUTEN)]
    soup, stew = sheet_of(covers, [SOUP, STEW]).courses
    assert stew.lines == (Line("", "Hachee", 3), Line("2", "met bonen", 1), Line("3", "met paddenstoelen", 1))
    assert soup.lines == (Line("", "Pompoensoep", 3), Line("1", "zonder room", 0))
    assert soup.to_make == (((Food.MEAT,), 1), ((Food.MEAT, Food.GLUTEN), 1))


def test_who_does_not_eat_what_is_not_in_a_dish_eats_it_like_everybody() -> None:
    pudding = Dish("dessert", "Griesmeel", (Option("4", "met amandelmelk", MILK | MEAT),), without=MEAT | NUTS)
    covers = [Cover(), Cover(without=MEAT), Cover(without=MEAT | MILK), Cover(without=GLUTEN)]
    (course,) = sheet_of(covers, [pudding]).courses
    assert course.lines == (Line("", "Griesmeel", 2), Line("4", "met amandelmelk", 1))
    assert course.to_make == (((Food.GLUTEN,), 1),)


def test_a_plate_for_which_there_is_no_variant_is_named_as_one_to_be_made() -> None:
    (course,) = sheet_of([Cover(without=NUTS), Cover(without=NUTS)], [SOUP]).courses
    assert course.to_make == (((Food.NUTS,), 2),)
    assert [line.people for line in course.lines] == [0, 0]


def test_a_name_stands_only_on_a_plate_of_its_own() -> None:
    covers = [Cover(without=NUTS, own_plate=True, name="Riet Linde"), Cover(without=MILK), Cover()]
    sheet = sheet_of(covers, [SOUP])
    assert [cover.name for cover in sheet.own] == ["Riet Linde"]
    assert sheet.courses[0].own == 1
    assert sheet.diets == (((Food.MILK,), 1),)


def test_nothing_is_guessed_from_what_somebody_said_in_words() -> None:
    said = Cover(note="geen paprika, krijgt ze zuur van")
    sheet = sheet_of([said, Cover()], [SOUP])
    assert sheet.asked == (said,)
    assert sheet.courses[0].to_make == (((), 1),)
    assert sheet.courses[0].lines[0].people == 1


def test_what_is_kept_holds_no_name_and_no_words() -> None:
    own = Cover(without=NUTS, own_plate=True, name="Riet Linde", note="noten", party="reservation:4")
    told = str(kept(sheet_of([own, Cover(note="geen paprika")], [STEW])))
    assert "Riet" not in told
    assert "paprika" not in told
    assert "'noten'" not in told


def told(*covers: Cover, dish: Dish = STEW) -> dict:
    return kept(sheet_of(covers, [dish]))


def test_a_change_is_said_as_what_it_is_for_the_pots() -> None:
    before = told(Cover(), Cover(), Cover(without=GLUTEN))
    assert changes(before, told(Cover(), Cover())) == (Change(What.COVERS, -1), Change(What.DIET, -1, "gluten"))
    assert changes(before, told(Cover(), Cover(without=GLUTEN), Cover(without=GLUTEN))) == (
        Change(What.DIET, 1, "gluten"),
    )
    assert changes(before, before) == ()


def test_a_menu_that_became_another_is_a_change_of_its_own() -> None:
    assert changes(told(Cover()), told(Cover(), dish=replace(STEW, name="Stamppot"))) == (Change(What.MENU, 0),)


def test_a_dish_or_a_variant_that_leaves_out_something_else_is_another_menu() -> None:
    beans, mushrooms = STEW.options
    for other in (
        replace(STEW, options=(replace(beans, without=MEAT), mushrooms)),
        replace(STEW, without=GLUTEN),
    ):
        assert changes(told(Cover(without=GLUTEN)), told(Cover(without=GLUTEN), dish=other)) == (Change(What.MENU, 0),)
    assert changes(told(Cover()), told(Cover(), dish=replace(STEW, options=(replace(beans, key="9"), mushrooms)))) == ()


def test_with_the_pots_on_only_what_has_to_be_made_for_somebody_is_told() -> None:
    for what in (What.DIET, What.OWN, What.ASKED):
        assert concerns_a_plate([Change(What.COVERS, 1), Change(what, 1, "nuts")])
        assert concerns_a_plate([Change(what, 0, "nuts")])
        assert not concerns_a_plate([Change(what, -1, "nuts")])
    assert not concerns_a_plate([Change(What.COVERS, 3), Change(What.MENU, 0), Change(What.COOK, 1)])


def test_a_plate_that_is_made_apart_for_somebody_else_is_a_change() -> None:
    own = Cover(without=NUTS, own_plate=True, name="Riet", party="reservation:4")
    other = replace(own, name="Truus", party="reservation:5")
    assert changes(told(own), told(other)) == (Change(What.OWN, 0, "nuts"),)
    assert changes(told(own), told(replace(own, note="ook geen zaadjes"))) == (Change(What.OWN, 0, "nuts"),)
    assert changes(told(own, own), told(own)) == (Change(What.COVERS, -1), Change(What.OWN, -1, "nuts"))


@given(COVERS, COVERS, DISHES)
def test_whoever_cooks_something_else_is_told(before: list[Cover], after: list[Cover], dishes: list[Dish]) -> None:
    was, now = kept(sheet_of(before, dishes)), kept(sheet_of(after, dishes))
    if was["courses"] != now["courses"]:
        assert changes(was, now)


def test_what_who_runs_the_resto_was_told_before_silences_no_later_count() -> None:
    times, noon = KitchenTimes(unseen_minutes=10), datetime(2026, 11, 24, 12, tzinfo=UTC)
    first = Told(noon, told_again=True)
    later = Told(noon + timedelta(minutes=25), told_again=False)
    assert manager_at([first, later], times) == noon + timedelta(minutes=20)
    told_of_first = replace(first, manager_told_at=noon + timedelta(minutes=20))
    assert manager_at([told_of_first], times) is None
    assert manager_at([told_of_first, later], times) == noon + timedelta(minutes=45)
