"""Answers by text to what the bus asked (`notifications.rules.questions` knows which one is answered)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.common import actors
from backend.common.offers import Ending, OfferOver
from backend.notifications.domain.asking import Came
from backend.notifications.registry import IncomingText, OpenQuestion, TextAnswer
from backend.people.models import Person
from backend.people.selectors import moment_named
from backend.transport import texts
from backend.transport.models import Booking, CallTask, SeatOffer, Trip
from backend.transport.selectors import told
from backend.transport.services import evening, offers, planning, trips

NAME = "transport.asking"

REMEMBERED = timedelta(days=3)
"""Whoever answers an offer late is told what became of it for so long."""

ASKED = (Booking.Answer.ASKED, Booking.Answer.YES, Booking.Answer.SPEAK, Booking.Answer.SILENT)
"""Whoever has said yes may still say no, until the bus leaves."""


@dataclass(frozen=True)
class Question:
    """Something that somebody with this number was asked: whether they come along, or whether they want a seat."""

    trip: Trip
    person: Person
    booking: Booking
    offer: SeatOffer | None = None

    @property
    def key(self) -> str:
        """How it is known among what all programmes asked."""
        return f"bus:offer:{self.offer.pk}" if self.offer else f"bus:booking:{self.booking.pk}"


def questions(text: IncomingText, now: datetime) -> list[OpenQuestion]:
    """What may be answered about the bus from this number."""
    return [_as_question(text, one, now) for one in _asked(text, now)]


def _as_question(text: IncomingText, one: Question, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        key=one.key,
        at=one.trip.leaves_at,
        name=one.person.spoken_name,
        about=f"{one.trip.name}, {told.day_of(one.trip, text.language, now)}",
        answer=lambda came: _answer(text, one, came, now),
        waits=one.offer is not None or one.booking.answer == Booking.Answer.ASKED,
    )


def _asked(text: IncomingText, now: datetime) -> list[Question]:
    people = {person.pk: person for person in text.people}
    open_offers = SeatOffer.objects.filter(
        booking__person__in=people, state=SeatOffer.State.OPEN, deadline_at__gt=now
    ).select_related("booking", "trip__organisation", "trip__destination")
    asked = Booking.objects.filter(
        person__in=people,
        state=Booking.State.BOOKED,
        answer__in=ASKED,
        trip__state=Trip.State.PLANNED,
        trip__leaves_at__gt=now,
    ).select_related("trip__organisation", "trip__destination")
    found = [Question(one.trip, people[one.booking.person_id], one.booking, one) for one in open_offers]
    return found + [Question(one.trip, people[one.person_id], one) for one in asked]


def _answer(text: IncomingText, question: Question, came: Came, now: datetime) -> TextAnswer:
    trip = trips.locked(question.trip.pk)
    if question.offer is not None and came is not Came.SPEAK:
        return _of_offer(text, trip, question, came, now)
    booking = trip.bookings.select_related("person__organisation").get(pk=question.booking.pk)
    if question.offer is not None:
        planning.call_to_make(trip, booking, CallTask.Kind.SPEAK, now, {})
        return TextAnswer(texts.evening(trip, question.person, "text_speak"))
    day = told.day_of(trip, text.language, now)
    if not evening.may_answer(trip, booking, now):
        return TextAnswer(texts.evening(trip, question.person, "text_over", day=day), for_a_person=True)
    times = told.in_words(trip, told.times_of(booking), text.language, now, written=True)
    evening.came(trip, booking, came, actor=actors.person(booking.person_id, "text"), now=now)
    code = {Came.YES: "text_yes", Came.NO: "text_cancelled", Came.SPEAK: "text_speak"}[came]
    return TextAnswer(texts.evening(trip, question.person, code, times=times, day=day))


def _of_offer(text: IncomingText, trip: Trip, question: Question, came: Came, now: datetime) -> TextAnswer:
    assert question.offer is not None
    ending = Ending.ACCEPTED if came is Came.YES else Ending.DECLINED
    actor = actors.person(question.person.pk, "text")
    try:
        row = offers.answer(question.offer.pk, ending, actor=actor, now=now)
    except OfferOver:
        question.offer.refresh_from_db()
        return TextAnswer(_became_of(question.offer, text.language, now))
    if row.state == SeatOffer.State.ACCEPTED:
        row.booking.refresh_from_db()
        words = told.in_words(trip, told.times_of(row.booking), text.language, now, written=True)
        return TextAnswer(texts.offer(trip, question.person, "text_accepted", times=words))
    return TextAnswer(_became_of(row, text.language, now))


def too_late(text: IncomingText, came: Came, now: datetime) -> TextAnswer | None:
    """An answer to an offer that is over: what became of it. None when there was none: others may have asked."""
    ended = SeatOffer.objects.filter(
        booking__person__in=text.people, ended_at__gt=now - REMEMBERED, trip__leaves_at__gt=now
    ) | SeatOffer.objects.filter(booking__person__in=text.people, state=SeatOffer.State.OPEN, trip__leaves_at__gt=now)
    last = ended.select_related("booking__person", "trip__organisation", "trip__destination").order_by("-pk").first()
    if last is None or came is Came.SPEAK:
        return None
    return TextAnswer(_became_of(last, text.language, now))


BECAME = {
    SeatOffer.State.OPEN: "text_expired",
    SeatOffer.State.EXPIRED: "text_expired",
    SeatOffer.State.WITHDRAWN: "text_gone",
    SeatOffer.State.DECLINED: "text_declined",
    SeatOffer.State.ACCEPTED: "text_had",
}


def _became_of(row: SeatOffer, language: str, now: datetime) -> str:
    day = told.day_of(row.trip, language, now)
    until = moment_named(row.trip.organisation, row.deadline_at, language, now)
    is_off = row.trip.state == Trip.State.CANCELLED
    code = "text_off" if is_off else BECAME[SeatOffer.State(row.state)]
    return texts.offer(row.trip, row.booking.person, code, day=day, until=until)
