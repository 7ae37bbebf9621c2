"""A town in which people eat together: a dinner on Tuesday, and who reserves for it by telephone."""

from django.db import transaction

from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.services import reserving
from backend.meals.services.wishes import No, Wish
from backend.people.models import Person
from backend.people.services import registering
from tests.support import restos
from tests.support.restos import MANAGER, Table
from tests.support.story import Story

PHONE = "013 000 90 00"
TAFEL = "De Lange Tafel, dinsdag 24 november"


def a_town(story: Story, wall: str = "10:00", **evening: object) -> tuple[Table, Evening]:
    """A resto of the story's organisation, with a dinner on Tuesday; nobody of the circle is rung these days."""
    hour, minute = map(int, wall.split(":"))
    story.begin = story.begin.replace(hour=hour, minute=minute)
    story.circle.first_day = restos.at("10:00").date().replace(year=2027)
    story.circle.save()
    table = restos.a_resto_of(story.organisation)
    return table, table.evening(**evening)


def lives(story: Story, name: str, phone: str, *habits: object, **more: object) -> Person:
    """Somebody with a telephone, who does not answer it unless they have other habits."""
    story.lives(name.lower(), phone, habits=list(habits) or ["no_answer"], **more)
    return registering.register_person(
        organisation=story.organisation, given_name=name, family_name="Linde", phones=(phone,)
    )


@transaction.atomic
def reserves(evening: Evening, person: Person, **wish: object) -> Reservation:
    """They ring now and get their chairs."""
    done = reserving.reserve(evening_id=evening.pk, wish=Wish(person, **wish), actor=MANAGER, now=clock.now())
    assert not isinstance(done, No), done
    return done
