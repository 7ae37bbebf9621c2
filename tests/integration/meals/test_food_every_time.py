"""What somebody does not eat every time is on their plate wherever they are noted, and nobody else's plate changes."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from backend.events import clock
from backend.events.models import Lane, Timer
from backend.events.running import run_deliveries
from backend.meals.models import Evening, Plate
from backend.meals.selectors.kitchen import covers_of, kitchen_of
from backend.meals.services import crew, guests, holding, kitchen, standing
from backend.meals.services.guests import Diet
from backend.meals.services.wishes import PlateWish, Wish
from backend.people.models import Consent
from backend.people.services import consents
from tests.integration.meals.regulars import NEXT, a_tuesday, begins, keeps
from tests.support.deliveries import drain
from tests.support.restos import MANAGER, TUESDAY, Table, a_helper, at, crew_places

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))


def notes_every_time(table: Table, name: str, *without: str, own_plate: bool = False) -> None:
    """The same, and what follows."""
    keeps(table.guest(name), Diet(without, own_plate))
    drain()


def eats_everything(table: Table, name: str) -> None:
    """They agree as before, and there is nothing any more that they do not eat."""
    guests.keep_diet(table.guest(name), Diet(()), actor=MANAGER)
    drain()


def plates(evening: Evening, name: str) -> list[tuple[list[str], bool, str]]:
    of_them = Plate.objects.filter(reservation__evening=evening, reservation__person__given_name=name)
    return list(of_them.order_by("pk").values_list("without", "own_plate", "name"))


def test_an_allergy_noted_for_every_time_reaches_the_places_that_were_made_before(table: Table) -> None:
    begins(table, "Riet")
    evening, later = a_tuesday(table), a_tuesday(table, NEXT)
    standing.keep_watch(MONDAY)
    assert plates(evening, "Riet") == plates(later, "Riet") == []
    notes_every_time(table, "Riet", "nuts", own_plate=True)
    known = [(["nuts"], True, "Riet Linde")]
    assert plates(evening, "Riet") == plates(later, "Riet") == known
    version = Evening.objects.get(pk=evening.pk).version
    guests.keep_diet(table.guest("Riet"), Diet(("nuts",), own_plate=True), actor=MANAGER)
    drain()
    assert plates(evening, "Riet") == known
    assert Evening.objects.get(pk=evening.pk).version == version
    notes_every_time(table, "Riet", "fish")
    assert plates(evening, "Riet") == plates(later, "Riet") == [(["fish"], False, "")]


def test_the_plates_of_the_others_of_a_party_stay_and_what_was_said_for_one_evening_holds_as_well(table: Table) -> None:
    evening = table.evening(chairs=6)
    table.reserves(evening, "Riet", MONDAY, covers=2, plates=(PlateWish(("meat",)),))
    table.reserves(evening, "Truus", MONDAY, plates=(PlateWish((), own_plate=True, note="fijn gemalen"),))
    table.waits(evening, "Sjef", MONDAY, covers=4)
    with transaction.atomic():
        holding.hold(
            evening_id=evening.pk,
            wish=Wish(table.guest("Wil")),
            until=MONDAY + timedelta(minutes=15),
            actor=MANAGER,
            now=MONDAY,
        )
    for name in ("Riet", "Truus", "Sjef", "Wil"):
        for _again in range(2):
            notes_every_time(table, name, "nuts")
    assert plates(evening, "Riet") == [(["meat"], False, ""), (["nuts"], False, "")]
    assert plates(evening, "Truus") == [(["nuts"], True, "Truus Linde")]
    assert plates(evening, "Sjef") == plates(evening, "Wil") == [(["nuts"], False, "")]


def test_an_allergy_noted_after_the_cutoff_makes_the_kitchen_look_and_after_the_doors_nothing(table: Table) -> None:
    evening = a_tuesday(table)
    begins(table, "Riet")
    drain()
    Timer.objects.filter(kind=kitchen.TIMER).delete()
    clock.set_clock(virtual=at("17:00"), rate=0)
    notes_every_time(table, "Riet", "nuts", own_plate=True)
    while run_deliveries(Lane.LIVE):
        pass
    assert Timer.objects.filter(kind=kitchen.TIMER, subject_id=evening.pk).exists()
    clock.set_clock(virtual=at("17:30"), rate=0)
    notes_every_time(table, "Riet", "fish")
    assert plates(evening, "Riet") == [(["nuts"], True, "Riet Linde")]


def test_who_takes_back_their_consent_keeps_what_was_said_for_the_evenings_to_come(table: Table) -> None:
    evening = a_tuesday(table)
    begins(table, "Riet")
    notes_every_time(table, "Riet", "nuts")
    consents.withdraw(person=table.guest("Riet"), purpose=Consent.Purpose.DIET, actor=MANAGER, now=MONDAY)
    guests.keep_diet(table.guest("Riet"), Diet(()), actor=MANAGER)
    drain()
    assert plates(evening, "Riet") == [(["nuts"], False, "")]


def test_who_eats_everything_again_has_no_plate_on_the_evenings_to_come_and_the_others_keep_theirs(
    table: Table,
) -> None:
    begins(table, "Riet")
    evening, later, over = a_tuesday(table), a_tuesday(table, NEXT), table.evening(TUESDAY - timedelta(days=1))
    standing.keep_watch(MONDAY)
    notes_every_time(table, "Riet", "nuts", own_plate=True)
    notes_every_time(table, "Sjef", "meat")
    table.reserves(evening, "Sjef", MONDAY, covers=3, plates=(PlateWish(("meat",)), PlateWish(("meat",))))
    table.reserves(later, "Sjef", MONDAY, covers=2, plates=(PlateWish(("fish",)),))
    table.reserves(over, "Riet", MONDAY, plates=(PlateWish(("nuts",), own_plate=True),))
    clock.set_clock(virtual=at("17:31", over.date), rate=0)
    for _again in range(2):
        eats_everything(table, "Riet")
        eats_everything(table, "Sjef")
    assert plates(evening, "Riet") == plates(later, "Riet") == []
    assert plates(over, "Riet") == [(["nuts"], True, "")], "the doors are open: it has been cooked"
    assert plates(evening, "Sjef") == [(["meat"], False, "")], "one of the two was his"
    assert plates(later, "Sjef") == [(["fish"], False, "")], "said for another of his party"


def test_a_note_for_one_evening_stays_when_what_is_kept_goes_and_the_kept_note_goes_with_it(table: Table) -> None:
    evening, later = table.evening(), table.evening(NEXT)
    keeps(table.guest("Riet"), Diet(("nuts",), note="ook geen spoortje"))
    table.reserves(evening, "Riet", MONDAY, plates=(PlateWish(("nuts",), note="ook geen spoortje"),))
    table.reserves(later, "Riet", MONDAY, plates=(PlateWish(("nuts",), note="nu ook fijn gemalen"),))
    eats_everything(table, "Riet")
    assert plates(evening, "Riet") == []
    assert list(later.reservations.get().plates.values_list("without", "note")) == [([], "nu ook fijn gemalen")]


def test_of_who_helps_and_eats_everything_again_the_kitchen_reads_no_plate_of_the_chair_they_gave_up(
    table: Table,
) -> None:
    evening = table.evening()
    wil = a_helper(table.organisation, "Wil", "+31600000201")
    table.people["Wil"] = wil
    notes_every_time(table, "Wil", "nuts")
    table.reserves(evening, "Wil", MONDAY, plates=(PlateWish(("nuts",)),))
    (place,) = crew_places(evening, "kitchen")
    crew.confirm(place_id=place.pk, person=wil, actor=MANAGER, now=MONDAY)
    assert [set(one.without) for one in covers_of(evening)] == [{"nuts"}]
    eats_everything(table, "Wil")
    assert [set(one.without) for one in covers_of(evening)] == [set()]


@pytest.mark.parametrize("pots_on", [False, True], ids=["before the pots are on", "when the pots are on"])
def test_a_plate_less_to_be_made_is_told_to_the_kitchen_until_the_pots_are_on_and_then_on_its_page(
    table: Table, pots_on: bool
) -> None:
    """As of anything else: fewer endanger nobody."""
    evening = a_tuesday(table)
    notes_every_time(table, "Riet", "nuts", own_plate=True)
    table.reserves(evening, "Riet", MONDAY, plates=(PlateWish(("nuts",), own_plate=True),))
    clock.set_clock(virtual=at("12:30"), rate=0)
    kitchen.look(evening.pk, at("12:30"))
    Evening.objects.filter(pk=evening.pk, pots_on_at=None).update(pots_on_at=at("12:40") if pots_on else None)
    eats_everything(table, "Riet")
    kitchen.look(evening.pk, at("12:45"))
    evening.refresh_from_db()
    now = kitchen_of(evening)
    assert [(one.what, one.by) for one in now.since] == [("own", -1)]
    assert [[one["what"] for one in count.changes] for count in now.late] == ([] if pots_on else [["own"]])
