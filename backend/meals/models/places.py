"""Restos: where people eat together, in which rooms, at which tables."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.people.models import Organisation


class Resto(models.Model):
    """A place where people eat together. `slug` is its public address; `public`: anybody may see its programme."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="restos")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    address = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84: for rides with the bus.")
    longitude = models.FloatField(null=True, blank=True)
    chairs = models.PositiveSmallIntegerField(help_text="For guests, crew and speakers together.")
    welcome = models.TextField(blank=True, help_text="For the public page.")
    public = models.BooleanField(default=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="resto_name_once"),
            models.CheckConstraint(condition=Q(chairs__gte=1), name="resto_has_chairs"),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a resto, drawn as a rectangle of decimetres."""

    class Side(models.TextChoices):
        TOP = "top"
        RIGHT = "right"
        BOTTOM = "bottom"
        LEFT = "left"

    resto = models.ForeignKey(Resto, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    width = models.PositiveSmallIntegerField(default=100, help_text="Decimetres.")
    depth = models.PositiveSmallIntegerField(default=80, help_text="Decimetres.")
    door = models.CharField(max_length=6, choices=Side, blank=True, help_text="In which wall; empty: not known.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["resto", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name


class DiningTable(models.Model):
    """A table, at its place in the room. Tables of ten are usual (domain text, Resto VanHarte)."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField(max_length=20)
    chairs = models.PositiveSmallIntegerField(default=10)
    x = models.PositiveSmallIntegerField(default=0, help_text="Decimetres from the left, of its middle.")
    y = models.PositiveSmallIntegerField(default=0, help_text="Decimetres from the top, of its middle.")
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "name"], name="table_name_once"),
            models.CheckConstraint(condition=Q(chairs__gte=1), name="table_has_chairs"),
        ]


class Tariff(models.Model):
    """A price per guest group. Only which one applies is recorded, never a proof of income."""

    resto = models.ForeignKey(Resto, on_delete=models.CASCADE, related_name="tariffs")
    name = models.CharField(max_length=80)
    cents = models.PositiveIntegerField()
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["resto", "name"], name="meal_tariff_name_once")]
