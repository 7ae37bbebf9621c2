"""What a guest writes to the kitchen is dealt with by a person, whatever they answer to other questions."""

from io import BytesIO

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from backend.common.actors import person
from backend.meals.models import Evening, GuestCall, MealVolunteer, Reservation
from backend.meals.printing.kitchen import as_pdf
from backend.meals.selectors.kitchen import kitchen_of, sheet_now
from backend.meals.services import calling, day_before, desk, guest_calls, kitchen, reserving
from backend.meals.services import crew as crew_service
from backend.meals.services.calling import Outcome
from backend.meals.services.wishes import PlateWish
from backend.meals.web import calls
from backend.notifications.domain.asking import Came
from backend.notifications.models import Letter, Message
from tests.integration.meals.kitchen.a_kitchen import BOSS, COOK, crew, last, look, manager, texts
from tests.integration.meals.online.a_visitor import NOW, asks, code_for, tries
from tests.support.pages import text_of
from tests.support.restos import MANAGER, MONDAY, Table, at, crew_places, table_of

pytestmark = pytest.mark.django_db

NUTS = "Mijn zus is zwaar allergisch voor pinda's en selderij"
SEVEN = at("19:00", MONDAY)
READ = "we read what you wrote to the kitchen."


def writes(evening: Evening) -> Reservation:
    """Riet reserves for two on the public page, and tells the kitchen something."""
    row = asks(evening, covers=2, note=NUTS)
    tries(row, code_for())
    row.refresh_from_db()
    return row


@transaction.atomic
def says(row: Reservation, came: Came) -> None:
    """She answers on the evening before."""
    found = Reservation.objects.select_related("person__organisation", "evening__resto__organisation").get(pk=row.pk)
    day_before.came(found.evening, found, came, actor=person(row.person_id, "call"), now=SEVEN)


def listed(evening: Evening) -> list[tuple[str, str, str]]:
    """The calls to make: which kind, the end of what is said, and what the guest wrote."""
    found = [calls.row(call) for call in calls.open_calls([evening.resto.organisation], SEVEN)]
    with translation.override("en"):
        return [(one["call"].kind, calls.what_to_say(one["call"]).split(": ")[-1], one["note"]) for one in found]


def test_who_says_that_they_come_is_rung_all_the_same_about_what_they_wrote(evening: Evening) -> None:
    row = writes(evening)
    says(row, Came.YES)
    assert listed(evening) == [("speak", READ, NUTS)]
    with transaction.atomic():
        day_before.look(evening.pk, evening.doors_at)
    assert listed(evening) == [("speak", READ, NUTS)]
    with transaction.atomic():
        kitchen.look(evening.pk, evening.ends_at)
    assert listed(evening) == []


def test_who_is_reached_about_coming_is_still_to_be_rung_about_what_they_wrote(evening: Evening) -> None:
    row = writes(evening)
    silent = guest_calls.to_make(evening, row, GuestCall.Kind.SILENT, SEVEN, {"asked": 2})
    assert listed(evening) == [
        ("speak", READ, NUTS),
        ("silent", "are you coming? We could not reach you.", NUTS),
    ]
    calling.finish(silent.pk, Outcome.COMES, actor=MANAGER, now=SEVEN)
    assert listed(evening) == [("speak", READ, NUTS)]


def test_who_asks_for_a_person_keeps_what_they_wrote_on_the_call(evening: Evening) -> None:
    row = writes(evening)
    says(row, Came.SPEAK)
    assert listed(evening) == [
        ("speak", "you asked to speak to somebody, and we read what you wrote to the kitchen.", NUTS)
    ]
    assert GuestCall.objects.get().details == {"why": "note"}


def test_a_reason_for_a_call_that_is_on_the_list_already_is_added_to_it(evening: Evening) -> None:
    row = writes(evening)
    guest_calls.about_plates(evening, row, SEVEN)
    assert GuestCall.objects.get().details == {"why": "note", "plates": True}
    assert listed(evening) == [("speak", "who of you come, and what does each of them not eat?", NUTS)]


def test_that_somebody_comes_does_not_say_who_of_them_and_what_each_does_not_eat(
    table: Table, evening: Evening
) -> None:
    own = tuple(PlateWish(("nuts",), own_plate=True, name=name) for name in ("An", "Bea"))
    row = table.reserves(evening, "Riet", NOW, covers=2, plates=own)
    reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=NOW)
    says(row, Came.YES)
    assert listed(evening) == [("speak", "who of you come, and what does each of them not eat?", "")]


def test_a_wish_to_speak_to_somebody_is_over_once_they_say_that_they_come(table: Table, evening: Evening) -> None:
    row = table.reserves(evening, "Riet", NOW)
    says(row, Came.SPEAK)
    assert listed(evening) == [("speak", "you asked to speak to somebody.", "")]
    says(row, Came.YES)
    assert listed(evening) == []


def asked(evening: Evening) -> list[str]:
    """What stands on the kitchen's list in words."""
    return [one.note for one in sheet_now(evening).asked]


def test_what_a_guest_wrote_stands_on_the_list_of_the_kitchen_and_is_told_at_the_final_count(
    host: Client, evening: Evening
) -> None:
    crew(table_of(evening), evening, "Kees", COOK)
    row = writes(evening)
    says(row, Came.YES)
    look(evening, evening.cutoff_at)
    assert texts(COOK)[:1] == [
        "De Lange Tafel, di 24 nov: kook voor 3 (2 gasten, 1 ploeg). in eigen woorden gevraagd: 1. Zeg hier dat u het "
        "zag:"
    ]
    assert (asked(evening), sheet_now(evening).covers) == ([NUTS], 3)
    page = text_of(host.get(f"/resto/evenings/{evening.pk}/kitchen/").content.decode())
    assert f"In eigen woorden gevraagd: kijk hier zelf naar “{NUTS}”" in page
    paper = as_pdf(kitchen_of(evening), evening.cutoff_at)
    words = " ".join(PdfReader(BytesIO(paper)).pages[0].extract_text().split())
    assert f"In eigen woorden gevraagd 1. “{NUTS}”" in words


def test_what_is_written_after_the_final_count_and_even_when_the_pots_are_on_is_told_to_the_cook(
    evening: Evening,
) -> None:
    cook = crew(table_of(evening), evening, "Kees", COOK)
    row = writes(evening)
    look(evening, evening.cutoff_at)
    said = {"evening_id": evening.pk, "actor": person(cook.pk, "link"), "now": at("16:00")}
    kitchen.pots_on(**said, count_id=last(evening))
    desk.change(row.pk, desk.Change(2, None, note=f"{NUTS}, en voor melk"), actor=MANAGER, now=at("16:10"))
    look(evening, at("16:10"))
    assert texts(COOK)[2:] == [
        "De Lange Tafel, di 24 nov: iemand vraagt iets anders in eigen woorden (zie de lijst). Nu 3 eters. Zeg hier "
        "dat u het zag:"
    ]
    assert asked(evening) == [f"{NUTS}, en voor melk"]


def test_the_kitchen_reads_of_those_who_come_only_and_no_note_for_the_host(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Truus", NOW, note="Komt met de rollator")
    assert asked(evening) == []
    row = writes(evening)
    assert asked(evening) == [NUTS]
    Reservation.objects.filter(pk=row.pk).update(away_at=evening.dinner_at)
    assert asked(evening) == []
    Reservation.objects.filter(pk=row.pk).update(away_at=None)
    reserving.cancel(reservation_id=row.pk, because="ill", actor=MANAGER, now=NOW)
    assert asked(evening) == []


def test_who_gives_up_their_chair_to_help_has_what_they_wrote_read_by_the_kitchen_still(evening: Evening) -> None:
    row = asks(evening, note="Geen selderij, ook geen spoor")
    tries(row, code_for())
    row.refresh_from_db()
    (place,) = crew_places(evening, "bar")
    MealVolunteer.objects.create(organisation=row.person.organisation, person=row.person, job="bar")
    crew_service.confirm(place_id=place.pk, person=row.person, actor=MANAGER, now=NOW)
    row.refresh_from_db()
    assert (row.state, asked(evening)) == ("cancelled", ["Geen selderij, ook geen spoor"])


def test_whom_nobody_has_rung_about_their_food_at_the_final_count_the_cook_and_who_runs_the_resto_hear_of(
    host: Client, table: Table, evening: Evening
) -> None:
    crew(table, evening, "Kees", COOK)
    manager(table)
    writes(evening)
    look(evening, evening.cutoff_at)
    look(evening, at("13:00"))
    assert [one for one in texts(COOK) if "gebeld" in one] == [
        "De Lange Tafel, di 24 nov: 1 gezelschap is nog niet gebeld over wat ze eten. Zie de lijst, en vraag het aan "
        "de deur."
    ]
    ring = "De Lange Tafel, di 24 nov: 1 gezelschap is nog niet gebeld over wat ze eten. Bel nu, en zeg het de kok."
    assert [one for one in texts(BOSS) if "gebeld" in one] == [ring]
    letter = Letter.objects.get(subject="Bel over het eten van di 24 nov: 1 gezelschap is nog niet gebeld")
    assert (letter.address, letter.body) == ("Mo@example.org", f"{ring} {settings.RONDJE_PUBLIC_URL}/resto/calls/")
    page = f"/resto/evenings/{evening.pk}/kitchen/"
    stands = "1 gezelschap is nog niet gebeld over wat ze eten: het kan nog anders worden."
    assert stands in text_of(host.get(page).content.decode())
    calling.finish(GuestCall.objects.get(kind="speak").pk, Outcome.DONE, actor=MANAGER, now=at("13:10"))
    shown = text_of(host.get(page).content.decode())
    assert stands not in shown
    assert NUTS in shown


def test_a_question_about_plates_that_comes_up_after_the_final_count_is_told_as_well_once(
    table: Table, evening: Evening
) -> None:
    crew(table, evening, "Kees", COOK)
    own = tuple(PlateWish(("nuts",), own_plate=True, name=name) for name in ("An", "Bea"))
    row = table.reserves(evening, "Riet", NOW, covers=2, plates=own)
    look(evening, evening.cutoff_at)
    assert sum("niet gebeld" in one for one in texts(COOK)) == 0
    reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=at("15:00"))
    for wall in ("15:00", "15:10"):
        look(evening, at(wall))
        assert sum("niet gebeld" in one for one in texts(COOK)) == 1


def test_a_cook_on_a_landline_who_is_told_so_hears_the_numbers_with_it(table: Table, evening: Evening) -> None:
    """A key says that the numbers have been heard, in this call as in any other."""
    crew(table, evening, "Kees", "+31130002970")
    writes(evening)
    look(evening, evening.cutoff_at)
    assert Message.objects.filter(line="+31130002970").latest("pk").body == (
        "De Lange Tafel, di 24 nov: 1 gezelschap is nog niet gebeld over wat ze eten. Kook voor 3. in eigen woorden "
        "gevraagd: 1."
    )
