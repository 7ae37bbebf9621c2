"""What the pages say, collected from the code; and a catalogue as it was written down."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

BACKEND = Path(__file__).parents[3] / "backend"
CATALOGUE = BACKEND / "web" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLURALS = {"ngettext"}
MARKS = {"_", "gettext", "gettext_lazy", *PLURALS}
REFUSALS = {
    "RondjeError",
    "NeedsConsent",
    "NotAllowed",
    "NotFound",
    "Conflict",
    "AlreadyClosed",
    "SwapTaken",
    "SwapOver",
    "Unreadable",
    "NotReady",
    "PolicyError",
    "VehicleBusy",
    "VehicleHindered",
    "WrongRule",
    "PlaceTaken",
    "CrewClosed",
    "Barred",
    "UnknownFood",
    "CallOver",
    "TooFewChairs",
}
REFUSING = (
    "people/doors.py",
    "common/link_rows.py",
    "people/calls_to_make.py",
    "people/services/absences.py",
    "people/services/aids.py",
    "people/services/homes.py",
    "people/services/papers.py",
    "people/services/consents.py",
    "people/services/duty*.py",
    "people/services/integrations.py",
    "people/services/wishes.py",
    "circles/services/joining.py",
    "circles/services/life.py",
    "circles/domain/policy.py",
    "circles/services/membership.py",
    "circles/services/templates.py",
    "circles/services/rostering.py",
    "circles/services/swaps.py",
    "circles/services/transfer_offers.py",
    "circles/services/transferring.py",
    "notifications/services/inbox.py",
    "incidents/services/*.py",
    "keeping/services/erasing*.py",
    "transport/services/*.py",
    "meals/selectors/programme.py",
    "meals/services/closing.py",
    "meals/services/codes.py",
    "meals/services/online.py",
    "meals/services/reservation_links.py",
    "meals/services/door*.py",
    "meals/services/seating.py",
    "meals/services/desk.py",
    "meals/services/evenings.py",
    "meals/services/guests.py",
    "meals/services/standing.py",
    "meals/services/calling.py",
    "meals/services/changing.py",
    "meals/services/menus.py",
    "meals/services/restos.py",
    "meals/services/series.py",
    "meals/domain/series.py",
    "meals/services/reserving.py",
    "meals/services/reservation_rows.py",
    "meals/services/holding.py",
    "meals/services/plates.py",
    "meals/services/wishes.py",
    "meals/domain/diets.py",
    "meals/services/crew*.py",
    "meals/services/kitchen*.py",
    "*/web/**/*.py",
)
QUOTED = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[[01]\])? ?"(.*)"$')


def sentences_in_code() -> set[str]:
    """Every sentence that a page may say: marked in templates and modules, or refused with by a service."""
    found = set()
    for template in BACKEND.glob("web/templates/**/*.html"):
        python = templatize(template.read_text(encoding="utf-8"), origin=str(template))
        found |= set(_calls(_only_calls(python), MARKS))
    for module in [
        *BACKEND.glob("*/web/**/*.py"),
        *BACKEND.glob("web/**/*.py"),
        *BACKEND.glob("*/api/*.py"),
        *BACKEND.glob("*/texts.py"),
        *BACKEND.glob("*/crew_texts.py"),
        *BACKEND.glob("transport/services/*.py"),
        *BACKEND.glob("people/services/engagements.py"),
        *BACKEND.glob("people/services/presence.py"),
        *BACKEND.glob("*/selectors/ties.py"),
        *BACKEND.glob("circles/selectors/transfers.py"),
        *BACKEND.glob("circles/services/transferring.py"),
    ]:
        found |= set(_calls(module.read_text(encoding="utf-8"), MARKS))
    for pattern in REFUSING:
        for module in BACKEND.glob(pattern):
            found |= set(_calls(module.read_text(encoding="utf-8"), REFUSALS))
    return found


def read_catalogue(path: Path = CATALOGUE) -> dict[str, str]:
    """The catalogue: what is said in English, and its translation, of one and of several. Contexts are not used."""
    found: dict[str, str] = {}
    for entry in _entries(path):
        found[entry["msgid"]] = entry.get("msgstr", entry.get("msgstr[0]", ""))
        if "msgid_plural" in entry:
            found[entry["msgid_plural"]] = entry.get("msgstr[1]", "")
    return found


def read_plurals(path: Path = CATALOGUE) -> dict[str, str]:
    """What is said of one, and what is said of several, both in English."""
    return {entry["msgid"]: entry["msgid_plural"] for entry in _entries(path) if "msgid_plural" in entry}


def _entries(path: Path) -> list[dict[str, str]]:
    """The entries as they were written down, the first excepted: it is about the catalogue."""
    entries: list[dict[str, str]] = []
    field = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        match = QUOTED.match(line)
        if match is None:
            continue
        field = match[1] or field
        if match[1] == "msgid":
            entries.append({})
        entries[-1][field] = entries[-1].get(field, "") + ast.literal_eval(f'"{match[2]}"')
    return entries[1:]


def _only_calls(templatized: str) -> str:
    """The gettext calls that Django makes of a template, as Python: one a line."""
    calls = re.findall(r"""\b(?:gettext|_)\(u?((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))\)""", templatized)
    return "\n".join(f"_({text})" for text in calls)


def _calls(source: str, names: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in names:
            for said in node.args[: 2 if name in PLURALS else 1]:
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value
