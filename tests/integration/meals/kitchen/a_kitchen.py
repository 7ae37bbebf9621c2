"""A kitchen before a dinner: who cooks, who runs the resto, what they were told and when."""

from datetime import date, datetime

from django.db import transaction

from backend.common.actors import person
from backend.events import clock
from backend.meals.models import Course, CrewPlace, Evening, Job, KitchenCount, Reservation, Variant
from backend.meals.services import kitchen
from backend.meals.services.wishes import PlateWish
from backend.notifications.models import Message, Way
from backend.people.models import Person, Role, User
from backend.people.services import registering
from tests.support.restos import Table, at

MONDAY = at("11:00", date(2026, 11, 23))
NOON, CUTOFF = at("12:00", date(2026, 11, 23)), at("12:30")
COOK, SHOPPER, BOSS = "+31600000301", "+31600000302", "+31600000303"
KIND = KitchenCount.Kind


def crew(
    table: Table, evening: Evening, name: str, phone: str, job: Job = Job.COOK, *, number: int = 0, **more: object
) -> Person:
    """Somebody who has said to come and help."""
    helper = registering.register_person(
        organisation=table.organisation, given_name=name, family_name="Visser", phones=(phone,)
    )
    Person.objects.filter(pk=helper.pk).update(**more)
    helper.refresh_from_db()
    CrewPlace.objects.create(evening=evening, job=job, number=number, state=CrewPlace.State.CONFIRMED, person=helper)
    return helper


def manager(table: Table, phone: str = BOSS) -> Person:
    """Who runs the resto: signs in, and is known with a mobile under the same address."""
    boss = User.objects.create_user("mo", email="Mo@example.org")
    registering.give_role(boss, table.organisation, Role.Kind.RESTO_MANAGER)
    known = registering.register_person(
        organisation=table.organisation, given_name="Mo", family_name="Smit", phones=(phone,)
    )
    Person.objects.filter(pk=known.pk).update(email="mo@example.org")
    return known


def look(evening: Evening, now: datetime) -> None:
    """It is then, and the product looks at the evening's kitchen."""
    clock.set_clock(virtual=now, rate=0)
    with transaction.atomic():
        kitchen.look(evening.pk, now)


def texts(phone: str) -> list[str]:
    """What was sent to a mobile, without the secret of its link."""
    rows = Message.objects.filter(line=phone, way=Way.TEXT).order_by("pk")
    return [row.body.split(" http")[0] for row in rows]


def told(evening: Evening) -> list[tuple[str, int]]:
    """What the kitchen was told, in order: which count, and for how many."""
    return list(evening.kitchen_counts.order_by("at", "pk").values_list("kind", "covers"))


def menu(evening: Evening) -> None:
    """A main course with a variant without meat, and a starter for everybody."""
    main = Course.objects.create(evening=evening, kind="main", name="Hachee")
    Variant.objects.create(course=main, name="Bonenschotel", without=["meat"])
    Course.objects.create(evening=evening, kind="starter", name="Soep")


def last(evening: Evening) -> int:
    """The key of the last count: what somebody says that they have seen."""
    found = evening.kitchen_counts.order_by("at", "pk").last()
    assert found is not None
    return found.pk


def cooking(table: Table) -> tuple[Evening, Person, Reservation]:
    """After the cutoff: the cook has seen that there are five, one of whom eats no gluten."""
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    riet = table.reserves(evening, "Riet", MONDAY, plates=(PlateWish(("gluten",)),))
    table.reserves(evening, "Truus", MONDAY, covers=3)
    look(evening, CUTOFF)
    kitchen.seen(evening_id=evening.pk, count_id=last(evening), actor=person(cook.pk, "link"), now=CUTOFF)
    return evening, cook, riet
