"""Asking and telling the volunteers of a crew: by text with a link, or by call for who has no mobile or prefers it.

What the bus and the dinners share. What is said is each one's own; so is what is offered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.events.models import Lane
from backend.notifications.domain.channels import speakable
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import queueing, speaking
from backend.people.models import Person
from backend.people.selectors import mobile_of
from backend.people.services import duty_links

LINK_LIVES = timedelta(days=14)
"""As long as somebody may be asked before the day, by default; dates are filled in at leisure."""

NEWS_LIVES = timedelta(days=2)

SOON = timedelta(hours=16)
"""What became of something that begins so soon is texted at any hour: the next morning would be too late."""

CALLS_AT_MOST = 3
RINGS_AGAIN = timedelta(hours=2)
"""After so long, or a third of the time that is left."""


@dataclass(frozen=True)
class Question:
    """A question to a volunteer: the offer that it is about (its key), and until when (UTC) it may be answered.

    `any_hour`: a person wants it asked now, whatever the hour.
    """

    person: Person
    subject_id: int
    offer_id: int
    deadline_at: datetime
    any_hour: bool = False


@dataclass(frozen=True)
class CrewMessages:
    """What a programme sends to its crew. `host` leads the calls; `page` is where their own pages are."""

    host: str
    page: str

    def link_for(self, person: Person, now: datetime) -> str:
        """A new link to somebody's own page."""
        return duty_links.make(person, now, page=self.page, lives=LINK_LIVES)

    def ask_by_text(self, question: Question, line: str, body: str) -> None:
        """Text the question."""
        queueing.queue(
            organisation=question.person.organisation,
            person=question.person,
            way=Way.TEXT,
            line=line,
            lane=Lane.NOTICE,
            host=self.host,
            subject_id=question.subject_id,
            reference={"offer": question.offer_id},
            body=body,
            language=question.person.language,
            expires_at=question.deadline_at,
            any_hour=question.any_hour,
        )

    def ask_by_call(
        self, question: Question, line: str, now: datetime, *, tries: int = 1, not_before: datetime | None = None
    ) -> None:
        """Have somebody rung with the question; the host leads the call."""
        queueing.queue(
            organisation=question.person.organisation,
            person=question.person,
            way=Way.CALL,
            line=line,
            lane=Lane.NOTICE,
            host=self.host,
            subject_id=question.subject_id,
            reference={"offer": question.offer_id, "tries": tries},
            language=question.person.language,
            not_before=not_before or now,
            expires_at=question.deadline_at,
            any_hour=question.any_hour,
        )

    def ring_again(self, message: Message, attempt: Attempt | None, question: Question, now: datetime) -> None:
        """Nobody pressed a key at a question that is still open: once more after a while; three calls at most."""
        tries = int(message.reference.get("tries", 1))
        answered = attempt is not None and attempt.script.get("said")
        if message.way != Way.CALL or answered or tries >= CALLS_AT_MOST:
            return
        again_at = now + min(RINGS_AGAIN, (question.deadline_at - now) / 3)
        if again_at < question.deadline_at:
            self.ask_by_call(question, message.line, now, tries=tries + 1, not_before=again_at)

    def take_back(self, subject_id: int, offer_id: int) -> bool:
        """What has not gone out of a question is not sent; says whether a text had gone out already."""
        queued = Message.objects.filter(host=self.host, subject_id=subject_id, reference__offer=offer_id)
        for message in queued.filter(state=Message.State.QUEUED):
            queueing.cancel(message)
        went_out = queued.exclude(state__in=(Message.State.QUEUED, Message.State.CANCELLED))
        return went_out.filter(way=Way.TEXT).exists()

    def was_rung_since(self, subject_id: int, offer_id: int, moment: datetime) -> bool:
        """Whether a call about a question has gone out that was made ready at or after a moment (UTC)."""
        calls = Message.objects.filter(
            host=self.host, subject_id=subject_id, reference__offer=offer_id, way=Way.CALL, created_at__gte=moment
        )
        return calls.exclude(state__in=(Message.State.QUEUED, Message.State.CANCELLED)).exists()

    def tell(self, person: Person, body: str, *, subject_id: int, begins_at: datetime, now: datetime) -> bool:
        """Tell somebody what became of it; whoever has no mobile is rung and has it read out. False: no number.

        `begins_at` (UTC) is when what it is about begins: what is soon is texted at any hour.
        """
        found = way_to(person)
        if found is None:
            return False
        by_text = found.way == Way.TEXT
        queueing.queue(
            organisation=person.organisation,
            person=person,
            way=found.way,
            line=found.line,
            lane=Lane.NOTICE,
            host=self.host if by_text else speaking.HOST,
            subject_id=subject_id if by_text else person.organisation_id,
            body=body if by_text else speakable(body),
            language=person.language,
            expires_at=max(min(now + NEWS_LIVES, begins_at), now + timedelta(hours=1)),
            any_hour=by_text and begins_at - now < SOON,
        )
        return True

    def tell_manager(
        self, person: Person, body: str, *, subject_id: int, expires_at: datetime, any_hour: bool = False
    ) -> bool:
        """Text somebody who runs the programme; says whether they have a mobile. The board says it as well."""
        mobile = mobile_of(person)
        if mobile is not None:
            queueing.queue(
                organisation=person.organisation,
                person=person,
                way=Way.TEXT,
                line=mobile,
                lane=Lane.NOTICE,
                host=self.host,
                subject_id=subject_id,
                body=body,
                language=person.language,
                expires_at=expires_at,
                any_hour=any_hour,
            )
        return mobile is not None

    def send_link(self, person: Person, body: str, now: datetime) -> bool:
        """Text somebody their link, which is in `body`; says whether they have a mobile."""
        mobile = mobile_of(person)
        if mobile is not None:
            queueing.queue(
                organisation=person.organisation,
                person=person,
                way=Way.TEXT,
                line=mobile,
                lane=Lane.NOTICE,
                host=speaking.HOST,
                subject_id=person.organisation_id,
                body=body,
                language=person.language,
                expires_at=now + NEWS_LIVES,
            )
        return mobile is not None
