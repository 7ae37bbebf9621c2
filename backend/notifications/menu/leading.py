"""Leading a call in the menu: who is it, what do they want; 9 is always help, 0 and silence always a person.

The inbound call's own row is locked for the turn by `conversation.turn`. Nobody who holds a round or an incident waits
for it, so entries may take those locks after it.
"""

from datetime import datetime
from typing import Any

from backend.notifications import registry
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.menu import human
from backend.notifications.models import Attempt, InboxItem
from backend.notifications.registry import Caller, EntryTurn, MenuCall, MenuEntry, Then
from backend.notifications.selectors.callers import callers_on
from backend.notifications.services import inbox
from backend.notifications.words import say
from backend.people.models import Organisation
from backend.people.selectors import zone_of

GATHER_SECONDS = 9
"""Older people need time to find the key (carrier text: 8 to 10 s, everything said twice)."""

ASKED_AT_MOST = 2
NOON, EVENING = 12, 18
HELP, PERSON = Key("9"), Key("0")


def converse(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call to the one number, or of the person whom its caller is put through to."""
    if (talk := human.turn_of_talk(attempt, heard, now)) is not None:
        return talk
    callers = callers_on(attempt.organisation, attempt.line)
    return _led(attempt, callers, heard, now) if callers else _stranger(attempt, now)


def _stranger(attempt: Attempt, now: datetime) -> Prompt:
    """Nobody whom we know: put through at once."""
    words = say("unknown_caller", attempt.language, organisation=attempt.organisation.name)
    return human.connect(attempt, words, now)


def _led(attempt: Attempt, callers: list[Caller], heard: Heard, now: datetime) -> Prompt:
    """Somebody we know, though perhaps not yet which of those who share the number."""
    caller = _settled(attempt, callers)
    if heard == HELP:
        return _help(_call(attempt, caller or callers[0], now))
    if heard == PERSON or attempt.script.get("phase") == "over":
        return human.connect(attempt, say("to_human", attempt.language), now)
    if caller is None:
        return _ask_who(attempt, callers, heard, now)
    return _known(_call(attempt, caller, now), heard)


def hung_up(attempt: Attempt, now: datetime) -> None:
    """Somebody who rang us has hung up. What they left open is shown to a person."""
    script = attempt.script
    if not attempt.line and human.waits(attempt):
        kind = InboxItem.Kind.NO_NUMBER
        inbox.show(attempt.organisation, kind, line=script.get("number", ""), now=now)
    elif script.get("phase") == "human" and human.waits(attempt):
        human.note_call_back(attempt, attempt.line, now)
    elif script.get("phase") == "entry" and script.get("place", {}).get("unconfirmed"):
        note = str(script["place"]["unconfirmed"])
        kind = InboxItem.Kind.UNCONFIRMED
        inbox.show(attempt.organisation, kind, line=attempt.line, person=attempt.person, note=note, now=now)


def _call(attempt: Attempt, caller: Caller, now: datetime) -> MenuCall:
    return MenuCall(attempt=attempt, organisation=attempt.organisation, caller=caller, now=now)


def _settled(attempt: Attempt, callers: list[Caller]) -> Caller | None:
    """Who it turned out to be: the only one there is, or the one who was chosen."""
    if len(callers) == 1:
        return callers[0]
    chosen = attempt.script.get("caller", [])
    return next((one for one in callers if [one.ref, one.person.pk] == chosen), None)


def _ask_who(attempt: Attempt, callers: list[Caller], heard: Heard, now: datetime) -> Prompt:
    """A number that several people share: asked for by name, one key each."""
    choices = callers[:8]
    if attempt.script.get("phase") == "who" and isinstance(heard, Key) and heard.digit.isdigit():
        number = int(heard.digit)
        if 1 <= number <= len(choices):
            caller = choices[number - 1]
            attempt.script = {"caller": [caller.ref, caller.person.pk]}
            attempt.person = caller.person if caller.contact is None else None
            return _known(_call(attempt, caller, now), Answered())
    asked = attempt.script.get("asked", 0)
    if asked >= ASKED_AT_MOST:
        return human.connect(attempt, say("to_human", attempt.language), now)
    attempt.script = {"phase": "who", "asked": asked + 1}
    said = " ".join(
        say("who_person" if one.contact is None else "who_contact", attempt.language, name=_name(one), digit=number)
        for number, one in enumerate(choices, start=1)
    )
    words = say("who", attempt.language, organisation=attempt.organisation.name, choices=said)
    return Ask(words, seconds=GATHER_SECONDS)


def _name(caller: Caller) -> str:
    return caller.person.spoken_name


def _known(call: MenuCall, heard: Heard) -> Prompt:
    script = call.attempt.script
    if script.get("phase") == "entry" and script["entry"] in registry.menu_entries:
        entry = registry.menu_entries[script["entry"]]
        return _after(call, entry, entry.converse(call, script["place"], heard))
    offered = [(entry, words) for entry in _entries() if (words := entry.offer(call))]
    if script.get("phase") == "menu" and isinstance(heard, Key):
        chosen = next((entry for entry, _words in offered if entry.digit == heard.digit), None)
        if chosen is not None:
            return _after(call, chosen, chosen.converse(call, {}, None))
    asked = script.get("asked", 0) if script.get("phase") == "menu" else 0
    if asked >= ASKED_AT_MOST:
        return human.connect(call.attempt, say("to_human", call.language), call.now)
    return _menu(call, [words for _entry, words in offered], asked=asked, before=_greeting(call))


def _entries() -> list[MenuEntry]:
    return sorted(registry.menu_entries.values(), key=lambda entry: entry.order)


def _menu(call: MenuCall, offers: list[str], *, asked: int, before: str) -> Prompt:
    _remember(call, phase="menu", asked=asked + 1)
    return Ask(" ".join((before, *offers, say("menu_end", call.language))), seconds=GATHER_SECONDS)


def _after(call: MenuCall, entry: MenuEntry, turn: EntryTurn) -> Prompt:
    """What comes after an entry's turn."""
    if turn.then is Then.HUMAN:
        words = turn.words or say("to_human", call.language)
        return human.connect(call.attempt, words, call.now)
    if turn.then is Then.MENU or turn.prompt is None:
        offers = [words for one in _entries() if (words := one.offer(call))]
        return _menu(call, offers, asked=0, before=turn.words)
    if isinstance(turn.prompt, End):
        _remember(call, phase="over")
    else:
        _remember(call, phase="entry", entry=entry.name, place=turn.place)
    return turn.prompt


def _help(call: MenuCall) -> Prompt:
    """9: a programme opens a case for its own people; for anybody else a person is asked for, and put through to."""
    for helps in registry.help_by_call.values():
        words = helps(call)
        if words:
            _remember(call, phase="over")
            return End(words)
    human.note_call_back(call.attempt, call.attempt.line, call.now, note="help")
    return human.connect(call.attempt, say("help_noted", call.language), call.now)


def _remember(call: MenuCall, **script: Any) -> None:
    call.attempt.script = {**script, "caller": [call.caller.ref, call.caller.person.pk]}


def _greeting(call: MenuCall) -> str:
    """Good morning until noon, by the organisation's wall clock."""
    code = _time_of_day(call.organisation, call.now)
    name = call.caller.person.spoken_name if call.caller.contact is None else call.caller.contact.name
    return say(code, call.language, name=name, organisation=call.organisation.name)


def _time_of_day(organisation: Organisation, now: datetime) -> str:
    hour = now.astimezone(zone_of(organisation)).hour
    return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"


class MenuHost(QuietHost):
    """Leads the calls of whoever no programme leads itself: contacts, volunteers, strangers. The subject is unused.

    Only the call's own row is locked before the entries take theirs.
    """

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return converse(attempt, heard, now)

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        hung_up(attempt, now)
