"""What notifications knows of the programmes: hosts of conversations, entries of the menu, rules for texts.

All are registered in `AppConfig.ready`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from backend.common import actors
from backend.common.actors import Actor
from backend.events.models import Lane
from backend.notifications.domain.asking import Came
from backend.notifications.domain.keywords import Understood
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.domain.templates import Template
from backend.notifications.models import Attempt, InboundText, Message
from backend.people.models import Contact, Organisation, Person


class Host(Protocol):
    """A programme's side of a conversation.

    Every method is called in a transaction, after `lock`, and may use what it locked. Times are UTC on the
    product's clock.
    """

    def lock(self, subject_id: int) -> None:
        """Lock the aggregate that conversations and their ends may change. Taken before any row of ours."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        """Decide what is said next. The decision commits together with what it changes."""

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        """A message has come to its end (`message.outcome`); `attempt` is its last, None when none was made."""

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """Somebody who rang us has hung up."""


InboundMenu = Callable[[Organisation, str], tuple[str, int, int] | None]
"""Knows a caller by number: (host, subject id, person id), or None when this programme does not know them."""


@dataclass(frozen=True)
class Enclosure:
    """What goes with a letter."""

    filename: str
    content: bytes
    mimetype: str = "application/pdf"


EnclosureMaker = Callable[[dict[str, Any], datetime], Enclosure | None]
"""Makes what is enclosed from a letter's reference, at a time (UTC); None when there is nothing to enclose any more."""

MENU = "notifications.menu"
"""The host of those who ring in and whom no programme leads itself."""


@dataclass(frozen=True)
class Caller:
    """Who somebody who rings may be: a person who has the number, or a contact on behalf of `person`."""

    person: Person
    contact: Contact | None = None

    @property
    def ref(self) -> str:
        """Who acts."""
        return f"person:{self.person.pk}" if self.contact is None else f"contact:{self.contact.pk}"

    @property
    def actor(self) -> Actor:
        """Who acts, by telephone, and for whom."""
        if self.contact is None:
            return actors.person(self.person.pk, "call")
        return actors.contact(self.contact.pk, "call", on_behalf_of=f"person:{self.person.pk}")


@dataclass(frozen=True)
class MenuCall:
    """A call in which the one number's menu is spoken."""

    attempt: Attempt
    organisation: Organisation
    caller: Caller
    now: datetime
    """UTC, on the product's clock."""

    @property
    def language(self) -> str:
        """In which the caller is spoken to."""
        return self.attempt.language


class Then(StrEnum):
    """What comes after an entry's turn."""

    STAY = "stay"
    MENU = "menu"
    HUMAN = "human"


@dataclass(frozen=True)
class EntryTurn:
    """What an entry says, where its own script is (`place`, JSON), and what comes then.

    With MENU the menu is said again after `words`; with HUMAN the caller is put through after them.
    """

    prompt: Prompt | None = None
    place: dict[str, Any] = field(default_factory=dict)
    then: Then = Then.STAY
    words: str = ""


@dataclass(frozen=True)
class MenuEntry:
    """One thing that can be chosen when ringing the one number.

    `offer` is the sentence with its key, such as "Bent u een tijd weg? Druk op 3.", or "" when it is not for this
    caller. `converse` leads the rest: called with None when it is chosen, then with what was heard, in the call's
    transaction; it takes its locks itself (round, incident, rows). 0 is always a person, 9 is always help.
    """

    name: str
    digit: str
    order: int
    offer: Callable[[MenuCall], str]
    converse: Callable[[MenuCall, dict[str, Any], Heard | None], EntryTurn]


HelpByCall = Callable[[MenuCall], str]
"""Opens a case for whoever presses 9, and gives the words to say; "" when it is not one of this programme's people."""

menu_entries: dict[str, MenuEntry] = {}
help_by_call: dict[str, HelpByCall] = {}


def register_menu_entry(entry: MenuEntry) -> None:
    """Hang an entry in the menu.

    Taken: 1 well, 2 worried, 3 away, 4 back, 5 cases, 6 the dinners, 7 the bus, 9 help, 0 a person.
    """
    menu_entries[entry.name] = entry


def register_help_by_call(name: str, helps: HelpByCall) -> None:
    """Ask `helps` when somebody in the menu presses 9."""
    help_by_call[name] = helps


catalogues: dict[str, Mapping[str, Mapping[str, str]]] = {}


def register_catalogue(name: str, languages: Mapping[str, Mapping[str, str]]) -> None:
    """Let organisations record the sentences of a catalogue, known as "name.code" in their settings."""
    catalogues[name] = languages


enclosures: dict[str, EnclosureMaker] = {}
hosts: dict[str, Host] = {}
templates: dict[str, Template] = {}
inbound_menus: list[InboundMenu] = []


def register_host(name: str, host: Host) -> None:
    """Let `host` lead the conversations of messages that carry its name."""
    hosts[name] = host


def register_inbound_menu(menu: InboundMenu) -> None:
    """Ask `menu` who is calling, after those registered before it."""
    inbound_menus.append(menu)


def register_enclosure(name: str, make: EnclosureMaker) -> None:
    """Let `make` make what is enclosed in letters that carry its name."""
    enclosures[name] = make


@dataclass(frozen=True)
class IncomingText:
    """A text on its way through the rules. `people` and `contacts` are those whose number it came from."""

    row: InboundText
    organisation: Organisation
    understood: Understood
    people: tuple[Person, ...]
    contacts: tuple[Contact, ...]
    language: str
    earlier: dict[str, Any] = field(default_factory=dict)
    """What our last answer to this number asked back (`TextAnswer.asks`), when that was less than an hour ago."""

    @property
    def line(self) -> str:
        """The number that it came from."""
        return self.row.line


@dataclass(frozen=True)
class TextAnswer:
    """What a rule made of a text: the words to text back (none when empty), and what those ask.

    With `for_a_person` it is shown in the inbox as well. `lane` is how urgent the words are.
    """

    words: str = ""
    asks: dict[str, Any] = field(default_factory=dict)
    for_a_person: bool = False
    lane: Lane = Lane.LIVE


TextRule = Callable[[IncomingText, datetime], TextAnswer | None]
"""Acts on a text and answers it, or declines with None and has changed nothing.

Called by a worker in one transaction with the row that says that the text is done: what it does happens once. It takes
its locks itself, in their order (round, incident, rows). Raising puts the text back, to be tried again; at the third
failure a person gets it. The time is UTC on the product's clock.
"""


@dataclass(frozen=True)
class OpenQuestion:
    """Something that somebody with this number was asked, and may still answer by text.

    `key` is its own among all programmes. `at` (UTC) is when what it is about begins: the first is listed in front.
    `name` is whom it is about, `about` what ("De markt, morgen"), in the language of the text. `waits` is False when
    it has been answered, and could be answered otherwise.
    """

    key: str
    at: datetime
    name: str
    about: str
    answer: Callable[[Came], TextAnswer]
    waits: bool = True


QuestionsOf = Callable[[IncomingText, datetime], Sequence[OpenQuestion]]
"""What a programme has asked whoever sends a text. Reads only."""

AnsweredLate = Callable[[IncomingText, Came, datetime], TextAnswer | None]
"""What became of a question that is over; None when this programme had none."""

questions: dict[str, tuple[QuestionsOf, AnsweredLate]] = {}


def register_questions(name: str, of: QuestionsOf, late: AnsweredLate) -> None:
    """Let yes, no and "call me" answer a programme's questions."""
    questions[name] = (of, late)


_text_rules: dict[str, tuple[int, TextRule]] = {}


def register_text_rule(name: str, rule: TextRule, order: int) -> None:
    """Offer texts to `rule`; lower `order` is asked first. `name` is stable: it is kept with what the rule understood.

    Taken: 9 the dinners, where a text names them, 10 opting out, 15 to 25 help, 30 answers to alerts, 40 duties,
    43 which dinner, 44 crews, 45 questions (`register_questions`), 50 absences, 60 what is left of alerts.
    """
    _text_rules[name] = (order, rule)


def text_rules() -> list[tuple[str, TextRule]]:
    """All rules, those asked first in front."""
    return [(name, rule) for name, (_order, rule) in sorted(_text_rules.items(), key=lambda item: item[1][0])]


def register_templates(*own: Template) -> None:
    """Have texts of a programme previewed, and let organisations say them in their own words."""
    for template in own:
        templates[template.code] = template
