"""The community dinners: restos, evenings, guests, kitchen, crew."""

from backend.meals.models.crew import CrewAsk, CrewHours, CrewNeed, CrewPlace, Job, MealVolunteer
from backend.meals.models.door import DoorEntry
from backend.meals.models.evening_day import EveningCount, GuestCall, KitchenCount, MealPayment
from backend.meals.models.evenings import Course, Evening, EveningException, EveningSeries, SpeakerPlate, Variant
from backend.meals.models.figures import DinnerFigures
from backend.meals.models.guests import (
    ChairOffer,
    DividedSeat,
    Guest,
    NumberCheck,
    Plate,
    Reservation,
    SeatingWish,
    SkippedParty,
    Standing,
    StandingSkip,
    TurnedAway,
)
from backend.meals.models.places import DiningTable, Resto, Room, Tariff
from backend.meals.models.rides import RideAsked

__all__ = [
    "ChairOffer",
    "Course",
    "CrewAsk",
    "CrewHours",
    "CrewNeed",
    "CrewPlace",
    "DiningTable",
    "DinnerFigures",
    "DividedSeat",
    "DoorEntry",
    "Evening",
    "EveningCount",
    "EveningException",
    "EveningSeries",
    "Guest",
    "GuestCall",
    "Job",
    "KitchenCount",
    "MealPayment",
    "MealVolunteer",
    "NumberCheck",
    "Plate",
    "Reservation",
    "Resto",
    "RideAsked",
    "Room",
    "SeatingWish",
    "SkippedParty",
    "SpeakerPlate",
    "Standing",
    "StandingSkip",
    "Tariff",
    "TurnedAway",
    "Variant",
]
