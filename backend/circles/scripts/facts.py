"""What a turn of a call brings to light: values that the round's services act on.

A seat key is the row of a member in this round, or VOLUNTEER.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proven:
    """Somebody pressed a key: proof of life. `how` is a code such as key_as_caller."""

    seat: int
    how: str


@dataclass(frozen=True)
class CallerReady:
    """The caller has proven themselves and is to be joined to the target."""


@dataclass(frozen=True)
class TalkBegins:
    """Both sides are there."""


@dataclass(frozen=True)
class TargetMissed:
    """The target gave no proof."""

    was_busy: bool


@dataclass(frozen=True)
class TargetMet:
    """Caller and target have talked: the chain may go on while the caller is still in the menu."""


@dataclass(frozen=True)
class Stays:
    """Somebody stays on `line`, in `call`, and is joined to the next one in it."""

    seat: int
    line: str
    call: int


@dataclass(frozen=True)
class OnTo:
    """In the same call, the chain goes on to this seat."""

    seat: int


@dataclass(frozen=True)
class Received:
    """The volunteer has taken the last call."""


@dataclass(frozen=True)
class Worried:
    """Somebody worries about a member."""

    seat: int
    by: int


@dataclass(frozen=True)
class WantsCall:
    """A member is there, and would like the volunteer to ring."""

    seat: int


@dataclass(frozen=True)
class HelpAsked:
    """Somebody pressed 9."""

    seat: int


@dataclass(frozen=True)
class RingClosed:
    """On their own telephones the ring has come to its last member, who says so."""

    by: int


@dataclass(frozen=True)
class NextMissed:
    """Somebody who was rung themselves says that the next one (`seat`) does not answer."""

    by: int
    seat: int


@dataclass(frozen=True)
class NotRung:
    """Somebody says that nobody rang them."""

    by: int


@dataclass(frozen=True)
class BackupHeard:
    """The backup knows that the volunteer was absent."""


Fact = (
    WantsCall
    | RingClosed
    | NextMissed
    | NotRung
    | Proven
    | CallerReady
    | TalkBegins
    | TargetMissed
    | TargetMet
    | Stays
    | OnTo
    | Received
    | Worried
    | HelpAsked
    | BackupHeard
)
