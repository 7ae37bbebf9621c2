"""The demo's dinner: made at the first start, and tonight on every day that is played."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from backend.common.errors import RondjeError
from backend.meals.domain.setup import GuestSetup, HelperSetup
from backend.meals.models import ChairOffer, Evening, GuestCall, Reservation, Resto
from backend.meals.services.demo_dinner import SETUP
from backend.meals.services.demo_earlier import hold_earlier_dinners
from backend.meals.services.setting_up import BY_COMMAND, come, known, plan_evening, set_up_resto, take_place, wish_of
from backend.people import calls_to_make
from backend.people.models import Engagement, Organisation

DINNER = (Engagement.Programme.DINNER, Engagement.Programme.DINNER_CREW)
TAKES_A_CALL = {"pick_up": 6, "press": "1", "talk": 30}


def prepare_dinner(organisation: Organisation, *, day: date, now: datetime) -> Evening:
    """Make what is missing, put away what an earlier start left on the table, and return the dinner of `day`.

    Runs in a transaction, while no worker runs. `now` is an instant (UTC) on the morning of that local date.
    """
    if not Resto.objects.filter(organisation=organisation, name=SETUP.name).exists():
        made = set_up_resto(SETUP, organisation, day=day, now=now)
        hold_earlier_dinners(made, SETUP.evenings[0], day=day)
        return made.evenings[0]
    _put_away(organisation, now)
    return _dinner_again(organisation, day, now)


def _dinner_again(organisation: Organisation, day: date, now: datetime) -> Evening:
    """Tonight's dinner of an organisation in which people have worked since: whoever cannot come is left out."""
    made, setup = known(SETUP, organisation), SETUP.evenings[0]
    evening = plan_evening(made, setup, day)
    for job, names in setup.crew.items():
        for name in sorted(made.people.keys() & names):
            with suppress(RondjeError):
                take_place(evening, job, made.people[name], now)
    diets = {guest.name: guest for guest in SETUP.guests}
    for reserved in setup.reserved:
        person = made.people.get(reserved.guest)
        if person is not None:
            with suppress(RondjeError):
                come(evening, wish_of(evening, reserved, person, diets[reserved.guest]), now)
    evening.refresh_from_db()
    return evening


def residents_of(settled: set[str]) -> list[dict[str, Any]]:
    """Who lives in the simulated town because of the dinners, besides who lives there already (`settled`, E.164)."""
    return [
        {
            "name": one.name.casefold().replace(" ", "-"),
            "display": one.name,
            "phones": one.phones,
            "calls": [TAKES_A_CALL],
        }
        for one in _everybody()
        if one.phones and settled.isdisjoint(one.phones)
    ]


def _everybody() -> list[GuestSetup | HelperSetup]:
    return [*SETUP.guests, *SETUP.crew]


def _put_away(organisation: Organisation, now: datetime) -> None:
    """End what an earlier start left: nobody sits at the table any more, and nobody waits for an answer."""
    left = Evening.objects.filter(
        resto__organisation=organisation,
        state__in=(Evening.State.PLANNED, Evening.State.OPEN),
        cutoff_at__lt=now,
    )
    keys = list(left.values_list("pk", flat=True))
    ChairOffer.objects.filter(evening__in=keys, state=ChairOffer.State.OPEN).update(
        state=ChairOffer.State.WITHDRAWN, ended_at=now, ended_by=BY_COMMAND.who
    )
    calls_to_make.lapse(GuestCall.objects.filter(evening__in=keys), BY_COMMAND.who, now)
    Reservation.objects.filter(evening__in=keys, arrived_at=None).exclude(state=Reservation.State.CANCELLED).update(
        state=Reservation.State.CANCELLED, cancelled_at=now, cancelled_because="demo_ended"
    )
    Engagement.objects.filter(
        person__organisation=organisation, programme__in=DINNER, starts_at__lt=now, ends_at__gt=now
    ).delete()
    left.update(state=Evening.State.CANCELLED, cancelled_because="demo_ended")
