"""The door: everything that was done there, once."""

from typing import ClassVar

from django.db import models

from backend.meals.models.evenings import Evening
from backend.meals.models.guests import Reservation


class DoorEntry(models.Model):
    """Something was done at the door. `key` comes with the page: a button pressed twice has the same one."""

    class What(models.TextChoices):
        CAME = "came"
        UNDONE = "undone"
        WALKED_IN = "walked_in"
        AWAY = "away"
        EXPECTED = "expected"
        PAID = "paid"
        PAID_BACK = "paid_back"

    key = models.UUIDField(primary_key=True)
    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="door_entries")
    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="door_entries")
    what = models.CharField(max_length=9, choices=What)
    at = models.DateTimeField()
    by = models.CharField(max_length=80, help_text="A reference such as user:3.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["evening", "at"], name="door_entry_by_evening")]
