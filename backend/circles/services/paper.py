"""The list on paper goes out: every evening for tomorrow, and at once when the machine or the carrier stands still.

Exactly once per circle, date and reason: the row that says so commits together with the letters.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from backend.circles.domain import schedule
from backend.circles.domain.evening import evening_of
from backend.circles.models import Circle, PaperList, Round
from backend.circles.printing.call_list import as_pdf, as_text, words_of
from backend.circles.selectors.paper import ListOnPaper, list_on_paper, mailboxes
from backend.circles.selectors.settings import scope_of, zone_of
from backend.common.actors import SYSTEM
from backend.events.models import Lane
from backend.events.services import record, set_timer
from backend.incidents.targets import person_target
from backend.notifications.models import Way
from backend.notifications.registry import Enclosure
from backend.notifications.services import post, queueing
from backend.people.selectors import on_duty

log = logging.getLogger(__name__)

TIMER = "circles.paper"
HOST = "circles.paper"
ENCLOSURE = "circles.paper"

SOON = timedelta(hours=1)
"""Mornings that begin within this time get their list, too, when the machine or the carrier stands still."""

OF_USE = timedelta(hours=6)
"""So long after the start of its morning a list is still of use."""


def set_evening(round_: Round, now: datetime) -> None:
    """Have the list of a planned round go out on the evening before. One that has passed already is not made up for."""
    zone = zone_of(round_.circle)
    wall = evening_of(round_.circle.organisation.settings)
    due = schedule.instant(round_.date - timedelta(days=1), wall, zone)
    if due >= now:
        set_timer(kind=TIMER, subject_id=round_.pk, due_at=due, lane=Lane.NOTICE)


def look(round_id: int, now: datetime) -> None:
    """The timer's handler: it is the evening before."""
    round_ = Round.objects.select_related("circle__organisation").get(pk=round_id)
    if round_.state == Round.State.PLANNED and round_.circle.status == Circle.Status.ACTIVE:
        issue(round_, PaperList.Reason.EVENING, now)


def stand_still(reason: PaperList.Reason, now: datetime) -> int:
    """The machine or the carrier stands still: every list that is needed now goes out, once; returns how many did."""
    needed = (
        Round.objects.exclude(state=Round.State.CLOSED)
        .filter(planned_start__lte=now + SOON, planned_start__gt=now - OF_USE)
        .exclude(Exists(PaperList.objects.filter(circle=OuterRef("circle"), date=OuterRef("date"), reason=reason)))
        .select_related("circle__organisation")
    )
    issued = 0
    for round_ in needed.order_by("planned_start", "pk"):
        try:
            with transaction.atomic():
                issued += issue(round_, reason, now)
        except Exception:
            log.exception("The list of round %s could not be sent; the others are.", round_.pk)
    return issued


def issue(round_: Round, reason: PaperList.Reason, now: datetime) -> bool:
    """Send the list of a round to the mailboxes of its duty; False when that has been done. In a transaction.

    Without any address it is recorded all the same, and `manage.py doctor` names the circle.
    """
    circle = round_.circle
    made, is_new = PaperList.objects.get_or_create(
        circle=circle, date=round_.date, reason=reason, defaults={"made_at": now}
    )
    if not is_new:
        return False
    addresses = mailboxes(circle, round_.date)
    said = words_of(circle.organisation.language)
    facts = {"circle": circle.name, "day": f"{round_.date:%d-%m-%Y}"}
    for address in addresses:
        post.queue_letter(
            organisation=circle.organisation,
            key=f"paper:{made.pk}:{address}"[:200],
            address=address,
            subject=said["subject"][reason].format(**facts),
            body=said["body"][reason].format(**facts),
            expires_at=round_.planned_start + OF_USE,
            enclosure=ENCLOSURE,
            reference={"circle": circle.pk, "date": round_.date.isoformat()},
        )
    if reason != PaperList.Reason.CARRIER:
        _text(round_, list_on_paper(circle, round_.date), now)
    record(
        kind="circles.paper_list",
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=circle.organisation_id,
        actor=SYSTEM,
        payload={"date": round_.date.isoformat(), "reason": str(reason), "letters": len(addresses)},
    )
    return True


def enclosed(reference: dict[str, object], now: datetime) -> Enclosure | None:
    """The PDF that goes with a letter, as the morning stands when it is sent."""
    circle = Circle.objects.select_related("organisation").filter(pk=int(str(reference["circle"]))).first()
    if circle is None:
        return None
    day = datetime.fromisoformat(str(reference["date"])).date()
    name = f"bellijst-{circle.pk}-{day:%Y-%m-%d}.pdf"
    return Enclosure(filename=name, content=as_pdf(list_on_paper(circle, day), now))


def _text(round_: Round, wanted: ListOnPaper, now: datetime) -> None:
    """First names and numbers, to the mobile of whoever is on duty. It cannot wait: a morning comes but once."""
    target = person_target(on_duty(scope_of(round_.circle), round_.date)["primary"])
    if target is None or not target.mobiles:
        return
    queueing.queue(
        organisation=round_.circle.organisation,
        person=None,
        way=Way.TEXT,
        line=target.mobiles[0],
        lane=Lane.LIVE,
        host=HOST,
        subject_id=round_.pk,
        body=as_text(wanted),
        language=target.language,
        expires_at=max(round_.planned_start, now) + timedelta(hours=1),
    )
