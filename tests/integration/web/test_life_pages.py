"""A circle's life on its pages: joining with consent, complete, practising, active, paused, closed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from backend.circles.models import Circle, Membership, Round
from backend.circles.selectors.settings import scope_of
from backend.circles.services import joining, life, planning
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Timer
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.people.models import Consent, DutyShift, PhoneNumber
from backend.people.services import duty, registering
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, Morning


def page(staff: Client, morning: Morning) -> str:
    return staff.get(f"/circles/{morning.circle.pk}/members/").content.decode()


def step(staff: Client, morning: Morning, what: str, **fields: str) -> str:
    return staff.post(f"/circles/{morning.circle.pk}/life/{what}/", fields, follow=True).content.decode()


def complete(morning: Morning) -> None:
    """Everybody agreed; a volunteer on each day, and a coordinator."""
    scope = scope_of(morning.circle)
    carla = registering.register_person(
        organisation=morning.organisation, given_name="Carla", family_name="Bos", phones=["+31600000102"]
    )
    for weekday in range(7):
        duty.put_on_duty(person=morning.volunteer, scope=scope, rank=DutyShift.Rank.PRIMARY, weekday=weekday)
        duty.put_on_duty(person=carla, scope=scope, rank=DutyShift.Rank.COORDINATOR, weekday=weekday)
    for membership in morning.circle.memberships.select_related("person"):
        agree(membership)


def agree(membership: Membership) -> None:
    now = clock.now()
    joining.agree(membership, given_at=now, how="visit", on_behalf_by="", actor=SYSTEM, now=now)


def forming(morning: Morning) -> None:
    Circle.objects.filter(pk=morning.circle.pk).update(status=Circle.Status.FORMING)


def test_a_circle_that_is_not_complete_says_what_it_lacks_and_cannot_become_active(
    staff: Client, morning: Morning
) -> None:
    forming(morning)
    shown = page(staff, morning)
    assert "Een coördinator op het dienstrooster." in shown
    assert "Een vrijwilliger met dienst op: dinsdag, woensdag" in shown
    assert "De toestemming van: Riet Linde" in shown
    answer = staff.post(f"/circles/{morning.circle.pk}/life/activate/")
    assert answer.status_code == 409
    assert "nog niet compleet" in answer.content.decode()
    assert Circle.objects.get(pk=morning.circle.pk).status == "forming"


def test_a_complete_circle_practises_and_goes_round(staff: Client, morning: Morning) -> None:
    forming(morning)
    complete(morning)
    assert "een oefenochtend" in page(staff, morning)
    assert "oefent" in step(staff, morning, "practise")
    assert planning.plan(clock.now()) == 0, "a circle that practises has no mornings"
    step(staff, morning, "activate")
    circle = Circle.objects.get(pk=morning.circle.pk)
    assert (circle.status, circle.first_day) == ("active", MONDAY.date())
    assert planning.plan(clock.now()) == 2


def test_somebody_joins_by_waiting_consent_and_a_place(staff: Client, morning: Morning) -> None:
    fields = {"given_name": "Els", "family_name": "Şahin", "phone": "013 000 1377"}
    answer = staff.post(f"/circles/{morning.circle.pk}/members/new/", fields)
    els = Membership.objects.get(person__given_name="Els")
    assert els.status == "waiting"
    assert answer["Location"].endswith(f"/members/{els.pk}/consent/")
    refused = staff.post(f"/circles/{morning.circle.pk}/members/{els.pk}/place/")
    assert "Zonder toestemming wordt niemand gebeld" in refused.content.decode()
    words = staff.get(answer["Location"]).content.decode()
    assert "Ik doe mee met de telefooncirkel van Welzijn Oost." in words
    staff.post(
        answer["Location"],
        {"agreed": "on", "how": "visit", "day": "2026-11-20", "on_behalf_by": "Ayşe Şahin, dochter"},
    )
    consent = Consent.objects.get(person=els.person)
    assert consent.version == "2026-1"
    assert consent.wording in words.replace("&#x27;", "'")
    assert consent.given_at.date() == date(2026, 11, 20)
    assert consent.on_behalf_by == "Ayşe Şahin, dochter"
    staff.post(f"/circles/{morning.circle.pk}/members/{els.pk}/place/")
    els.refresh_from_db()
    assert (els.status, els.position) == ("active", 10)


def test_who_is_known_already_is_not_added_twice_and_what_was_typed_stays(staff: Client, morning: Morning) -> None:
    fields = {"given_name": "Riet", "family_name": "Linde", "phone": "013 000 1300", "address": "Lindelaan 1"}
    refused = staff.post(f"/circles/{morning.circle.pk}/members/new/", fields)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert 'value="Lindelaan 1"' in refused.content.decode()


def test_a_consent_must_be_ticked(staff: Client, morning: Morning) -> None:
    riet = morning.circle.memberships.get(person__given_name="Riet")
    answer = staff.post(
        f"/circles/{morning.circle.pk}/members/{riet.pk}/consent/", {"how": "visit", "day": "2026-11-20"}
    )
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_who_withdraws_consent_is_not_rung_any_more(staff: Client, morning: Morning) -> None:
    riet = morning.circle.memberships.get(person__given_name="Riet")
    agree(riet)
    staff.post(f"/circles/{morning.circle.pk}/members/{riet.pk}/withdraw/")
    riet.refresh_from_db()
    assert riet.status == "waiting"
    assert Consent.objects.get().withdrawn_at is not None
    morning.start()
    assert not morning.round.seats.filter(person__given_name="Riet").exists()


def test_leaving_asks_first_and_says_what_follows_for_whom(staff: Client, morning: Morning) -> None:
    halil = morning.circle.memberships.get(person__given_name="Halil")
    address = f"/circles/{morning.circle.pk}/members/{halil.pk}/leave/"
    assert f'href="{address}"' in page(staff, morning)
    asked = staff.get(address).content.decode()
    assert "Stopt Halil Linde met De Linde?" in asked
    assert "Vanaf de volgende ochtend belt Rondje Halil Linde niet meer" in asked
    assert "Vanaf dan komt na Riet Linde meteen Truus Linde." in asked
    assert "Aantal deelnemers dat overblijft: 7." in asked
    halil.refresh_from_db()
    assert halil.status == "active", "to look is not to do"
    shown = staff.post(address, follow=True).content.decode()
    halil.refresh_from_db()
    assert halil.status == "left"
    assert "Halil Linde doet niet meer mee." in shown


def test_who_left_by_mistake_gets_the_place_back(staff: Client, morning: Morning) -> None:
    halil = morning.circle.memberships.get(person__given_name="Halil")
    agree(halil)
    staff.post(f"/circles/{morning.circle.pk}/members/{halil.pk}/leave/")
    give_back = f"/circles/{morning.circle.pk}/members/{halil.pk}/place/"
    shown = page(staff, morning)
    assert "Wie gestopt is" in shown
    assert give_back in shown
    staff.post(give_back)
    halil.refresh_from_db()
    assert (halil.status, halil.position) == ("active", 9)


def test_withdrawing_consent_asks_first_and_names_every_circle(staff: Client, morning: Morning) -> None:
    riet = morning.circle.memberships.get(person__given_name="Riet")
    agree(riet)
    other = Morning(morning.organisation, name="De Beuk", people=("Els", "Ger"), numbers_from=1400)
    other.circle.memberships.create(person=riet.person, position=3)
    asked = staff.get(f"/circles/{morning.circle.pk}/members/{riet.pk}/withdraw/").content.decode()
    assert "Trekt Riet Linde de toestemming in?" in asked
    assert "De plaats vervalt. De persoon komt weer op de wachtlijst van: De Beuk, De Linde." in asked
    assert Consent.objects.get().withdrawn_at is None


def test_a_full_circle_lets_nobody_in(staff: Client, morning: Morning) -> None:
    Circle.objects.filter(pk=morning.circle.pk).update(policy={"morning": {"max_members": 8}})
    staff.post(
        f"/circles/{morning.circle.pk}/members/new/", {"given_name": "Els", "family_name": "Bos", "phone": "0130001377"}
    )
    els = Membership.objects.get(person__given_name="Els")
    agree(els)
    refused = staff.post(f"/circles/{morning.circle.pk}/members/{els.pk}/place/")
    assert "De cirkel is vol" in refused.content.decode()
    jan = morning.circle.memberships.get(person__given_name="Jan")
    staff.post(f"/circles/{morning.circle.pk}/members/{jan.pk}/leave/")
    staff.post(f"/circles/{morning.circle.pk}/members/{els.pk}/place/")
    els.refresh_from_db()
    assert els.status == "active"


def test_a_pause_tells_the_members_and_ends_by_itself_without_missed_mornings(staff: Client, morning: Morning) -> None:
    complete(morning)
    until = MONDAY.date() + timedelta(days=4)
    step(staff, morning, "pause", until=until.isoformat())
    circle = Circle.objects.get(pk=morning.circle.pk)
    assert (circle.status, circle.paused_until) == ("paused", until)
    told = Message.objects.filter(host="circles.news", way="call")
    assert told.count() == 8, "they have landlines, so they are rung"
    timer = Timer.objects.get(kind=life.TIMER)
    assert f"{timer.due_at:%d %H:%M}" == "28 05:00", "6:00 in the morning after"
    clock.set_clock(virtual=timer.due_at, rate=0)
    life.look(circle.pk, clock.now())
    circle.refresh_from_db()
    assert (circle.status, circle.first_day) == ("active", until + timedelta(days=1))
    planning.plan(clock.now())
    assert not Round.objects.filter(circle=circle, date__gt=MONDAY.date(), date__lte=until).exists()


def test_news_is_told_in_the_words_of_the_organisation(staff: Client, morning: Morning) -> None:
    complete(morning)
    own = "{circle} neemt even pauze. Groetjes!"
    assert staff.post("/texts/circles.news.paused/nl/", {"words": own}).status_code == 302
    own = "Kunt u op {day}? Antwoord JA {short}. {link}"
    assert staff.post("/texts/circles.duty.asked/nl/", {"words": own}).status_code == 302
    PhoneNumber.objects.create(person=morning.person("Riet"), e164="+31600001300", kind="mobile", position=2)
    step(staff, morning, "pause", until="")
    assert Message.objects.get(person=morning.person("Riet"), way="text").body == "De Linde neemt even pauze. Groetjes!"
    morning.circle.refresh_from_db()
    mornings.a_swap(morning)
    assert Message.objects.get(line="+31600000101").body.startswith("Kunt u op ma 30 nov? Antwoord JA 30 nov. http")


def test_a_pause_ends_by_itself_only_when_somebody_is_on_duty(staff: Client, morning: Morning) -> None:
    complete(morning)
    step(staff, morning, "pause", until=MONDAY.date().isoformat())
    DutyShift.objects.filter(rank="primary").delete()
    clock.set_clock(virtual=Timer.objects.get(kind=life.TIMER).due_at, rate=0)
    life.look(morning.circle.pk, clock.now())
    assert Circle.objects.get(pk=morning.circle.pk).status == "paused"
    case = Incident.objects.get()
    assert (case.kind, case.state, case.details) == ("duty", "open", {"reason": "not_resumed"})


def test_a_circle_is_closed_with_a_reason(staff: Client, morning: Morning) -> None:
    assert "Geef de reden" in step(staff, morning, "close", reason="")
    shown = step(staff, morning, "close", reason="Te weinig vrijwilligers")
    assert "is gesloten" in shown
    assert "Te weinig vrijwilligers" in shown
    mornings.set_time("08:31")
    assert planning.plan(clock.now()) == 0


def test_a_volunteer_may_look_but_takes_no_step(client: Client, morning: Morning) -> None:
    from backend.people.models import Role

    client.force_login(mornings.a_user("dirk", morning.organisation, Role.Kind.CIRCLE_VOLUNTEER))
    assert client.get(f"/circles/{morning.circle.pk}/members/").status_code == 200
    assert client.post(f"/circles/{morning.circle.pk}/life/pause/").status_code == 403


@pytest.mark.parametrize(("language", "words"), [("nl", "Druk op 1: alles is goed."), ("en", "Press 1: all is well.")])
def test_the_card_says_which_number_rings_and_what_to_press(
    staff: Client, morning: Morning, language: str, words: str
) -> None:
    riet = morning.circle.memberships.select_related("person").get(person__given_name="Riet")
    riet.person.language = language
    riet.person.save()
    answer = staff.get(f"/circles/{morning.circle.pk}/members/{riet.pk}/card/")
    pages = PdfReader(BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert words in text
    assert "013 000 90 00" in text
    assert "013 000 90 01" in text
    assert "112" in text
