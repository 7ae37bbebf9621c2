"""What the kitchen is told of an evening: for the shopping, at the cutoff, and whatever changes until the pots are on.

Somebody who must not eat something, or whose plate is made apart, is told until the evening is over.

One timer per evening, and one function behind it, that may run at any time and any number of times: each count is a
row that commits together with its texts and letters.
"""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotAllowed
from backend.events.models import Lane, Timer
from backend.events.services import cancel_timer, set_timer
from backend.meals.domain.kitchen import changes, concerns_a_plate, kept, new_cooks
from backend.meals.domain.kitchen_times import again_at, case_at, manager_at
from backend.meals.models import Evening, GuestCall, KitchenCount
from backend.meals.selectors.kitchen import (
    as_told,
    cooks_of,
    hears_all,
    runs_it,
    sheet_now,
    times_of,
    unasked_of,
    unseen_of,
    works_in,
)
from backend.meals.services import evenings, guest_calls, kitchen_cases, kitchen_telling
from backend.meals.services.kitchen_telling import News
from backend.notifications.domain.quiet import next_allowed
from backend.notifications.selectors.hours import hours_of
from backend.people import calls_to_make
from backend.people.selectors import zone_of

TIMER = "meals.kitchen"

AHEAD = timedelta(days=9)
"""Longer before an evening no organisation has its kitchen told (`KitchenTimes.shopping_days`)."""

AGAIN = timedelta(hours=1)
"""A cutoff that was moved is found out within so much time."""

SOON_AGAIN = timedelta(minutes=10)
"""A change of which no event tells, such as another menu, reaches the cook within so much time."""

LIVE = (Evening.State.PLANNED, Evening.State.OPEN)


def keep_watch(now: datetime) -> None:
    """Every evening of the coming days is looked after. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=TIMER).values("subject_id")
    coming = Evening.objects.filter(state__in=LIVE, ends_at__gt=now, doors_at__lt=now + AHEAD)
    for evening_id in coming.exclude(pk__in=watched).order_by("pk").values_list("pk", flat=True):
        look_soon(evening_id, now)


def look_soon(evening_id: int, now: datetime) -> None:
    """Somebody comes, stays away, or eats something else: the kitchen is looked at when this has committed."""
    set_timer(kind=TIMER, subject_id=evening_id, due_at=now, lane=Lane.LIVE)


def guests_changed(evening_id: int, now: datetime) -> None:
    """The same, from the cutoff on: before that the kitchen counts on nothing yet."""
    if Evening.objects.filter(pk=evening_id, cutoff_at__lte=now, state__in=LIVE).exists():
        look_soon(evening_id, now)


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction."""
    if not Evening.objects.filter(pk=evening_id).exists():
        cancel_timer(kind=TIMER, subject_id=evening_id)
        return
    evening = evenings.locked(evening_id)
    if evening.state not in LIVE or now >= evening.ends_at:
        guest_calls.lapse(evening, SYSTEM, now, kinds=(GuestCall.Kind.KITCHEN, GuestCall.Kind.SPEAK))
        cancel_timer(kind=TIMER, subject_id=evening_id)
        return
    _tell_due(evening, now)
    _tell_unasked(evening, now)
    _follow_up(evening, now)
    set_timer(kind=TIMER, subject_id=evening_id, due_at=_next_due(evening, now), lane=Lane.LIVE)


def _tell_due(evening: Evening, now: datetime) -> None:
    if now < evening.cutoff_at:
        _tell_for_shopping(evening, now)
    elif not _has(evening, KitchenCount.Kind.FINAL):
        _tell(evening, KitchenCount.Kind.FINAL, now)
    else:
        _tell_late(evening, now)


def _tell_for_shopping(evening: Evening, now: datetime) -> None:
    """Once; and whoever takes over the shopping or the cooking afterwards hears the numbers of that moment."""
    told = evening.kitchen_counts.filter(kind=KitchenCount.Kind.PROVISIONAL).first()
    if told is not None:
        kitchen_telling.tell_newcomers(told, sheet_now(evening), now)
    elif now >= _shop_at(evening):
        _tell(evening, KitchenCount.Kind.PROVISIONAL, now)


def _tell(
    evening: Evening, kind: KitchenCount.Kind, now: datetime, *, since: KitchenCount | None = None
) -> KitchenCount | None:
    """Keep a count and have it sent, together; None when there is no news for it since. Under the evening's lock."""
    sheet = sheet_now(evening)
    counts = kept(sheet, [cook.pk for cook in cooks_of(evening)])
    found = changes(since.counts, counts) if since is not None else ()
    if since is not None and not (concerns_a_plate(found) or (found and hears_all(evening, now))):
        return None
    count = KitchenCount.objects.create(
        evening=evening,
        kind=kind,
        counts=counts,
        changes=[{"what": one.what.value, "by": one.by, "diet": one.diet} for one in found],
        covers=sheet.covers,
        at=now,
    )
    newcomers = new_cooks(since.counts, counts) if since is not None else set()
    told = kitchen_telling.tell(News(evening, count, sheet, kind.value, frozenset(newcomers)), now)
    evenings.tell(evening, "kitchen_told", SYSTEM, count=count.pk, what=kind.value, told=told)
    return count


def _tell_late(evening: Evening, now: datetime) -> KitchenCount | None:
    latest = evening.kitchen_counts.exclude(kind=KitchenCount.Kind.PROVISIONAL).order_by("at", "pk").last()
    assert latest is not None
    return _tell(evening, KitchenCount.Kind.LATE, now, since=latest)


def _tell_unasked(evening: Evening, now: datetime) -> None:
    """It is cooked, and somebody has not been asked what they eat: the kitchen and who runs the resto hear it once."""
    latest = evening.kitchen_counts.exclude(kind=KitchenCount.Kind.PROVISIONAL).order_by("at", "pk").last()
    new = [call for call in unasked_of(evening) if "told" not in call.details]
    if latest is None or not new:
        return
    news = News(evening, latest, sheet_now(evening), "unasked")
    kitchen_telling.tell_unasked(news, now)
    for call in new:
        call.details = {**call.details, "told": now.isoformat()}
        call.save(update_fields=["details"])
    evenings.tell(evening, "kitchen_unasked", SYSTEM, calls=[call.pk for call in new])


def _follow_up(evening: Evening, now: datetime) -> None:
    """Whoever has not looked is told again; then who runs the resto, and the cook is to be rung; then it is a case."""
    unseen, times = unseen_of(evening), times_of(evening.resto.organisation)
    told = [as_told(count) for count in unseen]
    again, manager = again_at(told, times), manager_at(told, times)
    if again is not None and now >= again:
        kitchen_telling.tell_again(News(evening, unseen[-1], sheet_now(evening), "again"), now)
        KitchenCount.objects.filter(pk__in=[count.pk for count in unseen], told_again_at=None).update(told_again_at=now)
    if manager is not None and now >= manager:
        kitchen_telling.tell_managers(News(evening, unseen[-1], sheet_now(evening), "unseen"), now)
        untold = KitchenCount.objects.filter(pk__in=[count.pk for count in unseen], manager_told_at=None)
        untold.update(manager_told_at=now)
        evenings.tell(evening, "kitchen_unseen", SYSTEM, count=unseen[-1].pk)
    _open_cases(unseen, now)


def _open_cases(unseen: list[KitchenCount], now: datetime) -> None:
    """A text that was queued is not a person who knows: what is still unseen becomes a case, once for each telling."""
    latest = {count.manager_told_at: count for count in unseen}
    for count in latest.values():
        due_at = case_at(as_told(count), times_of(count.evening.resto.organisation))
        if due_at is not None and now >= due_at:
            kitchen_cases.open_unseen(count, now)


def _next_due(evening: Evening, now: datetime) -> datetime:
    times = times_of(evening.resto.organisation)
    told = [as_told(count) for count in unseen_of(evening)]
    dues = [_shop_at(evening), evening.cutoff_at, again_at(told, times), manager_at(told, times)]
    dues += [case_at(one, times) for one in told]
    ahead = [due for due in dues if due is not None and due > now]
    return min([*ahead, now + (SOON_AGAIN if now >= evening.cutoff_at else AGAIN), evening.ends_at])


def _shop_at(evening: Evening) -> datetime:
    """Not counted before it may be sent: on a Sunday nobody is disturbed, and on Monday the numbers are others."""
    organisation = evening.resto.organisation
    zone = zone_of(organisation)
    return next_allowed(times_of(organisation).shop_at(evening.date, zone), zone, hours_of(organisation))


def _has(evening: Evening, kind: KitchenCount.Kind) -> bool:
    return evening.kitchen_counts.filter(kind=kind).exists()


@transaction.atomic
def seen(*, evening_id: int, count_id: int, actor: Actor, now: datetime) -> int:
    """Somebody in the kitchen has seen a count, and what came before it; returns how many were new to them.

    `count_id` is the one that they were shown: what came in since is not taken for seen.

    Raises:
        NotAllowed: they do not work in this kitchen.
        Conflict: the count is not of this evening.
    """
    evening = evenings.locked(evening_id)
    if not works_in(evening, actor):
        raise NotAllowed("Only who works in the kitchen on this evening can say so. Tell the cook what stands here.")
    return _mark_seen(evening, count_id, actor, now, ended=(kitchen_telling.UNSEEN,))


@transaction.atomic
def told_cook(*, evening_id: int, count_id: int, actor: Actor, now: datetime) -> int:
    """Who runs the dinners has told the cook a count, and what came before it, by word of mouth; returns how many.

    Raises:
        NotAllowed: they do not run the dinners.
        Conflict: the count is not of this evening.
    """
    evening = evenings.locked(evening_id)
    if not runs_it(evening, actor):
        raise NotAllowed("Only who runs the dinners can say so. Ask them to tell the cook.")
    return cook_knows(evening, count_id, actor, now)


def cook_knows(evening: Evening, count_id: int, actor: Actor, now: datetime) -> int:
    """A person has told the cook a count, and what came before it; returns how many. Under the evening's lock."""
    return _mark_seen(evening, count_id, actor, now, ended=(kitchen_telling.UNSEEN, kitchen_telling.NO_WAY))


def _mark_seen(evening: Evening, count_id: int, actor: Actor, now: datetime, *, ended: tuple[str, ...]) -> int:
    """Under the evening's lock. Calls for the reasons `ended` need not be made once nothing is left to tell."""
    shown = evening.kitchen_counts.filter(pk=count_id).first()
    if shown is None:
        raise Conflict("These numbers are not of this evening. Load the page again.")
    new = [count.pk for count in unseen_of(evening) if (count.at, count.pk) <= (shown.at, shown.pk)]
    KitchenCount.objects.filter(pk__in=new).update(seen_at=now, seen_by=actor.who)
    if new:
        evenings.tell(evening, "kitchen_seen", actor, count=count_id)
    if not unseen_of(evening):
        calls = evening.calls.filter(kind=GuestCall.Kind.KITCHEN, details__reason__in=ended)
        calls_to_make.lapse(calls, actor.who, now)
    return len(new)


def pots_on(*, evening_id: int, count_id: int, actor: Actor, now: datetime) -> None:
    """The pots are on. What was shown with the button to who works in the kitchen has been seen.

    A change that nobody had looked at yet is told first, and kept though the pots are not on then.

    Raises:
        NotAllowed: they neither work in this kitchen nor run the dinners.
        Conflict: there is no final count yet; the evening is over or off; the pots are on already; something has
            just changed; who runs the dinners says so before the kitchen has seen everything.
    """
    with transaction.atomic():
        evening = evenings.locked(evening_id)
        _must_take_pots(evening)
        news = _tell_late(evening, now)
        if news is None:
            _put_pots_on(evening, count_id, actor, now)
    if news is not None:
        raise Conflict("Something has changed: look once more, and say then that the pots are on.")


def _must_take_pots(evening: Evening) -> None:
    if evening.state not in LIVE:
        raise Conflict("This evening is over, or was cancelled.")
    if not _has(evening, KitchenCount.Kind.FINAL):
        raise Conflict("The final numbers have not come yet: changes would not reach you any more. Wait for them.")
    if evening.pots_on_at is not None:
        raise Conflict("It was said already that the pots are on.")


def _put_pots_on(evening: Evening, count_id: int, actor: Actor, now: datetime) -> None:
    if works_in(evening, actor):
        seen(evening_id=evening.pk, count_id=count_id, actor=actor, now=now)
    elif not runs_it(evening, actor):
        raise NotAllowed("Only who works in the kitchen on this evening can say so. Tell the cook what stands here.")
    elif unseen_of(evening):
        raise Conflict("The kitchen has not seen everything yet. Tell the cook, and say first that you did.")
    evening.pots_on_at = now
    evening.save(update_fields=["pots_on_at"])
    evenings.tell(evening, "pots_on", actor)


@transaction.atomic
def pots_off(*, evening_id: int, actor: Actor, now: datetime) -> Evening:
    """It was pressed by mistake: changes are pushed again, and those of the meantime at once.

    Raises:
        Conflict: the pots were not on; the evening is over or off.
    """
    evening = evenings.locked(evening_id)
    if evening.state not in LIVE or evening.pots_on_at is None:
        raise Conflict("The pots were not on, or this evening is over.")
    evening.pots_on_at = None
    evening.save(update_fields=["pots_on_at"])
    evenings.tell(evening, "pots_off", actor)
    look_soon(evening_id, now)
    return evening
