"""A coordinator at their desk: lists go in, and what the command says comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from backend.circles.models import Circle, Membership
from backend.events import clock
from backend.people.models import Organisation, Person
from backend.people.services.registering import register_organisation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SUNDAY_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=AMSTERDAM)
HEADER = (
    "Nr;Naam;Voornaam;Telefoon;Adres;Plaats;Belt op;Contact 1;Telefoon contact 1;Sleutel;Contact 2;Telefoon contact 2\n"
)


def row(
    place: int | str, name: str, given: str, phone: str, *, days: str = "alle dagen", street: str = "Laan 1"
) -> str:
    """A row that needs nobody: with an address and two contacts, one of them with a key."""
    contacts = "dochter Marjan;06 0000 1001;ja;buurman Piet;013-000 1215"
    return f"{place};{name};{given};{phone};{street};Tilburg;{days};{contacts}\n"


RIET = row(1, "Mw. van den Heuvel", "Riet", "013-0001211")
HALIL = row(2, "Dhr. Özdemir", "Halil", "013-0001213 / 06 0000 1002")
TRUUS = row(3, "Mw. Janssen", "Truus", "013-0001214")
SJEF = row(4, "Dhr. Peeters", "Sjef", "013-0001216")
ANNEKE = "Anneke de Boer, 06 0000 0100"


@dataclass
class Answer:
    """What the command said, and its exit status."""

    status: int
    lines: list[str]
    error: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def about(self, heading: str) -> list[str]:
        """The sentences below the heading that starts so."""
        start = next(index for index, line in enumerate(self.lines) if line.startswith(heading))
        below = self.lines[start + 1 :]
        end = next((index for index, line in enumerate(below) if not line.startswith(" ")), len(below))
        return [" ".join(line.split()) for line in below[:end]]

    @property
    def summary(self) -> str:
        return next(line for line in self.lines if line.startswith(("Samenvatting", "Summary")))


@dataclass
class Desk:
    """Imports lists into circles of one organisation."""

    folder: Path
    organisation: Organisation

    def file(self, content: str | bytes, name: str = "lijst.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def imports(self, content: str | bytes | Path, *options: str, circle: str = "De Linde") -> Answer:
        """Runs the command as it is typed, for this organisation unless the options say otherwise."""
        path = content if isinstance(content, Path) else self.file(content)
        said = StringIO()
        usual = [f"--circle={circle}", f"--organisation={self.organisation.slug}"]
        status, error = 0, ""
        try:
            call_command("import_circle", str(path), *usual, *options, stdout=said)
        except CommandError as refused:
            status, error = refused.returncode, str(refused)
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        return Answer(status, said.getvalue().splitlines(), error)

    def imports_new(self, content: str | bytes | Path, *options: str, circle: str = "De Linde") -> Answer:
        """Imports into a circle that is made for it, with Anneke on duty."""
        return self.imports(content, "--start=08:30", f"--volunteer={ANNEKE}", *options, circle=circle)

    def ring(self, circle: str = "De Linde") -> list[tuple[int, str, str]]:
        """Place, name and status of everybody in the circle."""
        rows = Membership.objects.filter(circle__name=circle, circle__organisation=self.organisation)
        return [
            (one.position, one.person.name, one.status) for one in rows.select_related("person").order_by("position")
        ]

    def circle(self, name: str = "De Linde") -> Circle:
        return Circle.objects.get(organisation=self.organisation, name=name)

    def person(self, family_name: str) -> Person:
        return Person.objects.get(organisation=self.organisation, family_name=family_name)


@pytest.fixture
def make_desk(tmp_path: Path, settings: Any) -> Callable[[], Desk]:
    """A desk on a Sunday at noon: time stands still."""

    def make() -> Desk:
        settings.RONDJE_DEMO = True
        clock.set_clock(virtual=SUNDAY_NOON, rate=0)
        organisation = register_organisation(
            slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
        )
        return Desk(tmp_path, organisation)

    return make


@pytest.fixture
def desk(db: None, make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()
