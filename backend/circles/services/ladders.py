"""Who is alerted about a circle's morning: the escalation policy as it is now, to be frozen on an incident."""

from datetime import date

from backend.circles.models import Circle, Round
from backend.circles.selectors.settings import scope_of
from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, Level, Target
from backend.incidents.services.ladders import ladder_of
from backend.incidents.targets import organisation_target, person_target, times_from
from backend.people.models import Organisation, Person
from backend.people.selectors import on_duty


def ladder_for(circle: Circle, day: date, members: list[Person]) -> EscalationPolicy:
    """Duty → backup → contacts → coordinator → organisation. `day` is the local date."""
    return ladder_of(circle.organisation, scope=scope_of(circle), day=day, members=members, times=_times(circle))


def ladder_of_organisation(organisation: Organisation, rounds: list[Round]) -> EscalationPolicy:
    """For what concerns many circles at once: everybody on duty in any of them, then every backup, and so on.

    Each person stands once on a level, however many circles are theirs: one call for all of them.
    """
    duties = [on_duty(scope_of(round_.circle), round_.date) for round_ in rounds]
    times = _times(rounds[0].circle) if rounds else EscalationTimes()
    return EscalationPolicy(
        levels=(
            Level("duty", _each_once([duty["primary"] for duty in duties]), times.duty_minutes),
            Level("backup", _each_once([duty["backup"] for duty in duties]), times.backup_minutes),
            Level("coordinator", _each_once([duty["coordinator"] for duty in duties]), times.coordinator_minutes),
            Level("organisation", (organisation_target(organisation),), times.coordinator_minutes),
        ),
        times=times,
    )


def _each_once(people: list[Person | None]) -> tuple[Target, ...]:
    distinct = {person.pk: person for person in people if person is not None}
    return tuple(target for target in map(person_target, distinct.values()) if target is not None)


def _times(circle: Circle) -> EscalationTimes:
    settings = circle.policy.get("escalation", circle.organisation.settings.get("escalation", {}))
    return times_from(settings, f"circle {circle.pk}")
