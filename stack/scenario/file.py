"""Reads a scenario file and checks all that can be known before anything is started."""

from collections import Counter
from datetime import time
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from backend.people.domain.names import split_full_name
from stack.scenario.model import AbsenceEvent, PhoneEvent, Scenario
from stack.scenario.people import Somebody, with_everybody
from stack.scenario.problems import BadScenario, Location, Problem, at, doubled_keys, from_pydantic

LARGEST = 1_000_000
"""Bytes. A scenario is written by hand."""


def read(path: Path) -> Scenario:
    """The scenario in a file. Raises BadScenario, which names line, field and reason of everything wrong in it."""
    text = _text(path)
    document = _compose(path, text)
    if problems := list(doubled_keys(document)):
        raise BadScenario(path, problems)
    try:
        scenario = Scenario.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        raise BadScenario(path, from_pydantic(error.errors(), document)) from error
    if mistakes := _mistakes(scenario, path.parent):
        raise BadScenario(path, [at(location, reason, document) for location, reason in mistakes])
    return scenario


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadScenario(path, [Problem(None, "", "the file is larger than a million bytes")])
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadScenario(path, [Problem(None, "", f"it cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise BadScenario(path, [Problem(None, "", "it is not text in UTF-8; save it as such")]) from error


def _compose(path: Path, text: str) -> yaml.Node:
    try:
        document = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadScenario(path, [Problem(line, "", f"not YAML: {error.problem or error.context}")]) from error
    except yaml.YAMLError as error:
        raise BadScenario(path, [Problem(None, "", f"not YAML: {error}")]) from error
    if not isinstance(document, yaml.MappingNode):
        raise BadScenario(path, [Problem(None, "", "a scenario is a mapping with name, date, begin and so on")])
    return document


def _mistakes(scenario: Scenario, directory: Path) -> list[tuple[Location, str]]:
    """What every field alone cannot know."""
    found = _mistaken_times(scenario) + _mistaken_residents(scenario)
    if scenario.call_list is not None:
        if not (directory / scenario.call_list).is_file():
            found.append((("import",), f"there is no file {directory / scenario.call_list}"))
    else:
        found += _mistaken_names(scenario)
    return found


def _mistaken_times(scenario: Scenario) -> list[tuple[Location, str]]:
    found: list[tuple[Location, str]] = []
    end = scenario.moment(scenario.until)
    if end <= scenario.starts_at:
        found.append((("until",), "lies before the beginning"))
    for index, event in enumerate(scenario.events):
        if not scenario.starts_at <= scenario.moment(event.at) <= end:
            found.append((("events", index, "at"), "lies before 'begin' or after 'until', so it would never happen"))
    for index, resident in enumerate(scenario.residents):
        plans: dict[str, list[Any]] = {"rings_in": list(resident.rings_in), "sends": list(resident.sends)}
        for field, ones in plans.items():
            for number, one in enumerate(ones):
                if isinstance(one.at, time) and scenario.moment(one.at) < scenario.starts_at:
                    found.append((("residents", index, field, number, "at"), "lies before 'begin'"))
    return found


def _mistaken_residents(scenario: Scenario) -> list[tuple[Location, str]]:
    found: list[tuple[Location, str]] = []
    names = Counter(resident.name for resident in scenario.residents)
    phones = Counter(phone for resident in scenario.residents for phone in resident.phones)
    for index, resident in enumerate(scenario.residents):
        if names[resident.name] > 1:
            found.append((("residents", index, "name"), f"{resident.name} is used twice"))
        for phone in resident.phones:
            if phones[phone] > 1:
                reason = f"{phone} is used twice; people who share a line are one resident"
                found.append((("residents", index, "phones"), reason))
            if phone == scenario.organisation.number:
                found.append((("residents", index, "phones"), f"{phone} is the organisation's own number"))
    return found


def _mistaken_names(scenario: Scenario) -> list[tuple[Location, str]]:
    found: list[tuple[Location, str]] = []
    members = {member.name for member in scenario.members}
    known = members | {split_full_name(name)[0] for name in members}
    residents = {resident.name for resident in with_everybody(scenario.residents, people_of(scenario))}
    expect = scenario.expect
    for name in expect.members:
        if name not in known:
            found.append((("expect", "members", name), f"no member is called {name}"))
    for field, named in (("calls", expect.calls), ("texts", expect.texts)):
        found += [(("expect", field, name), f"no resident is called {name}") for name in named if name not in residents]
    for index, incident in enumerate(expect.incidents or []):
        found += [
            (("expect", "incidents", index, "about"), f"no member is called {name}")
            for name in incident.about
            if name not in known
        ]
    for index, event in enumerate(scenario.events):
        if isinstance(event, PhoneEvent) and event.resident not in residents:
            found.append((("events", index, "resident"), f"no resident is called {event.resident}"))
        if isinstance(event, AbsenceEvent) and event.member not in members:
            found.append((("events", index, "member"), f"no member is called {event.member}"))
    return found


def people_of(scenario: Scenario) -> list[Somebody]:
    """Everybody whom the file itself names, as the product would list them."""
    found = []
    for member in scenario.members:
        found.append(_somebody("member", member.name, member.phones))
        found += [
            Somebody("contact", contact.name, contact.name, (contact.phone,))
            for contact in member.contacts
            if contact.phone
        ]
    found += [_somebody("volunteer", one.name, one.phones) for one in scenario.volunteers]
    organisation = scenario.organisation
    return [*found, Somebody("organisation", organisation.name, organisation.name, (organisation.duty_number,))]


def _somebody(part: str, name: str, phones: list[str]) -> Somebody:
    given, family = split_full_name(name)
    return Somebody(part, name, given or family, tuple(phones))
