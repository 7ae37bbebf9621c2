"""How a scenario names people."""

from collections.abc import Iterable


def is_called(full: str, name: str) -> bool:
    """Whether a full name is meant by `name`: the whole of it, or the given name."""
    return full == name or full.startswith(f"{name} ")


def listed(names: Iterable[str]) -> str:
    """All of them in one phrase."""
    return " and ".join(names)
