"""What a scenario file may say about the dinners: events of the evening, and what must have come of it."""

from typing import Annotated, Literal

from pydantic import Field

from backend.meals.domain.setup import Covers, Without
from backend.people.domain.setup import Name, Strict
from stack.scenario.times import At

Number = Annotated[int, Field(ge=0)]
"""Which of the described evenings: 0 is the first."""


class EveningEvent(Strict):
    """Something that happens on one of the described evenings."""

    at: At
    evening: Number = 0


class ReserveEvent(EveningEvent):
    """Somebody rings the resto and asks for chairs; who finds none waits. `without`: a list for each special plate."""

    do: Literal["reserve"]
    guest: Name
    covers: Covers = 1
    without: list[Without] | None = None
    party: str = ""
    ride: bool = False


class CancelReservationEvent(EveningEvent):
    """Somebody rings the resto: they do not come, or do not wait any more."""

    do: Literal["cancel_reservation"]
    guest: Name


class ChangeCoversEvent(EveningEvent):
    """A party comes with more or fewer people."""

    do: Literal["change_covers"]
    guest: Name
    covers: Covers


class HelperDropsOutEvent(EveningEvent):
    """Somebody of the crew cannot come after all, and says so behind their link."""

    do: Literal["helper_drops_out"]
    helper: Name


class OpenDoorsEvent(EveningEvent):
    """The host opens the doors."""

    do: Literal["open_doors"]


class ArrivesEvent(EveningEvent):
    """A party is ticked at the door: all of it, or so many as are named."""

    do: Literal["arrives"]
    guest: Name
    covers: Covers | None = None


class WalksInEvent(EveningEvent):
    """Somebody stands at the door without a reservation, and gives their name."""

    do: Literal["walks_in"]
    guest: Name
    covers: Covers = 1
    without: list[Without] = Field(default_factory=list)


class PaysEvent(EveningEvent):
    """A party pays by a tariff: all who came."""

    do: Literal["pays"]
    guest: Name
    tariff: Name
    way: Literal["cash", "card", "free"] = "cash"


class PotsOnEvent(EveningEvent):
    """The cook has seen the numbers, and the pots are on: no later change reaches the kitchen."""

    do: Literal["pots_on"]


class KitchenSeenEvent(EveningEvent):
    """The kitchen has seen what it was told, or somebody told it by word of mouth."""

    do: Literal["kitchen_seen"]


class CloseEveningEvent(EveningEvent):
    """Portions and till are counted, and the evening is closed: who is not here by then stayed away."""

    do: Literal["close_evening"]
    cooked: Annotated[int, Field(ge=0)]
    left: Annotated[int, Field(ge=0)]
    till_cents: Annotated[int, Field(ge=0)] | None = None


RestoEvent = (
    ReserveEvent
    | CancelReservationEvent
    | ChangeCoversEvent
    | HelperDropsOutEvent
    | PotsOnEvent
    | KitchenSeenEvent
    | OpenDoorsEvent
    | ArrivesEvent
    | WalksInEvent
    | PaysEvent
    | CloseEveningEvent
)

GuestEnded = Literal["came", "stayed_away", "reserved", "waiting", "cancelled", "unconfirmed"]
"""Where a party is in the end. `reserved`: expected, and the evening is not closed."""


class EveningExpected(Strict):
    """An evening in the end; `guests`, where it is given, names all who ever reserved, walked in or waited.

    `covers` are guests, crew and speakers together, `kitchen` the covers that it was told, in their order. `offers` are
    the ends of the offers of chairs that somebody had, in their order. `crew` are who has confirmed, by job;
    `calls_to_make` how many calls a person had to make, by kind.
    """

    state: Literal["planned", "open", "closed", "cancelled"] | None = None
    guests: dict[str, GuestEnded] | None = None
    covers: int | None = None
    kitchen: dict[Literal["provisional", "final", "late"], list[int]] | None = None
    offers: dict[str, list[Literal["open", "accepted", "declined", "expired", "withdrawn"]]] = Field(
        default_factory=dict
    )
    crew: dict[str, list[str]] | None = None
    calls_to_make: dict[str, int] | None = None
