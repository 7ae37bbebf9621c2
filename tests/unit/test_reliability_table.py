"""The table of failures names tests that exist."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = TESTS.parent / "docs" / "reliability.md"
ROW = re.compile(r"^\| .* \| `(?P<file>[\w/]+\.py)::(?P<name>\w+)` \|$")


def test_every_row_names_a_test_that_exists() -> None:
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.endswith("| Shown by |")]
    named = [(match["file"], match["name"]) for row in rows if (match := ROW.match(row))]
    assert len(named) == len(rows)
    assert [one for one in named if one[1] not in _functions_in(TESTS / one[0])] == []


def _functions_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
