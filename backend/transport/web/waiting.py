"""The waiting list in words that can be read to who asks: whose turn it is, and why somebody was passed over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import User
from backend.transport.models import Booking, PassedOver, SeatOffer, Trip
from backend.transport.selectors import told
from backend.transport.selectors.habits import rode_last

REASONS = {
    "ride": gettext_lazy("The ride would have taken %(minutes)s minutes, and at most %(allowed)s is allowed."),
    "shift": gettext_lazy("Driver and host would have been on the road for too long."),
    "promise": gettext_lazy("Others would have been fetched at another time than they were told."),
    "away": gettext_lazy("You were noted as away on that day."),
    "declined": gettext_lazy("You were offered a seat for this trip before, and did not want it."),
    "expired": gettext_lazy("You were offered a seat for this trip before, and did not answer in time."),
    "engaged": gettext_lazy("You were on another trip at that time."),
    "no_home": gettext_lazy("We did not know where the bus has to fetch you."),
    "other": gettext_lazy("Something else stood in the way. The planner knows more."),
}

FULL_THEN = {
    "seats": gettext_lazy("It was fewer seats than you need."),
    "wheelchair_places": gettext_lazy("It was no place for a wheelchair."),
    "rollator_places": gettext_lazy("It was no place for your rollator."),
}

OFFERS = {
    SeatOffer.State.OPEN: gettext_lazy("is being asked, until %(until)s"),
    SeatOffer.State.ACCEPTED: gettext_lazy("took the seat"),
    SeatOffer.State.DECLINED: gettext_lazy("did not want the seat"),
    SeatOffer.State.EXPIRED: gettext_lazy("did not answer in time"),
    SeatOffer.State.WITHDRAWN: gettext_lazy("the seat was gone before there was an answer"),
}


def rule() -> str:
    """The rule, to be read aloud."""
    return _(
        "A free seat goes to who has not been on a trip for the longest time. Where that is the same, who put their "
        "name down first comes first. Who cannot use the seat is passed over, and keeps their turn."
    )


def why(row: PassedOver) -> str:
    """Why somebody was not offered a seat, said to them."""
    if row.reason == "no_room":
        return str(FULL_THEN.get(row.details.get("dimension", ""), _("There was no room for you.")))
    known = REASONS.get(row.reason, REASONS["other"])
    return str(known) % {
        "minutes": -(-row.details.get("seconds", 0) // 60),
        "allowed": row.details.get("allowed", 0) // 60,
    }


def history(booking: Booking) -> list[dict[str, Any]]:
    """Every seat that was offered since somebody put their name down: to them, or past them and why."""
    passed = {row.offer_id: row for row in booking.passed_over.all()}
    offers = booking.trip.offers.filter(offered_at__gte=booking.booked_at).order_by("offered_at", "pk")
    found = []
    for offer in offers:
        if offer.booking_id == booking.pk:
            found.append({"at": offer.offered_at, "said": _offered(offer)})
        elif offer.pk in passed:
            found.append({"at": offer.offered_at, "said": why(passed[offer.pk])})
        else:
            found.append({"at": offer.offered_at, "said": _("It was somebody else's turn.")})
    return found


def _offered(offer: SeatOffer) -> str:
    until = formats.date_format(timezone.localtime(offer.deadline_at), "l G:i")
    said = {
        SeatOffer.State.OPEN: _("The seat is offered to you, until %(until)s.") % {"until": until},
        SeatOffer.State.ACCEPTED: _("You took the seat."),
        SeatOffer.State.DECLINED: _("You did not want the seat."),
        SeatOffer.State.EXPIRED: _("The seat was offered to you until %(until)s, and we heard nothing.")
        % {"until": until},
        SeatOffer.State.WITHDRAWN: _("The seat was offered to you, and was gone before you answered."),
    }
    return said[SeatOffer.State(offer.state)]


def part_facts(trip: Trip, _user: User, _now: datetime) -> Mapping[str, Any]:
    """The waiting list on a trip's page: who waits, in their turn, and what was offered."""
    waiting = list(
        trip.bookings.filter(state=Booking.State.WAITING).select_related("person").order_by("booked_at", "pk")
    )
    offers = list(trip.offers.select_related("booking__person").order_by("-offered_at", "-pk"))
    if not waiting and not offers:
        return {}
    last = rode_last([booking.person_id for booking in waiting], trip)
    in_turn = sorted(told.parties(waiting), key=lambda party: _turn(party, last))
    return {
        "rule": rule(),
        "waiting": [
            {"booking": booking, "last": last.get(booking.person_id)} for party in in_turn for booking in party
        ],
        "offers": [{"offer": offer, "said": offer_in_words(offer)} for offer in offers],
    }


def _turn(party: list[Booking], last: dict[int, datetime]) -> tuple[bool, Any, Any, int]:
    rode = max((last[one.person_id] for one in party if one.person_id in last), default=None)
    return rode is not None, rode.date() if rode else None, party[0].booked_at, party[0].pk


def offer_in_words(offer: SeatOffer) -> str:
    """What became of an offer, said of somebody."""
    until = formats.date_format(timezone.localtime(offer.deadline_at), "l G:i")
    return str(OFFERS[SeatOffer.State(offer.state)]) % {"until": until}
