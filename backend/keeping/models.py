"""What is left when the rest has gone: figures, what was purged when, and who was erased on whose request."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.people.models import Organisation


class Counted(models.Model):
    """Up to which local date (not included) an organisation's days are in its monthly figures."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="counted")
    until = models.DateField()


class MonthlyFigure(models.Model):
    """How often something happened in a month. No person can be told from it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="monthly_figures")
    month = models.DateField(help_text="Its first day, local date of the organisation.")
    name = models.CharField(max_length=60, help_text="A code, such as rounds or outcome:found_well.")
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "month", "name"], name="figure_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="figure_is_of_a_whole_month"),
        ]


class Purge(models.Model):
    """So many rows of a kind were removed, because their time was over."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="purges")
    kind = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    older_than = models.DateTimeField()
    ran_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-ran_at"], name="purge_latest")]


class Erasure(models.Model):
    """A person was erased. Holds a reference; a name only until every text has been searched for it."""

    class AskedBy(models.TextChoices):
        THEMSELVES = "themselves"
        FAMILY = "family"
        CARER = "carer"
        HEIRS = "heirs"
        ORGANISATION = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="erasures")
    person_id = models.BigIntegerField()
    asked_by = models.CharField(max_length=12, choices=AskedBy)
    done_by = models.CharField(max_length=80, help_text="A reference, such as user:3.")
    channel = models.CharField(max_length=20)
    done_at = models.DateTimeField()
    removed = models.JSONField(default=dict, help_text="How many rows of each kind were removed or blanked.")
    words_left = models.JSONField(
        default=dict, help_text="What texts have still to be searched for: spoken, names, lines; empty when it is done."
    )
