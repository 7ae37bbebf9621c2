"""A person's language, way, hours and ring time: kept on a page, and honoured where people are told."""

from django.test import Client

from backend.circles.services import news
from backend.events import clock
from backend.events.models import Event
from backend.notifications.models import Message, OptOut
from backend.notifications.services import opting_out
from backend.people.models import Person, PhoneNumber
from tests.integration.web.mornings import Morning


def kept(staff: Client, person: Person, **wishes: str):
    fields = {"language": "nl", "preferred_way": "", "ring_from": "", **wishes}
    return staff.post(f"/people/{person.pk}/wishes/", fields, follow=True)


def riet_with_a_mobile(morning: Morning) -> Person:
    riet = morning.person("Riet")
    PhoneNumber.objects.create(person=riet, e164="+31600001300", kind="mobile", position=2)
    return riet


def told(morning: Morning, person: Person) -> Message:
    Message.objects.all().delete()
    news.tell_members(morning.circle, "paused", clock.now())
    return Message.objects.get(person=person)


def test_wishes_are_kept_and_what_changed_is_on_record(staff: Client, morning: Morning) -> None:
    riet = morning.person("Riet")
    page = kept(staff, riet, language="en", any_hour="on", ring_from="09:15").content.decode()
    riet.refresh_from_db()
    assert (riet.language, riet.any_hour, f"{riet.ring_from:%H:%M}") == ("en", True, "09:15")
    assert "De wensen van Riet Linde zijn bewaard." in page
    assert 'value="09:15"' in page
    event = Event.objects.get(kind="people.wishes_changed")
    assert event.payload == {"changed": ["language", "any_hour", "ring_from"]}
    kept(staff, riet, language="en", any_hour="on", ring_from="09:15")
    assert Event.objects.filter(kind="people.wishes_changed").count() == 1, "the same again changes nothing"


def test_what_cannot_be_is_said_and_what_was_typed_stays(staff: Client, morning: Morning) -> None:
    riet = morning.person("Riet")
    refused = kept(staff, riet, preferred_way="text", language="en")
    assert refused.status_code == 422
    assert "heeft geen mobiel nummer" in refused.content.decode()
    assert '<option value="en" selected>' in refused.content.decode()
    assert "Kies een tijd tussen 8:00 en 11:00 uur." in kept(staff, riet, ring_from="13:00").content.decode()
    riet.refresh_from_db()
    assert riet.language == "nl"


def test_news_comes_in_the_language_and_by_the_way_that_somebody_chose(staff: Client, morning: Morning) -> None:
    riet = riet_with_a_mobile(morning)
    assert told(morning, riet).way == "text", "the usual way for who has a mobile"
    kept(staff, riet, preferred_way="call", language="en")
    message = told(morning, riet)
    assert (message.way, message.language) == ("call", "en")
    kept(staff, riet, preferred_way="text", language="en")
    assert told(morning, riet).body.startswith("Telephone circle De Linde stops for now.")


def test_who_wants_no_texts_is_rung_rather_than_told_nothing(staff: Client, morning: Morning) -> None:
    riet = riet_with_a_mobile(morning)
    opting_out.opt_out(morning.organisation, "+31600001300", how=OptOut.How.KEYWORD)
    assert told(morning, riet).way == "call"
