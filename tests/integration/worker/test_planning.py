"""What fails for one programme keeps no other from being planned."""

from datetime import UTC, datetime

import pytest

from backend.events.models import Timer
from tests.support.restos import TUESDAY, a_resto
from worker import planning

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def fails(_now: datetime) -> None:
    raise LookupError("of one programme")


@pytest.mark.django_db
def test_what_fails_for_one_programme_is_logged_and_all_the_others_are_watched(
    caplog: pytest.LogCaptureFixture,
) -> None:
    a_resto().evening(TUESDAY)
    planning.plan(NOON, (fails, *planning.WATCHES, fails))
    assert set(Timer.objects.values_list("kind", flat=True)) == {
        "circles.spread",
        "meals.crew",
        "meals.door_links",
        "meals.kitchen",
    }
    failed = [(one.levelname, one.getMessage()) for one in caplog.records]
    assert failed == [("ERROR", f"{__name__} failed; the others are done, and it is tried again.")] * 2
