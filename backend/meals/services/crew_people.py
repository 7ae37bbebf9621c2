"""Who helps at the dinners, and on which evenings they can."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from backend.common.actors import Actor
from backend.common.errors import NotAllowed, NotFound, RondjeError
from backend.common.offer_rows import answered_unasked
from backend.common.offers import Ending
from backend.events.services import record
from backend.meals.models import CrewAsk, CrewPlace, Evening, Guest, Job, MealVolunteer
from backend.meals.services import crew, crew_asking, evenings
from backend.people.models import Organisation, Person
from backend.people.services import presence

VOLUNTEER_CHANGED = "meals.volunteer_changed"
"""The subject is the person. Payload: jobs (those that they have now), standby."""

AHEAD = timedelta(days=61)


@transaction.atomic
def set_jobs(
    person: Person, jobs: Mapping[str, bool], *, organisation: Organisation, actor: Actor, now: datetime
) -> None:
    """These are somebody's jobs from now on; the value says whether they stand by for whoever drops out.

    A job that is taken away takes them off the evenings on which they had it. Whoever would like to help, and now does,
    is not on that list any more. Raises NotAllowed for a person of another organisation.
    """
    if person.organisation_id != organisation.pk:
        raise NotAllowed("This person is not one of your organisation's.")
    presence.hold(person)
    for job in Job:
        member = MealVolunteer.objects.filter(person=person, job=job).first()
        if job.value in jobs:
            MealVolunteer.objects.update_or_create(
                person=person,
                job=job,
                defaults={"organisation": organisation, "is_standby": jobs[job.value], "in_use": True},
            )
        elif member is not None and member.in_use:
            MealVolunteer.objects.filter(pk=member.pk).update(in_use=False)
    if jobs:
        Guest.objects.filter(person=person, may_volunteer=True).update(may_volunteer=False)
    record(
        kind=VOLUNTEER_CHANGED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"jobs": sorted(jobs), "standby": sorted(job for job in jobs if jobs[job])},
    )
    look_at_evenings_of(person.pk, now)
    look_at_gaps(organisation.pk, now)


@transaction.atomic
def cannot(person: Person, *, evening_id: int, actor: Actor, now: datetime) -> None:
    """Somebody says that they cannot help on an evening, asked or not: they are not asked about it by the machine.

    Whoever was to help drops out. Raises NotFound for an evening of another organisation, and CrewClosed.
    """
    evening = evenings.locked(evening_id)
    if evening.resto.organisation_id != person.organisation_id:
        raise NotFound("This evening does not exist any more. Look at the list again.")
    for theirs in evening.crew.filter(person=person):
        crew.drop_out(place_id=theirs.pk, actor=actor, now=now, because="dropped_out")
    for asked in CrewAsk.objects.filter(place__evening=evening, person=person, state=CrewAsk.State.OPEN):
        crew.say_no(place_id=asked.place_id, person=person, actor=actor, now=now)
    jobs = MealVolunteer.objects.filter(person=person, in_use=True).values_list("job", flat=True)
    said = CrewAsk.objects.filter(place__evening=evening, person=person, state=CrewAsk.State.DECLINED)
    for job in jobs:
        place = evening.crew.filter(job=job).order_by("number", "pk").first()
        if place is not None and not said.filter(place__job=job).exists():
            CrewAsk.objects.create(place=place, person=person, **answered_unasked(Ending.DECLINED, now))
    evenings.tell(evening, "crew_cannot", actor, person=person.pk)


def look_at_evenings_of(person_id: int, now: datetime) -> None:
    """Something about somebody has changed: the evenings on which they help, or are asked to, are looked at."""
    theirs = CrewPlace.objects.filter(person_id=person_id).values("evening_id")
    asked = CrewAsk.objects.filter(person_id=person_id, state=CrewAsk.State.OPEN).values("place__evening_id")
    coming = Evening.objects.filter(state=Evening.State.PLANNED, ends_at__gt=now)
    _look(coming.filter(pk__in=theirs) | coming.filter(pk__in=asked), now)


def look_at_gaps(organisation_id: int, now: datetime) -> None:
    """Somebody may be able to come who could not before: evenings that still need somebody are looked at."""
    _look(_coming(organisation_id, now).filter(crew__state=CrewPlace.State.OPEN), now)


def look_at_coming(organisation_id: int, now: datetime) -> None:
    """What holds for everybody has changed: the evenings of the coming weeks are looked at."""
    _look(_coming(organisation_id, now), now)


def _coming(organisation_id: int, now: datetime) -> "QuerySet[Evening]":
    soon = Evening.objects.filter(state=Evening.State.PLANNED, doors_at__range=(now, now + AHEAD))
    return soon.filter(resto__organisation_id=organisation_id)


def _look(found: "QuerySet[Evening]", now: datetime) -> None:
    for evening_id in found.order_by("pk").values_list("pk", flat=True).distinct():
        crew.look_soon(evening_id, now)


def send_link(person: Person, *, now: datetime) -> None:
    """Text somebody a link to their own evenings. Raises RondjeError when they have no mobile."""
    if not crew_asking.send_link(person, now):
        raise RondjeError("This person has no mobile number, so no text can be sent. Ring them instead.")


@transaction.atomic
def send_links(organisation: Organisation, *, now: datetime) -> tuple[int, list[Person]]:
    """Text everybody who helps a link to the coming evenings; how many, and who has no mobile and must be rung."""
    people = Person.objects.filter(meal_crew__in_use=True, meal_crew__organisation=organisation).distinct()
    found = list(people.select_related("organisation").prefetch_related("phones").order_by("family_name", "pk"))
    not_texted = [person for person in found if not crew_asking.send_link(person, now)]
    return len(found) - len(not_texted), not_texted
