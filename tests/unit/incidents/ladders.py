"""Ladders to climb in the tests: who can be reached, in the order of the domain text."""

from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, Level, Target, ladder


def somebody(ref: str, number: int, *, reachable: bool = True) -> Target:
    """A target with a mobile of its own, or with no number at all."""
    lines = (f"+316000010{number:02d}",) if reachable else ()
    return Target(ref=ref, name=f"Buur {number}", lines=lines, mobiles=lines)


DUTY = somebody("person:1", 1)
BACKUP = somebody("person:2", 2)
NEIGHBOUR = somebody("contact:3", 3)
DAUGHTER = somebody("contact:4", 4)
COORDINATOR = somebody("person:5", 5)
ORGANISATION = Target(ref="organisation:6", name="Vijverhof", lines=("+31130000600",))


def full() -> EscalationPolicy:
    """Duty → backup → neighbour → daughter → coordinator → organisation: levels 0 to 5."""
    return ladder(
        duty=DUTY,
        backup=BACKUP,
        contacts=(NEIGHBOUR, DAUGHTER),
        coordinator=COORDINATOR,
        organisation=ORGANISATION,
        times=EscalationTimes(),
    )


def with_levels(*reachable: bool, minutes: int = 10) -> EscalationPolicy:
    """As many levels of one target each, of whom some have no number, with so many minutes each."""
    targets = [somebody(f"person:{index}", index, reachable=each) for index, each in enumerate(reachable)]
    return EscalationPolicy(levels=tuple(Level("contact", (target,), minutes) for target in targets))
