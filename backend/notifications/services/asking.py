"""One turn of a call that asks somebody one thing (`domain.asking`); where it is stays with the attempt."""

from collections.abc import Mapping
from dataclasses import asdict

from backend.notifications.domain.asking import Came, Place, Script, View, turn
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.models import Attempt
from backend.people.selectors import shares_line


def ask(
    attempt: Attempt, heard: Heard, script: Script, about: Mapping[str, str], *, is_open: bool
) -> tuple[Prompt, Came | None]:
    """What is said next, and what came of it, if anything.

    `about` fills the places of the programme's words, "organisation" among them; `is_open` is False when there is
    nothing to answer any more.
    """
    person = attempt.person
    view = View(
        organisation=about["organisation"],
        name=person.spoken_name if person else "",
        about={name: value for name, value in about.items() if name != "organisation"},
        shares_line=person is not None and shares_line(person, attempt.line),
        is_open=is_open,
        language=attempt.language,
    )
    result = turn(script, view, Place(**attempt.script.get("place", {})), heard)
    attempt.script = {"place": asdict(result.place)}
    return result.prompt, result.came
