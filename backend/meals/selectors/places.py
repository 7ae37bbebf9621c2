"""Restos as they are set up: their rooms, tables and prices, and who is to sit where."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from backend.meals.models import DiningTable, Evening, Resto, Room
from backend.meals.selectors.seating import room_of
from backend.people.models import Organisation


def restos_of(organisation: Organisation) -> "QuerySet[Resto]":
    """An organisation's restos, those in use in front."""
    return Resto.objects.filter(organisation=organisation).order_by("-in_use", "name")


def rooms_of(resto: Resto) -> "QuerySet[Room]":
    """The rooms of a resto with the tables that are used."""
    tables = DiningTable.objects.filter(in_use=True).order_by("pk")
    return resto.rooms.order_by("pk").prefetch_related(Prefetch("tables", tables))


def coming_evenings(resto: Resto, now: datetime) -> "QuerySet[Evening]":
    """Evenings whose doors have not opened, in the order in which they are locked."""
    return resto.evenings.filter(state=Evening.State.PLANNED, doors_at__gt=now).order_by("pk")


def not_over(resto_id: int, now: datetime) -> "QuerySet[Evening]":
    """A resto's evenings that are not over, in the order in which they are locked."""
    states = (Evening.State.PLANNED, Evening.State.OPEN)
    return Evening.objects.filter(resto=resto_id, ends_at__gt=now, state__in=states).order_by("pk")


def seated_at(table: DiningTable, now: datetime) -> list[tuple[Evening, int]]:
    """The evenings that are not over on which people are to sit at a table, and how many: guests, crew and speakers."""
    ahead = not_over(table.room.resto_id, now)
    here = Q(reservations__table=table) | Q(reservations__divided__table=table) | Q(crew__table=table)
    found = ahead.filter(here | Q(speakers_table=table)).distinct().order_by("date", "pk")
    taken = [(one, room_of(one).taken(table.pk)) for one in found.select_related("resto__organisation")]
    return [(one, people) for one, people in taken if people]
