"""What is wrong with a scenario file: where in it, and why, in words for the person who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Location = tuple[int | str, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake. `line` counts from 1; None when it concerns the whole file."""

    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line is not None else ""
        return f"{where}{self.field + ': ' if self.field else ''}{self.reason}"


class BadScenario(Exception):
    """The file cannot be played; nothing has been started."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{path} is not a scenario that can be played:\n{lines}")


def from_pydantic(errors: list[Any], document: yaml.Node) -> list[Problem]:
    """The errors of a validation, each with the line of the nearest thing that stands in the document."""
    return [_problem(error["loc"], error["type"], error["msg"], document) for error in errors]


def at(location: Location, reason: str, document: yaml.Node) -> Problem:
    """A problem that was found at a place in the document."""
    return _problem(location, "", reason, document)


def _problem(location: Location, kind: str, reason: str, document: yaml.Node) -> Problem:
    node, walked, rest = document, "", location
    for index, part in enumerate(location):
        found = _step(node, part)
        if found is not None:
            key, node = found
            walked += f"[{part}]" if isinstance(part, int) else f".{part}"
            rest = location[index + 1 :]
            line = key.start_mark.line + 1
    line = node.start_mark.line + 1 if not walked else line
    if kind == "missing" and rest:
        walked += f".{rest[-1]}"
    words = {
        "missing": "is missing",
        "extra_forbidden": "there is no such field",
        "union_tag_invalid": reason.replace("Input tag", "the value of 'do',").replace("using 'do' ", ""),
    }
    return Problem(line, walked.lstrip("."), words.get(kind, reason.removeprefix("Value error, ")))


def _step(node: yaml.Node, part: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """The key (or item) and the value that `part` leads to; None for what pydantic adds, such as a union's tag."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        # YAML 1.1 takes an unquoted `on` for a truth value; its text is still there.
        return next(((key, value) for key, value in node.value if key.value == part), None)
    return None


def doubled_keys(node: yaml.Node) -> Iterator[Problem]:
    """Keys that a mapping has twice: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield Problem(key.start_mark.line + 1, str(key.value), "stands here twice")
            seen.add(key.value)
            yield from doubled_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from doubled_keys(item)
