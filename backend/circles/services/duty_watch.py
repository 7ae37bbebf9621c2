"""Looking ahead on the rosters: gaps are told in time, and a morning without anybody is an incident the evening before.

One timer per organisation. Whatever changes a roster has it looked at again.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from backend.circles import texts
from backend.circles.models import Circle
from backend.circles.scripts.duty import words
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.duty import Gap
from backend.circles.selectors.settings import scope_of
from backend.common.actors import SYSTEM
from backend.events.models import Event, Lane, Timer
from backend.events.services import record, set_timer
from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, Level, Target
from backend.incidents.models import Incident
from backend.incidents.services import escalating, opening
from backend.incidents.services.timeline import add_step
from backend.incidents.targets import organisation_target, person_target
from backend.notifications.models import Way
from backend.notifications.services import queueing
from backend.people.domain.duty import Rank, days_to_secure, may_text, next_look
from backend.people.models import DutyShift, Organisation, Person
from backend.people.selectors import mobile_of, roster_of, zone_of

TIMER = "circles.duty"
HOST = "circles.duty"

GAPS_TOLD = "circles.duty_gaps_told"
"""The subject is the organisation. Payload: date (ISO, local), gaps and texts (counts)."""

TIMES = EscalationTimes(outcome_minutes=120)
"""Finding somebody for tomorrow takes longer than going to see whether somebody is well."""


def keep_watch(now: datetime) -> None:
    """Every organisation with a circle that goes round is looked at. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=TIMER).values("subject_id")
    active = Circle.objects.filter(status=Circle.Status.ACTIVE).values("organisation_id")
    for organisation in Organisation.objects.filter(pk__in=active).exclude(pk__in=watched):
        policy, zone = rosters.duty_policy_of(organisation), zone_of(organisation)
        evening_has_come = now.astimezone(zone).time() >= policy.check_at
        due = now if evening_has_come else next_look(now, policy, zone)
        set_timer(kind=TIMER, subject_id=organisation.pk, due_at=due, lane=Lane.ALARM)


def look_soon(organisation_id: int, now: datetime) -> None:
    """Something has changed on a roster: look at once rather than at the next usual time."""
    set_timer(kind=TIMER, subject_id=organisation_id, due_at=now, lane=Lane.ALARM)


def has_duties(person_id: int) -> bool:
    """Whether somebody's absence could leave a gap."""
    return DutyShift.objects.filter(person_id=person_id).exists()


def look(organisation_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction, and any number of times."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    policy, zone = rosters.duty_policy_of(organisation), zone_of(organisation)
    circles = rosters.circles_with_roster([organisation])
    for day in days_to_secure(now, policy, zone):
        _secure(organisation, rosters.gaps(circles, [day], now), day, now)
    if may_text(now, policy, zone):
        today = now.astimezone(zone).date()
        ahead = [today + timedelta(days=number) for number in range(1, policy.gap_days + 1)]
        _tell(organisation, rosters.gaps(circles, ahead, now), today, now)
    set_timer(kind=TIMER, subject_id=organisation_id, due_at=next_look(now, policy, zone), lane=Lane.ALARM)


def _secure(organisation: Organisation, gaps: list[Gap], day: date, now: datetime) -> None:
    """Open one incident for all circles that have nobody on a date; who comes later is added to it while it is open."""
    earlier = _incidents(organisation, day)
    known = {pk for incident in earlier for pk in incident.details["circles"]}
    new = [gap.circle for gap in gaps if gap.circle.pk not in known]
    if not new:
        return
    still_open = next((incident for incident in earlier if incident.is_open), None)
    if still_open is not None:
        _add(still_open, new, now)
        return
    cause = f"duty:{organisation.pk}:{day.isoformat()}"
    opening.open_incident(
        organisation=organisation,
        kind=Incident.Kind.DUTY,
        cause=f"{cause}:{len(earlier)}" if earlier else cause,
        members=[],
        policy=_ladder(organisation, new, day),
        source_kind="organisation",
        source_id=organisation.pk,
        source_label=_label(organisation, [circle.name for circle in new]),
        now=now,
        details={"reason": "duty", "date": day.isoformat(), "circles": [circle.pk for circle in new]},
    )


def _incidents(organisation: Organisation, day: date) -> "QuerySet[Incident]":
    return Incident.objects.filter(
        organisation=organisation, kind=Incident.Kind.DUTY, details__date=day.isoformat()
    ).order_by("pk")


def _add(incident: Incident, circles: list[Circle], now: datetime) -> None:
    """One more circle has nobody: whoever was alerted hears so. The ladder stays as it was frozen."""
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    incident.details["circles"] += [circle.pk for circle in circles]
    names = Circle.objects.filter(pk__in=incident.details["circles"]).order_by("name").values_list("name", flat=True)
    incident.source_label = _label(incident.organisation, list(names))
    incident.save(update_fields=["details", "source_label"])
    for circle in circles:
        add_step(incident, "circle_added", now=now, circle=circle.pk)
    escalating.be_loud(incident, now)


def _label(organisation: Organisation, names: list[str]) -> str:
    label = words.say("label", organisation.language, circles=words.listed(names, organisation.language))
    return label[: opening.LABEL_LENGTH]


def _ladder(organisation: Organisation, circles: list[Circle], day: date) -> EscalationPolicy:
    """Backups of these circles → their coordinators → the organisation's number."""
    scopes = [scope_of(circle) for circle in circles]
    found = roster_of(scopes, [day])
    backups = [found.people.get(found.days[scope][0].of(Rank.BACKUP).serves or 0) for scope in scopes]
    leaders = [person for circle in circles for person in rosters.coordinators(circle, day)]
    return EscalationPolicy(
        levels=(
            Level("backup", _targets(backups), TIMES.backup_minutes),
            Level("coordinator", _targets(leaders), TIMES.coordinator_minutes),
            Level("organisation", (organisation_target(organisation),), TIMES.coordinator_minutes),
        ),
        times=TIMES,
    )


def _targets(people: "list[Person | None] | list[Person]") -> tuple[Target, ...]:
    targets = [person_target(person) for person in people]
    return tuple({target.ref: target for target in targets if target is not None}.values())


def _tell(organisation: Organisation, gaps: list[Gap], today: date, now: datetime) -> None:
    """Tell each coordinator once a day, in one text for all their circles, on which days nobody is there."""
    told = Event.objects.filter(
        subject_kind="organisation", subject_id=organisation.pk, kind=GAPS_TOLD, payload__date=today.isoformat()
    )
    if not gaps or told.exists():
        return
    sent = 0
    for person, theirs in _by_coordinator(gaps, today):
        link = roster_link(next(iter(theirs)))
        days = {circle.name: days for circle, days in theirs.items()}
        gaps_named = words.gaps_named(days, person.language)
        body = texts.about_duty(organisation, "gaps", person.language, gaps=gaps_named, link=link)
        sent += text(organisation, person, body, expires_at=now + timedelta(hours=12))
    record(
        kind=GAPS_TOLD,
        subject_kind="organisation",
        subject_id=organisation.pk,
        organisation_id=organisation.pk,
        actor=SYSTEM,
        payload={"date": today.isoformat(), "gaps": len(gaps), "texts": sent},
    )


def _by_coordinator(gaps: list[Gap], today: date) -> list[tuple[Person, dict[Circle, list[date]]]]:
    by_circle: dict[Circle, list[date]] = defaultdict(list)
    for gap in gaps:
        by_circle[gap.circle].append(gap.day.day)
    people: dict[int, Person] = {}
    theirs: dict[int, dict[Circle, list[date]]] = defaultdict(dict)
    for circle, days in by_circle.items():
        for person in rosters.coordinators(circle, today):
            people[person.pk] = person
            theirs[person.pk][circle] = days
    return [(people[pk], circles) for pk, circles in theirs.items()]


def roster_link(circle: Circle) -> str:
    """Where staff see the circle's roster."""
    return f"{settings.RONDJE_PUBLIC_URL}/circles/{circle.pk}/roster/"


def text(organisation: Organisation, person: Person, body: str, *, expires_at: datetime) -> bool:
    """Text somebody about the roster; says whether they have a mobile. Times are UTC."""
    mobile = mobile_of(person)
    if mobile is None:
        return False
    queueing.queue(
        organisation=organisation,
        person=person,
        way=Way.TEXT,
        line=mobile,
        lane=Lane.NOTICE,
        host=HOST,
        subject_id=organisation.pk,
        body=body,
        language=person.language,
        expires_at=expires_at,
    )
    return True
