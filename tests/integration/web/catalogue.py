"""What the pages say, collected from the code; and a catalogue as it was written down."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

BACKEND = Path(__file__).parents[3] / "backend"
CATALOGUE = BACKEND / "web" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy"}
REFUSALS = {
    "RondjeError",
    "NotAllowed",
    "NotFound",
    "Conflict",
    "AlreadyClosed",
    "SwapTaken",
    "SwapOver",
    "NotReady",
    "PolicyError",
}
REFUSING = (
    "people/doors.py",
    "people/services/absences.py",
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
    "keeping/services/erasing.py",
    "*/web/**/*.py",
)
QUOTED = re.compile(r'^(msgid|msgstr)? ?"(.*)"$')


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
    ]:
        found |= set(_calls(module.read_text(encoding="utf-8"), MARKS))
    for pattern in REFUSING:
        for module in BACKEND.glob(pattern):
            found |= set(_calls(module.read_text(encoding="utf-8"), REFUSALS))
    return found


def read_catalogue(path: Path = CATALOGUE) -> dict[str, str]:
    """The catalogue: what is said in English, and its translation. Plurals and contexts are not used."""
    pairs: list[tuple[str, str]] = []
    msgid, msgstr, field = "", "", ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid "end"']:
        match = QUOTED.match(line)
        if match is None:
            continue
        text = ast.literal_eval(f'"{match[2]}"')
        if match[1] == "msgid":
            pairs.append((msgid, msgstr))
            msgid, msgstr = "", ""
        field = match[1] or field
        if field == "msgid":
            msgid += text
        else:
            msgstr += text
    return {msgid: msgstr for msgid, msgstr in pairs if msgid}


def _only_calls(templatized: str) -> str:
    """The gettext calls that Django makes of a template, as Python: one a line."""
    calls = re.findall(r"""\b(?:gettext|_)\(u?((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))\)""", templatized)
    return "\n".join(f"_({text})" for text in calls)


def _calls(source: str, names: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
