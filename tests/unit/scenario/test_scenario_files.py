"""A scenario file is checked before anything is started: what is wrong is named by line, field and reason."""

import re
from pathlib import Path

import pytest

from stack.scenario.file import read
from stack.scenario.model import FaultsEvent, LimitsEvent, Scenario
from stack.scenario.problems import BadScenario
from stack.settings import ROOT

GOOD = """\
name: Two neighbours
seed: 7
date: 2026-11-23
begin: "08:29:30"
rate: 40
until: "09:15"
organisation: {name: Welzijn Zuid, number: "+31130009000", duty_number: "+31130009001"}
circle:
  name: De Linde
  start: "08:30"
  weekdays: ma t/m vr
  policy: {morning: {ring_seconds: 30}, escalation: {duty_minutes: 4}}
members:
  - name: Riet Wolters
    phones: ["+31130002211"]
  - name: Truus Kamp
    phones: ["+31130002214", "+31600002004"]
    contacts: [{name: Henk, phone: "+31130002215", has_key: true}]
volunteers:
  - {name: Anneke Smit, phones: ["+31600000100"], duty: primary}
residents:
  - name: truus
    phones: ["+31130002214", "+31600002004"]
    calls:
      - pick_up: 5
        on: [{hears: "worried", press: "2"}]
    rings_in: [{at: "09:05", to: "+31130009000", press: "1"}]
events:
  - {at: 14, do: kill, target: worker-alarm}
  - {at: "08:40", do: flush_broker}
  - {at: 700, do: press, resident: riet, keys: "1"}
expect:
  tally: {well: 2}
  members: {Riet: {status: well}}
  incidents: []
  calls: {riet: {at_least: 1}}
"""


def read_text(tmp_path: Path, text: str) -> Scenario:
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file)


def problems_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(BadScenario) as caught:
        read_text(tmp_path, text)
    assert "broken.yaml is not a scenario that can be played" in str(caught.value)
    return [str(problem) for problem in caught.value.problems]


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")

    scenario = read(file)

    assert scenario.starts_at.isoformat() == "2026-11-23T08:29:30+01:00"
    assert scenario.moment(14).isoformat() == "2026-11-23T07:29:44+00:00"
    assert scenario.circle.weekdays == [0, 1, 2, 3, 4]
    assert scenario.residents[0].calls[0].on[0].press == "2"


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("seed: 7", "sead: 7", "sead: there is no such field"),
        ("rate: 40", "rate: -1", "rate: Input should be greater than 0"),
        ("name: Two neighbours\n", "", "name: is missing"),
        ('begin: "08:29:30"', "begin: 10:05", 'begin: put the time in quotes, such as "10:05"'),
        ('until: "09:15"', 'until: "08:15"', "until: lies before the beginning"),
        (
            '  start: "08:30"',
            '  start: "11:30"',
            "circle: A circle starts between 08:00 and 10:00; 11:30 is outside that.",
        ),
        ("ma t/m vr", "now and then", "circle.weekdays: the days 'now and then' are not understood"),
        ("ring_seconds: 30", "ring_seconds: 3", "circle.policy: ring_seconds: must lie between 10 and 120."),
        ("ring_seconds: 30", "ring_secs: 30", "circle.policy: ring_secs: no such setting. Known are"),
        ("duty_minutes: 4", "duty_minutes: 0", "circle.policy: duty_minutes: must be a number of minutes"),
        ("duty_minutes: 4", "duty: 4", "circle.policy: escalation: no such setting. Known are duty_minutes"),
        ('"+31600000100"', '"0600000100"', "volunteers[0].phones[0]: '0600000100' is not a telephone number"),
        ('"+31600000100"', '"+319008844"', "volunteers[0].phones[0]: '+319008844' is an emergency or service number"),
        ("duty: primary", "duty: boss", "volunteers[0].duty: Input should be 'primary', 'backup' or 'coordinator'"),
        ("name: Truus Kamp", "name: Riet Wolters", "Riet Wolters occurs 2 times"),
        ("do: kill", "do: explode", "events[0]: the value of 'do', 'explode'"),
        ("target: worker-alarm", "target: the-cat", "events[0].target: Input should be 'web', 'worker-alarm'"),
        ('at: "08:40"', 'at: "08:10"', "events[1].at: lies before 'begin' or after 'until'"),
        ("resident: riet", "resident: kees", "events[2].resident: no resident is called kees"),
        ('at: "09:05"', 'at: "08:05"', "residents[0].rings_in[0].at: lies before 'begin'"),
        (
            '["+31130002214", "+31600002004"]\n    calls',
            '["+31130009000"]\n    calls',
            "is the organisation's own number",
        ),
        ("pick_up: 5", "pickup: 5", "residents[0].calls[0].pickup: there is no such field"),
        ("members: {Riet:", "members: {Kees:", "expect.members.Kees: no member is called Kees"),
        ("calls: {riet:", "calls: {kees:", "expect.calls.kees: no resident is called kees"),
        ("seed: 7", "seed: 7\nseed: 8", "seed: stands here twice"),
        ("members:\n", "import: nowhere.csv\nmembers:\n", "give either the members or a call list to import"),
        ("circle:\n", "circle: [\n", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, problem: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)

    found = problems_of(tmp_path, text)

    assert any(problem in one for one in found), found


def test_the_line_is_that_of_the_mistake(tmp_path: Path) -> None:
    text = GOOD.replace("pick_up: 5", "pickup: 5")
    assert problems_of(tmp_path, text)[0].startswith(f"line {line_of(text, 'pickup')}: ")


def test_several_mistakes_are_all_named(tmp_path: Path) -> None:
    text = GOOD.replace("seed: 7", "sead: 7").replace("duty: primary", "duty: boss")
    assert len(problems_of(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "a scenario is a mapping"),
        (b"- one\n- two\n", "a scenario is a mapping"),
        ("name: Café\n".encode("latin-1"), "it is not text in UTF-8"),
        (b"name: " + b"x" * 1_000_001, "larger than a million bytes"),
    ],
)
def test_what_is_no_scenario_at_all_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(content)
    with pytest.raises(BadScenario, match=reason):
        read(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match="No such file"):
        read(tmp_path / "nowhere.yaml")


def with_call_list(text: str) -> str:
    """The file with a call list in the place of its members."""
    start, end = text.index("members:\n"), text.index("volunteers:\n")
    return text[:start] + "import: list.csv\n" + text[end:]


def test_members_can_come_from_a_call_list_next_to_the_file(tmp_path: Path) -> None:
    rows = "Nr;Naam;Voornaam;Telefoon\n1;Mw. Bos;Riet;013 - 000 12 11\n2;Dhr. Maas;Henk;013 - 000 12\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    text = with_call_list(GOOD)
    read_text(tmp_path, text)
    # Henk has no number that could be rung: he is no part of the morning.
    found = problems_of(tmp_path, text.replace("members: {Riet:", "members: {Henk:"))
    assert [problem.partition(": ")[2] for problem in found] == ["expect.members.Henk: no member is called Henk"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "import: list.csv cannot be read: No such file or directory"),
        ("geen;lijst\n", "import: "),
        ("Naam;Voornaam;Telefoon\nBos;Riet;013 - 000\n", "import: holds no member who can be rung"),
    ],
)
def test_a_call_list_that_is_of_no_use_is_refused(tmp_path: Path, content: str | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    assert reason in problems_of(tmp_path, with_call_list(GOOD))[0]


def test_who_is_absent_must_be_a_member(tmp_path: Path) -> None:
    text = GOOD + "absences: [{member: Kees}]\n"
    assert "absences[0].member: no member is called Kees" in problems_of(tmp_path, text)[0]


def test_the_documented_file_can_be_played(tmp_path: Path) -> None:
    documentation = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    file, expectations = re.findall(r"```yaml\n(.*?)```", documentation.partition("### The file")[2], re.DOTALL)
    read_text(tmp_path, file.replace("expect: {}\n", expectations))


def test_limits_and_faults_of_the_carrier_can_be_events(tmp_path: Path) -> None:
    events = """events:
  - {at: 0, do: limits, limits: {calls_per_second: 0.5, live_legs: 2}}
  - {at: 10, do: faults, faults: {twiml: {double: true}, outage: {for: 60, callbacks: held}}}
  - {at: 20, do: ring_in, resident: riet, withheld: anonymous}
"""
    text = GOOD[: GOOD.index("events:")] + events
    limits, faults, _ring_in = read_text(tmp_path, text).events
    assert isinstance(limits, LimitsEvent)
    assert isinstance(faults, FaultsEvent)
    assert (limits.account, limits.limits.live_legs) == ("first", 2)
    assert faults.faults.outage is not None
    assert faults.faults.outage.callbacks == "held"
    of_the_second = text.replace("{at: 10, do: faults, faults: {", "{at: 10, do: faults, faults: {account: second, ")
    assert "events[1]: there is no second account" in problems_of(tmp_path, of_the_second)[0]
    read_text(tmp_path, of_the_second + 'second_account: "+31130009009"\n')
    for right, wrong in (
        ("live_legs: 2", "live_legs: 0"),
        ("twiml: {double: true}", "twiml: {reorder: true}"),
        ("do: ring_in, resident: riet", "do: pick_up, resident: riet"),
    ):
        assert problems_of(tmp_path, text.replace(right, wrong)) != []


def test_what_the_office_does_can_be_events(tmp_path: Path) -> None:
    events = """events:
  - {at: 0, do: practise, begins: "09:05"}
  - {at: 10, do: transfer, to: Samen West, number: "+31130009020", duty_number: "+31130009021"}
  - {at: 20, do: results_on_paper, rung_at: "08:50", results: {Riet: well, Truus: no_answer}}
"""
    text = GOOD[: GOOD.index("events:")] + events
    assert [event.do for event in read_text(tmp_path, text).events] == ["practise", "transfer", "results_on_paper"]
    for right, wrong, problem in (
        ("results: {Riet", "results: {Kees", "events[2].results.Kees: no member is called Kees"),
        ("Truus: no_answer", "Truus: gone", "events[2].results.Truus: Input should be"),
        ("to: Samen West, ", "", "events[1].to: is missing"),
    ):
        assert problem in problems_of(tmp_path, text.replace(right, wrong))[0]
