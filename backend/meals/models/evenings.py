"""What a resto offers: evenings that recur, and each evening on its date, with what is served."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.meals.models.places import DiningTable, Resto


class EveningSeries(models.Model):
    """An evening that recurs: an RRULE (RFC 5545, in local dates) with times of day."""

    resto = models.ForeignKey(Resto, on_delete=models.PROTECT, related_name="series")
    rule = models.CharField(max_length=200, help_text="RRULE such as FREQ=WEEKLY;BYDAY=TU,TH.")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    cutoff = models.TimeField(help_text="Local wall time: the kitchen's final count, reservations and cancelling.")
    doors = models.TimeField(help_text="Local wall time.")
    dinner = models.TimeField(help_text="Local wall time.")
    ends = models.TimeField(help_text="Local wall time.")
    theme = models.CharField(max_length=120, blank=True)
    on_holidays = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(doors__gt=F("cutoff"), dinner__gte=F("doors"), ends__gt=F("dinner")),
                name="evening_series_in_order",
            )
        ]


class EveningException(models.Model):
    """A date on which a series is closed, or (with a theme only) differs."""

    series = models.ForeignKey(EveningSeries, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField()
    closed = models.BooleanField(default=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "date"], name="evening_exception_once")]


class Evening(models.Model):
    """A dinner on a local date: the aggregate that is locked for whatever concerns its chairs, its kitchen or its crew.

    Guests + crew + speakers never exceed `chairs`: counted from rows.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    resto = models.ForeignKey(Resto, on_delete=models.PROTECT, related_name="evenings")
    series = models.ForeignKey(EveningSeries, on_delete=models.PROTECT, null=True, related_name="evenings")
    date = models.DateField(help_text="Local date.")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    cutoff_at = models.DateTimeField()
    doors_at = models.DateTimeField()
    dinner_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    chairs = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=120, blank=True)
    speaker = models.CharField(max_length=120, blank=True, help_text="A role, such as the district police officer.")
    speakers = models.PositiveSmallIntegerField(default=0, help_text="Who speak eat along.")
    speakers_table = models.ForeignKey(DiningTable, on_delete=models.SET_NULL, null=True, related_name="+")
    speakers_table_by_hand = models.BooleanField(default=False, help_text="A person chose it: planning leaves it.")
    pots_on_at = models.DateTimeField(null=True, help_text="From then on only diets and plates made apart are pushed.")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Grows with every change of guests, plates or tables.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resto", "date"], name="one_evening_a_day"),
            models.CheckConstraint(
                condition=Q(doors_at__gt=F("cutoff_at"), dinner_at__gte=F("doors_at"), ends_at__gt=F("dinner_at")),
                name="evening_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["resto", "date"], name="evening_by_date")]


class SpeakerPlate(models.Model):
    """What one of those who speak does not eat; nobody's name is kept. Speakers without a row eat what there is."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="speaker_plates")
    without = models.JSONField(default=list, help_text="Codes of `domain.diets`: food, never a religion or diagnosis.")
    own_plate = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)


class Course(models.Model):
    """One of the three courses of an evening."""

    class Kind(models.TextChoices):
        STARTER = "starter"
        MAIN = "main"
        DESSERT = "dessert"

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="courses")
    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=120)
    without = models.JSONField(default=list, help_text="Codes of `domain.diets` that the dish itself is free of.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["evening", "kind"], name="course_once")]


class Variant(models.Model):
    """What is served instead of a course to who does not eat something. `without` holds codes of `domain.diets`."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=120)
    without = models.JSONField(default=list)
