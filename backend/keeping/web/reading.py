"""A dossier in words."""

from typing import Any

from django.utils.translation import gettext as _

from backend.keeping.web.words import FIELDS, HEADINGS

LEFT_OUT = {
    *("id", "uuid", "sid", "organisation", "person", "reference", "details", "payload", "incident", "message", "host"),
    *("circle", "round", "position", "in_chain", "caller_out", "misses", "busy_times", "subject_id", "step", "parent"),
    *("cause", "source_kind", "source_id", "source_label", "progress", "claimed_by_person", "claimed_by_contact"),
    *("lane", "due_at", "ring_seconds", "account", "error_code", "settled_at", "look_at", "looking_until", "asked_at"),
    *("segments", "move_at", "move_step", "move_tries", "moving_until", "unheard_since", "done", "rule", "asked"),
    *("subject_kind", "organisation_id", "scope", "owner", "taken_by", "text", "volunteer", "volunteer_state"),
    *("check_in_at", "backup_told", "next_try_at", "on_line", "failing", "erased_at"),
    *("trip", "area", "booking", "party", "ride", "round_number", "plan_version", "duty", "offer", "tariff", "key"),
    *("used_pass",),
}
"""References and counters: they are in the JSON file."""


def in_words(dossier: dict[str, Any]) -> dict[str, Any]:
    """The dossier for people: headings and names of fields in their language, without empty values and references."""
    return {
        "organisation": dossier["organisation"],
        "made_at": dossier["made_at"],
        "person": _facts(dossier["person"]),
        "sections": [
            {
                "heading": HEADINGS.get(section["heading"], section["heading"].replace("_", " ")),
                "rows": [_facts(row) for row in section["rows"]],
            }
            for section in dossier["sections"]
        ],
    }


def _facts(row: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [
        (FIELDS.get(name, name.replace("_", " ")), _in_words(value))
        for name, value in row.items()
        if name not in LEFT_OUT and value not in ("", None, False, [], {})
    ]


def _in_words(value: Any) -> Any:
    if value is True:
        return _("yes")
    return ", ".join(map(str, value)) if isinstance(value, list) else value
