"""Beat's rows are those that the code declares."""

import pytest
from django_celery_beat.models import PeriodicTask

from worker.guard import DEAF_AFTER, Hearing
from worker.schedule import TICKS, synchronise


@pytest.mark.django_db
def test_schedules_are_synchronised_and_strangers_of_ours_removed() -> None:
    synchronise()
    stale = PeriodicTask.objects.first()
    assert stale is not None
    stale.name, stale.pk = "from an earlier version", None
    stale.save()
    synchronise()
    assert set(PeriodicTask.objects.filter(task__startswith="worker.").values_list("name", flat=True)) == {
        tick.name for tick in TICKS
    }


@pytest.mark.django_db
def test_a_tick_that_waited_for_two_is_dropped() -> None:
    synchronise()
    assert PeriodicTask.objects.get(name="look at alarms").expire_seconds == 2


def test_worker_that_hears_nothing_for_a_minute_is_deaf() -> None:
    time = [0.0]
    hearing = Hearing(now=lambda: time[0])
    time[0] = DEAF_AFTER
    assert not hearing.is_deaf()
    time[0] = DEAF_AFTER + 1
    assert hearing.is_deaf()
    hearing.heard()
    assert not hearing.is_deaf()
