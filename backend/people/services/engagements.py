"""Where people are when they are with a programme: nobody is in two places at once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from backend.common import exclusion
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.services import record
from backend.people.models import Engagement, Person
from backend.people.selectors import engaged_between
from backend.people.services import presence

ENGAGEMENT_CHANGED = "people.engagement_changed"
"""Somebody is with a programme, or is not, at other times than before. The subject is the person. Payload: source.

Told only of what begins within a day, or began: whoever plans further ahead reads the rows when the time comes.
"""

SOON = timedelta(days=1)

ALREADY = {
    Engagement.Programme.BUS: _("%(name)s is on another trip at that time already. Cancel that one first."),
    Engagement.Programme.BUS_CREW: _("%(name)s drives or hosts another trip at that time already. Ask somebody else."),
    Engagement.Programme.DINNER: _("%(name)s is at another dinner at that time already. Cancel that one first."),
    Engagement.Programme.DINNER_CREW: _("%(name)s helps at another dinner at that time already. Ask somebody else."),
}


class Engaged(Conflict):
    """Somebody is with the same programme already at that time. `source` is what with, such as booking:12.

    The message is in the language of who asks, as it has a name in it; it is `template` with `values` in its places.
    """

    def __init__(self, person: Person, programme: Engagement.Programme, source: str) -> None:
        self.template, self.values = ALREADY[programme], {"name": person.name}
        super().__init__(gettext(self.template) % self.values)
        self.source = source


@transaction.atomic
def engage(
    person: Person, *, programme: Engagement.Programme, source: str, starts_at: datetime, ends_at: datetime
) -> Engagement:
    """Somebody is engaged from one moment (UTC) to another; what `source` engaged them for before is moved.

    Raises:
        Engaged: they are with the same programme at that time. Nothing has changed then.
        Erased: they have been erased meanwhile.
    """
    presence.hold(person)
    was = Engagement.objects.filter(source=source).first()
    known = {"person": person, "programme": programme, "starts_at": starts_at, "ends_at": ends_at}
    try:
        engagement, _is_new = exclusion.in_turn(
            lambda: Engagement.objects.update_or_create(source=source, defaults=known)
        )
    except IntegrityError as error:
        same = engaged_between(person, starts_at, ends_at).filter(programme=programme)
        other = same.exclude(source=source).first()
        if other is None:
            raise
        raise Engaged(person, programme, other.source) from error
    if was is None or (was.person_id, was.starts_at, was.ends_at) != (person.pk, starts_at, ends_at):
        _tell(engagement, since=min(starts_at, was.starts_at if was else starts_at))
    return engagement


def move(source: str, *, starts_at: datetime, ends_at: datetime) -> Engagement | None:
    """What `source` engages somebody for is at another time (UTC); None when it engages nobody.

    Raises Engaged, as `engage`.
    """
    known = Engagement.objects.select_related("person").filter(source=source).first()
    if known is None:
        return None
    programme = Engagement.Programme(known.programme)
    return engage(known.person, programme=programme, source=source, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def release(source: str) -> None:
    """Whoever was engaged because of this is free again."""
    known = Engagement.objects.select_related("person").filter(source=source).first()
    if known is not None:
        _tell(known, since=known.starts_at)
        known.delete()


def _tell(engagement: Engagement, *, since: datetime) -> None:
    if since > clock.now() + SOON:
        return
    person = engagement.person
    record(
        kind=ENGAGEMENT_CHANGED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=SYSTEM,
        payload={"source": engagement.source},
    )
