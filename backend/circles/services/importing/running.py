"""One import: lock, compare, store what is new, report the rest. All of it commits together, or nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import DataError, IntegrityError, transaction
from psycopg.errors import StringDataRightTruncation

from backend.circles.domain import schedule
from backend.circles.domain.call_list import (
    EVERY_DAY,
    CallList,
    Code,
    MemberEntry,
    MemberStatus,
    RowReading,
    key_of,
)
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import membership
from backend.circles.services.importing import circles, consent
from backend.circles.services.importing.notices import (
    NOTHING_TO_ADD,
    Notice,
    NoticeCode,
    Notices,
    notice,
)
from backend.circles.services.importing.options import ImportRequest
from backend.circles.services.importing.reconciling import Fate, Verdict, reconcile
from backend.circles.services.importing.refusals import ImportRefused
from backend.circles.services.importing.reports import ImportReport, RowReport
from backend.circles.services.importing.stored import circles_of, entry_of, members_of
from backend.circles.services.importing.volunteers import settle_duty
from backend.common.errors import RondjeError
from backend.events import clock
from backend.incidents.domain.policy import PolicyReachesNobody
from backend.people.models import Organisation


def import_list(call_list: CallList, request: ImportRequest, *, dry_run: bool = False) -> ImportReport:
    """Store the new members of a list and report everything else; a row that cannot be stored stops no other.

    With `dry_run` all of it is done and taken back. Raises ImportRefused, and then nothing is stored.
    """
    if not any(call_list.to_store()):
        raise ImportRefused(NoticeCode.NO_MEMBERS, file=request.source)
    with transaction.atomic():
        organisation = lock_organisation(request.organisation)
        circle, about_circle = circles.find_or_make(organisation, request)
        report = _Import(call_list, circle, request).run(about_circle)
        if dry_run:
            transaction.set_rollback(True)
    return replace(report, is_dry_run=dry_run)


def lock_organisation(slug: str) -> Organisation:
    """The organisation, held until the transaction ends: imports into it come one after another.

    Raises ImportRefused, naming the organisations there are.
    """
    # NO KEY: whatever refers to this row (an incident that opens) must not wait for an import.
    organisation = Organisation.objects.select_for_update(no_key=True).filter(slug=slug).first()
    if organisation is not None:
        return organisation
    known = list(Organisation.objects.order_by("slug").values_list("slug", flat=True))
    if not known:
        raise ImportRefused(NoticeCode.NO_ORGANISATION, slug=slug)
    raise ImportRefused(NoticeCode.UNKNOWN_ORGANISATION, slug=slug, known=", ".join(known))


class _Import:
    """One list on its way into one circle, under the lock."""

    def __init__(self, call_list: CallList, circle: Circle, request: ImportRequest) -> None:
        self.call_list = call_list
        self.circle = circle
        self.request = request
        memberships = members_of(circle)
        self.present = {one.pk: entry_of(one) for one in memberships if one.status != Membership.Status.LEFT}
        self.left = {one.pk: entry_of(one) for one in memberships if one.status == Membership.Status.LEFT}
        self.ring_size = sum(1 for entry in self.present.values() if entry.position is not None)
        self.next_place = membership.next_place(circle)
        self.on_list: list[int] = []
        self.elsewhere: dict[tuple[str, str], set[str]] = {}

    def run(self, about_circle: Notices) -> ImportReport:
        found = reconcile(self.call_list, self.present, self.left)
        self.elsewhere.update(self._elsewhere(found.verdicts))
        by_row = {verdict.reading.row: self._carry_out(verdict) for verdict in found.verdicts}
        rows = tuple(by_row.get(row.row) or RowReport(row, Fate.NO_MEMBER) for row in self.call_list.rows)
        if self.request.consent is not None:
            consent.agree(self.circle, self.on_list, self.request.consent, actor=self.request.actor)
        about_circle += settle_duty(self.circle, self.request.volunteer)
        about_circle += Notices(needs_person=(*self._too_many(), *self._not_in_list(found.vanished)))
        check_reachable(self.circle)
        return ImportReport(
            source=self.request.source,
            organisation=self.circle.organisation.name,
            circle=self.circle.name,
            file=self.call_list.findings,
            rows=rows,
            about_circle=about_circle,
            without_consent=consent.without(self.circle),
        )

    def _elsewhere(self, verdicts: tuple[Verdict, ...]) -> dict[tuple[str, str], set[str]]:
        entries = [verdict.reading.entry for verdict in verdicts if verdict.fate is Fate.NEW]
        lines = [phone.e164 for entry in entries if entry for phone in entry.phones]
        return circles_of(self.circle.organisation, lines, besides=self.circle)

    def _carry_out(self, verdict: Verdict) -> RowReport:
        entry = verdict.reading.entry
        assert entry is not None
        if verdict.fate is Fate.HAS_LEFT:
            return RowReport(
                verdict.reading, verdict.fate, notices=Notices(needs_person=(notice(NoticeCode.HAS_LEFT),))
            )
        if verdict.stored is not None:
            self.on_list.append(verdict.stored)
            return self._met_again(verdict, entry, self.present[verdict.stored])
        try:
            entered = replace(entry, position=self.next_place)
            added = membership.add_member(self.circle, entered, actor=self.request.actor)
        except (DataError, IntegrityError, ValueError, RondjeError) as error:
            failed = notice(NoticeCode.NOT_STORED, reason=_reason(error))
            return RowReport(verdict.reading, Fate.FAILED, notices=Notices(needs_person=(failed,)))
        self.on_list.append(added.pk)
        self.next_place += 1
        return self._added(verdict, entry)

    def _met_again(self, verdict: Verdict, entry: MemberEntry, stored: MemberEntry) -> RowReport:
        notices = self._about_days(stored, verdict.reading)
        if stored.status is MemberStatus.NEEDS_NUMBER and entry.phones:
            notices += Notices(needs_person=(notice(NoticeCode.STILL_NEEDS_NUMBER),))
        return RowReport(verdict.reading, verdict.fate, differences=verdict.differences, notices=notices)

    def _added(self, verdict: Verdict, entry: MemberEntry) -> RowReport:
        assumed: list[Notice] = []
        place = None
        if entry.position is not None:
            self.ring_size += 1
            place = self.ring_size
            if place != entry.position:
                assumed.append(notice(NoticeCode.PLACED_BEHIND, place=place, written=entry.position))
        perhaps = (notice(NoticeCode.PERHAPS_THE_SAME, name=_name(self.present[pk])) for pk in verdict.perhaps)
        others = {name for phone in entry.phones for name in self.elsewhere.get((phone.e164, key_of(entry)), ())}
        also = (notice(NoticeCode.ALSO_IN_CIRCLE, circle=name) for name in sorted(others))
        notices = Notices((), tuple(assumed), (*perhaps, *also)) + self._about_days(entry, verdict.reading)
        return RowReport(verdict.reading, Fate.NEW, place, notices=notices)

    def _about_days(self, entry: MemberEntry, reading: RowReading) -> Notices:
        """Whether the member counts on days on which the circle does not go round."""
        circle_days = frozenset(self.circle.weekdays)
        missing = entry.weekdays - circle_days
        if entry.status is MemberStatus.WAITING or not missing:
            return NOTHING_TO_ADD
        if not entry.weekdays & circle_days:
            never = notice(NoticeCode.NEVER_RUNG, days=entry.weekdays, circle_days=circle_days)
            return Notices(needs_person=(never,))
        if Code.DAYS_READ in reading.findings.codes():
            return Notices(assumed=(notice(NoticeCode.NOT_RUNG_ON, days=missing),))
        return NOTHING_TO_ADD

    def _too_many(self) -> tuple[Notice, ...]:
        limit = policy_of(self.circle).max_members
        if self.ring_size <= limit:
            return ()
        return (notice(NoticeCode.TOO_MANY_MEMBERS, count=self.ring_size, limit=limit),)

    def _not_in_list(self, vanished: tuple[int, ...]) -> tuple[Notice, ...]:
        return tuple(notice(NoticeCode.NOT_IN_LIST, name=_name(self.present[pk])) for pk in vanished)


def check_reachable(circle: Circle) -> None:
    """Raise ImportRefused when on some day of the circle an alarm could reach nobody, naming the days."""
    today = schedule.local_date(clock.now(), zone_of(circle))
    week = [today + timedelta(days=ahead) for ahead in range(len(EVERY_DAY))]
    silent: set[int] = set()
    for day in week:
        if day.weekday() not in circle.weekdays:
            continue
        try:
            membership.check_reachable(circle, day)
        except PolicyReachesNobody:
            silent.add(day.weekday())
        except RondjeError as error:
            raise ImportRefused(NoticeCode.SETTING_REFUSED, reason=error.message) from error
    if silent:
        raise ImportRefused(NoticeCode.REACHES_NOBODY, days=frozenset(silent))


def _name(entry: MemberEntry) -> str:
    return " ".join(filter(None, (entry.title, entry.given_name, entry.family_name)))


def _reason(error: Exception) -> str:
    if isinstance(error, RondjeError):
        return "forbidden_number"
    if getattr(error.__cause__, "sqlstate", None) == StringDataRightTruncation.sqlstate:
        return "too_long"
    return "unusable_text"
