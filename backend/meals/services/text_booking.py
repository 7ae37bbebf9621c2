"""Reserving and cancelling by text: "ETEN DO 2", "AFZEGGEN ETEN". See `domain.by_text` for what is understood."""

from datetime import date, datetime

from django.db import transaction

from backend.common import actors
from backend.common.errors import Conflict, RondjeError
from backend.meals.booking_words import say
from backend.meals.domain import by_text
from backend.meals.domain.by_text import Asked, What
from backend.meals.domain.chairs import Refusal
from backend.meals.models import Evening, Reservation
from backend.meals.selectors import told
from backend.meals.services import evenings, own_booking, reserving
from backend.meals.services.wishes import No
from backend.notifications.domain.asking import Came
from backend.notifications.domain.keywords import Keyword
from backend.notifications.registry import IncomingText, OpenQuestion, TextAnswer
from backend.notifications.rules.questions import CANCELS
from backend.people.domain.short_days import days_meant
from backend.people.domain.telephone import format_for_people
from backend.people.models import Person
from backend.people.selectors import local_date
from backend.people.services.engagements import Engaged

NAME = "meals.booking"
ORDER = 9
"""Of the rule for texts: before opting out, because "AFMELDEN ETEN" is about a dinner and not about texts."""

CHOOSING = "meals.chosen_dinner"
CHOOSING_ORDER = 43
"""Of the rule for the number that we asked for: after alerts and duties, which a number may be about as well."""

WAITING = "meals.wait_or_not"
"""Of the question whether they would like to wait, which answers are sorted with all others."""

WAIT_KEY = "dinner:wait"

BARE = "meals.bare_cancel"
BARE_ORDER = 46
"""After the rule that knows which questions are open (`notifications.rules.questions`)."""

WAY = Reservation.Way.TEXT
REFUSED = {
    Refusal.ALREADY: "already",
    Refusal.HELPS: "already",
    Refusal.NO_TABLE: "large",
    Refusal.TOO_LATE: "too_late",
    Refusal.CLOSED: "no_evening",
}


def understand(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule for texts. Declines what does not name a dinner."""
    asked = by_text.understand(text.understood.plain)
    if asked is None or not text.people:
        return None
    if len(text.people) > 1:
        return _plain(text, "who", for_a_person=True)
    person = text.people[0]
    return _reserve(text, person, asked, now) if asked.what is What.RESERVE else _cancel(text, person, asked, now)


def choose(text: IncomingText, now: datetime) -> TextAnswer | None:
    """A rule of its own: the number of the dinner that is cancelled, after we asked which."""
    if text.understood.keyword is not Keyword.NUMBER or "dinner_cancel" not in text.earlier or len(text.people) != 1:
        return None
    return _chosen(text, text.people[0], now)


def questions(text: IncomingText, now: datetime) -> list[OpenQuestion]:
    """Whether they would like to wait, where we have just asked: one question among all that a yes may be about.

    It is in what our last answer asked, or in the list that it gave to choose from.
    """
    if len(text.people) != 1:
        return []
    asked = [(text.earlier["dinner_wait"], text.earlier["covers"])] if "dinner_wait" in text.earlier else []
    listed = [key for key in text.earlier.get("questions", []) if key.startswith(f"{WAIT_KEY}:")]
    asked += [(int(evening), int(covers)) for evening, covers in (key.split(":")[2:] for key in listed)]
    return [_whether_to_wait(text, text.people[0], evening, covers, now) for evening, covers in asked]


def nothing_late(_text: IncomingText, _came: Came, _now: datetime) -> None:
    """Nothing is asked about a waiting list after an hour: nobody is put on it by a yes to something else."""


def about_what(text: IncomingText, now: datetime) -> TextAnswer | None:
    """A rule of its own: AFZEGGEN and no word more, no question open, from somebody who is noted for a dinner."""
    if text.understood.plain not in CANCELS:
        return None
    noted = any(own_booking.noted(person, now).exists() for person in text.people)
    return _plain(text, "about_what") if noted else None


def _reserve(text: IncomingText, person: Person, asked: Asked, now: datetime) -> TextAnswer:
    open_ = own_booking.evenings_to_reserve(text.organisation, now)
    days = _meant(text, asked, [one.date for one in open_], now)
    found = [one for one in open_ if one.date in days][:2]
    if not found:
        return _plain(text, "no_evening")
    if len(found) > 1 and found[1].date == found[0].date:
        return _plain(text, "several", for_a_person=True)
    evening = evenings.locked(found[0].pk)
    try:
        with transaction.atomic():
            done = own_booking.reserve(evening, person, asked.covers, WAY, actor=_actor(person), now=now)
    except Engaged:
        return _about(text, "elsewhere", evening, asked.covers, now)
    if not isinstance(done, No):
        code = "reserved_food" if own_booking.must_ask_food(done) else "reserved"
        return _about(text, code, evening, asked.covers, now)
    if done.why in (Refusal.FULL, Refusal.OFFERED):
        full = _about(text, "full", evening, asked.covers, now)
        return TextAnswer(full.words, asks={"dinner_wait": evening.pk, "covers": asked.covers})
    return _about(text, REFUSED[done.why], evening, asked.covers, now)


def _whether_to_wait(text: IncomingText, person: Person, evening_id: int, covers: int, now: datetime) -> OpenQuestion:
    evening = Evening.objects.select_related("resto__organisation").get(pk=evening_id)

    def answer(came: Came) -> TextAnswer:
        if came is Came.YES:
            return _wait(text, person, evening_id, covers, now)
        if came is Came.SPEAK:
            return TextAnswer(for_a_person=True)
        return _about(text, "not_waiting", evening, covers, now)

    about = say("about_wait", text.language, **told.in_writing(evening, covers, text.language, now))
    key = f"{WAIT_KEY}:{evening_id}:{covers}"
    return OpenQuestion(key, evening.doors_at, person.spoken_name, about, answer)


def _wait(text: IncomingText, person: Person, evening_id: int, covers: int, now: datetime) -> TextAnswer:
    evening = evenings.locked(evening_id)
    try:
        done = own_booking.wait(evening, person, covers, WAY, actor=_actor(person), now=now)
    except Conflict:
        return _about(text, "room_after_all", evening, covers, now)
    if isinstance(done, No):
        return _about(text, REFUSED[done.why], evening, covers, now)
    return _about(text, "waiting_food" if own_booking.must_ask_food(done) else "waiting", evening, covers, now)


def _cancel(text: IncomingText, person: Person, asked: Asked, now: datetime) -> TextAnswer:
    """Where it is not plain what is meant, it is asked, and a person reads it as well."""
    noted = list(own_booking.noted(person, now))
    if not noted:
        return _plain(text, "nothing", for_a_person=True)
    days = _meant(text, asked, [row.evening.date for row in noted], now)
    rows = [row for row in noted if row.evening.date in days]
    if not asked.is_plain:
        return _which(text, "sure", rows or noted, now, for_a_person=True)
    return _give_up(text, rows[0], now) if len(rows) == 1 else _which(text, "which", rows or noted, now)


def _which(
    text: IncomingText, code: str, rows: list[Reservation], now: datetime, *, for_a_person: bool = False
) -> TextAnswer:
    choices = ", ".join(
        say("choice", text.language, number=number, date=told.in_writing(row.evening, 1, text.language, now)["date"])
        for number, row in enumerate(rows, start=1)
    )
    words = say(code, text.language, choices=choices, phone=format_for_people(text.organisation.phone))
    return TextAnswer(words, asks={"dinner_cancel": [row.pk for row in rows]}, for_a_person=for_a_person)


def _chosen(text: IncomingText, person: Person, now: datetime) -> TextAnswer | None:
    keys, number = text.earlier["dinner_cancel"], text.understood.number or 0
    if not 1 <= number <= len(keys):
        return None
    row = own_booking.noted(person, now).filter(pk=keys[number - 1]).first()
    return _plain(text, "nothing") if row is None else _give_up(text, row, now)


def _give_up(text: IncomingText, row: Reservation, now: datetime) -> TextAnswer:
    evening = evenings.locked(row.evening_id)
    try:
        reserving.cancel(reservation_id=row.pk, because="text", actor=_actor(row.person), now=now)
    except RondjeError:
        return _plain(text, "cannot", for_a_person=True)
    code = "off_list" if row.state == Reservation.State.WAITING else "cancelled"
    return _about(text, code, evening, row.covers, now)


def _meant(text: IncomingText, asked: Asked, dates: list[date], now: datetime) -> list[date]:
    """Which of these dates the text names; all of them where it names none."""
    return days_meant(asked.plain, dates, local_date(text.organisation, now)) if asked.names_a_day else dates


def _actor(person: Person) -> actors.Actor:
    return actors.person(person.pk, "text")


def _about(text: IncomingText, code: str, evening: Evening, covers: int, now: datetime) -> TextAnswer:
    return TextAnswer(say(code, text.language, **told.in_writing(evening, covers, text.language, now)))


def _plain(text: IncomingText, code: str, *, for_a_person: bool = False) -> TextAnswer:
    phone = format_for_people(text.organisation.phone)
    return TextAnswer(say(code, text.language, phone=phone), for_a_person=for_a_person)
