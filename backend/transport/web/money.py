"""Money of a trip, for its page."""

from datetime import datetime
from typing import Any

from backend.people.models import User
from backend.transport.models import Booking, Payment, Trip
from backend.transport.selectors.money import expected_cash


def part_facts(trip: Trip, _user: User, _now: datetime) -> dict[str, Any]:
    """How many have paid, and what should be in the box; nothing for a trip on which nobody has booked."""
    booked = trip.bookings.filter(state=Booking.State.BOOKED).count()
    if not booked:
        return {}
    paid = Payment.objects.filter(booking__trip=trip, booking__state=Booking.State.BOOKED).count()
    return {"paid": paid, "of": booked, "expected": expected_cash(trip)}
