"""About ten volunteers an evening: what is needed, who can do it, who comes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.common.offer_rows import OfferRow
from backend.meals.models.evenings import Evening, EveningSeries
from backend.meals.models.places import DiningTable
from backend.people.models import Organisation, Person


class Job(models.TextChoices):
    """What somebody does on an evening (domain text, Resto VanHarte)."""

    KITCHEN = "kitchen"
    SERVING = "serving"
    TILL = "till"
    BAR = "bar"
    HOST = "host"
    SHOPPING = "shopping"
    COOK = "cook"


class MealVolunteer(models.Model):
    """Somebody who helps, and with what."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="meal_crew")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meal_crew")
    job = models.CharField(max_length=8, choices=Job)
    is_standby = models.BooleanField(default=False)
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "job"], name="meal_volunteer_once_per_job")]


class CrewNeed(models.Model):
    """How many of a job every evening of a series needs."""

    series = models.ForeignKey(EveningSeries, on_delete=models.CASCADE, related_name="needs")
    job = models.CharField(max_length=8, choices=Job)
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "job"], name="crew_need_once")]


class CrewPlace(models.Model):
    """One place in an evening's crew: open, or somebody's. Who helps eats along and takes a chair.

    Who is being asked for it is in its asks; a question about a place that is somebody's is one to take it over.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="crew")
    job = models.CharField(max_length=8, choices=Job)
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="meal_places")
    eats = models.BooleanField(default=True)
    table = models.ForeignKey(DiningTable, on_delete=models.SET_NULL, null=True, related_name="+")
    table_by_hand = models.BooleanField(default=False, help_text="A person chose the table: planning leaves it.")
    changed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, help_text="When they were reminded that they help.")
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evening", "job", "number"], name="crew_place_once"),
            models.UniqueConstraint(
                fields=["evening", "person"], condition=Q(person__isnull=False), name="in_the_crew_once_per_evening"
            ),
            models.CheckConstraint(
                condition=Q(state="open", person=None) | ~Q(state="open") & Q(person__isnull=False),
                name="crew_place_has_somebody_unless_open",
            ),
        ]


class CrewHours(models.Model):
    """Somebody who came and was replaced, or left for good: when they helped in a place that is not theirs any more.

    Whoever has the place now has their own hours on it. A place that is closed takes nobody's hours along.
    """

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="crew_hours")
    place = models.ForeignKey(CrewPlace, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    job = models.CharField(max_length=8, choices=Job)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField()


class CrewAsk(OfferRow):
    """Somebody was asked to help. Ends exactly once."""

    place = models.ForeignKey(CrewPlace, on_delete=models.CASCADE, related_name="asks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "person"], condition=Q(state="open"), name="crew_ask_open_once"),
        ]
