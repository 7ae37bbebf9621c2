"""A circle as a ring: where everybody stands this morning, in words and as points of a drawing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from backend.circles.domain import schedule
from backend.circles.domain.modes import Mode
from backend.circles.models import Circle, Leg, Round, Seat
from backend.circles.selectors.excuses import asked, excuses
from backend.circles.selectors.settings import scope_of, zone_of
from backend.circles.web import reading, words
from backend.circles.web.reading import LiveLeg
from backend.incidents.models import Incident
from backend.incidents.web.cases import holder
from backend.people.models import Person
from backend.people.selectors import on_duty

VOLUNTEER = 0


@dataclass(frozen=True)
class Place:
    """Somebody's place in the ring. `key` is the seat's, or VOLUNTEER; `phones` are E.164; instants are UTC.

    `look` is one of `words.LOOKS`; `standing` says the same and more in words, `how` how we know.
    """

    key: int
    number: int
    name: str
    short: str
    look: str
    standing: str
    how: str = ""
    at: datetime | None = None
    next_try_at: datetime | None = None
    phones: tuple[str, ...] = ()
    person_id: int | None = None
    incident_id: int | None = None

    @property
    def icon(self) -> str:
        """The symbol that belongs to the look."""
        return words.ICONS[self.look]


@dataclass(frozen=True)
class Link:
    """A call between two places: `kind` is went, ringing or talking. Without a `start` the platform rings itself."""

    start: int | None
    end: int
    kind: str


@dataclass(frozen=True)
class Ring:
    """A circle's morning, ready to be drawn and to be read out."""

    circle: Circle
    round: Round | None
    volunteer: Place
    members: list[Place] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """Everybody in the order of the ring, the volunteer first."""
        return [self.volunteer, *self.members]


def ring_of(circle: Circle, now: datetime) -> Ring:
    """Today's ring of a circle (its local date): as it is expected to be before it starts, as it is from then on."""
    today = schedule.local_date(now, zone_of(circle))
    round_ = Round.objects.filter(circle=circle, date=today).select_related("volunteer").first()
    if round_ is None or round_.state == Round.State.PLANNED:
        round_ = round_ or Round(circle=circle, date=today)
        return _planned(circle, round_)
    round_.circle = circle
    live = reading.live_legs([round_])[round_.pk]
    cases = reading.cases_of(round_)
    seats = list(round_.seats.select_related("person").order_by("position"))
    for seat in seats:
        seat.round = round_
    members = [_member(seat, number, cases.get(seat.person_id), live, now) for number, seat in enumerate(seats, 1)]
    return Ring(
        circle=circle,
        round=round_,
        volunteer=_volunteer(round_, live),
        members=members,
        links=[*_went(round_), *_live_links(live)],
    )


def _planned(circle: Circle, round_: Round) -> Ring:
    members = reading.expected_in([round_])[round_.pk]
    prefetch_related_objects([member.person for member in members], "phones")
    excused = excuses(asked(circle, round_.date, members, start=round_.planned_start))
    places = [
        Place(
            key=-member.pk,
            number=number,
            name=member.person.name,
            short=member.person.spoken_name,
            look="excused" if member.person_id in excused else "expected",
            standing=str(words.LOOKS["excused" if member.person_id in excused else "expected"]),
            how=words.how(excused[member.person_id].how) if member.person_id in excused else "",
            phones=tuple(phone.e164 for phone in member.person.phones.all()),
            person_id=member.person_id,
        )
        for number, member in enumerate(members, 1)
    ]
    duty = on_duty(scope_of(circle), round_.date)["primary"]
    standing = _("begins the round") if duty else _("nobody is on duty")
    volunteer = _volunteer_place(duty, "expected" if duty else "missed", standing)
    return Ring(circle=circle, round=round_ if round_.pk else None, volunteer=volunteer, members=places)


def _member(seat: Seat, number: int, case: Incident | None, live: list[LiveLeg], now: datetime) -> Place:
    look, standing = _standing(seat, case, _activity(live, seat.pk), now)
    return Place(
        key=seat.pk,
        number=number,
        name=seat.person.name,
        short=seat.person.spoken_name,
        look=look,
        standing=standing,
        how=words.how(seat.how),
        at=seat.at or seat.first_missed_at,
        next_try_at=seat.next_try_at if seat.standing == Seat.Standing.EXPECTED else None,
        phones=tuple(seat.lines),
        person_id=seat.person_id,
        incident_id=case.pk if case else None,
    )


def _standing(seat: Seat, case: Incident | None, activity: tuple[str, str], now: datetime) -> tuple[str, str]:
    """A look and its words. A case counts before all else; then what is going on; then what is known."""
    if case is not None and case.is_open:
        if name := holder(case):
            return "incident", _("open case: %(name)s has it") % {"name": name}
        return "incident", _("open case: nobody has it yet")
    look, words_now = activity
    known, words_known = _known(seat, case, now)
    if not look:
        return known, words_known
    if known == "expected" or (known == "missed" and look != "soon"):
        return look, words_now
    if look == "talking":
        return look, f"{words_known}; {words_now}"
    return known, f"{words_known}; {words_now}"


def _known(seat: Seat, case: Incident | None, now: datetime) -> tuple[str, str]:
    if case is not None:
        return "closed", str(words.LOOKS["closed"])
    if seat.standing != Seat.Standing.EXPECTED:
        return seat.standing, str(words.LOOKS[seat.standing])
    if seat.next_try_at is not None and seat.next_try_at > now:
        return "missed", _("missed; will be rung again")
    if seat.misses or seat.busy_times:
        return "missed", _("missed; is rung again any moment")
    if seat.round.mode == Mode.OWN_PHONE:
        return "expected", _("not heard of yet")
    return "expected", str(words.LOOKS["expected"])


def _volunteer(round_: Round, live: list[LiveLeg]) -> Place:
    state = round_.volunteer_state
    look, standing = _activity(live, VOLUNTEER)
    if not look:
        look, standing = "expected", _("begins and ends the round")
        if round_.mode == Mode.STAR:
            standing = _("hears the result in the end")
        elif round_.mode == Mode.OWN_PHONE:
            standing = _("begins the round")
        if not state.get("lines"):
            look, standing = "missed", _("nobody is on duty, or without a number")
        elif state.get("received") and round_.mode == Mode.OWN_PHONE:
            look, standing = "well", _("the last one has rung: the circle is round")
        elif state.get("received"):
            look, standing = "well", _("has taken the last call")
        elif state.get("received") is False:
            look, standing = "missed", _("did not take the last call")
        elif state.get("proven"):
            look, standing = "well", _("has begun the round")
        elif state.get("caller_out"):
            look, standing = "missed", _("was not reached at the start")
    return _volunteer_place(round_.volunteer, look, standing)


def _volunteer_place(person: Person | None, look: str, standing: str) -> Place:
    name = _("the volunteer")
    return Place(
        key=VOLUNTEER,
        number=0,
        name=person.name if person else name,
        short=person.spoken_name if person else name,
        look=look,
        standing=standing,
    )


def _activity(live: list[LiveLeg], key: int) -> tuple[str, str]:
    """What somebody is doing on the telephone: a look and words, both empty for nothing."""
    for each in live:
        leg = each.leg
        other = leg.target if leg.caller_id == (key or None) else leg.caller
        is_call = leg.role in Leg.JOINS
        is_caller = is_call and (leg.caller_id or VOLUNTEER) == key
        is_target = (leg.target_id or VOLUNTEER) == key
        if not is_caller and not is_target:
            continue
        if leg.state == Leg.State.TALKING:
            name = other.person.spoken_name if other else _("the volunteer")
            return "talking", _("talking with %(name)s") % {"name": name}
        if is_target and (not is_call or leg.state == Leg.State.PROVEN):
            look = "ringing" if each.is_placed else "soon"
            return look, str(words.LOOKS[look])
        if is_caller and leg.state == Leg.State.PROVEN:
            return "ringing", _("is ringing the next one")
        if is_caller:
            look = "ringing" if each.is_placed else "soon"
            return look, str(words.LOOKS[look])
    return "", ""


def _went(round_: Round) -> list[Link]:
    """How the chain went: who was joined to whom, in that order."""
    legs = Leg.objects.filter(round=round_, role__in=Leg.JOINS, talk_started_at__isnull=False)
    over = legs.exclude(state=Leg.State.TALKING).order_by("talk_started_at")
    return [Link(start=leg.caller_id or VOLUNTEER, end=leg.target_id or VOLUNTEER, kind="went") for leg in over]


def _live_links(live: list[LiveLeg]) -> list[Link]:
    links = []
    for each in live:
        leg, end = each.leg, each.leg.target_id or VOLUNTEER
        if leg.role in Leg.JOINS and leg.state != Leg.State.PLACED:
            kind = "talking" if leg.state == Leg.State.TALKING else "ringing"
            links.append(Link(start=leg.caller_id or VOLUNTEER, end=end, kind=kind))
        elif each.is_placed:
            rung = end if leg.role not in Leg.JOINS else (leg.caller_id or VOLUNTEER)
            links.append(Link(start=None, end=rung, kind="ringing"))
    return links


def time_left(until: datetime, now: datetime) -> str:
    """A count-down in words, on the product's clock."""
    left = until - now
    if left <= timedelta(0):
        return _("time is up")
    minutes = int(left.total_seconds() // 60)
    if minutes == 0:
        return _("less than a minute left")
    if minutes == 1:
        return _("1 minute left")
    if minutes < 120:
        return _("%(n)s minutes left") % {"n": minutes}
    return _("%(n)s hours left") % {"n": minutes // 60}
