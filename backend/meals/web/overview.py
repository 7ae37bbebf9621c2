"""Evenings as the overview, the board and an evening's page show them: in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from backend.meals.models import Evening, Reservation
from backend.meals.selectors.overview import Glance, evenings_between, glances
from backend.meals.web import words
from backend.people import doors
from backend.people.models import Organisation, User
from backend.people.selectors import local_date
from backend.people.web.words import ANSWERS

DAYS_SHOWN = 14


def days(organisations: Iterable[Organisation], now: datetime) -> list[dict[str, Any]]:
    """Today and the coming two weeks: each day on which there is a dinner."""
    organisations = list(organisations)
    if not organisations:
        return []
    today = min(local_date(organisation, now) for organisation in organisations)
    found = glances(evenings_between(organisations, today, today + timedelta(days=DAYS_SHOWN)), now)
    return [
        {"day": day, "is_today": day == today, "rows": [row(glance) for glance in group]}
        for day, group in groupby(found, key=lambda glance: glance.evening.date)
    ]


def row(glance: Glance) -> dict[str, Any]:
    """An evening with how it stands, in words."""
    state = Evening.State(glance.evening.state)
    return {
        "evening": glance.evening,
        "glance": glance,
        "state": words.STATES[state],
        "look": words.LOOKS[state],
        "because": words.why_cancelled(glance.evening),
        "chairs": chairs(glance),
        "kitchen": _("The pots are on") if glance.evening.pots_on_at else words.COUNTS[glance.kitchen],
        "lacks": lacks(glance),
    }


def chairs(glance: Glance) -> str:
    """Such as "31 of 40 chairs: guests 24, crew 6, speakers 1"."""
    found = glance.chairs
    said = _("%(covers)s of %(chairs)s chairs: guests %(guests)s, crew %(crew)s, speakers %(speakers)s")
    return said % {**vars(found), "covers": found.covers}


def lacks(glance: Glance) -> list[str]:
    """What a manager has to do before the doors open."""
    if glance.evening.state != Evening.State.PLANNED:
        return []
    found = []
    if glance.chairs.free < 0:
        found.append(_("%(n)s more people than chairs") % {"n": -glance.chairs.free})
    if glance.without_table:
        said = _("%(covers)s people come, and there are tables for %(seats)s: add tables, or enlarge them")
        found.append(said % {"covers": glance.chairs.covers, "seats": glance.seats})
    if glance.unsure:
        found.append(_("Places in the crew without somebody who has confirmed: %(n)s") % {"n": glance.unsure})
    if glance.is_unseen:
        found.append(_("The kitchen has not seen its numbers: ring the cook, or go and look"))
    if glance.calls:
        found.append(_("%(n)s calls to make") % {"n": glance.calls})
    return found


def guests(evening: Evening) -> list[dict[str, Any]]:
    """Who has reserved, in words, by name; who waits is not among them."""
    rows = evening.reservations.exclude(state__in=(Reservation.State.CANCELLED, Reservation.State.WAITING))
    return [_guest(one) for one in rows.select_related("person", "table").order_by("person__given_name", "pk")]


def waiting(evening: Evening) -> list[dict[str, Any]]:
    """Who waits for chairs, who waits longest in front."""
    rows = evening.reservations.filter(state=Reservation.State.WAITING)
    return [_guest(one) for one in rows.select_related("person", "table").order_by("reserved_at", "pk")]


def _guest(one: Reservation) -> dict[str, Any]:
    state = Reservation.State(one.state)
    return {
        "reservation": one,
        "state": _("is here") if one.arrived_at else _("does not come") if one.away_at else words.RESERVATIONS[state],
        "look": words.RESERVATION_LOOKS[state],
        "answer": ANSWERS[Reservation.Answer(one.answer)] if state == Reservation.State.RESERVED else "",
    }


def tonights_dinners(user: User, now: datetime) -> dict[str, Any]:
    """The panel of the board: today's dinners and what they lack."""
    near = now.date() - timedelta(days=1), now.date() + timedelta(days=1)  # of whatever time zone
    around = evenings_between(doors.organisations_of(user, *doors.RESTO), *near)
    todays = [one for one in around if one.date == local_date(one.resto.organisation, now)]
    return {"rows": [row(glance) for glance in glances(todays, now)]} if todays else {}


def courses(evening: Evening) -> list[dict[str, Any]]:
    """What is served, the starter in front: each course with what is made instead."""
    known = {course.kind: course for course in evening.courses.prefetch_related("variants")}
    return [
        {"kind": words.COURSES[kind], "course": known[kind], "variants": list(known[kind].variants.all())}
        for kind in words.COURSES
        if kind in known
    ]
