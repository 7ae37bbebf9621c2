"""The evening itself: what the kitchen was told, how it was paid, what was counted, and whom a person has to ring."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.meals.models.evenings import Evening
from backend.meals.models.guests import Reservation
from backend.meals.models.places import Tariff
from backend.people.calls_to_make import CallToMake
from backend.people.models import Organisation


class KitchenCount(models.Model):
    """What the kitchen was told: for the shopping, at the cutoff, or afterwards. Only ever added."""

    class Kind(models.TextChoices):
        PROVISIONAL = "provisional"
        FINAL = "final"
        LATE = "late"

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="kitchen_counts")
    kind = models.CharField(max_length=11, choices=Kind)
    counts = models.JSONField(help_text="Covers, and per course and variant: numbers, codes and references.")
    changes = models.JSONField(default=list, help_text="What is different from the count before it, as codes.")
    covers = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="When the cook said so.")
    seen_by = models.CharField(max_length=80, blank=True)
    told_again_at = models.DateTimeField(null=True)
    manager_told_at = models.DateTimeField(null=True, help_text="That nobody in the kitchen has seen it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evening", "kind"], condition=~Q(kind="late"), name="one_provisional_and_one_final_count"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["evening", "at"], name="kitchen_count_by_time")]


class MealPayment(models.Model):
    """How covers of a reservation were paid, by tariff. Amounts in euro cents."""

    class Way(models.TextChoices):
        CASH = "cash"
        CARD = "card"
        FREE = "free"

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="payments")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    covers = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=4, choices=Way)
    cents = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(covers__gte=1), name="meal_payment_for_somebody")]


class EveningCount(models.Model):
    """What was counted at the end: portions cooked and left, and the till."""

    evening = models.OneToOneField(Evening, on_delete=models.CASCADE, related_name="count")
    cooked = models.PositiveSmallIntegerField(help_text="Portions of the main course.")
    left = models.PositiveSmallIntegerField(help_text="Portions nobody ate.")
    till_cents = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)


class GuestCall(CallToMake):
    """Somebody whom a person has to ring about an evening, because no machine could or should."""

    class Kind(models.TextChoices):
        SILENT = "silent"
        SPEAK = "speak"
        STAYED_AWAY = "stayed_away"
        CANCELLED = "cancelled"
        CREW = "crew"
        TABLE = "table"
        RIDE = "ride"
        AFTER_ALL = "after_all"
        KITCHEN = "kitchen"
        MOVED = "moved"
        ELSEWHERE = "elsewhere"
        CHAIRS = "chairs"
        NO_CHAIRS = "no_chairs"

    TO_ASK: ClassVar[tuple[str, ...]] = ("why", "plates")
    """Details of a call about what somebody wrote, or about plates nobody knows: that they come is no answer to it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="meal_call_tasks")
    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="calls")
    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, null=True, related_name="calls")
    kind = models.CharField(max_length=11, choices=Kind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evening", "person", "kind"], condition=Q(state="open"), name="guest_call_open_once"
            ),
        ]
