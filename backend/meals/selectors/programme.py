"""What anybody may read about a resto, without an account: its evenings, its courses, its prices. Nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from backend.common.errors import NotFound
from backend.meals.domain import chairs
from backend.meals.domain.programme import Left, left
from backend.meals.models import Course, Evening, EveningException, Resto
from backend.meals.selectors.counting import chairs_of_each
from backend.meals.selectors.series import in_programme
from backend.people.selectors import local_date

AHEAD = timedelta(weeks=8)
"""So far ahead the programme is shown: as far as evenings are made."""


@dataclass(frozen=True)
class Dish:
    """A course, and what is served instead of it to who does not eat something: (name, codes of foods)."""

    name: str
    instead: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Shown:
    """An evening as anybody sees it."""

    evening: Evening
    left: Left
    dishes: tuple[Dish, ...]


@dataclass(frozen=True)
class Programme:
    """What a resto offers. `closed` are local dates on which one would expect it, and why; prices are in euros."""

    resto: Resto
    evenings: tuple[Shown, ...]
    closed: tuple[tuple[date, str], ...]
    prices: tuple[tuple[str, Decimal], ...]


def public_resto(slug: str) -> Resto:
    """The resto at a public address. Raises NotFound."""
    found = Resto.objects.select_related("organisation").filter(slug=slug, public=True, in_use=True).first()
    if found is None:
        raise NotFound("This resto does not exist, or shows its programme to nobody. Look at the address once more.")
    return found


def public_evening(resto: Resto, written: str) -> Evening:
    """The evening of a public resto on a local date, such as 2026-11-24. Raises NotFound."""
    day = _day(written)
    found = Evening.objects.select_related("resto__organisation").filter(resto=resto, date=day).first() if day else None
    if found is None:
        raise NotFound("There is no dinner on this day. Look at the programme.")
    return found


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def programme(resto: Resto, now: datetime) -> Programme:
    """What is to come from `now` (UTC) on. A constant number of queries."""
    today = local_date(resto.organisation, now)
    rows = in_programme(Evening.objects.all()).filter(resto=resto, ends_at__gt=now, date__lte=today + AHEAD)
    evenings = list(rows.order_by("date").prefetch_related("courses__variants"))
    counts = chairs_of_each(evenings, now)
    exceptions = EveningException.objects.filter(
        series__resto=resto, closed=True, date__gte=today, date__lte=today + AHEAD
    )
    met = {evening.date for evening in evenings}
    closed = {day: why for day, why in exceptions.order_by("date").values_list("date", "reason") if day not in met}
    prices = resto.tariffs.filter(in_use=True).order_by("-cents", "name").values_list("name", "cents")
    return Programme(
        resto=resto,
        evenings=tuple(Shown(one, left_at(one, counts[one.pk], now), _dishes(one)) for one in evenings),
        closed=tuple(closed.items()),
        prices=tuple((name, Decimal(cents) / 100) for name, cents in prices),
    )


def left_at(evening: Evening, count: chairs.Chairs, now: datetime) -> Left:
    """Whether one can still come to an evening at `now` (UTC)."""
    late = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at)
    return left(count, late, is_cancelled=evening.state == Evening.State.CANCELLED)


def _dishes(evening: Evening) -> tuple[Dish, ...]:
    courses = {course.kind: course for course in evening.courses.all()}
    ordered = [courses[kind] for kind in Course.Kind.values if kind in courses]
    return tuple(
        Dish(
            course.name,
            tuple((one.name, tuple(one.without)) for one in sorted(course.variants.all(), key=lambda one: one.pk)),
        )
        for course in ordered
    )
