"""Who eats along: reservations, what they do not eat, who waits, and offers of freed chairs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.common.offer_rows import OfferRow, ends_once
from backend.meals.models.evenings import Evening, EveningSeries
from backend.meals.models.places import DiningTable, Resto
from backend.people import coming
from backend.people.models import Organisation, Person


class Guest(models.Model):
    """What the restos know about somebody who eats along. `without`: food, as codes of `domain.diets`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="guest")
    without = models.JSONField(default=list, help_text="What they do not eat. Never why.")
    own_plate = models.BooleanField(default=False, help_text="An allergy: their plate is made apart, with their name.")
    note = models.CharField(max_length=200, blank=True, help_text="For the kitchen, in their own words.")
    may_follow_up = models.BooleanField(default=False, help_text="Agreed to be rung when they stay away.")
    may_volunteer = models.BooleanField(default=False, help_text="Would like to help some time.")
    near_door = models.BooleanField(default=False, help_text="Would like a table near the door. Never why.")


class SeatingWish(models.Model):
    """Somebody would like to sit with another, or would rather not."""

    class Kind(models.TextChoices):
        WITH = "with"
        APART = "apart"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seating_wishes")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "other"], name="seating_wish_once"),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="seating_wish_about_another"),
        ]


class Standing(models.Model):
    """A regular's standing reservation: a place on every evening of a series, until it ends."""

    series = models.ForeignKey(EveningSeries, on_delete=models.CASCADE, related_name="standing")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standing_reservations")
    covers = models.PositiveSmallIntegerField(default=1)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True, help_text="No places until then, this local date included.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "person"], name="standing_once"),
            models.CheckConstraint(condition=Q(covers__gte=1), name="standing_is_for_somebody"),
        ]


class StandingSkip(models.Model):
    """An evening on which a regular has no place, and why."""

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="skips")
    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="standing_skips")
    reason = models.CharField(max_length=20, help_text="A code.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "evening"], name="standing_skipped_once"),
        ]


class Reservation(models.Model):
    """Chairs for a party at an evening, or its place on the waiting list. A cover is one person who eats.

    `is_new`, whether it is their first evening, is on rows of `selectors.newcomers.marked` only.
    """

    is_new: bool

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        RESERVED = "reserved"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    class Way(models.TextChoices):
        TELEPHONE = "telephone"
        TEXT = "text"
        MENU = "menu"
        PAGE = "page"
        STANDING = "standing"
        WALK_IN = "walk_in"
        API = "api"

    Answer = coming.Answer

    evening = models.ForeignKey(Evening, on_delete=models.PROTECT, related_name="reservations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reservations")
    state = models.CharField(max_length=11, choices=State)
    covers = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=9, choices=Way)
    standing = models.ForeignKey(Standing, on_delete=models.SET_NULL, null=True, related_name="reservations")
    party = models.UUIDField(null=True, help_text="Friends who want one table have the same one.")
    reserved_at = models.DateTimeField()
    reserved_by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    on_behalf_of = models.CharField(max_length=80, blank=True)
    holds_until = models.DateTimeField(null=True, help_text="An unconfirmed one keeps its chairs until then.")
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED, help_text="The day before.")
    answered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=40, blank=True, help_text="A code.")
    arrived_at = models.DateTimeField(null=True)
    arrived_covers = models.PositiveSmallIntegerField(null=True, help_text="How many of them came.")
    away_at = models.DateTimeField(null=True, help_text="Said at the door not to come: others can have their chairs.")
    wants_ride = models.BooleanField(default=False)
    table = models.ForeignKey(DiningTable, on_delete=models.SET_NULL, null=True, related_name="+")
    table_by_hand = models.BooleanField(default=False, help_text="A person chose the table: planning leaves it.")
    note = models.CharField(max_length=200, blank=True)

    @property
    def is_for_kitchen(self) -> bool:
        """Whether the note is what a guest wrote to the kitchen, and not what was noted for the host."""
        return self.way in WRITES_TO_KITCHEN

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evening", "person"], condition=~Q(state="cancelled"), name="reserved_once_per_evening"
            ),
            models.CheckConstraint(condition=Q(covers__gte=1), name="reservation_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) | ~Q(state="cancelled"),
                name="reservation_cancelled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", holds_until__isnull=False) | ~Q(state="unconfirmed"),
                name="unconfirmed_reservation_ends",
            ),
            models.CheckConstraint(condition=Q(away_at=None) | Q(arrived_at=None), name="reservation_here_or_away"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["evening", "state"], name="reservation_by_state"),
            models.Index(fields=["person", "-reserved_at"], name="reservation_by_person"),
        ]


WRITES_TO_KITCHEN = (Reservation.Way.PAGE, Reservation.Way.API)
"""Ways to reserve on which nobody of us hears a guest: what they wrote, the kitchen reads."""


class DividedSeat(models.Model):
    """So many of a party sit at another table than the rest, because they fit nowhere together."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="divided")
    table = models.ForeignKey(DiningTable, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reservation", "table"], name="divided_seat_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="divided_seat_of_somebody"),
        ]


class Plate(models.Model):
    """One cover of a reservation that does not eat everything. Covers without a plate row eat what there is."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="plates")
    without = models.JSONField(default=list, help_text="Codes of `domain.diets`: food, never a religion or diagnosis.")
    own_plate = models.BooleanField(default=False)
    name = models.CharField(max_length=80, blank=True, help_text="Only where a plate of its own needs one.")
    note = models.CharField(max_length=200, blank=True)
    theirs = models.BooleanField(
        default=False, help_text="Of the guest themselves: follows what they do not eat every time."
    )
    note_is_kept = models.BooleanField(default=False, help_text="The note is the one that is kept for every time.")
    away = models.BooleanField(default=False, help_text="Not of those who came, said the host: not cooked any more.")


class ChairOffer(OfferRow):
    """Freed chairs, offered to one party that waits. Ends exactly once."""

    evening = models.ForeignKey(Evening, on_delete=models.PROTECT, related_name="offers")
    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="offers")
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reservation"], condition=Q(state="open"), name="chair_offer_open_once"),
            ends_once("chair_offer_ends_once"),
        ]


class SkippedParty(models.Model):
    """A party on the waiting list was not offered chairs that another got, and why: can be read aloud to them."""

    offer = models.ForeignKey(ChairOffer, on_delete=models.CASCADE, related_name="skipped")
    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="skipped")
    reason = models.CharField(max_length=40, help_text="A code.")
    details = models.JSONField(default=dict)


class TurnedAway(models.Model):
    """Somebody asked for chairs and was told no: counted, with the reason."""

    resto = models.ForeignKey(Resto, on_delete=models.CASCADE, related_name="turned_away")
    evening = models.ForeignKey(Evening, on_delete=models.SET_NULL, null=True, related_name="turned_away")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    covers = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=40, help_text="A code.")
    at = models.DateTimeField()


class NumberCheck(models.Model):
    """A code that was sent to a number from the public page. Only its hash is kept; five wrong ones lock it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="number_checks")
    line = models.CharField(max_length=20, help_text="E.164.")
    code_hash = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Confirmed, locked, over, or another code was sent.")
    reservation = models.ForeignKey(Reservation, on_delete=models.SET_NULL, null=True, related_name="number_checks")
    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="Who was written down for it; nobody knows yet whether the number is theirs.",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "line", "-sent_at"], name="number_check_by_line")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], condition=Q(ended_at=None), name="number_check_open_once"),
        ]
