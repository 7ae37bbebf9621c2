"""A circle is made on a page, with named settings that were checked."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.circles.models import Circle, PolicyTemplate
from backend.circles.selectors.settings import policy_of
from backend.circles.services import planning, spreading
from backend.events import clock
from backend.events.models import Event
from backend.people.models import Role
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning

DAYS = [0, 1, 2, 3, 4]


def new(morning: Morning) -> str:
    return f"/organisations/{morning.organisation.pk}"


def test_a_new_circle_is_being_formed_with_a_copy_of_the_settings_chosen(staff: Client, morning: Morning) -> None:
    template = {"name": "Rustig", "leg_minutes": "5", "retry_after_minutes": "4, 9", "duty_minutes": "10"}
    template["joining"] = "one_ring"
    staff.post(f"{new(morning)}/templates/new/", template)
    rustig = PolicyTemplate.objects.get(name="Rustig")
    fields = {"name": "De Es", "start": "09:00", "weekdays": DAYS, "mode": "bridged", "template": rustig.pk}
    page = staff.post(f"{new(morning)}/circles/new/", fields, follow=True).content.decode()
    circle = Circle.objects.get(name="De Es")
    assert circle.status == "forming"
    assert (policy_of(circle).leg_minutes, policy_of(circle).retry_after_minutes) == (5, (4, 9))
    assert policy_of(circle).joining == "one_ring"
    assert circle.policy["escalation"] == {"duty_minutes": 10}
    assert "Deelnemers: nog 4." in page
    staff.post(f"/templates/{rustig.pk}/", {"name": "Rustig", "leg_minutes": "2"})
    circle.refresh_from_db()
    assert policy_of(circle).leg_minutes == 5, "a circle keeps what it was made with"


def test_settings_that_could_not_work_are_refused_in_the_readers_words(staff: Client, morning: Morning) -> None:
    answer = staff.post(f"{new(morning)}/templates/new/", {"name": "Fout", "leg_minutes": "99"})
    assert answer.status_code == 422
    assert "Minuten gesprek ten hoogste: moet tussen 1 en 15 liggen." in answer.content.decode()
    assert 'value="99"' in answer.content.decode(), "what was typed stays"
    staff.cookies["django_language"] = "en"
    answer = staff.post(f"{new(morning)}/templates/new/", {"name": "Fout", "leg_minutes": "99"})
    assert "Minutes of talk at most: must lie between 1 and 15." in answer.content.decode()
    assert not PolicyTemplate.objects.exists()


def test_a_circle_at_noon_is_refused(staff: Client, morning: Morning) -> None:
    fields = {"name": "De Es", "start": "12:00", "weekdays": DAYS, "mode": "bridged"}
    answer = staff.post(f"{new(morning)}/circles/new/", fields)
    assert "Een cirkel begint tussen 08:00 en 10:00; 12:00 valt daarbuiten." in answer.content.decode()


def test_a_name_that_is_taken_is_said_beside_the_name_and_nothing_typed_is_lost(
    staff: Client, morning: Morning
) -> None:
    fields = {"name": morning.circle.name, "start": "09:15", "weekdays": DAYS, "mode": "star"}
    answer = staff.post(f"{new(morning)}/circles/new/", fields)
    assert answer.status_code == 422
    assert "Er is al een cirkel met deze naam" in answer.content.decode()
    assert 'value="09:15"' in answer.content.decode()
    template = {"name": "Rustig", "leg_minutes": "5"}
    staff.post(f"{new(morning)}/templates/new/", template)
    answer = staff.post(f"{new(morning)}/templates/new/", template)
    assert answer.status_code == 422
    assert 'value="5"' in answer.content.decode()


def test_settings_that_clash_with_the_organisations_are_said_beside_the_choice(staff: Client, morning: Morning) -> None:
    """Twelve members at the least were fine, until the organisation's own circles may have ten at the most."""
    template = PolicyTemplate.objects.create(
        organisation=morning.organisation, name="Groot", policy={"morning": {"min_members": 12}}
    )
    morning.organisation.settings = {"morning": {"max_members": 10}}
    morning.organisation.save()
    fields = {"name": "De Es", "start": "09:15", "weekdays": DAYS, "mode": "star", "template": template.pk}
    answer = staff.post(f"{new(morning)}/circles/new/", fields)
    assert answer.status_code == 422
    assert 'value="De Es"' in answer.content.decode()
    assert not Circle.objects.filter(name="De Es").exists()


def test_an_operator_sees_whether_the_carrier_can_carry_it(client: Client, morning: Morning) -> None:
    client.force_login(mornings.a_user("otto", morning.organisation, Role.Kind.OPERATOR))
    assert "Elke cirkel begint op zijn eigen tijd." in client.get("/capacity/").content.decode()


def test_an_idle_planner_costs_the_same_when_a_start_moved_after_its_morning_began(morning: Morning) -> None:
    mornings.set_time("08:30")
    planning.plan(clock.now())
    morning.start()
    with CaptureQueriesContext(connection) as idle:
        planning.plan(clock.now())
    Circle.objects.update(shift_minutes=7)
    planning.plan(clock.now())  # tomorrow's morning is moved
    with CaptureQueriesContext(connection) as moved:
        planning.plan(clock.now())
    assert len(moved) == len(idle)
    assert morning.round.planned_start == mornings.at("08:30")


def test_a_start_that_was_moved_is_planned_and_recorded(morning: Morning) -> None:
    found = spreading.verdict()
    moved = type(found)({morning.circle.pk: 8 * 60 + 37}, (), 517, 1, 1)
    assert spreading.apply(moved) == 1
    assert Event.objects.get(kind=spreading.MOVED).payload == {"minutes": 7}
    morning.circle.refresh_from_db()
    morning.plan()
    assert morning.round.planned_start == mornings.at("08:37")
