"""The bus rings somebody to ask them something: on the evening before, or because a seat is free.

One turn at a time, under the trip's lock.
"""

from datetime import datetime

from backend.common import actors
from backend.common.offers import Ending, OfferOver
from backend.notifications.domain.asking import Came
from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.menu import through
from backend.notifications.models import Attempt
from backend.notifications.services.asking import ask
from backend.transport import evening_words, offer_words
from backend.transport.models import Booking, CallTask, SeatOffer, Trip
from backend.transport.scripts.asking import EVENING, OFFER
from backend.transport.selectors import told
from backend.transport.services import evening, offer_messages, offers, planning, trips


def ask_evening(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call on the evening before."""
    later = evening_words.say("speak_later", attempt.language)
    if (elsewhere := through.turn_elsewhere(attempt, heard, later, now)) is not None:
        return elsewhere
    trip = trips.locked(attempt.subject_id)
    booking = _booking(trip, attempt.reference["booking"])
    is_open = evening.may_answer(trip, booking, now)
    times = told.in_words(trip, told.times_of(booking), attempt.language, now) if booking else ""
    prompt, came = ask(attempt, heard, EVENING, _about(trip, times), is_open=is_open)
    if came is None or booking is None:
        return prompt
    evening.came(trip, booking, came, actor=actors.person(booking.person_id, "call"), now=now)
    if came is Came.SPEAK:
        return through.to_a_person(attempt, evening_words.say("speak", attempt.language), later, now)
    return prompt


def ask_offer(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call that offers a seat."""
    later = evening_words.say("speak_later", attempt.language)
    if (elsewhere := through.turn_elsewhere(attempt, heard, later, now)) is not None:
        return elsewhere
    trip = trips.locked(attempt.subject_id)
    if trip.state == Trip.State.CANCELLED:
        return End(offer_words.say("off", attempt.language, trip=trip.name))
    row = trip.offers.select_related("booking__person").get(pk=attempt.reference["offer"])
    is_open = row.state == SeatOffer.State.OPEN and now < row.deadline_at
    times = told.in_words(trip, told.times_from_json(attempt.reference["times"]), attempt.language, now)
    words = offer_messages.with_friends(times, told.party_of(row.booking), attempt.language)
    prompt, came = ask(attempt, heard, OFFER, _about(trip, words), is_open=is_open)
    if came is Came.SPEAK:
        planning.call_to_make(trip, row.booking, CallTask.Kind.SPEAK, now, {})
        return through.to_a_person(attempt, evening_words.say("speak", attempt.language), later, now)
    return prompt if came is None else answered(trip, row, came, attempt.language, now)


def answered(trip: Trip, row: SeatOffer, came: Came, language: str, now: datetime) -> End:
    """A key to an offer: what came of it, in the last words of the call."""
    ending = Ending.ACCEPTED if came is Came.YES else Ending.DECLINED
    try:
        row = offers.answer(row.pk, ending, actor=actors.person(row.booking.person_id, "call"), now=now)
    except OfferOver:
        return End(offer_words.say("over", language))
    if row.state == SeatOffer.State.WITHDRAWN:
        return End(offer_words.say("gone", language))
    if came is Came.NO:
        return End(offer_words.say("declined", language))
    row.booking.refresh_from_db()
    return End(
        offer_words.say("accepted", language, times=told.in_words(trip, told.times_of(row.booking), language, now))
    )


def _booking(trip: Trip, pk: int) -> Booking | None:
    return trip.bookings.select_related("person__organisation").filter(pk=pk).first()


def _about(trip: Trip, times: str) -> dict[str, str]:
    return {"organisation": trip.organisation.name, "trip": trip.name, "times": times}
