"""The dinners ring somebody to ask them something: because chairs are free, or on the evening before.

One turn at a time, under the evening's lock.
"""

from datetime import datetime

from backend.common import actors
from backend.common.offers import Ending
from backend.meals import day_before_words, offer_words
from backend.meals.models import ChairOffer, Evening, GuestCall
from backend.meals.scripts.asking import DAY_BEFORE, DAY_BEFORE_OF_A_PARTY, OFFER
from backend.meals.selectors import told
from backend.meals.selectors.crew import helps
from backend.meals.services import day_before, evenings, guest_calls, waiting
from backend.meals.services.waiting import Became
from backend.notifications.domain.asking import Came
from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.menu import through
from backend.notifications.models import Attempt
from backend.notifications.services.asking import ask

SAID = {
    Became.ACCEPTED: "accepted",
    Became.HAD: "accepted",
    Became.DECLINED: "declined",
    Became.GONE: "gone",
    Became.ELSEWHERE: "elsewhere",
    Became.EXPIRED: "over",
}
"""The last words of a call, by what came of the answer."""


def ask_day_before(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call on the evening before."""
    later = day_before_words.say("speak_later", attempt.language)
    if (elsewhere := through.turn_elsewhere(attempt, heard, later, now)) is not None:
        return elsewhere
    evening = evenings.locked(attempt.subject_id)
    row = evening.reservations.select_related("person__organisation").get(pk=attempt.reference["reservation"])
    is_open = day_before.may_answer(evening, row, now)
    script = DAY_BEFORE_OF_A_PARTY if helps(evening, row.person_id) else DAY_BEFORE
    about = told.out_loud(evening, row.covers, attempt.language, now)
    prompt, came = ask(attempt, heard, script, about, is_open=is_open)
    if came is None:
        return prompt
    day_before.came(evening, row, came, actor=actors.person(row.person_id, "call"), now=now)
    if came is Came.SPEAK:
        return through.to_a_person(attempt, day_before_words.say("speak", attempt.language), later, now)
    return prompt


def ask_offer(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call that offers free chairs."""
    later = day_before_words.say("speak_later", attempt.language)
    if (elsewhere := through.turn_elsewhere(attempt, heard, later, now)) is not None:
        return elsewhere
    evening = evenings.locked(attempt.subject_id)
    row = evening.offers.select_related("reservation__person").get(pk=attempt.reference["offer"])
    is_open = row.state == ChairOffer.State.OPEN
    about = told.out_loud(evening, row.reservation.covers, attempt.language, now)
    prompt, came = ask(attempt, heard, OFFER, about, is_open=is_open)
    if came is Came.SPEAK:
        guest_calls.to_make(evening, row.reservation, GuestCall.Kind.SPEAK, now, {"offer": row.pk})
        return through.to_a_person(attempt, day_before_words.say("speak", attempt.language), later, now)
    return prompt if came is None else _answered(evening, row, came, attempt.language, now)


def _answered(evening: Evening, row: ChairOffer, came: Came, language: str, now: datetime) -> End:
    """A key to an offer: what came of it, in the last words of the call."""
    ending = Ending.ACCEPTED if came is Came.YES else Ending.DECLINED
    became = waiting.answer(row.pk, ending, actor=actors.person(row.reservation.person_id, "call"), now=now)
    return End(offer_words.say(SAID[became], language, **told.out_loud(evening, row.reservation.covers, language, now)))
