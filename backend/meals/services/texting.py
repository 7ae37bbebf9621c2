"""Answers by text to what the dinners asked (`notifications.rules.questions` knows which one is answered)."""

from datetime import datetime, timedelta

from backend.common import actors
from backend.common.offers import Ending
from backend.meals import day_before_words, texts
from backend.meals.models import ChairOffer, Evening, GuestCall, Reservation
from backend.meals.selectors import told
from backend.meals.services import day_before, evenings, guest_calls, waiting
from backend.meals.services.waiting import Became
from backend.notifications.domain.asking import Came
from backend.notifications.registry import IncomingText, OpenQuestion, TextAnswer

NAME = "meals.asking"

REMEMBERED = timedelta(days=3)
"""Whoever answers an offer late is told what became of it for so long."""

ANSWER = Reservation.Answer
ASKED = (ANSWER.ASKED, ANSWER.YES, ANSWER.SPEAK, ANSWER.SILENT)
"""Whoever has said yes may still say no, until the doors open."""

BECAME = {
    Became.ACCEPTED: "text_accepted",
    Became.HAD: "text_had",
    Became.DECLINED: "text_declined",
    Became.GONE: "text_gone",
    Became.ELSEWHERE: "text_elsewhere",
    Became.EXPIRED: "text_expired",
}


def questions(text: IncomingText, now: datetime) -> list[OpenQuestion]:
    """What may be answered about a dinner from this number: offers of chairs, and whether they come."""
    offers = ChairOffer.objects.filter(
        reservation__person__in=text.people, state=ChairOffer.State.OPEN, deadline_at__gt=now
    ).select_related("reservation__person", "evening__resto__organisation")
    rows = Reservation.objects.filter(
        person__in=text.people,
        state=Reservation.State.RESERVED,
        answer__in=ASKED,
        arrived_at=None,
        evening__state=Evening.State.PLANNED,
        evening__doors_at__gt=now,
    ).select_related("person", "evening__resto__organisation")
    return [_offered(text, one, now) for one in offers] + [_coming(text, one, now) for one in rows]


def _offered(text: IncomingText, row: ChairOffer, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        key=f"dinner:offer:{row.pk}",
        at=row.evening.doors_at,
        name=row.reservation.person.spoken_name,
        about=_about(row.evening, text, now),
        answer=lambda came: _to_offer(text, row, came, now),
    )


def _coming(text: IncomingText, row: Reservation, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        key=f"dinner:reservation:{row.pk}",
        at=row.evening.doors_at,
        name=row.person.spoken_name,
        about=_about(row.evening, text, now),
        answer=lambda came: _whether_they_come(row.pk, row.evening_id, came, now),
        waits=row.answer == ANSWER.ASKED,
    )


def _about(evening: Evening, text: IncomingText, now: datetime) -> str:
    values = told.in_writing(evening, 1, text.language, now)
    return day_before_words.say("about", text.language, **values)


def _to_offer(text: IncomingText, row: ChairOffer, came: Came, now: datetime) -> TextAnswer:
    evening = evenings.locked(row.evening_id)
    reservation = evening.reservations.select_related("person__organisation").get(pk=row.reservation_id)
    if came is Came.SPEAK:
        guest_calls.to_make(evening, reservation, GuestCall.Kind.SPEAK, now, {"offer": row.pk})
        return _words(texts.DAY_BEFORE + "text_speak", evening, reservation, now)
    ending = Ending.ACCEPTED if came is Came.YES else Ending.DECLINED
    became = waiting.answer(row.pk, ending, actor=actors.person(reservation.person_id, "text"), now=now)
    until = told.until(evening, row.deadline_at, text.language, now)
    return _words(texts.OFFER + BECAME[became], evening, reservation, now, until=until)


def _whether_they_come(pk: int, evening_id: int, came: Came, now: datetime) -> TextAnswer:
    evening = evenings.locked(evening_id)
    row = evening.reservations.select_related("person__organisation").get(pk=pk)
    if not day_before.may_answer(evening, row, now):
        over = _words(texts.DAY_BEFORE + "text_over", evening, row, now)
        return TextAnswer(over.words, for_a_person=True)
    day_before.came(evening, row, came, actor=actors.person(row.person_id, "text"), now=now)
    code = {Came.YES: "text_yes", Came.NO: "text_cancelled", Came.SPEAK: "text_speak"}[came]
    return _words(day_before.code_for(evening, row, code), evening, row, now)


def too_late(text: IncomingText, came: Came, now: datetime) -> TextAnswer | None:
    """An answer to an offer that is over: what became of it, or the chairs all the same. None when there was none.

    A no is about it only while they wait still; else it is left to who knows better what is declined.
    """
    ended = ChairOffer.objects.filter(
        reservation__person__in=text.people, deadline_at__gt=now - REMEMBERED, evening__doors_at__gt=now
    )
    if came is Came.NO:
        ended = ended.filter(reservation__state=Reservation.State.WAITING)
    last = ended.select_related("evening").order_by("-pk").first()
    if last is None or came is Came.SPEAK:
        return None
    return _to_offer(text, last, came, now) if came is Came.YES else _off_the_list(last, now)


def _off_the_list(row: ChairOffer, now: datetime) -> TextAnswer:
    """Whoever declines chairs that are gone does not want to wait either."""
    evening = evenings.locked(row.evening_id)
    reservation = evening.reservations.select_related("person__organisation").get(pk=row.reservation_id)
    if reservation.state == Reservation.State.WAITING:
        waiting.take_off(reservation.pk, actor=actors.person(reservation.person_id, "text"), now=now)
    return _words(texts.OFFER + BECAME[Became.DECLINED], evening, reservation, now)


def _words(code: str, evening: Evening, row: Reservation, now: datetime, **more: str) -> TextAnswer:
    values = told.in_writing(evening, row.covers, row.person.language, now)
    return TextAnswer(texts.text(code, evening, row.person, {**values, **more}))
