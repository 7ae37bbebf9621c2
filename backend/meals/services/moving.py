"""A dinner at another time or address: everybody who comes is told, and whom nobody reached a person rings.

Nobody stands before a closed door, or finds the plates empty.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.common.actors import SYSTEM
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.services import confirming, evenings, guest_calls, off
from backend.notifications.domain.quiet import next_allowed
from backend.notifications.models import Attempt, Message
from backend.notifications.selectors.hours import hours_of
from backend.notifications.selectors.telling import way_to
from backend.people.selectors import local_date, zone_of


@dataclass(frozen=True)
class News:
    """Something that everybody who comes has to know: the host of its messages, their words, and the call about it.

    `instead_of`: hosts of what is not so any more, should it not have gone out.
    """

    host: str
    code: str
    call: GuestCall.Kind
    instead_of: tuple[str, ...]


TIME = News(confirming.MOVED, "moved", GuestCall.Kind.MOVED, (confirming.HOST, confirming.MOVED))
ADDRESS = News(confirming.ELSEWHERE, "elsewhere", GuestCall.Kind.ELSEWHERE, (confirming.ELSEWHERE,))
"""That they have places is still so, and told beside it."""


def tell_everybody(evening_id: int, news: News, now: datetime) -> None:
    """Who was told of an earlier time or address is told again. Nobody once the doors are open. `now` is UTC."""
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.PLANNED or now >= evening.doors_at:
        return
    guest_calls.lapse(evening, SYSTEM, now, kinds=(news.call,))
    rows = evening.reservations.filter(state=Reservation.State.RESERVED).select_related("person__organisation")
    for row in rows.order_by("pk"):
        confirming.take_back(row, news.instead_of)
        to = way_to(row.person)
        if to is None:
            guest_calls.to_make(evening, row, news.call, now)
        else:
            any_hour = _waits_too_long(evening, now)
            confirming.queue(evening, row, to, news.code, now, host=news.host, any_hour=any_hour)


def ended(news: News, message: Message, attempt: Attempt | None, now: datetime) -> None:
    """A text or call has come to its end. Whoever did not hear it is rung by a person."""
    if off.was_heard(message, attempt):
        return
    evening = evenings.locked(message.subject_id)
    row = evening.reservations.select_related("person").get(pk=message.reference["reservation"])
    if evening.state == Evening.State.PLANNED and row.state == Reservation.State.RESERVED and row.arrived_at is None:
        guest_calls.to_make(evening, row, news.call, now)


def _waits_too_long(evening: Evening, now: datetime) -> bool:
    """Whether the hour at which people may be disturbed comes too late to be of use, such as on a Sunday."""
    organisation = evening.resto.organisation
    may_begin = next_allowed(now, zone_of(organisation), hours_of(organisation))
    return evening.date == local_date(organisation, now) or may_begin >= evening.doors_at
