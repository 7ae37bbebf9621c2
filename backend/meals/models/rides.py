"""Rides with the bus that guests asked for in the same breath, and what the bus answered."""

from django.db import models

from backend.meals.models.guests import Reservation


class RideAsked(models.Model):
    """A reservation's ride: asked for, and answered. `number` grows each time it is asked anew, or taken back."""

    class State(models.TextChoices):
        ASKED = "asked"
        COMES = "comes"
        NO_BUS = "no_bus"
        TAKEN_BACK = "taken_back"

    reservation = models.OneToOneField(Reservation, on_delete=models.CASCADE, related_name="ride")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    number = models.PositiveIntegerField(default=0)
    asked = models.JSONField(default=dict, help_text="What was asked, to see whether it has changed.")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    there_from = models.DateTimeField(null=True, help_text="The bus is at their door: not before.")
    there_until = models.DateTimeField(null=True, help_text="The bus is at their door: not later.")
    home_at = models.DateTimeField(null=True, help_text="Home at about this time.")
    why = models.CharField(max_length=40, blank=True, help_text="A code: why no bus comes.")
