"""Leaves a row in the database for each start, and says how many there are."""

from django.core.management.base import BaseCommand
from django_celery_beat.models import IntervalSchedule


class Command(BaseCommand):
    def handle(self, *args, **options):
        IntervalSchedule.objects.create(every=1, period="days")
        self.stdout.write(f"Demo start number {IntervalSchedule.objects.count()}.")
