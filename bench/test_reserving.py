"""How many reservations a second eight clients get done, for one popular evening and for two hundred evenings.

    make bench ARGS=bench/test_reserving.py

Real Postgres; eight threads, each with a connection of its own, reserve one after another as the desk does: the lock of
the evening, the answer, rows, events and what is queued, in one transaction. The popular evening has fewer chairs than
are asked for: it ends full, and the rest is told no. Afterwards the chairs that are counted are those of the rows.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum

from backend.common.actors import user
from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.counting import chairs_of_each
from backend.meals.services import desk
from backend.meals.services.wishes import Wish
from backend.people.models import Person
from tests.integration.web import mornings
from tests.support.restos import TUESDAY, Table, a_resto_of

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 8
EACH = 20
EVENINGS = 200
POPULAR = 120
"""Chairs: of 160 who ask, 40 are told no."""

HOST = user(9)


@dataclass(frozen=True)
class Figures:
    """What came of it, and how long it took in seconds."""

    name: str
    done: Counter[str]
    seconds: float

    def __str__(self) -> str:
        asked = sum(self.done.values())
        return (
            f"{self.name:32} {asked / self.seconds:6.1f} answers a second, "
            f"{self.done['reserved'] / self.seconds:6.1f} reservations a second  {dict(self.done)}"
        )


def guests(table: Table, how_many: int) -> list[Person]:
    """People without numbers: nobody is told anything."""
    rows = [
        Person(organisation=table.organisation, given_name="Gast", family_name=f"{number:04}", normalised_name="gast")
        for number in range(how_many)
    ]
    return Person.objects.bulk_create(rows)


def measure(name: str, evenings: list[Evening], people: list[Person]) -> Figures:
    """Each of the clients reserves for its share of the people, spread over the evenings."""
    done: Counter[str] = Counter()
    guard, now = threading.Lock(), clock.now()

    def client(share: list[tuple[Evening, Person]]) -> None:
        mine: Counter[str] = Counter()
        try:
            for evening, person in share:
                found = desk.reserve(evening.pk, [Wish(person)], actor=HOST, now=now)
                mine["reserved" if isinstance(found, tuple) else found.why] += 1
        finally:
            connection.close()
        with guard:
            done.update(mine)

    asked = [(evenings[number % len(evenings)], person) for number, person in enumerate(people)]
    seconds = at_once([lambda share=asked[first::CLIENTS]: client(share) for first in range(CLIENTS)])
    return Figures(name, done, seconds)


def at_once(works: list[Callable[[], None]]) -> float:
    """Seconds until all of them, each in a thread, are done."""
    threads = [threading.Thread(target=work) for work in works]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def taken(evenings: list[Evening]) -> list[tuple[int, int]]:
    """The chairs of the rows, and as they are counted; never more than there are."""
    counted = chairs_of_each(evenings, clock.now())
    rows = Reservation.objects.filter(state="reserved", evening__in=evenings).values_list("evening")
    summed = dict(rows.annotate(covers=Sum("covers")).order_by())
    assert all(one.free >= 0 for one in counted.values())
    return [(summed.get(evening.pk, 0), counted[evening.pk].guests) for evening in evenings]


@pytest.mark.timeout(600)
def test_eight_clients_reserve_and_no_chair_is_given_twice(settings) -> None:
    settings.RONDJE_DEMO = True
    mornings.set_time("08:30")
    table = a_resto_of(mornings.an_organisation(), chairs=POPULAR)
    popular = table.evening()
    later = [table.evening(TUESDAY + timedelta(days=1 + ahead)) for ahead in range(EVENINGS)]
    people = guests(table, CLIENTS * EACH)
    figures = [measure("one popular evening", [popular], people), measure("two hundred evenings", later, people)]
    print()
    for found in figures:
        print(found)
    assert figures[0].done == {"reserved": POPULAR, "full": CLIENTS * EACH - POPULAR}
    assert figures[1].done == {"reserved": CLIENTS * EACH}
    for rows, counted in taken([popular, *later]):
        assert rows == counted
