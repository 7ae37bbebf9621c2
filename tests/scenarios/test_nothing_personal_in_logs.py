"""Whatever goes wrong, no log of any process holds a name or a number: web, workers, drain loop, beat, both servers."""

import re
from pathlib import Path

import psycopg
import pytest

from simulator import client
from stack.town import Town
from tests.support.waiting import eventually

pytestmark = pytest.mark.timeout(240)

PEOPLE = """
    SELECT given_name FROM people_person UNION SELECT family_name FROM people_person
    UNION SELECT name FROM people_contact UNION SELECT address FROM people_person
"""
NUMBERS = "SELECT e164 FROM people_phonenumber UNION SELECT phone FROM people_contact"
VIOLATIONS = (
    "INSERT INTO people_phonenumber (person_id, e164, kind, position) "
    "SELECT person_id, e164, kind, position FROM people_phonenumber",
    "UPDATE people_person SET given_name = repeat(given_name, 100)",
    "UPDATE people_person SET language = address || address",
    "SELECT family_name::integer FROM people_person",
    "SELECT given_name::json FROM people_person",
)
"""Each is refused by Postgres with the words of a row in its message."""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A whole demo, at its usual pace."""

    def prepare(town: Town) -> None:
        assert town.manage("start_demo").returncode == 0

    town = Town(tmp_path / "town", prepare=prepare, tell=lambda _text: None)
    with town:
        yield town
    town.remove()


def test_errors_of_every_kind_leave_nothing_personal_in_any_log(town: Town) -> None:
    with psycopg.connect(town.database_url, autocommit=True) as database:
        words = sorted({str(row[0]) for row in database.execute(PEOPLE) if row[0]})
        numbers = sorted({str(row[0]).removeprefix("+31") for row in database.execute(NUMBERS) if row[0]})
        assert len(words) > 15
        for sentence in VIOLATIONS:
            with pytest.raises(psycopg.Error):
                database.execute(sentence)
        # From here on every member who proves to be well makes a request of the carrier, or a worker, fail.
        database.execute("ALTER TABLE circles_seat ADD CONSTRAINT provoked CHECK (standing <> 'well') NOT VALID")
        client.Town(town.simulator_url).fail_next(500, times=2)
        eventually(lambda: "IntegrityError" in logs(town), "a refused row stands in a log", within=120)
        database.execute("ALTER TABLE circles_seat DROP CONSTRAINT provoked")
    town.kill("postgres")
    town.start_part("postgres")

    written = logs(town)

    assert "Traceback" in written, "errors were provoked, and told"
    assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", written)] == []
    assert [number for number in numbers if number in re.sub(r"[ ()./-]", "", written)] == []


def logs(town: Town) -> str:
    return "\n".join(file.read_text(errors="replace") for file in sorted(town.logs.glob("**/*.log")))
