"""Reads a scenario file and checks all that can be known before anything is started."""

from collections import Counter
from datetime import time
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from backend.circles.domain.call_list import (
    CallListError,
    MemberStatus,
    find_header,
    read_table,
    say,
    understand,
)
from backend.people.domain.names import split_full_name
from stack.scenario.model import (
    AbsenceEvent,
    Event,
    FaultsEvent,
    LimitsEvent,
    PaperEvent,
    PhoneEvent,
    Scenario,
)
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
    try:
        people = everybody(scenario, directory)
    except CallListError as error:
        return [*found, (("import",), say(error.finding, "en"))]
    except OSError as error:
        return [*found, (("import",), f"{scenario.call_list} cannot be read: {error.strerror}")]
    return found + _mistaken_names(scenario, people)


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
            if phone in (scenario.organisation.number, scenario.second_account):
                found.append((("residents", index, "phones"), f"{phone} is the organisation's own number"))
    return found


def _mistaken_names(scenario: Scenario, people: list[Somebody]) -> list[tuple[Location, str]]:
    found: list[tuple[Location, str]] = []
    members = {person.name for person in people if person.part == "member"}
    if not members:
        return [(("import",), "holds no member who can be rung")]
    known = members | {person.given_name for person in people if person.part == "member"}
    others = [person for person in people if person.part in ("passenger", "guest")]
    around = {name for person in others for name in (person.name, person.given_name)}
    residents = {resident.name for resident in with_everybody(scenario.residents, people)}
    expect = scenario.expect
    for name in expect.members:
        if name not in known:
            found.append((("expect", "members", name), f"no member is called {name}"))
    for field, named in (("calls", expect.calls), ("texts", expect.texts), ("told", expect.told)):
        found += [(("expect", field, name), f"no resident is called {name}") for name in named if name not in residents]
    found += [
        (("expect", "practice", name), f"no member is called {name}") for name in expect.practice if name not in known
    ]
    for index, incident in enumerate(expect.incidents or []):
        found += [
            (("expect", "incidents", index, "about"), f"no member is called {name}")
            for name in incident.about
            if name not in known | around
        ]
    for index, event in enumerate(scenario.events):
        if isinstance(event, PhoneEvent) and event.resident not in residents:
            found.append((("events", index, "resident"), f"no resident is called {event.resident}"))
        if scenario.second_account is None and _account(event) == "second":
            found.append((("events", index), "there is no second account; 'second_account' gives it a number"))
        if isinstance(event, PaperEvent):
            found += [
                (("events", index, "results", name), f"no member is called {name}")
                for name in event.results
                if name not in known
            ]
        if isinstance(event, AbsenceEvent) and event.member not in members:
            found.append((("events", index, "member"), f"no member is called {event.member}"))
    for index, absence in enumerate(scenario.absences):
        if absence.member not in members:
            found.append((("absences", index, "member"), f"no member is called {absence.member}"))
    return found


def _account(event: Event) -> str | None:
    """The account that an event is about, if it is about one."""
    if isinstance(event, FaultsEvent):
        return event.faults.account
    return event.account if isinstance(event, LimitsEvent) else None


def everybody(scenario: Scenario, directory: Path) -> list[Somebody]:
    """Whom the file and its call list name, as the product will list them. Raises CallListError and OSError."""
    found: list[Somebody] = []
    for member in scenario.members:
        found.append(_somebody("member", member.name, member.phones))
        found += [_contact(contact.name, contact.phone) for contact in member.contacts if contact.phone]
    if scenario.call_list is not None:
        found += _listed(directory / scenario.call_list)
    found += [_somebody("volunteer", one.name, one.phones) for one in scenario.volunteers]
    if scenario.bus is not None:
        found += [_somebody("passenger", one.name, one.phones) for one in scenario.bus.passengers]
        found += [_somebody("volunteer", one.name, one.phones) for one in scenario.bus.crew]
    if scenario.resto is not None:
        found += [_somebody("guest", one.name, one.phones) for one in scenario.resto.guests]
        found += [_somebody("volunteer", one.name, one.phones) for one in scenario.resto.crew]
    organisation = scenario.organisation
    return [*found, Somebody("organisation", organisation.name, organisation.name, (organisation.duty_number,))]


def _listed(path: Path) -> list[Somebody]:
    """The members of a call list who can be rung, with their contacts."""
    table = read_table(path, path.name)
    found = []
    for _row, entry in understand(table, find_header(table)).to_store():
        if entry.status is MemberStatus.ACTIVE:
            phones = tuple(phone.e164 for phone in entry.phones)
            found.append(Somebody("member", entry.full_name, entry.given_name or entry.family_name, phones))
            found += [_contact(one.name, one.phone.e164) for one in entry.contacts if one.phone is not None]
    return found


def _contact(name: str, phone: str) -> Somebody:
    return Somebody("contact", name, name, (phone,))


def _somebody(part: str, name: str, phones: list[str]) -> Somebody:
    given, family = split_full_name(name)
    return Somebody(part, name, given or family, tuple(phones))
