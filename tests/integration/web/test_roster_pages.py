"""The roster as staff see and change it, and a volunteer's own duties behind a link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.circles.selectors.settings import scope_of
from backend.circles.services import swaps
from backend.events import clock
from backend.notifications.models import Message
from backend.people.models import Absence, DutyShift, DutySwap, Person
from backend.people.services import duty, duty_links, registering
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, Morning

NEXT = MONDAY.date() + timedelta(days=7)


def change(staff: Client, morning: Morning, what: str, **fields: object) -> str:
    """Send one of the roster's forms; the page that follows."""
    address = f"/circles/{morning.circle.pk}/roster/change/{what}/"
    return staff.post(address, fields, follow=True).content.decode()


def bram() -> Person:
    return Person.objects.get(given_name="Bram")


def test_the_roster_shows_two_weeks_with_its_gaps(staff: Client, morning: Morning) -> None:
    page = staff.get(f"/circles/{morning.circle.pk}/roster/").content.decode()
    assert page.count("Anneke de Vries") >= 2, "this Monday and the next"
    assert page.count("roster-gap") == 12, "nobody on the other days"
    assert "maandag 23 november" in page


def test_the_board_says_where_nobody_is_on_duty(staff: Client, morning: Morning) -> None:
    page = staff.get("/today/").content.decode()
    assert "Niemand op het rooster" in page
    assert "dinsdag 24 november" in page


def test_a_weekday_is_filled_and_freed(staff: Client, morning: Morning) -> None:
    change(staff, morning, "weekday", person=bram().pk, rank="primary", weekday=1)
    assert DutyShift.objects.get(weekday=1).person == bram()
    change(staff, morning, "weekday", person="", rank="primary", weekday=1)
    assert not DutyShift.objects.filter(weekday=1).exists()


def test_one_day_is_changed_without_the_week(staff: Client, morning: Morning) -> None:
    page = change(staff, morning, "date", person=bram().pk, rank="primary", day=NEXT.isoformat())
    assert "Het rooster van maandag 30 november is gewijzigd." in page
    assert "alleen deze dag" in page
    assert DutyShift.objects.get(weekday=0, rank="primary").person == morning.volunteer


def test_a_volunteer_who_is_away_leaves_a_gap(staff: Client, morning: Morning) -> None:
    page = change(staff, morning, "away", person=morning.volunteer.pk, day=NEXT.isoformat(), last_day=NEXT.isoformat())
    assert "is die dag afwezig" in page
    assert Absence.objects.get().person == morning.volunteer


def test_the_others_are_asked_on_behalf_of_the_volunteer(staff: Client, morning: Morning) -> None:
    page = change(staff, morning, "swap", rank="primary", day=NEXT.isoformat())
    assert "de anderen zijn gevraagd" in page
    assert DutySwap.objects.get().owner == morning.volunteer
    assert Message.objects.get(line="+31600000101").body.startswith(
        "Telefooncirkel De Linde: kunt u op ma 30 nov dienst doen? Antwoord JA 30 nov."
    )


@pytest.mark.parametrize(
    ("what", "fields", "refusal"),
    [
        ("date", {"person": "", "rank": "primary", "day": "2026-11-01"}, "Deze dag is voorbij"),
        ("away", {"person": "", "day": "2026-12-01"}, "Kies iemand."),
        ("volunteer", {"given_name": "Els", "family_name": "Bos", "phone": "112"}, "mag niet worden gebeld"),
        ("volunteer", {"given_name": "Els", "family_name": "Bos", "phone": "thuis"}, "geen telefoonnummer"),
        ("swap", {"rank": "primary", "day": "2026-11-24"}, "heeft niemand deze dienst"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    staff: Client, morning: Morning, what: str, fields: dict[str, str], refusal: str
) -> None:
    assert refusal in change(staff, morning, what, **fields)


def test_what_was_typed_stays_when_it_is_refused(staff: Client, morning: Morning) -> None:
    page = change(staff, morning, "volunteer", given_name="Els", family_name="Bos", phone="thuis")
    assert 'value="Els"' in page


def test_a_new_volunteer_can_be_put_on_duty(staff: Client, morning: Morning) -> None:
    change(staff, morning, "volunteer", given_name="Els", family_name="Bos", phone="06 0000 0177")
    change(staff, morning, "weekday", person=Person.objects.get(given_name="Els").pk, rank="primary", weekday=3)
    assert DutyShift.objects.get(weekday=3).person.phones.get().e164 == "+31600000177"


def test_a_link_is_sent_to_a_mobile_only(staff: Client, morning: Morning) -> None:
    change(staff, morning, "link", person=bram().pk)
    assert "/d/" in Message.objects.get(line="+31600000101").body
    bram().phones.update(e164="+31130001377", kind="landline")
    assert "geen mobiel nummer" in change(staff, morning, "link", person=bram().pk)


def test_the_roster_can_be_printed(staff: Client, morning: Morning) -> None:
    page = staff.get(f"/circles/{morning.circle.pk}/roster/print/").content.decode()
    assert page.count("Anneke de Vries") == 4


def opened(client: Client, person: Person) -> str:
    """The path of somebody's own duties, with the button pressed."""
    path = "/d/" + duty_links.make(person, clock.now()).split("/d/")[1]
    client.post(f"{path}open/")
    return path


def test_a_link_shows_nothing_before_the_button_is_pressed(client: Client, morning: Morning) -> None:
    path = "/d/" + duty_links.make(morning.volunteer, clock.now()).split("/d/")[1]
    page = client.get(path).content.decode()
    assert "Anneke" not in page
    assert "De Linde" not in page
    page = client.post(f"{path}open/", follow=True).content.decode()
    assert "Diensten van Anneke" in page
    assert "maandag 30 november" in page


def test_a_link_dies_after_three_days(client: Client, morning: Morning) -> None:
    path = opened(client, morning.volunteer)
    mornings.minutes_later(3 * 24 * 60)
    assert client.get(path).status_code == 404


def test_a_volunteer_offers_a_duty_and_another_takes_it(client: Client, morning: Morning) -> None:
    path = opened(client, morning.volunteer)
    offer = f"{path}offer/{morning.circle.pk}/primary/2026-11-30/"
    assert f'action="{offer}"' in client.get(path).content.decode(), "the day that stands there, whenever it is pressed"
    page = client.post(offer, follow=True).content.decode()
    assert "de anderen zijn gevraagd" in page
    swap = DutySwap.objects.get()
    other = Client()
    theirs = opened(other, bram())
    assert "in plaats van Anneke" in other.get(theirs).content.decode()
    page = other.post(f"{theirs}take/{swap.pk}/", follow=True).content.decode()
    assert "De dienst is van u" in page
    assert DutyShift.objects.get(date=NEXT).person == bram()


def test_who_takes_it_second_is_told_so(client: Client, morning: Morning) -> None:
    swap = mornings.a_swap(morning)
    swap.asked = [bram().pk, morning.person("Riet").pk]
    swap.save()
    path = opened(client, bram())
    riet = morning.person("Riet")
    swaps.take(swap.pk, taker=riet, actor=mornings.actors.person(riet.pk, "link"), now=clock.now())
    answer = client.post(f"{path}take/{swap.pk}/")
    assert answer.status_code == 409
    assert "heeft deze dienst al overgenomen" in answer.content.decode()


def test_a_stranger_to_the_question_cannot_take_it(client: Client, morning: Morning) -> None:
    swap = mornings.a_swap(morning)
    path = opened(client, morning.person("Riet"))
    assert client.post(f"{path}take/{swap.pk}/").status_code == 404


def test_the_owner_can_come_after_all(client: Client, morning: Morning) -> None:
    swap = mornings.a_swap(morning)
    path = opened(client, morning.volunteer)
    page = client.post(f"{path}withdraw/{swap.pk}/", follow=True).content.decode()
    assert "U houdt de dienst" in page
    assert DutySwap.objects.get().state == "withdrawn"


def test_the_page_takes_a_constant_number_of_queries_however_many_volunteers_there_are(
    staff: Client, morning: Morning, django_assert_num_queries
) -> None:
    staff.get(f"/circles/{morning.circle.pk}/roster/")
    with CaptureQueriesContext(connection) as few:
        staff.get(f"/circles/{morning.circle.pk}/roster/")
    for number in range(20):
        person = registering.register_person(
            organisation=morning.organisation, given_name="Vrij", family_name=f"Williger {number}", phones=[]
        )
        day = NEXT + timedelta(days=number)
        duty.put_on_duty(person=person, scope=scope_of(morning.circle), rank=DutyShift.Rank.BACKUP, day=day)
    with django_assert_num_queries(len(few)):
        page = staff.get(f"/circles/{morning.circle.pk}/roster/").content.decode()
    assert page.count("Vrij Williger 19") >= 4, "to be chosen in every form"


def test_what_was_chosen_stays_when_it_cannot_be_done(staff: Client, morning: Morning) -> None:
    day = (NEXT + timedelta(days=1)).isoformat()
    refused = change(staff, morning, "swap", rank="primary", day=day)
    assert "Die dag heeft niemand deze dienst." in refused
    assert f'value="{day}"' in refused, "the form is open, with what was typed"
