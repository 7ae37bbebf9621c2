"""Checks of what people have to arrange: numbers that answer, coordinators, mailboxes."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backend.circles.models import Circle
from backend.circles.selectors.settings import scope_of
from backend.people.models import DutyShift, Organisation
from backend.web.doctor import Check, Problem


def checks(among: QuerySet[Organisation]) -> list[tuple[str, str, Check]]:
    """Code, name in words, and the check, of these organisations only."""

    def organisations_of_theirs(_now: datetime) -> Iterator[Problem]:
        return organisations(among)

    def circles_of_theirs(_now: datetime) -> Iterator[Problem]:
        return circles(among)

    return [
        ("organisations", _("Organisations"), organisations_of_theirs),
        ("circles", _("Circles"), circles_of_theirs),
    ]


def organisations(among: QuerySet[Organisation]) -> Iterator[Problem]:
    """Every organisation has a number that answers day and night."""
    for one in among.filter(duty_phone="").order_by("name"):
        facts = {"name": one.name}
        yield _("%(name)s has no number that answers day and night.") % facts, _("Ask them for one, and record it.")


def circles(among: QuerySet[Organisation]) -> Iterator[Problem]:
    """Every active circle has a coordinator, and a mailbox for its lists."""
    active = Circle.objects.filter(status=Circle.Status.ACTIVE, organisation__in=among)
    for one in active.select_related("organisation").order_by("name"):
        shifts = DutyShift.objects.filter(scope=scope_of(one))
        facts = {"name": one.name}
        if not shifts.filter(rank=DutyShift.Rank.COORDINATOR).exists():
            yield _("%(name)s has no coordinator.") % facts, _("Put one on the duty roster of the circle.")
        if not one.organisation.email and not shifts.exclude(person__email="").exists():
            yield (
                _("Nobody receives the list on paper of %(name)s.") % facts,
                _("Give an address on the circle's page, under the list on paper."),
            )
