"""Prices, passes and payments on pages: a planner sells a pass, notes how a trip was paid, and counts the box."""

import pytest
from django.test import Client

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.people.models import Person, Role, User
from backend.transport.models import Pass, Payment, Tariff
from backend.transport.models.crew import Task
from backend.transport.services import manifest_links, money
from tests.integration.web import mornings
from tests.support.underway import Underway


def test_a_price_a_pass_and_a_day_of_payments(planner: Client, outing: Underway) -> None:
    riet, halil = outing.passenger("riet"), outing.passenger("halil")
    planner.post("/bus/money/", {"name": "gewoon", "cents": "2,50"})
    words = planner.get("/bus/money/?q=riet").content.decode()
    assert "2,50" in words and f"/bus/people/{riet.person_id}/passes/" in words
    sold = {"trips": "10", "valid_from": "2026-11-01", "valid_until": "", "cents": "20"}
    words = planner.post(f"/bus/people/{riet.person_id}/passes/", sold, follow=True).content.decode()
    assert "De kaart is verkocht" in words
    page = f"/bus/trips/{outing.trip.pk}/money/"
    assert "kaart, nog 10 ritten" in planner.get(page).content.decode()
    given = {f"b{riet.pk}-how": f"pass:{Pass.objects.get().pk}", f"b{halil.pk}-how": f"cash:{Tariff.objects.get().pk}"}
    words = planner.post(page, given, follow=True).content.decode()
    assert "De betalingen zijn bewaard" in words
    assert "kaart, nog 9 ritten" in words
    assert sorted(Payment.objects.values_list("way", "cents")) == [("cash", 250), ("pass", 0)]
    refused = planner.post(page, {"counted": "2,00", "note": ""})
    assert refused.status_code == 422
    assert "Zeg in een paar woorden waarom" in refused.content.decode()
    words = planner.post(page, {"counted": "2,00", "note": "wisselgeld"}, follow=True).content.decode()
    assert "-0,50" in words and "wisselgeld" in words
    assert "2 van de 2 hebben betaald" in planner.get(f"/bus/trips/{outing.trip.pk}/").content.decode()


def test_one_refusal_keeps_no_other_payment_from_being_saved(planner: Client, outing: Underway) -> None:
    riet, halil = outing.passenger("riet"), outing.passenger("halil")
    page = f"/bus/trips/{outing.trip.pk}/money/"
    answer = planner.post(page, {f"b{riet.pk}-how": "pass:999", f"b{halil.pk}-how": "free"})
    assert answer.status_code == 409
    assert "Riet Linde: Kies hoe er betaald wordt." in answer.content.decode()
    assert Payment.objects.get().booking_id == halil.pk


def test_an_old_page_writes_nothing_over_what_was_chosen_meanwhile(planner: Client, outing: Underway) -> None:
    riet, halil, fatima = (outing.passenger(name) for name in ("riet", "halil", "fatima"))
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=SYSTEM)
    page, cash = f"/bus/trips/{outing.trip.pk}/money/", f"cash:{tariff.pk}"
    for booking in (riet, halil):
        money.ride_free(booking.pk, actor=SYSTEM, at=clock.now())
    assert f'name="initial-b{riet.pk}-how" value="free"' in planner.get(page).content.decode()
    for booking in (riet, halil):
        money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=SYSTEM, at=clock.now())
    extra = money.set_tariff(outing.trip.organisation, name="met pas", cents=100, actor=SYSTEM)
    old = {f"initial-b{booking.pk}-how": was for booking, was in ((riet, "free"), (halil, "free"), (fatima, ""))}
    chosen = {f"b{riet.pk}-how": "free", f"b{halil.pk}-how": f"cash:{extra.pk}", f"b{fatima.pk}-how": cash}
    answer = planner.post(page, {**old, **chosen})
    assert answer.status_code == 409
    assert "Halil Linde: Iemand anders heeft intussen iets gekozen." in answer.content.decode()
    assert "Riet Linde: Iemand" not in answer.content.decode()
    assert dict(Payment.objects.values_list("booking_id", "cents")) == {riet.pk: 250, halil.pk: 250, fatima.pk: 250}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "", "cents": "2,50"}, "Geef de prijs een naam."),
        ({"name": "gewoon", "cents": "twee"}, "Geef een bedrag, zoals 2,50."),
    ],
)
def test_a_price_that_is_none_is_refused_in_words(planner: Client, given: dict[str, str], words: str) -> None:
    answer = planner.post("/bus/money/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_pass_that_ends_nowhere_is_refused_in_words(planner: Client, outing: Underway) -> None:
    person = outing.passenger("riet").person
    answer = planner.post(f"/bus/people/{person.pk}/passes/", {"valid_from": "2026-11-01", "cents": "20"})
    assert answer.status_code == 422
    assert "Een kaart is voor een aantal ritten, of tot een datum." in answer.content.decode()


def test_a_price_that_is_used_no_longer_stays_where_it_was_paid(planner: Client, outing: Underway) -> None:
    booking = outing.passenger("riet")
    planner.post("/bus/money/", {"name": "gewoon", "cents": "2,50"})
    tariff = Tariff.objects.get()
    page = f"/bus/trips/{outing.trip.pk}/money/"
    planner.post(page, {f"b{booking.pk}-how": f"cash:{tariff.pk}"})
    planner.post("/bus/money/", {"retire": tariff.pk})
    words = planner.get(page).content.decode()
    assert f'<option value="cash:{tariff.pk}" selected>gewoon</option>' in words


@pytest.mark.parametrize("sent", ["²", "9" * 4400, "-1"])
def test_a_number_that_is_none_is_answered_and_nothing_breaks(planner: Client, outing: Underway, sent: str) -> None:
    booking = outing.passenger("riet")
    assert planner.post("/bus/money/", {"retire": sent}).status_code == 422
    assert planner.get(f"/bus/book/{booking.person_id}/", {"trip": sent}).status_code == 200
    answer = planner.post(f"/bus/bookings/{booking.pk}/change/", {"trip": sent})
    assert answer.status_code == 422


def test_the_host_keeps_payments_and_counts_the_box_behind_the_link_in_the_text(
    client: Client, outing: Underway
) -> None:
    riet = outing.passenger("riet")
    duty = outing.crew("hanna", Task.HOST, "+31600000402")
    money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=SYSTEM)
    token = manifest_links.make(duty, duty.person, clock.now()).split("/")[-2]
    page = f"/bus/m/{token}/money/"
    assert client.get(page).status_code == 302
    assert client.post(page, {f"b{riet.pk}-how": "free"}).status_code == 302
    assert not Payment.objects.exists()
    client.post(f"/bus/m/{token}/open/")
    assert page in client.get(f"/bus/m/{token}/").content.decode()
    client.post(page, {f"b{riet.pk}-how": f"cash:{Tariff.objects.get().pk}"})
    words = client.post(page, {"counted": "2,50"}, follow=True).content.decode()
    assert "Het geldkistje is geteld" in words
    assert Payment.objects.get().by == f"person:{duty.person_id}"


def test_a_driver_sees_the_money_of_trips_on_which_they_are_crew_and_of_no_other(
    client: Client, outing: Underway
) -> None:
    driver = mornings.a_user("daan", outing.trip.organisation, Role.Kind.DRIVER)
    client.force_login(driver)
    page = f"/bus/trips/{outing.trip.pk}/money/"
    assert client.get(page).status_code == 404
    duty = outing.crew("daan", Task.DRIVER, "+31600000401")
    User.objects.filter(pk=driver.pk).update(email="daan@rondje.example")
    Person.objects.filter(pk=duty.person_id).update(email="daan@rondje.example")
    assert client.get(page).status_code == 200
