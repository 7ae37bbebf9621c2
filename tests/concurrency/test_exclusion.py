"""Two that write at once and wait for each other: the one that the database breaks off tries again."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, transaction

from backend.common import exclusion
from backend.people.models import Organisation
from tests.integration.web import mornings
from tests.support.races import at_once


def lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


class Pair:
    """Two that take the same two rows in opposite order, and meet when each has one of them."""

    def __init__(self) -> None:
        self.rows = [mornings.an_organisation(), mornings.an_organisation("elders")]
        self.have_one = threading.Barrier(2)
        self.tries = 0

    def write(self, first: int) -> None:
        self.tries += 1
        lock(self.rows[first])
        if self.tries <= 2:
            self.have_one.wait(10)
        lock(self.rows[1 - first])


@pytest.fixture
def pair(transactional_db) -> Pair:
    return Pair()


def test_who_is_broken_off_tries_again_and_both_have_written(pair: Pair) -> None:
    def writes(first: int) -> None:
        with transaction.atomic():
            exclusion.in_turn(lambda: pair.write(first))

    assert at_once(lambda: writes(0), lambda: writes(1)) == [None, None]
    assert pair.tries == 3


def test_without_it_one_of_them_fails(pair: Pair) -> None:
    """The negative control: what the test above would see if nobody tried again."""

    def writes(first: int) -> None:
        with transaction.atomic():
            pair.write(first)

    ends = at_once(lambda: writes(0), lambda: writes(1))
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "OperationalError"]
    assert pair.tries == 2


def test_what_fails_otherwise_fails_at_once(db: None) -> None:
    tries: list[type[Exception]] = []

    def fails(how: type[Exception]) -> None:
        tries.append(how)
        raise how

    for how in (IntegrityError, OperationalError):
        with pytest.raises(how):
            exclusion.in_turn(lambda how=how: fails(how))  # type: ignore[misc]
    assert tries == [IntegrityError, OperationalError]
