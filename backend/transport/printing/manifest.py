"""The list of a trip as a PDF: large, with boxes to tick and room for the time, for a day without a telephone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from backend.common.languages import in_language
from backend.common.paper import BODY, FAMILY, LARGE, Column, Paper
from backend.people.domain.days import NAMES
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import zone_of
from backend.transport.domain.stops import Kind
from backend.transport.models import CrewDuty, Ride, Trip
from backend.transport.models.crew import Task
from backend.transport.printing.sketch import draw, make_room
from backend.transport.selectors.manifest import Manifest, Passenger, StopOnList
from backend.transport.selectors.routes import Route, route_of
from backend.transport.words_manifest import WORDS

BOX = "☐"

CAPTION = 6.0
"""Millimetres for a line over a drawing."""


def as_pdf(manifest: Manifest, now: datetime) -> bytes:
    """The list to print. `now` is UTC."""
    trip, organisation = manifest.trip, manifest.organisation
    said, zone = in_language(WORDS, organisation.language), zone_of(organisation)
    title = said["title"].format(trip=trip.name)
    paper = Paper(title=title, language=organisation.language, printed_at=now.astimezone(zone), foot=organisation.name)
    paper.heading(title)
    paper.paragraph(_day(trip, said, zone, organisation.language), size=LARGE)
    paper.paragraph(_crew(trip, said))
    phone = format_for_people(organisation.duty_phone)
    paper.paragraph(said["emergency"].format(phone=phone), size=LARGE, bold=True)
    if manifest.stopped_at is not None:
        paper.paragraph(
            said["stopped"].format(time=_clock(manifest.stopped_at, zone), phone=phone), size=LARGE, bold=True
        )
        said = {**said, "promised": said["not_promised"]}
    route = route_of(trip)
    numbers = {stop.ride.pk: f"{stop.number}. " for way in route.ways for stop in way.stops}
    for kind, stops in groupby(_doors(manifest), key=lambda stop: (stop.kind, stop.round)):
        heading = said["fetch" if kind[0] is Kind.FETCH else "bring"]
        paper.heading(heading + (said["round"].format(number=kind[1]) if manifest.rounds > 1 else ""), size=15)
        paper.grid(_columns(kind[0], said), [_row(stop, numbers, said, zone) for stop in stops], size=BODY)
    _draw_route(paper, route, said)
    paper.paragraph(said["odometer"])
    paper.paragraph(said["signed"])
    paper.heading(said["rules_title"], size=15)
    paper.steps([rule.format(phone=phone) for rule in said["rules"]])
    return paper.finished()


def _doors(manifest: Manifest) -> Iterable[StopOnList]:
    return (stop for stop in manifest.stops if stop.kind in (Kind.FETCH, Kind.BRING))


def _columns(kind: Kind, said: dict[str, Any]) -> list[Column]:
    last = said["arrived"] if kind is Kind.FETCH else said["home"]
    columns = [Column(said["time"], 11), Column(said["who"], 32), Column(said["known"], 30)]
    return columns + [Column(heading, 14) for heading in (said["on_board"], said["not_there"], last)]


def _draw_route(paper: Paper, route: Route, said: dict[str, Any]) -> None:
    """Both ways beside one another, with the numbers of the list."""
    ways = [way for way in route.ways if way.rounds]
    if not ways:
        return
    paper.heading(said["route_title"], size=15)
    paper.paragraph(said["route"].format(destination=route.trip.destination.name))
    left, gap = paper.get_x(), 6.0
    width = (paper.epw - gap) / 2
    make_room(paper, ways[0].sketch, width=width + 2 * CAPTION)
    top = paper.get_y()
    for number, way in enumerate(ways):
        x = left + number * (width + gap)
        paper.set_xy(x, top)
        paper.set_font(FAMILY, "B", BODY)
        paper.cell(width, CAPTION, said["fetch" if way.way == Ride.Way.THERE else "bring"])
        paper.set_xy(x, top + CAPTION)
        draw(paper, way.sketch, width=width)
    paper.set_x(left)
    paper.ln(2)


def _row(stop: StopOnList, numbers: Mapping[int, str], said: dict[str, Any], zone: ZoneInfo) -> list[str]:
    one = stop.passengers[0]
    name = numbers.get(one.ride.pk, "") + one.name
    who = "\n".join(part for part in (name, one.address) if part)
    return [_clock(stop.at, zone), who, _to_know(one, said, zone), BOX, BOX, BOX]


def _to_know(one: Passenger, said: dict[str, Any], zone: ZoneInfo) -> str:
    booking, ride = one.ride.booking, one.ride
    told = [said[aid] for aid in one.aids]
    if one.companions:
        told.append(said["companion"] if one.companions == 1 else said["companions"].format(count=one.companions))
    if one.came_along:
        told.append(said["had_cancelled"])
    if one.door_note:
        told.append(said["door"].format(note=one.door_note.rstrip(".")))
    if booking.note:
        told.append(said["note"].format(note=booking.note.rstrip(".")))
    if ride.way == "there":
        promised = {"from_": _clock(ride.promised_from, zone), "until": _clock(ride.promised_until, zone)}
        told.append(said["promised"].format(**promised))
        told += [said["first"]] if ride.is_first else []
        told.append(said["paid"] if one.payment else said["to_pay"])
    return " ".join(told)


def _day(trip: Trip, said: dict[str, Any], zone: ZoneInfo, language: str) -> str:
    weekday = NAMES.get(language, NAMES["nl"])[0][trip.date.weekday()]
    return str(
        said["day"].format(
            weekday=weekday.capitalize(),
            day=f"{trip.date:%d-%m-%Y}",
            leaves=_clock(trip.leaves_at, zone),
            returns=_clock(trip.returns_at, zone),
            vehicle=trip.vehicle.name,
        )
    )


def _crew(trip: Trip, said: dict[str, Any]) -> str:
    duties = trip.crew.filter(state=CrewDuty.State.CONFIRMED).select_related("person")
    names = {duty.task: duty.person.name for duty in duties if duty.person is not None}
    known = {task.value: names.get(task.value, said["nobody"]) for task in Task}
    return str(said["crew"].format(**known))


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02}"
