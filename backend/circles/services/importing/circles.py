"""The circle that a list belongs to: found by its name, or made."""

from __future__ import annotations

from backend.circles.domain.call_list import EVERY_DAY
from backend.circles.models import Circle
from backend.circles.services.importing.notices import Notice, NoticeCode, Notices, notice
from backend.circles.services.importing.options import ImportRequest
from backend.circles.services.importing.refusals import ImportRefused
from backend.circles.services.membership import create_circle, set_first_morning
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people.models import Organisation

LONGEST_NAME = 120


def find_or_make(organisation: Organisation, request: ImportRequest) -> tuple[Circle, Notices]:
    """The organisation's circle of this name; a new one when there is none and a start is given.

    A start or weekdays other than the circle's are reported; nothing is changed. Raises ImportRefused.
    """
    name = " ".join(request.circle.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ImportRefused(NoticeCode.CIRCLE_NAME, limit=LONGEST_NAME)
    known = list(organisation.circles.select_related("organisation").order_by("name"))
    # Somebody who types "de vijverhof" means De Vijverhof: a second circle would ring everybody twice.
    similar = [circle for circle in known if _folded(circle.name) == _folded(name)]
    exact = [circle for circle in similar if circle.name == name] or similar
    if len(exact) > 1:
        raise ImportRefused(NoticeCode.CIRCLE_UNCLEAR, circle=name, known=_listed(exact))
    if exact:
        return exact[0], _compared(exact[0], request)
    if request.start is None:
        if not known:
            raise ImportRefused(NoticeCode.NO_CIRCLE, circle=name)
        raise ImportRefused(NoticeCode.UNKNOWN_CIRCLE, circle=name, known=_listed(known))
    try:
        circle = create_circle(
            organisation=organisation,
            name=name,
            start=request.start,
            weekdays=sorted(EVERY_DAY if request.weekdays is None else request.weekdays),
            mode=request.mode,
            actor=request.actor,
        )
    except RondjeError as error:
        raise ImportRefused(NoticeCode.SETTING_REFUSED, reason=error.message) from error
    first = set_first_morning(circle, clock.now())
    first_morning = notice(NoticeCode.FIRST_MORNING, day=frozenset({first.weekday()}), date=f"{first:%d-%m-%Y}")
    return circle, Notices(understood=(_described(NoticeCode.CIRCLE_MADE, circle), first_morning))


def _compared(circle: Circle, request: ImportRequest) -> Notices:
    asks: list[Notice] = []
    if circle.status != Circle.Status.ACTIVE:
        asks.append(notice(NoticeCode.CIRCLE_NOT_ACTIVE, status=circle.status))
    if request.start is not None and request.start != circle.start_time:
        old, new = f"{circle.start_time:%H:%M}", f"{request.start:%H:%M}"
        asks.append(notice(NoticeCode.START_DIFFERS, old=old, new=new))
    days = frozenset(circle.weekdays)
    if request.weekdays is not None and request.weekdays != days:
        asks.append(notice(NoticeCode.DAYS_DIFFER, old=days, new=request.weekdays))
    return Notices(understood=(_described(NoticeCode.CIRCLE_FOUND, circle),), needs_person=tuple(asks))


def _described(code: NoticeCode, circle: Circle) -> Notice:
    days = frozenset(circle.weekdays)
    return notice(code, circle=circle.name, start=f"{circle.start_time:%H:%M}", days=days)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listed(circles: list[Circle]) -> str:
    return ", ".join(circle.name for circle in circles)
