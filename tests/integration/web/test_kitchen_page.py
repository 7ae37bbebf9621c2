"""The kitchen's page: for who runs the resto, for the crew of that evening, and behind the link in a cook's text."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from backend.common.actors import person
from backend.events import clock
from backend.meals.models import Course, CrewPlace, Evening, Job, KitchenCount, Variant
from backend.meals.services import kitchen, reserving
from backend.meals.services.wishes import PlateWish
from backend.notifications.models import Message
from backend.people.models import Organisation, Person, Role
from backend.people.services import registering
from tests.integration.web import mornings
from tests.support import restos
from tests.support.pages import text_of
from tests.support.restos import MANAGER, MONDAY, at

COOK = "+31600000391"


@pytest.fixture
def evening(organisation: Organisation) -> Evening:
    """Tuesday: Riet's party of four, one of whom eats no meat and one has a plate of their own; Kees cooks."""
    table = restos.a_resto_of(organisation)
    evening = table.evening(speakers=1)
    main = Course.objects.create(evening=evening, kind="main", name="Hachee")
    Variant.objects.create(course=main, name="Bonenschotel", without=["meat"])
    plates = (PlateWish(("meat",)), PlateWish(("nuts",), own_plate=True, name="Riet Linde", note="ook geen sporen"))
    with transaction.atomic():
        table.reserves(evening, "Riet", at("09:00", MONDAY), covers=4, plates=plates)
    cook = registering.register_person(
        organisation=organisation, given_name="Kees", family_name="Visser", phones=(COOK,)
    )
    Person.objects.filter(pk=cook.pk).update(email="kees@example.org")
    CrewPlace.objects.create(evening=evening, job=Job.COOK, state=CrewPlace.State.CONFIRMED, person=cook)
    return evening


def look(evening: Evening, wall: str) -> None:
    clock.set_clock(virtual=at(wall), rate=0)
    with transaction.atomic():
        kitchen.look(evening.pk, at(wall))


def said(answer: HttpResponse) -> str:
    return text_of(answer.content.decode())


def link_in_text() -> str:
    """The address in the cook's last text."""
    body = Message.objects.filter(line=COOK).latest("pk").body
    return "/resto/k/" + body.split("/resto/k/")[1]


def test_before_the_cutoff_the_numbers_are_provisional(manager: Client, evening: Evening) -> None:
    page = said(manager.get(f"/resto/evenings/{evening.pk}/kitchen/"))
    assert "6 4 gasten, 1 ploeg, 1 spreker Voorlopig: de laatste telling komt om 12:30 uur." in page
    assert "Hoofdgerecht: Hachee Hoofdgerecht Gerecht Aantal Hachee 4 Bonenschotel 1 Eigen bord: zie de namen 1" in page
    assert "Riet Linde noten ook geen sporen" in page
    assert "Ik heb het gezien" not in page
    assert "De pannen staan op" not in page


def test_plates_of_which_nobody_knows_who_comes_stay_on_the_list_and_say_so(manager: Client, evening: Evening) -> None:
    row = evening.reservations.get()
    with transaction.atomic():
        reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=at("09:00", MONDAY))
    page = said(manager.get(f"/resto/evenings/{evening.pk}/kitchen/"))
    assert "3 1 gast, 1 ploeg, 1 spreker" in page
    assert "Hachee 2 Bonenschotel 1 Eigen bord: zie de namen 1" in page
    assert "Riet Linde (komt misschien) noten ook geen sporen" in page
    assert "Maak al deze borden: het zijn er meer dan er mensen komen. Vraag aan de deur wie er is." in page
    assert "Van deze 2 borden 1 eter: Riet Linde zonder noten “ook geen sporen”; zonder vlees" in page
    assert manager.get(f"/resto/evenings/{evening.pk}/kitchen/list.pdf").content.startswith(b"%PDF")


def test_a_cook_opens_the_link_reads_the_numbers_says_so_and_puts_the_pots_on(evening: Evening, client: Client) -> None:
    look(evening, "12:30")
    address = link_in_text()
    closed = said(client.get(address))
    assert "Open het alleen als het sms-bericht voor u was" in closed
    assert "Riet" not in closed
    assert client.post(f"{address}do/seen/").status_code == 302
    assert KitchenCount.objects.get(kind="final").seen_at is None
    page = client.post(f"{address}open/", follow=True)
    assert "Nieuw: nog niet gezien 12:30 6 eters" in said(page)
    assert "Riet Linde" in said(page)
    latest = re.search(r'name="count" value="(\d+)"', page.content.decode())
    assert latest is not None
    page = said(client.post(f"{address}do/seen/", {"count": latest[1]}, follow=True))
    assert "Wie de avond leidt, weet dat u het hebt gezien." in page
    assert "Nieuw: nog niet gezien" not in page
    clock.set_clock(virtual=at("15:00"), rate=0)
    page = said(client.post(f"{address}do/pots-on/", {"count": latest[1]}, follow=True))
    assert "De pannen staan op sinds 15:00 uur." in page
    page = said(client.post(f"{address}do/pots-on/", {"count": latest[1]}, follow=True))
    assert "De pannen staan toch nog niet op" in page
    assert client.get(f"{address}list.pdf").content.startswith(b"%PDF")


def test_what_changed_stands_on_top_until_it_was_seen(manager: Client, evening: Evening) -> None:
    look(evening, "12:30")
    final = KitchenCount.objects.get(kind="final")
    kitchen.seen(
        evening_id=evening.pk, count_id=final.pk, actor=person(evening.crew.get().person_id, "link"), now=at("12:35")
    )
    with transaction.atomic():
        reserving.change_covers(reservation_id=evening.reservations.get().pk, covers=1, actor=MANAGER, now=at("14:00"))
    look(evening, "14:00")
    page = said(manager.get(f"/resto/evenings/{evening.pk}/kitchen/"))
    assert "Nieuw: nog niet gezien 14:00 3 eters minder" in page
    assert "De laatste telling van 12:30 uur was 6. Sindsdien: 3 eters minder" in page
    assert "14:00 3 eters minder nog niet gezien" in page
    stale = manager.post(f"/resto/evenings/{evening.pk}/kitchen/do/told/", {"count": final.pk}, follow=True)
    assert "Nieuw: nog niet gezien" in said(stale)


def test_who_runs_the_resto_is_not_asked_whether_they_saw_it_but_says_that_they_told_the_cook(
    manager: Client, evening: Evening
) -> None:
    look(evening, "12:30")
    start = f"/resto/evenings/{evening.pk}/kitchen/"
    page = said(manager.get(start))
    assert "Ik heb het gezien" not in page
    assert "De pannen staan op:" not in page
    count = KitchenCount.objects.get(kind="final")
    page = said(manager.post(f"{start}do/seen/", {"count": count.pk}, follow=True))
    assert "Alleen wie die avond in de keuken werkt, kan dat zeggen." in page
    assert "Bel, of ga kijken. Ik heb het de kok zelf gezegd" in page
    page = said(manager.post(f"{start}do/told/", {"count": count.pk}, follow=True))
    assert "Hier staat dat u het de kok hebt gezegd." in page
    count.refresh_from_db()
    assert (count.seen_by.partition(":")[0], "Nieuw: nog niet gezien" in page) == ("user", False)
    assert "De pannen staan op:" in page


def test_a_wrong_button_and_a_wrong_number_are_refused_in_words(manager: Client, evening: Evening) -> None:
    start = f"/resto/evenings/{evening.pk}/kitchen/do"
    assert manager.post(f"{start}/koken/").status_code == 404
    for wrong in ("veel", "9" * 5000, "²"):
        page = said(manager.post(f"{start}/told/", {"count": wrong}, follow=True))
        assert "Deze aantallen zijn niet van deze avond." in page
    page = said(manager.post(f"{start}/pots-on/", follow=True))
    assert "De laatste aantallen zijn er nog niet" in page


def test_crew_of_the_evening_read_it_around_the_evening_and_other_crew_do_not(
    evening: Evening, organisation: Organisation
) -> None:
    kees, piet = (mornings.a_user(name, organisation, Role.Kind.CREW) for name in ("kees", "piet"))
    type(kees).objects.filter(pk=kees.pk).update(email="kees@example.org")
    for user, wall, status in ((kees, "12:30", 200), (piet, "12:30", 404)):
        clock.set_clock(virtual=at(wall), rate=0)
        browser = Client()
        browser.force_login(type(kees).objects.get(pk=user.pk))
        assert browser.get(f"/resto/evenings/{evening.pk}/kitchen/").status_code == status


def test_whoever_does_not_cook_any_more_reads_nothing_behind_their_link(evening: Evening, client: Client) -> None:
    look(evening, "12:30")
    address = link_in_text()
    client.post(f"{address}open/")
    evening.crew.update(person=None, state="open")
    assert client.get(address).status_code == 404
    assert client.get(f"/resto/k/geraden/{evening.pk}/").status_code == 404


def test_a_link_leads_to_no_other_organisations_kitchen(evening: Evening, client: Client) -> None:
    look(evening, "12:30")
    address = link_in_text()
    other = restos.a_resto(slug="west").evening()
    assert client.get(address.replace(f"/{evening.pk}/", f"/{other.pk}/")).status_code == 404


def test_an_evening_that_is_over_has_no_buttons(manager: Client, evening: Evening) -> None:
    look(evening, "12:30")
    clock.set_clock(virtual=evening.ends_at + timedelta(minutes=1), rate=0)
    page = said(manager.get(f"/resto/evenings/{evening.pk}/kitchen/"))
    assert "Ik heb het gezien" not in page
    assert "stuur mij alleen nog andere diëten en borden" not in page
