"""The shopping bus: vehicles, the programme, bookings and their rides, crew, the day, money."""

from backend.transport.models.bookings import Booking, PassedOver, Ride, RideRequest, SeatOffer, UnmetRequest
from backend.transport.models.crew import Availability, CrewDuty, CrewMember, CrewOffer
from backend.transport.models.day import CallTask, Disruption, DisruptionNotice, ManifestEntry, ManifestLink
from backend.transport.models.fleet import Layout, OutOfService, Vehicle, VehiclePaper
from backend.transport.models.money import CashCount, MonthlyCosts, MonthlyFigures, Pass, Payment, Tariff
from backend.transport.models.programme import Area, Destination, Series, SeriesException, Trip

__all__ = [
    "Area",
    "Availability",
    "Booking",
    "CallTask",
    "CashCount",
    "CrewDuty",
    "CrewMember",
    "CrewOffer",
    "Destination",
    "Disruption",
    "DisruptionNotice",
    "Layout",
    "ManifestEntry",
    "ManifestLink",
    "MonthlyCosts",
    "MonthlyFigures",
    "OutOfService",
    "Pass",
    "PassedOver",
    "Payment",
    "Ride",
    "RideRequest",
    "SeatOffer",
    "Series",
    "SeriesException",
    "Tariff",
    "Trip",
    "UnmetRequest",
    "Vehicle",
    "VehiclePaper",
]
