"""`manage.py plan_bus`: what it prints, and what it says of a file that is no town."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TOWN = {
    "name": "Two homes",
    "passengers": [
        {"id": 7, "load": [1], "boarding_seconds": 120, "priority": 1},
        {"id": 9, "load": [1], "boarding_seconds": 120, "priority": 3},
    ],
    "seconds": [[0, 60, 300, 600], [60, 0, 400, 700], [300, 300, 0, 300], [600, 900, 300, 0]],
    "capacity": [8],
    "capacity_dimensions": ["seats"],
    "max_ride_seconds": 2700,
    "shift_seconds": 10800,
    "max_rounds": 2,
}


def plan(tmp_path: Path, content: object, *options: str) -> str:
    file = tmp_path / "town.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    out = StringIO()
    call_command("plan_bus", "--instance", str(file), *options, stdout=out)
    return out.getvalue()


def test_a_town_is_planned_and_told_in_words(tmp_path) -> None:
    told = plan(tmp_path, TOWN).splitlines()
    assert told[0].startswith("Two homes: 2 of 2 served (priority 4), driving 1200 s, longest ride 720 s, best, ")
    assert told[1] == "  round 1: 9 → 7"


def test_json_has_one_line_for_each_town(tmp_path) -> None:
    lines = [json.loads(line) for line in plan(tmp_path, {"towns": [TOWN, TOWN]}, "--json").splitlines()]
    assert [line["rounds"] for line in lines] == [[[9, 7]], [[9, 7]]]
    assert lines[0]["violations"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seconds": [[0]]}, "seconds must be a table of 4 by 4"),
        ({"capacity": [8, 2]}, "capacity and capacity_dimensions must be of the same length"),
        ({"max_ride_seconds": -5}, "max_ride_seconds: Input should be greater than 0"),
        ({"passengers": [{"id": 7}]}, "passengers.0.load: Field required"),
        ({"passengers": [TOWN["passengers"][0]] * 2}, "two passengers have the same id"),
    ],
)
def test_what_is_wrong_with_a_town_is_said_with_its_place(tmp_path, change, said) -> None:
    with pytest.raises(CommandError) as error:
        plan(tmp_path, TOWN | change)
    assert said in str(error.value)
    assert error.value.returncode == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"towns": 5}', "\x00"])
def test_a_file_that_is_no_town_is_told_so(tmp_path, content) -> None:
    with pytest.raises(CommandError, match="cannot be planned"):
        plan(tmp_path, content)


def test_a_file_that_is_not_there_is_told_so(tmp_path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("plan_bus", "--instance", str(tmp_path / "nothing.json"))
