"""Figures of months that are over, kept when the rows they were counted from have gone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.meals.models.places import Resto
from backend.people.models import Organisation


class DinnerFigures(models.Model):
    """What a resto counted in a month. No person can be told from it: pages hide the small counts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="dinner_figures")
    resto = models.ForeignKey(Resto, on_delete=models.CASCADE, null=True, related_name="+", help_text="Empty: all.")
    month = models.DateField(help_text="Its first day, local date of the organisation.")
    counts = models.JSONField(help_text="Codes and whole numbers.")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "resto", "month"], nulls_distinct=False, name="dinner_figures_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="dinner_figures_are_of_a_whole_month"),
        ]
