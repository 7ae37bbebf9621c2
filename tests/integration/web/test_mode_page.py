"""A coordinator chooses how the circle goes round; a morning that is going on stays as it is."""

from django.test import Client

from backend.circles.domain.modes import Mode
from backend.circles.models import Circle
from backend.circles.selectors.settings import policy_of
from backend.events.models import Event
from backend.people.models import Role
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


def test_choosing_another_way_holds_from_the_next_morning(client: Client, morning: Morning) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    page = f"/circles/{morning.circle.pk}/"
    mornings.set_time("08:30")
    morning.start()
    answer = client.post(f"{page}mode/", {"mode": "own_phone"}, follow=True).content.decode()
    assert "Het geldt vanaf de volgende ochtend die begint" in answer
    assert "De deelnemers bellen elkaar zelf" in answer
    assert Circle.objects.get().mode == Mode.OWN_PHONE
    assert morning.round.mode == Mode.BRIDGED
    client.post(f"{page}mode/", {"mode": "own_phone"})
    assert Event.objects.filter(kind="circles.mode_changed").count() == 1


def test_nothing_chosen_is_said_in_words(client: Client, morning: Morning) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    answer = client.post(f"/circles/{morning.circle.pk}/mode/", {"mode": "carrier pigeon"})
    assert answer.status_code == 422
    assert "Kies een van de drie" in answer.content.decode()


def test_how_members_are_connected_is_chosen_there_too(client: Client, morning: Morning) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    page = f"/circles/{morning.circle.pk}/mode/"
    for _again in range(2):
        client.post(page, {"mode": "bridged", "joining": "one_ring"})
    assert policy_of(Circle.objects.get()).joining == "one_ring"
    assert Event.objects.filter(kind="circles.joining_changed").count() == 1
    assert 'value="one_ring" id="id_joining_1" checked' in client.get(page).content.decode().replace("  ", " ")
    client.post(page, {"mode": "bridged", "joining": ""})
    assert Circle.objects.get().policy.get("morning", {}) == {}, "as the organisation usually does"
    answer = client.post(page, {"mode": "bridged", "joining": "by pigeon"})
    assert answer.status_code == 422
    assert "Kies er een van." in answer.content.decode()
